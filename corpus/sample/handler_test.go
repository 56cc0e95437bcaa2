package sample

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"
)

// port is the made-up port that tests ask at.
const port = ":8080"

func get(t *testing.T, paper, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://"+paper+".localhost"+port+path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

// document parses an answer as a browser would, its encoding included.
func document(t *testing.T, resp *http.Response) *goquery.Document {
	t.Helper()
	utf8, err := charset.NewReader(resp.Body, resp.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(utf8)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestArticlesHoldTheirText(t *testing.T) {
	for _, e := range Expected() {
		resp := get(t, e.Paper, e.Path)
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s%s: status %d", e.Paper, e.Path, resp.StatusCode)
			continue
		}
		text := squeeze(document(t, resp).Text())
		a := e.Article
		want := append([]string{a.Headline, a.AuthorNote, a.Standfirst, a.Kicker}, a.AuthorNames()...)
		want = append(want, a.Corrections...)
		for _, b := range a.Body {
			want = append(want, b.Text)
		}
		for _, w := range want {
			if !strings.Contains(text, squeeze(w)) {
				t.Errorf("%s%s does not hold %q", e.Paper, e.Path, w)
			}
		}
	}
}

// TestFrenchSpacing holds the French pages to no-break spaces, which an extractor must fold.
func TestFrenchSpacing(t *testing.T) {
	p := loaded().pieces["le-courrier-du-rivage/nagato-les-bains"]
	text := document(t, get(t, courrier.Slug, p.path())).Find(".article__contenu").Text()
	if !strings.Contains(text, "«\u00a0activités économiques conjointes\u00a0»") {
		t.Error("the guillemets do not hold to their words")
	}
}

func TestPaywallKeepsItsSecret(t *testing.T) {
	walled := 0
	for _, p := range loaded().papers[capitalStandard.Slug] {
		if !p.walled() {
			continue
		}
		walled++
		text := squeeze(document(t, get(t, capitalStandard.Slug, p.path())).Text())
		for _, b := range p.blocks[p.wall:] {
			if strings.Contains(text, squeeze(b.plain())) {
				t.Errorf("%s shows what is for subscribers: %q", p.slug, b.plain())
			}
		}
	}
	if walled == 0 {
		t.Error("no piece is behind the paywall")
	}
}

// TestEveryLinkLeadsSomewhere walks each paper from its home page over all its links.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	known := map[string]bool{}
	for _, p := range Papers() {
		known["http://"+p.Slug+".localhost"+port] = true
	}
	for _, p := range Papers() {
		base := "http://" + p.Slug + ".localhost" + port
		seen := map[string]bool{"/": true}
		for queue := []string{"/"}; len(queue) > 0; queue = queue[1:] {
			resp := get(t, p.Slug, queue[0])
			if resp.StatusCode == http.StatusMovedPermanently {
				continue
			}
			if status := wantStatus(p.Slug, queue[0]); resp.StatusCode != status {
				t.Errorf("%s%s: status %d, want %d", p.Slug, queue[0], resp.StatusCode, status)
			}
			for _, ref := range references(document(t, resp)) {
				path, own := strings.CutPrefix(ref, base)
				switch {
				case ref == "#" || strings.HasPrefix(ref, "#"):
				case !own && !knownBase(ref, known):
					t.Errorf("%s%s refers to %q, which is none of the papers", p.Slug, queue[0], ref)
				case own:
					path, _, _ = strings.Cut(path, "#")
					if !seen[path] && !formTarget(path) {
						seen[path] = true
						queue = append(queue, path)
					}
				}
			}
		}
		for _, e := range Expected() {
			if e.Paper == p.Slug && !seen[e.Path] {
				t.Errorf("%s%s cannot be reached from the home page", p.Slug, e.Path)
			}
		}
	}
}

// references are all addresses in a page that a browser would use.
func references(doc *goquery.Document) []string {
	var refs []string
	for _, attr := range []string{"href", "src", "action", "data", "poster", "srcset"} {
		doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
			refs = append(refs, s.AttrOr(attr, ""))
		})
	}
	return refs
}

func knownBase(ref string, known map[string]bool) bool {
	for base := range known {
		if strings.HasPrefix(ref, base+"/") {
			return true
		}
	}
	return false
}

// formTarget reports whether a path is only ever posted to, or needs an account.
func formTarget(path string) bool {
	for _, prefix := range []string{"/wp-comments-post.php", "/search", "/recherche", "/account/", "/cgi-bin/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

func wantStatus(paper, path string) int {
	for _, j := range JunkPages() {
		if j.Paper == paper && j.Path == path {
			return j.Status
		}
	}
	return http.StatusOK
}

func TestConditionalGet(t *testing.T) {
	e := Expected()[0]
	first := get(t, e.Paper, e.Path)
	tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if tag == "" || modified == "" {
		t.Fatalf("ETag %q, Last-Modified %q: want both", tag, modified)
	}
	for _, header := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
		if resp := get(t, e.Paper, e.Path, header...); resp.StatusCode != http.StatusNotModified {
			t.Errorf("with %s: status %d, want 304", header[0], resp.StatusCode)
		}
	}
	if resp := get(t, e.Paper, e.Path, "If-None-Match", `"other"`); resp.StatusCode != http.StatusOK {
		t.Errorf("with another ETag: status %d, want 200", resp.StatusCode)
	}
}

func TestAnswersAreDeterministic(t *testing.T) {
	for _, p := range Papers() {
		a, _ := io.ReadAll(get(t, p.Slug, "/").Body)
		b, _ := io.ReadAll(get(t, p.Slug, "/").Body)
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two answers differ", p.Slug)
		}
	}
}

func TestStatuses(t *testing.T) {
	piece := loaded().pieces["harbour-gazette/islands-and-ferries"]
	for _, tt := range []struct {
		name, host, path string
		status           int
		location         string
	}{
		{"home", "harbour-gazette.localhost", "/", http.StatusOK, ""},
		{"host in capitals", "Harbour-Gazette.localhost", "/", http.StatusOK, ""},
		{"no such page", "harbour-gazette.localhost", "/no/such/page", http.StatusNotFound, ""},
		{"kiosk", "127.0.0.1:8080", "/", http.StatusOK, ""},
		{"kiosk on IPv6", "[::1]", "/", http.StatusOK, ""},
		{"kiosk has one page", "localhost", "/robots.txt", http.StatusNotFound, ""},
		{"paper's name alone is no host", "harbour-gazette", "/", http.StatusOK, ""},
		{"no slash", "harbour-gazette.localhost", strings.TrimSuffix(piece.path(), "/"), http.StatusMovedPermanently, "http://harbour-gazette.localhost" + piece.path()},
		{"moved", "harbour-gazette.localhost", "/opinion/islands-and-ferries", http.StatusMovedPermanently, "http://harbour-gazette.localhost" + piece.path()},
		{"campaign", "harbour-gazette.localhost", piece.path() + "?utm_source=x", http.StatusOK, ""},
		{"amp", "harbour-gazette.localhost", piece.path() + "amp/", http.StatusOK, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, tt.path, nil)
			r.Host = tt.host
			w := httptest.NewRecorder()
			Handler().ServeHTTP(w, r)
			if w.Code != tt.status || w.Header().Get("Location") != tt.location {
				t.Errorf("status %d, Location %q, want %d, %q", w.Code, w.Header().Get("Location"), tt.status, tt.location)
			}
		})
	}
}

func TestOnlyReading(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "http://old-post.localhost/", nil)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
		t.Errorf("POST: status %d, Allow %q, want 405 and what is allowed", w.Code, w.Header().Get("Allow"))
	}
}

func TestVariantsNameTheCanonicalPage(t *testing.T) {
	for _, n := range newspapers {
		if n.variant == "" {
			continue
		}
		p := loaded().papers[n.Slug][0]
		doc := document(t, get(t, n.Slug, p.path()+n.variant))
		got := doc.Find("link[rel=canonical]").AttrOr("href", "")
		if want := "http://" + n.Slug + ".localhost" + port + p.path(); got != want {
			t.Errorf("%s: canonical = %q, want %q", n.Slug, got, want)
		}
	}
}

func TestCharsets(t *testing.T) {
	for _, tt := range []struct {
		paper, path, raw, contentType string
	}{
		{"vestnik-proliva", "/", "\xcc\xed\xe5\xed\xe8\xff", "text/html; charset=windows-1251"}, // Мнения
		{"vestnik-proliva", "/rss.xml", `encoding="windows-1251"`, "application/rss+xml; charset=windows-1251"},
		{"old-post", "/", "iso-8859-1", "text/html"},
	} {
		resp := get(t, tt.paper, tt.path)
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(body, []byte(tt.raw)) {
			t.Errorf("%s%s does not hold the bytes %q", tt.paper, tt.path, tt.raw)
		}
		if got := resp.Header.Get("Content-Type"); got != tt.contentType {
			t.Errorf("%s%s: Content-Type %q, want %q", tt.paper, tt.path, got, tt.contentType)
		}
	}
}

func gunzip(t *testing.T, r io.Reader) io.Reader {
	t.Helper()
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func FuzzHandler(f *testing.F) {
	f.Add("harbour-gazette.localhost:80", "/", "p=1")
	f.Add("old-post.", "/archive/../x", "")
	f.Add("\x00\xff.x", "//", "%zz")
	f.Fuzz(func(t *testing.T, host, path, query string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host, r.URL.Path, r.URL.RawQuery = host, path, query
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%q %q %q: status %d", host, path, query, w.Code)
		}
	})
}
