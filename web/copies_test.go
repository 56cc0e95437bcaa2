package web

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"oped/corpus"
)

// syndicated is an archive in which 18 articles of 31 are copies: five of one column, and fifteen of another that has a
// hostile headline.
func syndicated() *library {
	l := newLibrary(31)
	for i, a := range l.articles {
		switch {
		case i < 5:
			a.Group = 7
		case i < 20:
			a.Group, a.Headline = 9, `</summary><script>alert("copy")</script>`
		}
		a.Published.Time = time.Date(2020, 1, 31-i, 0, 0, 0, 0, time.UTC)
	}
	return l
}

func TestCopiesAreFolded(t *testing.T) {
	s := newSite(t, syndicated())
	doc := s.page("/search?per_page=5", http.StatusOK)
	if got := folded(doc.Find("h1")); got != "31 articles in 13 groups" {
		t.Errorf("heading is %q", got)
	}
	details := doc.Find(".hit details.copies")
	if n := details.Length(); n != 2 || folded(details.First().Find("summary")) != "+4 copies" {
		t.Fatalf("%d hits have copies, the first %q", n, details.First().Text())
	}
	if n := details.First().Find("li a[href^='/article/']").Length(); n != 4 {
		t.Errorf("%d copies are listed, want 4", n)
	}
	if doc.Find("script:not([src])").Length() > 0 {
		t.Error("a headline became markup")
	}
	if got := folded(doc.Find(".range")); got != "1–5 of 13" {
		t.Errorf("range is %q", got)
	}

	off := doc.Find("a.fold").AttrOr("href", "")
	if off != "/search?per_page=5&fold=off" {
		t.Fatalf("the way to every copy is %q", off)
	}
	doc = s.page(off, http.StatusOK)
	if got := folded(doc.Find("h1")); got != "31 articles" || doc.Find("details.copies").Length() > 0 {
		t.Errorf("unfolded: heading %q", got)
	}
	doc.Find(".hit h2 a, .pager a, .rail .value, .sorts a").Each(func(_ int, link *goquery.Selection) {
		if href := link.AttrOr("href", ""); !strings.Contains(href, "fold=off") {
			t.Errorf("link loses fold=off: %s", href)
		}
	})
	if got := doc.Find("a.fold").AttrOr("href", ""); got != "/search?per_page=5" {
		t.Errorf("the way back is %q", got)
	}
}

// TestFoldedPagesHoldEveryHitOnce walks by the pager.
func TestFoldedPagesHoldEveryHitOnce(t *testing.T) {
	s := newSite(t, syndicated())
	seen := map[string]bool{}
	for next := "/search?per_page=5"; next != ""; {
		doc := s.page(next, http.StatusOK)
		doc.Find(".hit h2 a").Each(func(_ int, link *goquery.Selection) {
			u, _ := url.Parse(link.AttrOr("href", ""))
			if seen[u.Path] {
				t.Errorf("%s comes twice", u.Path)
			}
			seen[u.Path] = true
		})
		next = doc.Find(`.pager a[rel="next"]`).AttrOr("href", "")
	}
	if len(seen) != 13 {
		t.Errorf("%d hits on all pages, want 13", len(seen))
	}
}

func TestArticleListsItsCopies(t *testing.T) {
	lib := syndicated()
	s := newSite(t, lib)
	doc := s.page("/article/"+string(lib.articles[0].ID), http.StatusOK)
	rows := doc.Find("#copies li")
	if rows.Length() != 5 {
		t.Fatalf("%d copies, want 5", rows.Length())
	}
	if first := folded(rows.First()); !strings.Contains(first, "27 January 2020") || !strings.HasSuffix(first, "First") {
		t.Errorf("the first copy is told as %q", first)
	}
	if got := folded(doc.Find(`#copies [aria-current="true"]`)); !strings.HasSuffix(got, "This one") {
		t.Errorf("the copy on the page is told as %q", got)
	}
	if s.page("/article/"+string(lib.articles[30].ID), http.StatusOK).Find("#copies").Length() > 0 {
		t.Error("an article without copies lists some")
	}
}

func TestAPIFoldsAndExportsDoNot(t *testing.T) {
	s := newSite(t, syndicated())
	var got apiResults
	if err := json.Unmarshal(s.get("/api/v1/search", http.StatusOK).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Total != 31 || got.Groups != 13 || got.Hits[0].Copies != 4 || len(got.Hits[0].CopyList) != 4 {
		t.Errorf("API: %d in %d, the first with %d copies", got.Total, got.Groups, got.Hits[0].Copies)
	}
	for _, address := range []string{"/search.csv", "/search.csv?fold=off"} {
		w := s.get(address, http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 32 || w.Header().Get("X-Total-Count") != "31" {
			t.Fatalf("%s: %d rows, %v, want a head and all 31 articles", address, len(rows), err)
		}
		groups := map[string]int{}
		for _, row := range rows[1:] {
			groups[row[18]]++
		}
		if groups["7"] != 5 || groups["9"] != 15 || groups[""] != 11 {
			t.Errorf("%s: groups are told as %v", address, groups)
		}
	}
	var again corpus.Article
	if err := json.Unmarshal(s.get("/api/v1/article/"+string(got.Hits[0].ID), http.StatusOK).Body.Bytes(), &again); err != nil || again.Group != 7 {
		t.Errorf("the article's group is %d, %v", again.Group, err)
	}
}
