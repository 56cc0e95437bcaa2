package crawl_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"oped/corpus"
	"oped/corpus/crawl"
	"oped/corpus/extract"
	"oped/corpus/fetch"
	"oped/corpus/sample"
)

// TestRunOverTheSamplePapers crawls whole newspapers with the real extractor: every article that they are known to
// hold is kept, and a second crawl finds nothing new.
func TestRunOverTheSamplePapers(t *testing.T) {
	server := httptest.NewServer(sample.Handler())
	defer server.Close()
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	site := func(slug string) string { return "http://" + slug + ".localhost" + port }

	store, err := corpus.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	client, err := fetch.New(fetch.Config{AllowPrivate: true})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	extractor, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	var last crawl.Progress
	config := crawl.Config{Store: store, Client: client, Extractor: extractor, Progress: func(p crawl.Progress) { last = p }}
	for _, paper := range sample.Papers() {
		config.Seeds = append(config.Seeds, corpus.Target{URL: site(paper.Slug) + "/"})
	}
	first, err := crawl.Run(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[corpus.ID]string{}
	for _, e := range sample.Expected() {
		at := site(e.Paper) + e.Path
		id, err := store.Lookup(t.Context(), at)
		if err != nil {
			t.Errorf("%s was not kept: %v", at, err)
			continue
		}
		if other, taken := ids[id]; taken {
			t.Errorf("%s and %s are one article", at, other)
		}
		ids[id] = at
	}
	checkDisallowed(t, store, site)
	for _, s := range last.Sources {
		if s.Articles == 0 || s.Cause() != "" {
			t.Errorf("%s brought nothing: %+v", s.URL, s)
		}
	}
	if first.New < len(ids) || first.Seen != first.New+first.Updated+first.Unchanged+first.Rejected {
		t.Errorf("first crawl: %s, want at least %d new", first, len(ids))
	}
	second, err := crawl.Run(t.Context(), config)
	if err != nil || second.Seen != 0 {
		t.Errorf("second crawl: %s, %v, want nothing seen", second, err)
	}
}

// checkDisallowed holds that what robots.txt forbids was not fetched, though home pages link to it.
func checkDisallowed(t *testing.T, store *corpus.Store, site func(string) string) {
	t.Helper()
	for _, junk := range sample.JunkPages() {
		if junk.Kind != "disallowed" {
			continue
		}
		if _, err := store.Lookup(t.Context(), site(junk.Paper)+junk.Path); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("%s%s was kept in spite of robots.txt (%v)", junk.Paper, junk.Path, err)
		}
	}
}
