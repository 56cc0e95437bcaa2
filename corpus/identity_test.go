package corpus_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

func TestPutKnowsAddresses(t *testing.T) {
	for _, tt := range []struct {
		name    string
		url     string
		page    corpus.Page
		aliases []string
		want    corpus.Outcome
		listed  []string // aliases afterwards
	}{
		{name: "trailing slash", url: "https://www.example.com/opinion/1/", want: corpus.Unchanged},
		{name: "http and no www", url: "http://example.com/opinion/1", want: corpus.Unchanged},
		{name: "tracking", url: "https://www.example.com/opinion/1?utm_source=x", want: corpus.Unchanged,
			listed: []string{"https://www.example.com/opinion/1?utm_source=x"}},
		{name: "AMP", url: "https://www.example.com/opinion/1/amp/", want: corpus.Unchanged,
			listed: []string{"https://www.example.com/opinion/1/amp/"}},
		{name: "mobile", url: "https://m.example.com/opinion/1", want: corpus.Unchanged,
			listed: []string{"https://m.example.com/opinion/1"}},
		{name: "moved: the old address was asked for", url: "https://www.example.com/2026/new",
			page: corpus.Page{URL: "https://www.example.com/opinion/1"}, want: corpus.Unchanged,
			listed: []string{"https://www.example.com/2026/new"}},
		{name: "moved: the page names the old address", url: "https://www.example.com/2026/new",
			aliases: []string{"https://www.example.com/opinion/1"}, want: corpus.Unchanged,
			listed: []string{"https://www.example.com/2026/new"}},
		{name: "another article", url: "https://www.example.com/opinion/2", want: corpus.New},
		{name: "an address passed through does not identify", url: "https://www.example.com/opinion/2",
			page: corpus.Page{URL: "https://t.example/x", Via: []string{"https://www.example.com/opinion/1"}}, want: corpus.New,
			listed: []string{"https://t.example/x", "https://www.example.com/opinion/1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			p, a := column(1)
			put(t, s, p, a)
			id := a.ID
			_, a = column(1)
			a.URL, a.Aliases = tt.url, tt.aliases
			tt.page.Body = []byte("same text, other page")
			if got := put(t, s, &tt.page, a); got != tt.want {
				t.Fatalf("Put(%q) = %v, want %v", tt.url, got, tt.want)
			}
			if tt.want == corpus.Unchanged && (a.ID != id || a.URL != "https://www.example.com/opinion/1") {
				t.Errorf("known article became %q at %q", a.ID, a.URL)
			}
			if diff := cmp.Diff(tt.listed, a.Aliases); diff != "" {
				t.Errorf("Aliases (-want +got):\n%s", diff)
			}
			for _, alias := range append(a.Aliases, tt.url) {
				if alias == "https://www.example.com/opinion/1" {
					continue
				}
				if got, err := s.Lookup(t.Context(), alias); err != nil || got != a.ID {
					t.Errorf("Lookup(%q) = %q, %v, want %q", alias, got, err, a.ID)
				}
			}
		})
	}
}

func TestLookupOfNothing(t *testing.T) {
	s := open(t)
	for _, address := range []string{"https://www.example.com/opinion/1", "", "opinion/1", "mailto:x@example.com"} {
		if id, err := s.Lookup(t.Context(), address); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("Lookup(%q) = %q, %v, want ErrNotFound", address, id, err)
		}
	}
}

func TestNewAddressTakesNumber(t *testing.T) {
	s := open(t)
	p, a := column(1)
	put(t, s, p, a)
	again, b := column(1)
	put(t, s, again, b)
	if b.Seq != 1 {
		t.Errorf("Seq after nothing new = %d, want 1", b.Seq)
	}
	again.URL = "https://m.example.com/opinion/1"
	put(t, s, again, b)
	if b.Seq != 2 || b.Version != 1 {
		t.Errorf("after a new address: seq %d, version %d, want 2 and 1", b.Seq, b.Version)
	}
}

func TestHomePageIdentifiesNothing(t *testing.T) {
	s := open(t)
	for n := range 3 {
		p, a := column(n)
		a.Aliases = []string{"https://www.example.com/"}
		p.FinalURL = "https://www.example.com"
		if got := put(t, s, p, a); got != corpus.New {
			t.Errorf("Put of article %d with the home page as alias = %v, want new", n, got)
		}
	}
}

func TestCopyUnderAnotherAddressIsAnotherArticle(t *testing.T) {
	s := open(t)
	p, a := column(1)
	put(t, s, p, a)
	id := a.ID
	p, a = column(1)
	p.URL, a.URL = "https://other.example/x", "https://other.example/x"
	if got := put(t, s, p, a); got != corpus.New || a.ID == id {
		t.Errorf("Put of a copy = %v under %q, want a new article", got, a.ID)
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Articles != 2 || st.Pages != 1 {
		t.Errorf("Stats = %+v, %v, want 2 articles on 1 page", st, err)
	}
	if page, err := s.PageOf(t.Context(), a.ID, 1); err != nil || page.URL != p.URL {
		t.Errorf("PageOf the copy = %+v, %v, want the page at its own address", page, err)
	}
}

func TestArticleWithoutAddress(t *testing.T) {
	s := open(t)
	bare := func(change func(*corpus.Page, *corpus.Article)) (*corpus.Article, corpus.Outcome) {
		p, a := column(1)
		p.URL, a.URL, p.Origin = "", "", "clips/1.txt"
		change(p, a)
		return a, put(t, s, p, a)
	}
	first, outcome := bare(func(*corpus.Page, *corpus.Article) {})
	if outcome != corpus.New || !first.ID.Valid() {
		t.Fatalf("Put = %v under %q", outcome, first.ID)
	}
	for _, tt := range []struct {
		name   string
		change func(*corpus.Page, *corpus.Article)
		want   corpus.Outcome
		same   bool
	}{
		{"again", func(*corpus.Page, *corpus.Article) {}, corpus.Unchanged, true},
		{"from another file", func(p *corpus.Page, _ *corpus.Article) { p.Origin = "b/2.txt" }, corpus.Unchanged, true},
		{"same page by a better rule", func(_ *corpus.Page, a *corpus.Article) { a.Headline = "Better" }, corpus.Updated, true},
		{"same page by the old rule again", func(*corpus.Page, *corpus.Article) {}, corpus.Updated, true},
		{"corrected author", func(p *corpus.Page, a *corpus.Article) {
			p.Body, a.Authors[0].Name = []byte("2"), "Jane Roe"
		}, corpus.Updated, true},
		{"in another publication", func(p *corpus.Page, a *corpus.Article) { p.Body, a.Publication = []byte("3"), "Other" }, corpus.New, false},
		{"in another publication, again", func(p *corpus.Page, a *corpus.Article) { p.Body, a.Publication = []byte("3b"), "Other" }, corpus.Unchanged, false},
		{"other text", func(p *corpus.Page, a *corpus.Article) { p.Body, a.Body[0].Text = []byte("4"), "Else." }, corpus.New, false},
	} {
		a, got := bare(tt.change)
		if got != tt.want || (a.ID == first.ID) != tt.same {
			t.Errorf("%s: Put = %v, same article %v; want %v, %v", tt.name, got, a.ID == first.ID, tt.want, tt.same)
		}
	}
}

func TestRejectedNeverReplaces(t *testing.T) {
	s := open(t)
	p, a := column(1)
	put(t, s, p, a)
	refuse := func(p *corpus.Page, a *corpus.Article) {
		a.Headline, a.Body = "Access denied", nil
		a.Quality = corpus.Quality{Rejected: true, Flags: []string{"access-denied"}, Reason: "the server refused"}
	}
	p, a = column(1)
	p.Body, p.FinalURL = []byte("Access denied"), "https://www.example.com/denied"
	refuse(p, a)
	if got := put(t, s, p, a); got != corpus.Unchanged || len(a.Aliases) != 0 {
		t.Errorf("Put of a refusal over an article = %v, aliases %q, want unchanged and none", got, a.Aliases)
	}
	kept, err := s.Article(t.Context(), a.ID)
	if err != nil || kept.Headline != "Column 1" {
		t.Errorf("Article = %+v, %v, want the good version", kept, err)
	}
	p, a = column(1) // the very page, by a rule that now knows better
	refuse(p, a)
	if got := put(t, s, p, a); got != corpus.Updated {
		t.Errorf("Put of the same page as rejected = %v, want updated", got)
	}
	p, a = column(1)
	p.Body = []byte("the article is back")
	if got := put(t, s, p, a); got != corpus.Updated {
		t.Errorf("Put of a good page over a rejected one = %v, want updated", got)
	}
}

func TestRemove(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	p, a := column(1)
	put(t, s, p, a)
	q, b := column(2)
	put(t, s, q, b)
	remove := func(id corpus.ID) error {
		return s.Update(ctx, func(tx *corpus.Tx) error { return tx.Remove(id) })
	}
	for range 2 {
		if err := remove(a.ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := remove("aaaaaaaaaaaaaaaa"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Remove of an unknown ID: %v, want ErrNotFound", err)
	}
	if _, err := s.Article(ctx, a.ID); !errors.Is(err, corpus.ErrRemoved) || !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Article: %v, want ErrRemoved, which is also ErrNotFound", err)
	}
	if _, err := s.Versions(ctx, a.ID); !errors.Is(err, corpus.ErrRemoved) {
		t.Errorf("Versions: %v, want ErrRemoved", err)
	}
	if _, err := s.Page(ctx, p.Hash()); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Page: %v, want ErrNotFound", err)
	}
	changes, err := s.Changes(ctx, 0, 10)
	want := []corpus.Change{{Seq: 2, ID: b.ID, Version: 1}, {Seq: 3, ID: a.ID, Version: 1, Removed: true}}
	if diff := cmp.Diff(want, changes); err != nil || diff != "" {
		t.Errorf("Changes: %v (-want +got):\n%s", err, diff)
	}
	again, c := column(1)
	again.Fetched = captured.Add(time.Hour)
	if got := put(t, s, again, c); got != corpus.Unchanged {
		t.Errorf("Put of a removed article = %v, want unchanged", got)
	}
	if st, err := s.Stats(ctx); err != nil || st.Articles != 1 || st.Removed != 1 || st.Pages != 1 || st.Versions != 1 {
		t.Errorf("Stats = %+v, %v", st, err)
	}
}

func TestOldFileIsNoNews(t *testing.T) {
	s := open(t)
	file := func(text string) (*corpus.Page, *corpus.Article) {
		p, a := column(1)
		p.Status, p.Body, a.Body[0].Text = 0, []byte(text), text
		return p, a
	}
	for i, tt := range []struct {
		text string
		want corpus.Outcome
	}{{"one", corpus.New}, {"two", corpus.Updated}, {"one", corpus.Unchanged}, {"two", corpus.Unchanged}, {"three", corpus.Updated}} {
		p, a := file(tt.text)
		if got := put(t, s, p, a); got != tt.want {
			t.Errorf("Put %d of file %q = %v, want %v", i, tt.text, got, tt.want)
		}
	}
	p, a := file("one")
	p.Status, p.Fetched = 200, captured.Add(time.Hour) // the publisher went back to what was there
	if got := put(t, s, p, a); got != corpus.Updated {
		t.Errorf("Put of an old page that was fetched = %v, want updated", got)
	}
}

// TestOlderCaptureIsNoNews puts pages as web archives hold them: of several times, in any order, and again.
func TestOlderCaptureIsNoNews(t *testing.T) {
	s := open(t)
	for i, tt := range []struct {
		text string
		hour int
		want corpus.Outcome
	}{
		{"noon", 12, corpus.New},
		{"evening", 18, corpus.Updated},
		{"noon", 12, corpus.Unchanged},
		{"morning", 8, corpus.Unchanged},
		{"evening, in the same second", 18, corpus.Updated},
		{"evening", 18, corpus.Unchanged},
		{"noon", 20, corpus.Updated},
		{"noon", 20, corpus.Unchanged},
	} {
		p, a := column(1)
		p.Body, a.Body[0].Text, p.Fetched = []byte(tt.text), tt.text, captured.Add(time.Duration(tt.hour)*time.Hour)
		if got := put(t, s, p, a); got != tt.want {
			t.Errorf("Put %d of %q = %v, want %v", i, tt.text, got, tt.want)
		}
		if kept, err := s.Page(t.Context(), p.Hash()); err != nil || string(kept.Body) != tt.text {
			t.Errorf("Put %d: the page is not kept: %v", i, err)
		}
	}
}

// TestOlderCaptureOfRejected puts an earlier article where the archive has only a page that is none.
func TestOlderCaptureOfRejected(t *testing.T) {
	s := open(t)
	p, a := column(1)
	p.Body, p.Fetched = []byte("Accept all cookies"), captured.Add(time.Hour)
	a.Quality = corpus.Quality{Rejected: true, Flags: []string{"cookie-wall"}, Reason: "It is a cookie wall."}
	put(t, s, p, a)
	for _, want := range []corpus.Outcome{corpus.Updated, corpus.Unchanged} {
		p, a := column(1)
		if got := put(t, s, p, a); got != want {
			t.Errorf("Put of an earlier article = %v, want %v", got, want)
		}
	}
}
