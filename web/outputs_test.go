package web

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"oped/corpus"
	"oped/search"
)

func TestExportsHoldTheWholeSet(t *testing.T) {
	lib := newLibrary(260)
	s := newSite(t, lib)
	const search = "?q=harbour&-type=letter&page=2&per_page=5"
	want := s.lib.find([]string{"harbour"}, mustRequest(t, search[1:]), "")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.get("/search.csv"+search, 200).Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != len(want)+1 {
		t.Fatalf("CSV: %d rows, %v, want %d and a head", len(rows), err, len(want))
	}
	for i, a := range want {
		if rows[i+1][0] != string(a.ID) {
			t.Fatalf("CSV row %d is %s, want %s", i+1, rows[i+1][0], a.ID)
		}
	}
	for address, begin := range map[string]string{"/search.ris": "TY  - NEWS", "/search.bib": "@article{", "/search.md": "- [", "/search.jsonl": "{"} {
		w := s.get(address+search, http.StatusOK)
		n := 0
		for scan := bufio.NewScanner(w.Body); scan.Scan(); {
			if strings.HasPrefix(scan.Text(), begin) {
				n++
			}
		}
		if n != len(want) {
			t.Errorf("%s has %d articles, want %d", address, n, len(want))
		}
		if got := w.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
			t.Errorf("%s: Content-Disposition %q", address, got)
		}
	}
}

func mustRequest(t *testing.T, raw string) search.Request {
	t.Helper()
	r, err := ParseRequest(parseParams(raw))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// failing breaks after the first batch.
type failing struct{ *library }

func (f failing) Search(ctx context.Context, r search.Request) (*search.Results, error) {
	if r.Cursor != "" {
		return nil, errors.New("disk on fire")
	}
	return f.library.Search(ctx, r)
}

// TestABrokenExportIsNotTakenForTheWhole holds that a client sees the transfer fail.
func TestABrokenExportIsNotTakenForTheWhole(t *testing.T) {
	lib := newLibrary(260)
	s := newSite(t, lib, func(c *Config) { c.Searcher = failing{lib} })
	server := httptest.NewServer(s.handler)
	defer server.Close()
	resp, err := server.Client().Get(server.URL + "/search.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := csv.NewReader(resp.Body).ReadAll(); err == nil {
		t.Error("the broken export ended as if it were whole")
	}
}

func TestFeedsAreStable(t *testing.T) {
	lib := newLibrary(30)
	s := newSite(t, lib)
	for _, format := range []string{"atom", "rss", "json"} {
		address := "/search." + format + "?q=harbour&sort=oldest"
		if a, b := s.get(address, 200).Body.String(), s.get(address, 200).Body.String(); a != b {
			t.Errorf("%s differs from itself", address)
		}
	}
}

func TestAtomFeed(t *testing.T) {
	lib := newLibrary(120)
	s := newSite(t, lib)
	var got struct {
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Total   int    `xml:"http://a9.com/-/spec/opensearch/1.1/ totalResults"`
		Links   []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entries []struct {
			ID        string   `xml:"id"`
			Published string   `xml:"published"`
			Updated   string   `xml:"updated"`
			Authors   []string `xml:"author>name"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(s.get("/search.atom?q=harbour", 200).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Total != 120 || len(got.Entries) != feedSize || got.Updated != "2026-03-01T09:30:00Z" {
		t.Errorf("total %d, %d entries, updated %s", got.Total, len(got.Entries), got.Updated)
	}
	seen := map[string]bool{}
	for i, e := range got.Entries {
		if seen[e.ID] || !strings.HasPrefix(e.ID, "tag:oped,2026:article:") || len(e.Authors) == 0 {
			t.Errorf("entry %d: %+v", i, e)
		}
		seen[e.ID] = true
		if i > 0 && e.Published > got.Entries[i-1].Published {
			t.Errorf("entry %d is newer than the one before", i)
		}
	}
	rels := map[string]string{}
	for _, l := range got.Links {
		rels[l.Rel] = l.Href
	}
	if rels["self"] == "" || rels["next"] == "" || rels["alternate"] != "http://oped.test/search?q=harbour" || rels["search"] == "" {
		t.Errorf("links = %v", rels)
	}
}

func TestJSONFeed(t *testing.T) {
	var got jsonFeed
	if err := json.Unmarshal(newSite(t, newLibrary(3)).get("/search.json", 200).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "https://jsonfeed.org/version/1.1" || len(got.Entries) != 3 || got.Entries[0].Text == "" {
		t.Errorf("feed = %+v", got)
	}
}

func TestUnAPI(t *testing.T) {
	lib := newLibrary(2)
	s := newSite(t, lib)
	id := string(lib.articles[0].ID)
	if body := s.get("/unapi?id="+id, 200).Body.String(); !strings.Contains(body, `<formats id="`+id+`">`) {
		t.Errorf("formats: %s", body)
	}
	if body := s.get("/unapi?format=ris&id="+id, 200).Body.String(); !strings.HasPrefix(body, "TY  - NEWS\r\n") {
		t.Errorf("RIS: %s", body)
	}
	s.get("/unapi?format=word&id="+id, http.StatusBadRequest)
	s.get(`/unapi?id="><script>`, http.StatusNotFound)
	s.get("/unapi?format=ris&id="+string(corpus.IDFromURL("https://elsewhere.example/")), http.StatusNotFound)
}
