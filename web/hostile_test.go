package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"oped/corpus"
)

// attack is a text that would run, or close what it stands in, if it were ever taken for markup.
const attack = `=cmd|' /C calc'!A0 </mark></p><script>alert(1)</script><img src=x onerror=alert(2)> " onmouseover="alert(3) <mark>harbour</mark> ]]> -->` + "\r\nER  - \r\n\x00\x1b[31m\u2028}{\\\\"

func hostileLibrary() *library {
	lib := newLibrary(4)
	for i, a := range lib.articles {
		a.Headline, a.Kicker, a.Standfirst, a.AuthorNote, a.Section, a.Publication = attack, attack, attack, attack, attack, attack
		a.Authors = []corpus.Author{{Name: attack, URL: "javascript:alert(1)"}, {Name: "A </title><script>alert(1)</script>"}}
		a.Corrections, a.Tags, a.TypeReason = []string{attack}, []string{attack}, attack
		a.Type, a.Language, a.Access = corpus.Type(attack), attack, corpus.Access(attack)
		a.Published.Source = attack
		for j := range a.Body {
			a.Body[j].Text = attack
		}
		if i == 1 {
			a.URL = "javascript:alert(document.domain)"
		}
	}
	return lib
}

// TestHostileTextIsInert shows an article made of attacks in every form there is.
func TestHostileTextIsInert(t *testing.T) {
	lib := hostileLibrary()
	s := newSite(t, lib, func(c *Config) { c.Examples = []string{attack}; c.Name = attack })
	q := url.QueryEscape("harbour </mark><script>alert(4)</script>")
	addresses := append(pathsOf(lib.articles[0].ID), "/search?q="+q, "/search.atom?q="+q, "/api/v1/search?q="+q,
		"/facet/author?prefix="+q, "/advanced?q="+q, "/suggest?q="+q, "/search?within="+q+"&pub="+q, "/article/"+string(lib.articles[1].ID)+"?q="+q)
	for _, address := range addresses {
		w := s.do(httptest.NewRequest(http.MethodGet, address, nil))
		if strings.HasPrefix(address, "/author/") || strings.HasPrefix(address, "/publication/") {
			continue // the hostile library has no Jane Doe
		}
		if w.Code >= 500 {
			t.Errorf("GET %s: status %d", address, w.Code)
		}
		holdInert(t, address, w)
	}
}

func holdInert(t *testing.T, address string, w *httptest.ResponseRecorder) {
	body := w.Body.String()
	switch kind, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";"); kind {
	case "text/html":
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, selector := range []string{"script:not([src^='/static/'])", "img", "[onerror]", "[onmouseover]", "[href^='javascript']", "[style]"} {
			if doc.Find(selector).Length() != 0 {
				t.Errorf("GET %s: the attack made a %s", address, selector)
			}
		}
		if doc.Find("mark mark").Length() != 0 {
			t.Errorf("GET %s: the attack made a mark", address)
		}
	case "application/atom+xml", "application/rss+xml", "application/xml", "application/opensearchdescription+xml":
		holdXML(t, address, body)
	case "application/json", "application/feed+json", "application/problem+json", "application/ld+json", "application/vnd.citationstyles.csl+json":
		if !json.Valid([]byte(body)) || strings.Contains(body, "<script") {
			t.Errorf("GET %s: not valid JSON, or with a bare tag", address)
		}
	case "text/csv":
		holdCSV(t, address, body)
	case "application/x-research-info-systems":
		if n := strings.Count(body, "\r\nER  - \r\n"); n != strings.Count(body, "TY  - NEWS\r\n") {
			t.Errorf("GET %s: %d ends for %d beginnings", address, n, strings.Count(body, "TY  - NEWS\r\n"))
		}
	case "text/markdown":
		if strings.Contains(body, "<script") || strings.Contains(body, "<img") {
			t.Errorf("GET %s: raw HTML in Markdown", address)
		}
	}
}

func holdXML(t *testing.T, address, body string) {
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Errorf("GET %s: %v", address, err)
			return
		}
		if e, ok := token.(xml.StartElement); ok && (e.Name.Local == "script" || e.Name.Local == "img") {
			t.Errorf("GET %s: the attack made a %s", address, e.Name.Local)
		}
	}
}

func holdCSV(t *testing.T, address, body string) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("GET %s: %d rows, %v", address, len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.ContainsAny(cell, "\r\n") || cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("GET %s: cell %q", address, cell)
			}
		}
	}
}

// FuzzSearchPage holds that no address of the search makes a 5xx or an empty answer, whatever its bytes.
func FuzzSearchPage(f *testing.F) {
	for _, q := range []string{"a", `"`, "(a OR", "\x00\xff", "headline:", strings.Repeat("(", 500), "<script>", "a W/5 b", "%", "🙂\u202e"} {
		f.Add(q, "", "")
	}
	f.Add("a", "b(", "2018")
	lib := newLibrary(8)
	h, err := New(Config{Searcher: lib, Archive: lib})
	if err != nil {
		f.Fatal(err)
	}
	id := string(lib.articles[0].ID)
	f.Fuzz(func(t *testing.T, q, within, from string) {
		params := url.Values{"q": {q}, "within": {within}, "from": {from}}.Encode()
		for _, path := range []string{"/search", "/api/v1/search", "/search.atom", "/search.csv", "/article/" + id, "/advanced", "/suggest"} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path+"?"+params, nil))
			if w.Code >= 500 || w.Body.Len() == 0 {
				t.Errorf("GET %s?%s: status %d, %d bytes", path, params, w.Code, w.Body.Len())
			}
			if !utf8.Valid(w.Body.Bytes()) {
				t.Errorf("GET %s?%s: the answer is not UTF-8", path, params)
			}
		}
	})
}

// TestPagesAreText sends bytes that are no UTF-8 in every place that a page repeats.
func TestPagesAreText(t *testing.T) {
	s := newSite(t, newLibrary(3))
	for _, address := range []string{
		"/search?q=%ff%fe", "/search?q=harbour&within=%ff", "/search?pub=%ff&-author=%c3", "/search?q=harbour&from=%ff",
		"/facet/author?prefix=%ff", "/advanced?q=%ff",
	} {
		if body := s.do(httptest.NewRequest(http.MethodGet, address, nil)).Body.Bytes(); !utf8.Valid(body) {
			t.Errorf("GET %s: the page is no UTF-8", address)
		}
	}
}
