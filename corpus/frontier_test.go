package corpus_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

func update(t testing.TB, s *corpus.Store, fn func(*corpus.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func enqueue(t *testing.T, s *corpus.Store, targets ...corpus.Target) (added int) {
	t.Helper()
	update(t, s, func(tx *corpus.Tx) (err error) {
		added, err = tx.Enqueue(targets...)
		return err
	})
	return added
}

func pendingURLs(t *testing.T, s *corpus.Store, host string) []string {
	t.Helper()
	list, err := s.Pending(t.Context(), host, 100)
	if err != nil {
		t.Fatal(err)
	}
	var urls []string
	for _, target := range list {
		urls = append(urls, target.URL)
	}
	return urls
}

func TestFrontierOrder(t *testing.T) {
	s := open(t)
	got := enqueue(t, s,
		corpus.Target{URL: "https://a.example/1", Kind: corpus.TargetPage, Publication: "A", From: "https://a.example/feed"},
		corpus.Target{URL: "https://a.example/2", Kind: corpus.TargetPage},
		corpus.Target{URL: "https://a.example/", Kind: corpus.TargetSite},
		corpus.Target{URL: "https://a.example/feed", Kind: corpus.TargetFeed},
		corpus.Target{URL: "https://b.example:8080/1", Kind: corpus.TargetPage},
		corpus.Target{URL: "http://www.a.example/1/?utm_source=x", Kind: corpus.TargetPage},
	)
	if got != 5 {
		t.Errorf("Enqueue = %d, want 5", got)
	}
	hosts, err := s.PendingHosts(t.Context())
	if diff := cmp.Diff(map[string]int{"a.example": 4, "b.example:8080": 1}, hosts); err != nil || diff != "" {
		t.Errorf("PendingHosts: %v (-want +got):\n%s", err, diff)
	}
	want := []string{"https://a.example/feed", "https://a.example/", "https://a.example/1", "https://a.example/2"}
	if diff := cmp.Diff(want, pendingURLs(t, s, "a.example")); diff != "" {
		t.Errorf("Pending (-want +got):\n%s", diff)
	}
	update(t, s, func(tx *corpus.Tx) error { return tx.Retry("https://a.example/1", captured, "timeout") })
	list, err := s.Pending(t.Context(), "a.example", 100)
	wantLast := corpus.Target{URL: "https://a.example/1", Kind: corpus.TargetPage, Publication: "A",
		From: "https://a.example/feed", Attempts: 1, NotBefore: captured}
	if diff := cmp.Diff(wantLast, list[len(list)-1]); err != nil || diff != "" {
		t.Errorf("last of Pending after Retry: %v (-want +got):\n%s", err, diff)
	}
}

func TestFrontierFinish(t *testing.T) {
	s := open(t)
	const url = "https://a.example/1"
	page := corpus.Target{URL: url, Kind: corpus.TargetPage}
	enqueue(t, s, page)
	if _, err := s.LastFetch(t.Context(), url); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("LastFetch before any: %v, want ErrNotFound", err)
	}
	fetch := corpus.Fetch{URL: url, At: captured, Status: 200, ETag: `"x"`, LastModified: "Mon, 02 Mar 2026 00:00:00 GMT",
		PageHash: "abc", Outcome: corpus.New}
	update(t, s, func(tx *corpus.Tx) error { return tx.Finish(fetch) })
	got, err := s.LastFetch(t.Context(), url)
	if diff := cmp.Diff(fetch, got); err != nil || diff != "" {
		t.Errorf("LastFetch: %v (-want +got):\n%s", err, diff)
	}

	for _, tt := range []struct {
		name     string
		modified time.Time
		want     int
	}{
		{"fetched already", time.Time{}, 0},
		{"changed before the fetch", captured.Add(-time.Hour), 0},
		{"changed since", captured.Add(time.Hour), 1},
		{"pending already", captured.Add(2 * time.Hour), 0},
	} {
		page.LastModified = tt.modified
		if got := enqueue(t, s, page); got != tt.want {
			t.Errorf("%s: Enqueue = %d, want %d", tt.name, got, tt.want)
		}
	}

	fetch.Status, fetch.ETag, fetch.At = 304, "", captured.Add(3*time.Hour)
	update(t, s, func(tx *corpus.Tx) error { return tx.Finish(fetch) })
	if got, err := s.LastFetch(t.Context(), url); err != nil || got.ETag != `"x"` || got.Status != 304 {
		t.Errorf("LastFetch after 304 = %+v, %v, want the validators kept", got, err)
	}
	update(t, s, func(tx *corpus.Tx) error {
		return tx.Requeue(corpus.Target{URL: url, Kind: corpus.TargetFeed, Publication: "A"})
	})
	list, err := s.Pending(t.Context(), "a.example", 10)
	if err != nil || len(list) != 1 || list[0].Kind != corpus.TargetFeed || list[0].Publication != "A" {
		t.Errorf("Pending after Requeue = %+v, %v", list, err)
	}
	if got, err := s.LastFetch(t.Context(), url); err != nil || got.ETag != `"x"` {
		t.Errorf("LastFetch after Requeue = %+v, %v, want the validators kept", got, err)
	}
}

func TestFrontierUnknown(t *testing.T) {
	s := open(t)
	err := s.Update(t.Context(), func(tx *corpus.Tx) error { return tx.Retry("https://a.example/1", captured, "") })
	if !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Retry of an unknown URL: %v, want ErrNotFound", err)
	}
	update(t, s, func(tx *corpus.Tx) error {
		return tx.Finish(corpus.Fetch{URL: "https://a.example/redirected", At: captured, Status: 200})
	})
	if got := enqueue(t, s, corpus.Target{URL: "https://a.example/redirected", Kind: corpus.TargetPage}); got != 0 {
		t.Errorf("Enqueue of a finished URL = %d, want 0", got)
	}
	err = s.Update(t.Context(), func(tx *corpus.Tx) error {
		_, err := tx.Enqueue(corpus.Target{URL: "mailto:x@a.example"})
		return err
	})
	if err == nil {
		t.Error("Enqueue of mailto: no error")
	}
}

func TestRecheck(t *testing.T) {
	s := open(t)
	r := rand.New(rand.NewPCG(1, 1))
	fresh := time.Date(2020, 2, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		slug    string
		day     int
		fetched time.Time
	}{{"old", 2, fresh}, {"new", 20, captured}, {"undated", 0, fresh}, {"undated-long-ago", 0, time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)}} {
		a := printed("gazette", tt.slug, tt.day, essay(r, 100)...)
		put(t, s, nil, a)
		enqueue(t, s, corpus.Target{URL: a.URL, Kind: corpus.TargetPage})
		update(t, s, func(tx *corpus.Tx) error {
			return tx.Finish(corpus.Fetch{URL: a.URL, At: tt.fetched, Status: 200, ETag: tt.slug, Outcome: corpus.New})
		})
	}
	for _, want := range []int{2, 0} { // what is pending already is not counted again
		update(t, s, func(tx *corpus.Tx) error {
			n, err := tx.Recheck(time.Date(2020, 1, 10, 0, 0, 0, 0, time.UTC))
			if n != want {
				t.Errorf("Recheck = %d, want %d", n, want)
			}
			return err
		})
	}
	if got := pendingURLs(t, s, "gazette.example"); !slices.Equal(got, []string{"https://gazette.example/opinion/new", "https://gazette.example/opinion/undated"}) {
		t.Errorf("pending: %q", got)
	}
	if f, err := s.LastFetch(t.Context(), "https://gazette.example/opinion/new"); err != nil || f.ETag != "new" {
		t.Errorf("the last fetch is %+v, %v: its validators are needed", f, err)
	}
}
