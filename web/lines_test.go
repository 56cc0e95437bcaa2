package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"oped/search"
)

// TestLinesShowEveryMatchOnce compares the lines with the marks of the articles they lead to.
func TestLinesShowEveryMatchOnce(t *testing.T) {
	lib := newLibrary(12)
	s := newSite(t, lib)
	doc := s.page("/lines?q=harbour", http.StatusOK)
	rows := doc.Find(".lines tbody tr")
	marks := 0
	for _, a := range lib.articles {
		article := s.page(permalink(a.ID)+"?q=harbour", http.StatusOK)
		article.Find("mark").Each(func(_ int, mark *goquery.Selection) {
			marks++
			href := permalink(a.ID) + "?q=harbour&per_page=50#" + mark.AttrOr("id", "")
			row := rows.FilterFunction(func(_ int, row *goquery.Selection) bool {
				return row.Find(".node a").AttrOr("href", "") == href
			})
			if row.Length() != 1 || folded(row.Find(".node")) != folded(mark) {
				t.Errorf("%s: %d lines, %q", href, row.Length(), folded(row))
			}
		})
	}
	if rows.Length() != marks || folded(doc.Find("h1")) != plural(marks, "line", "lines") {
		t.Errorf("%d lines for %d marks, h1 %q", rows.Length(), marks, folded(doc.Find("h1")))
	}
	if got := doc.Find(".up a").AttrOr("href", ""); got != "/search?q=harbour" {
		t.Errorf("back leads to %q", got)
	}
}

func TestLinesAreSortedByContext(t *testing.T) {
	s := newSite(t, newLibrary(30))
	for by, column := range map[string]string{"left": ".before", "right": ".after"} {
		var keys [][]string
		s.page("/lines?q=harbour&by="+by, http.StatusOK).Find(".lines " + column).Each(func(_ int, cell *goquery.Selection) {
			words := contextWords([]search.Span{{Text: cell.Text()}})
			if by == "left" {
				slices.Reverse(words)
			}
			keys = append(keys, words)
		})
		if len(keys) < 30 || !slices.IsSortedFunc(keys, slices.Compare) {
			t.Errorf("by=%s: %d lines, not sorted", by, len(keys))
		}
	}
	s.get("/lines?q=harbour&by=colour", http.StatusBadRequest)
}

func TestLinesPageThroughArticles(t *testing.T) {
	s := newSite(t, newLibrary(120))
	seen, pages := map[string]bool{}, 0
	for next := "/lines?q=harbour&by=right"; next != ""; pages++ {
		doc := s.page(next, http.StatusOK)
		doc.Find(".node a").Each(func(_ int, link *goquery.Selection) {
			path, _, _ := strings.Cut(link.AttrOr("href", ""), "?")
			seen[path] = true
		})
		next = doc.Find(`.pager a[rel="next"]`).AttrOr("href", "")
	}
	if pages != 3 || len(seen) != 120 {
		t.Errorf("%d articles on %d pages, want 120 on 3", len(seen), pages)
	}
}

func TestContextIsCutBetweenWords(t *testing.T) {
	spans := []search.Span{{Text: "The council says "}, {Text: "harbour", Match: true}, {Text: " tax, ñandú and toll"}}
	for _, tt := range []struct {
		runes             int
		beginning, ending string
	}{
		{100, "The council says harbour tax, ñandú and toll", "The council says harbour tax, ñandú and toll"},
		{35, "The council says harbour tax, …", "… says harbour tax, ñandú and toll"},
		{13, "The council …", "… and toll"},
		{2, "Th …", "… ll"},
	} {
		if got := text(beginning(spans, tt.runes)); got != tt.beginning {
			t.Errorf("beginning of %d = %q, want %q", tt.runes, got, tt.beginning)
		}
		if got := text(ending(spans, tt.runes)); got != tt.ending {
			t.Errorf("ending of %d = %q, want %q", tt.runes, got, tt.ending)
		}
	}
}

func TestHeadlinesOnly(t *testing.T) {
	s := newSite(t, newLibrary(30))
	doc := s.page("/search?q=harbour&snippets=no", http.StatusOK)
	if n := doc.Find(".hit").Length(); n != 10 || doc.Find(".snippet, .hit .standfirst").Length() != 0 {
		t.Errorf("%d hits, %d extracts", n, doc.Find(".snippet, .hit .standfirst").Length())
	}
	if got := folded(doc.Find(`.views [aria-current]`)); got != "Headlines" {
		t.Errorf("the view is %q", got)
	}
	doc.Find(".rail .value, .sorts:not(.views) a, .pager a").Each(func(_ int, link *goquery.Selection) {
		if href := link.AttrOr("href", ""); !strings.Contains(href, "snippets=no") {
			t.Errorf("link loses the view: %s", href)
		}
	})
	doc.Find(".keep a").Each(func(_ int, link *goquery.Selection) {
		if href := link.AttrOr("href", ""); strings.Contains(href, "snippets") {
			t.Errorf("a feed or export is about a view: %s", href)
		}
	})
}
