package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestTermsAreCountedAndTurnedOff turns the marks of one word off and on again.
func TestTermsAreCountedAndTurnedOff(t *testing.T) {
	lib := newLibrary(3)
	s := newSite(t, lib)
	address := permalink(lib.articles[0].ID) + "?q=harbour+tax"
	doc := s.page(address, http.StatusOK)
	terms, marks := doc.Find(".terms a"), doc.Find("mark")
	sum := 0
	counts := map[string]int{}
	marks.Each(func(_ int, mark *goquery.Selection) { counts[strings.ToLower(folded(mark))]++ })
	terms.Each(func(_ int, term *goquery.Selection) {
		word, number, _ := strings.Cut(folded(term), " ")
		if plural(counts[word], "match", "matches") != number {
			t.Errorf("%s: %d marks, told as %q", word, counts[word], number)
		}
		sum += counts[word]
	})
	if terms.Length() != 2 || sum != marks.Length() {
		t.Fatalf("%d terms with %d of %d marks", terms.Length(), sum, marks.Length())
	}
	off := terms.First().AttrOr("href", "")
	doc = s.page(off, http.StatusOK)
	if n := doc.Find("mark").Length(); n != counts["tax"] || doc.Find("mark").Length() != doc.Find("mark[id]").Length() {
		t.Errorf("%s: %d marks, want the %d of the other word", off, n, counts["tax"])
	}
	if got := doc.Find("#m1 + .step span").First().Text(); !strings.HasSuffix(got, plural(counts["tax"], "", "")[:1]) {
		t.Errorf("the marks left are numbered %q", got)
	}
	on := doc.Find(".terms .off a")
	if on.Length() != 1 || on.AttrOr("href", "") != address {
		t.Errorf("%d terms are off, the way back is %q", on.Length(), on.AttrOr("href", ""))
	}
	if n := s.page(permalink(lib.articles[0].ID)+"?q=harbour", http.StatusOK).Find(".terms").Length(); n != 0 {
		t.Error("one word alone is counted twice")
	}
}
