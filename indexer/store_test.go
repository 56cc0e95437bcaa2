package indexer

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"oped/corpus"
)

var _ Corpus = (*corpus.Store)(nil)

func openStore(t *testing.T) *corpus.Store {
	t.Helper()
	s, err := corpus.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// keep puts an article with some text into a store and returns its ID.
func keep(t *testing.T, s *corpus.Store, n int, text string) corpus.ID {
	t.Helper()
	a := madeUp("", 0, 60)
	a.URL = fmt.Sprint("https://example.org/articles/", n)
	a.Body[0].Text = text
	p := &corpus.Page{URL: a.URL, MediaType: "text/html", Body: []byte(text), Fetched: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	err := s.Update(t.Context(), func(tx *corpus.Tx) error {
		_, err := tx.Put(p, a)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

func TestLiveFollowsAStore(t *testing.T) {
	s := openStore(t)
	l := mustOpen(t, testConfig(t, s))
	var ids []corpus.ID
	for n := range 20 {
		ids = append(ids, keep(t, s, n, fmt.Sprint("The first text of article ", n)))
	}
	mustSync(t, l)
	keep(t, s, 3, "Another text.")
	keep(t, s, 4, "The first text of article 4")
	if err := s.Update(t.Context(), func(tx *corpus.Tx) error { return tx.Remove(ids[5]) }); err != nil {
		t.Fatal(err)
	}
	if n := mustSync(t, l); n != 2 {
		t.Errorf("Sync = %d, want 2: a new version and a removal", n)
	}
	v, err := l.Verify(t.Context())
	if err != nil || !v.OK() || v.Documents != 19 {
		t.Errorf("Verify = %v, %v", v, err)
	}
	held, err := contents(t.Context(), l.now().ix)
	if err != nil || held[ids[3]] != 2 || held[ids[4]] != 1 || held[ids[5]] != 0 {
		t.Errorf("versions held %v, %v", held, err)
	}
}

func TestRebuildWhileTheStoreIsWrittenAndServed(t *testing.T) {
	s := openStore(t)
	for n := range 50 {
		keep(t, s, n, fmt.Sprint("Text ", n))
	}
	cfg := testConfig(t, s)
	l := mustOpen(t, cfg)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := l.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	wg.Go(func() {
		for n := 50; n < 80; n++ {
			keep(t, s, n, fmt.Sprint("Text ", n))
		}
	})
	r := mustRebuild(t, cfg)
	wg.Go(func() {
		waitFor(t, func() bool {
			seq, err := s.Sequence(ctx)
			return errors.Is(err, context.Canceled) || seq == 80 && l.Sequence() == 80 && l.Generation() == r.Name
		})
		cancel()
	})
	wg.Wait()
	v, err := l.Verify(t.Context())
	if err != nil || !v.OK() || v.Documents != 80 {
		t.Errorf("Verify = %v, %v", v, err)
	}
}
