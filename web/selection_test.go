package web

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestSelectionHoldsWhatWasTicked submits the form of a page of results with two ticks.
func TestSelectionHoldsWhatWasTicked(t *testing.T) {
	s := newSite(t, newLibrary(30))
	doc := s.page("/search?q=harbour", http.StatusOK)
	boxes := doc.Find(`.hit input[type="checkbox"][form="selection"][name="id"]`)
	if boxes.Length() != 10 || doc.Find("form#selection button[formaction]").Length() != len(exportForms) {
		t.Fatalf("%d boxes", boxes.Length())
	}
	if got, want := folded(boxes.First().Parent()), "Tick "+folded(doc.Find(".hit h2").First()); got != want {
		t.Errorf("the box is called %q, want %q", got, want)
	}
	ids := []string{boxes.Eq(3).AttrOr("value", ""), boxes.Eq(1).AttrOr("value", "")}
	query := "?id=" + ids[0] + "&id=" + ids[1] + "&id=" + ids[0]
	doc.Find("form#selection button[formaction]").Each(func(_ int, button *goquery.Selection) {
		w := s.get(button.AttrOr("formaction", "")+query, http.StatusOK)
		if n := w.Header().Get("X-Total-Count"); n != "2" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %s articles", folded(button), n)
		}
	})
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.get("/selection.csv"+query, http.StatusOK).Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][0] != ids[0] || rows[2][0] != ids[1] {
		t.Errorf("%v, %v", rows, err)
	}
}

// TestNoTickIsNotEverything holds that a form without ticks does not export the archive.
func TestNoTickIsNotEverything(t *testing.T) {
	s := newSite(t, newLibrary(3))
	s.get("/selection.csv", http.StatusBadRequest)
	s.get("/selection.csv?id=", http.StatusBadRequest)
	s.get("/selection.csv?id=../etc", http.StatusBadRequest)
	s.get("/selection.csv?id=2222222222222222", http.StatusNotFound)
	s.get("/selection.csv?"+strings.Repeat("id=x&id=y&", 10)+strings.Repeat("id=", 400), http.StatusBadRequest)
}
