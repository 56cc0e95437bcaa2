package corpus_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

var captured = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

func open(t testing.TB) *corpus.Store {
	t.Helper()
	return openIn(t, t.TempDir())
}

func openIn(t testing.TB, dir string) *corpus.Store {
	t.Helper()
	s, err := corpus.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// column makes the n-th page of a newspaper and the article on it.
func column(n int) (*corpus.Page, *corpus.Article) {
	url := fmt.Sprintf("https://www.example.com/opinion/%d", n)
	p := &corpus.Page{
		URL: url, Status: 200, MediaType: "text/html", Fetched: captured,
		Body: fmt.Appendf(nil, "<html><h1>Column %d</h1><p>Text number %d.</html>", n, n),
	}
	a := &corpus.Article{
		URL: url, Publication: "The Example", Headline: fmt.Sprintf("Column %d", n),
		Authors:   []corpus.Author{{Name: "Jane Doe"}},
		Published: corpus.Date{Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", -5*3600)), HasClock: true, Source: "meta"},
		Type:      corpus.TypeColumn, Language: "en",
		Body: []corpus.Block{{Kind: corpus.Paragraph, Text: fmt.Sprintf("Text number %d.", n)}},
	}
	return p, a
}

// put keeps one article and returns what became of it.
func put(t testing.TB, s *corpus.Store, p *corpus.Page, a *corpus.Article) corpus.Outcome {
	t.Helper()
	var outcome corpus.Outcome
	err := s.Update(t.Context(), func(tx *corpus.Tx) (err error) {
		outcome, err = tx.Put(p, a)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func TestPutReadsBack(t *testing.T) {
	s := open(t)
	p, a := column(1)
	if got := put(t, s, p, a); got != corpus.New {
		t.Errorf("Put = %v, want new", got)
	}
	got, err := s.Article(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, got); diff != "" {
		t.Errorf("Article differs from what was put (-want +got):\n%s", diff)
	}
	if got.Version != 1 || got.Seq != 1 || got.PageHash != p.Hash() || !got.Captured.Equal(captured) {
		t.Errorf("Article = version %d, seq %d, page %s, captured %s", got.Version, got.Seq, got.PageHash, got.Captured)
	}
	page, err := s.Page(t.Context(), p.Hash())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, page); diff != "" {
		t.Errorf("Page differs from what was put (-want +got):\n%s", diff)
	}
}

func TestPutOutcome(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*corpus.Page, *corpus.Article)
		want   corpus.Outcome
	}{
		{"nothing changed", func(*corpus.Page, *corpus.Article) {}, corpus.Unchanged},
		{"captured later", func(p *corpus.Page, a *corpus.Article) { p.Fetched = captured.Add(time.Hour) }, corpus.Unchanged},
		{"other advertisements on the page", func(p *corpus.Page, _ *corpus.Article) { p.Body = append(p.Body, "<!-- ad -->"...) }, corpus.Unchanged},
		{"white space", func(_ *corpus.Page, a *corpus.Article) {
			a.Headline = " Column  1\n"
			a.Body[0].Text = "Text\u00a0number\t1. "
		}, corpus.Unchanged},
		{"tags in another order", func(_ *corpus.Page, a *corpus.Article) { a.Tags = []string{"b", "a"} }, corpus.Unchanged},
		{"modification date bumped", func(p *corpus.Page, a *corpus.Article) {
			p.Body = append(p.Body, "2026"...)
			a.Modified = corpus.Date{Time: captured}
		}, corpus.Unchanged},
		{"modification date read from the same page", func(_ *corpus.Page, a *corpus.Article) {
			a.Modified = corpus.Date{Time: captured}
		}, corpus.Updated},
		{"word changed", func(_ *corpus.Page, a *corpus.Article) { a.Body[0].Text = "Text number one." }, corpus.Updated},
		{"paragraph split", func(_ *corpus.Page, a *corpus.Article) {
			a.Body = []corpus.Block{{Kind: "p", Text: "Text"}, {Kind: "p", Text: "number 1."}}
		}, corpus.Updated},
		{"headline changed", func(_ *corpus.Page, a *corpus.Article) { a.Headline = "Column One" }, corpus.Updated},
		{"author changed", func(_ *corpus.Page, a *corpus.Article) { a.Authors = nil }, corpus.Updated},
		{"same moment in another zone", func(_ *corpus.Page, a *corpus.Article) {
			a.Published.Time = a.Published.Time.UTC()
		}, corpus.Unchanged},
		{"correction appended", func(_ *corpus.Page, a *corpus.Article) { a.Corrections = []string{"It was two."} }, corpus.Updated},
		{"word moved from headline to kicker", func(_ *corpus.Page, a *corpus.Article) {
			a.Headline, a.Kicker = "1", "Column"
		}, corpus.Updated},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			p, a := column(1)
			a.Tags = []string{"a", "b"}
			put(t, s, p, a)
			p, a = column(1)
			a.Tags = []string{"a", "b"}
			tt.change(p, a)
			if got := put(t, s, p, a); got != tt.want {
				t.Errorf("Put = %v, want %v", got, tt.want)
			}
			if want := map[corpus.Outcome]int{corpus.Unchanged: 1, corpus.Updated: 2}[tt.want]; a.Version != want {
				t.Errorf("Version = %d, want %d", a.Version, want)
			}
		})
	}
}

func TestArticlesAreThoseOfVersion(t *testing.T) {
	s := open(t)
	var ids []corpus.VersionID
	for n := range 5 {
		p, a := column(n)
		a.Aliases = []string{a.URL + "/amp"}
		put(t, s, p, a)
		ids = append(ids, corpus.VersionID{ID: a.ID, Version: 1})
		p, a = column(n)
		p.Body, a.Headline = []byte("second page"), "Second"
		put(t, s, p, a)
		ids = append(ids, corpus.VersionID{ID: a.ID, Version: 2}, corpus.VersionID{ID: a.ID, Version: 3})
	}
	slices.Reverse(ids)
	ids = append(ids, ids[1], corpus.VersionID{ID: `no"such`, Version: 1})
	got, err := s.Articles(t.Context(), ids)
	if err != nil || len(got) != len(ids) {
		t.Fatalf("Articles = %d articles, %v", len(got), err)
	}
	for i, id := range ids {
		want, err := s.Version(t.Context(), id.ID, id.Version)
		if errors.Is(err, corpus.ErrNotFound) != (got[i] == nil) || err == nil && !cmp.Equal(got[i], want) {
			t.Errorf("%v: %+v, Version gives %+v, %v", id, got[i], want, err)
		}
	}
	if none, err := s.Articles(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("Articles of nothing = %v, %v", none, err)
	}
}

func TestVersionsStay(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	p, a := column(1)
	put(t, s, p, a)
	p, a = column(1)
	p.Body, a.Headline, a.Body[0].Text = []byte("second page"), "Second", "Second text."
	put(t, s, p, a)

	first, err := s.Version(ctx, a.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	if first.Headline != "Column 1" || first.Text() != "Text number 1." || first.Version != 1 || first.Seq != 1 {
		t.Errorf("Version 1 = %q, %q, version %d, seq %d", first.Headline, first.Text(), first.Version, first.Seq)
	}
	list, err := s.Versions(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].Headline != "Column 1" || list[1].Headline != "Second" || list[1].Body != nil {
		t.Errorf("Versions = %+v", list)
	}
	page, err := s.PageOf(ctx, a.ID, 2)
	if err != nil || string(page.Body) != "second page" {
		t.Errorf("PageOf version 2 = %v, %v", page, err)
	}
	if _, err := s.Version(ctx, a.ID, 3); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Version 3: %v, want ErrNotFound", err)
	}
}

func TestUpdateRollsBack(t *testing.T) {
	s := open(t)
	p, a := column(1)
	stop := errors.New("stop")
	err := s.Update(t.Context(), func(tx *corpus.Tx) error {
		if _, err := tx.Put(p, a); err != nil {
			t.Fatal(err)
		}
		return stop
	})
	if err != stop {
		t.Errorf("Update = %v, want the function's error", err)
	}
	if _, err := s.Article(t.Context(), a.ID); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Article after rollback: %v, want ErrNotFound", err)
	}
	if seq, err := s.Sequence(t.Context()); seq != 0 || err != nil {
		t.Errorf("Sequence = %d, %v, want 0", seq, err)
	}
	if got := put(t, s, p, a); got != corpus.New {
		t.Errorf("Put after rollback = %v, want new", got)
	}
}

func TestUpdateEndsWithContext(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	p, a := column(1)
	err := s.Update(ctx, func(tx *corpus.Tx) error {
		cancel()
		_, err := tx.Put(p, a)
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Update = %v, want context.Canceled", err)
	}
	if got := put(t, s, p, a); got != corpus.New {
		t.Errorf("Put after cancel = %v, want new", got)
	}
}
