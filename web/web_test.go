package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"oped/corpus"
)

// site is a handler over a library, for asking it things.
type site struct {
	t       *testing.T
	lib     *library
	handler http.Handler
	log     *bytes.Buffer
}

func newSite(t *testing.T, lib *library, change ...func(*Config)) *site {
	t.Helper()
	s := &site{t: t, lib: lib, log: &bytes.Buffer{}}
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	c := Config{
		Searcher: lib, Archive: lib, Now: func() time.Time { return now },
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, f := range change {
		f(&c)
	}
	var err error
	if s.handler, err = New(c); err != nil {
		t.Fatalf("New: %v", err)
	}
	return s
}

func (s *site) do(r *http.Request) *httptest.ResponseRecorder {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// get asks for an address and holds the status.
func (s *site) get(address string, status int) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://oped.test/", nil)
	path, raw, _ := strings.Cut(address, "?")
	r.URL.Path, r.URL.RawQuery = path, raw
	w := s.do(r)
	if w.Code != status {
		s.t.Fatalf("GET %s: status %d, want %d\n%s", address, w.Code, status, w.Body)
	}
	return w
}

// page asks for a page and parses it.
func (s *site) page(address string, status int) *goquery.Document {
	s.t.Helper()
	w := s.get(address, status)
	if got := w.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
		s.t.Fatalf("GET %s: Content-Type %q", address, got)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		s.t.Fatalf("GET %s: %v", address, err)
	}
	return doc
}

// folded is the text of a selection with white space folded.
func folded(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// pathsOf gives one good address for every route of the table.
func pathsOf(id corpus.ID) []string {
	return []string{
		"/", "/search", "/search?q=harbour", "/search?q=nosuchword&type=letter&pub=X", "/search.atom", "/search.rss", "/search.json",
		"/lines", "/lines?q=harbour&by=left", "/trend", "/trend?q=harbour&q=tax&by=share", "/trend.csv?q=harbour",
		"/selection.csv?id=" + string(id), "/search.csv", "/search.jsonl", "/search.ris", "/search.bib", "/search.md", "/facet/author", "/facet/year?prefix=20",
		"/article/" + string(id), "/article/" + string(id) + "?q=harbour", "/article/" + string(id) + "?version=1",
		"/article/" + string(id) + ".json", "/article/" + string(id) + ".jsonld", "/article/" + string(id) + ".csl.json", "/article/" + string(id) + ".ris",
		"/article/" + string(id) + ".bib", "/article/" + string(id) + ".txt", "/article/" + string(id) + ".md",
		"/author/jane-doe", "/publication/the-harbour-gazette", "/advanced", "/advanced?q=tax", "/help", "/api/v1/search",
		"/api/v1/search?q=harbour&explain=yes", "/api/v1/article/" + string(id), "/api/v1/facet/type", "/api/v1/lines?q=harbour", "/api/v1/trend?q=harbour",
		"/openapi.json",
		"/suggest?q=ja", "/opensearch.xml", "/unapi", "/unapi?id=" + string(id), "/unapi?id=" + string(id) + "&format=ris",
		"/robots.txt", "/healthz", "/readyz", "/metrics",
	}
}

func TestEveryRouteAnswersWithSafeHeaders(t *testing.T) {
	lib := newLibrary(30)
	s := newSite(t, lib)
	id := lib.articles[0].ID
	check := func(address string, w *httptest.ResponseRecorder) {
		for name, want := range map[string]string{
			"Content-Security-Policy": contentPolicy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"X-Frame-Options": "DENY", "X-Robots-Tag": "noindex", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("GET %s: %s = %q, want %q", address, name, got, want)
			}
		}
		if w.Header().Get("Content-Type") == "" {
			t.Errorf("GET %s: no Content-Type", address)
		}
	}
	for _, address := range pathsOf(id) {
		check(address, s.get(address, http.StatusOK))
	}
	for _, address := range []string{"/nope", "/article/2222222222222222", "/author/nobody", "/api/v1/article/2222222222222222", "/static/x.css", "/facet/colour", "/api/v2"} {
		check(address, s.get(address, http.StatusNotFound))
	}
	check("/search?page=x", s.get("/search?page=x", http.StatusBadRequest))
}

// TestEveryPageIsSound holds what all pages must have: one h1, landmarks, a title, and nothing inline or from elsewhere.
func TestEveryPageIsSound(t *testing.T) {
	lib := newLibrary(30)
	s := newSite(t, lib)
	for _, address := range append(pathsOf(lib.articles[0].ID), "/nope", "/search?q=(a") {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		w := s.do(r)
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		for selector, want := range map[string]int{
			"h1": 1, "main#main": 1, "head > title": 1, "a.skip[href='#main']": 1, "header.masthead": 1, "footer.colophon": 1,
			"html[lang]": 1, "[style]": 0, "style": 0, "script:not([src])": 0, "[onclick],[onload],[onerror]": 0,
			"form:not([action]):not([method=dialog])": 0, "img": 0, "iframe": 0,
		} {
			if got := doc.Find(selector).Length(); got != want {
				t.Errorf("GET %s: %d of %q, want %d", address, got, selector, want)
			}
		}
		doc.Find("[src],link[rel=stylesheet],link[rel=icon],form[action]").Each(func(_ int, e *goquery.Selection) {
			for _, name := range []string{"src", "href", "action"} {
				if to := e.AttrOr(name, "/"); !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
					t.Errorf("GET %s: %s=%q leads elsewhere", address, name, to)
				}
			}
		})
		holdIDsAndLabels(t, address, doc)
	}
}

// holdIDsAndLabels checks that ids are unique and that every input has a label.
func holdIDsAndLabels(t *testing.T, address string, doc *goquery.Document) {
	seen := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) {
		id := e.AttrOr("id", "")
		if seen[id] {
			t.Errorf("GET %s: id %q twice", address, id)
		}
		seen[id] = true
	})
	doc.Find("input:not([type=hidden]),select").Each(func(_ int, e *goquery.Selection) {
		if e.Closest("label").Length() == 0 && doc.Find("label[for='"+e.AttrOr("id", "?")+"']").Length() == 0 {
			t.Errorf("GET %s: input %q has no label", address, e.AttrOr("name", ""))
		}
	})
}

func TestAssetsAreImmutable(t *testing.T) {
	s := newSite(t, newLibrary(1))
	doc := s.page("/", http.StatusOK)
	href := doc.Find("link[rel=stylesheet]").AttrOr("href", "")
	w := s.get(href, http.StatusOK)
	if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("Cache-Control of %s = %q, want immutable", href, got)
	}
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/css") {
		t.Errorf("Content-Type of %s = %q", href, got)
	}
}

func TestNewRefusesAnIncompleteConfig(t *testing.T) {
	lib := newLibrary(1)
	for name, c := range map[string]Config{
		"nothing":            {},
		"no archive":         {Searcher: lib},
		"base with path":     {Searcher: lib, Archive: lib, BaseURL: "https://example.org/oped"},
		"base without host":  {Searcher: lib, Archive: lib, BaseURL: "example.org"},
		"base of other kind": {Searcher: lib, Archive: lib, BaseURL: "ftp://example.org"},
	} {
		if _, err := New(c); err == nil {
			t.Errorf("%s: New took it", name)
		}
	}
}
