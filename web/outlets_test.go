package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestAuthorOutletsByYear follows every link of the table: each finds what its number says, and all years together are all
// articles.
func TestAuthorOutletsByYear(t *testing.T) {
	s := newSite(t, newLibrary(60))
	for _, address := range []string{"/author/jane-doe", "/author/jane-doe?pub=Northern+Courier&year=2010"} {
		sum := 0
		rows := s.page(address, http.StatusOK).Find(".outlets tbody tr")
		rows.Find("a").Each(func(_ int, link *goquery.Selection) {
			number, _, _ := strings.Cut(folded(link.Next()), " ")
			got := folded(s.page(link.AttrOr("href", ""), http.StatusOK).Find("h1"))
			if !strings.HasPrefix(got, number+" article") {
				t.Errorf("%s: %s is told as %s, the click gives %s", address, folded(link), number, got)
			}
			if link.ParentsFiltered("th").Length() > 0 {
				n, _ := strconv.Atoi(number)
				sum += n
			}
		})
		if sum != 12 {
			t.Errorf("%s: the years have %d articles together, want 12", address, sum)
		}
		if first, last := folded(rows.First()), folded(rows.Last()); first <= last {
			t.Errorf("%s: %q comes before %q", address, first, last)
		}
	}
}

// TestAuthorNotesAreThoseOfAllPages looks for a note that only the last of several pages has.
func TestAuthorNotesAreThoseOfAllPages(t *testing.T) {
	s := newSite(t, newLibrary(200))
	for _, address := range []string{"/author/jane-doe", "/author/jane-doe?page=2", "/author/jane-doe?per_page=1"} {
		if got := folded(s.page(address, http.StatusOK).Find(".notes:not(.outlets)")); !strings.Contains(got, "Institute for Harbours") {
			t.Errorf("%s: the notes are %q", address, got)
		}
	}
}

func TestAuthorFormsAreOfferedNotMerged(t *testing.T) {
	lib := newLibrary(40)
	for i, name := range []string{"J. Doe", "Jane Alice Doe", "John Doe", "Doe"} {
		lib.articles[5*i+1].Authors[0].Name = name
	}
	doc := newSite(t, lib).page("/author/jane-doe", http.StatusOK)
	if got := folded(doc.Find(".reading:contains('Perhaps')")); got != "Perhaps the same J. Doe (1 article), Jane Alice Doe (1 article)" {
		t.Errorf("offered: %q", got)
	}
	if got := folded(doc.Find("h1 + .lead")); !strings.HasPrefix(got, "8 articles") {
		t.Errorf("the lead is %q", got)
	}
}

func TestMayBeSame(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"Jane Doe", "J. Doe", true},
		{"J. Doe", "Jane Doe", true},
		{"Jane Doe", "Jane Q. Doe", true},
		{"Élodie Marchetti", "E. Marchetti", true},
		{"Tomas van der Berg", "T. van der Berg", true},
		{"Jane Doe", "John Doe", false},
		{"Jane Doe", "Jan Doe", false},
		{"Jane Doe", "Jane Roe", false},
		{"Jane Doe", "Doe", false},
		{"Doe", "Doe", false},
		{"", "J. Doe", false},
	} {
		if got := mayBeSame(tt.a, tt.b); got != tt.want {
			t.Errorf("mayBeSame(%q, %q) = %t, want %t", tt.a, tt.b, got, tt.want)
		}
	}
}
