package web

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestTrendCountsAreThoseOfTheClick follows every number of a comparison under a filter.
func TestTrendCountsAreThoseOfTheClick(t *testing.T) {
	s := newSite(t, newLibrary(60))
	doc := s.page("/trend?q=ferries&q=tariff&-type=letter&from=2007-03&to=2024", http.StatusOK)
	rows := doc.Find(".numbers tbody tr")
	if rows.Length() < 5 || doc.Find(".trend polyline").Length() != 2 {
		t.Fatalf("%d rows, %d lines", rows.Length(), doc.Find(".trend polyline").Length())
	}
	rows.Find("a").Each(func(i int, link *goquery.Selection) {
		href, number := link.AttrOr("href", ""), folded(link)
		if got := folded(s.page(href, http.StatusOK).Find("h1")); got != plural(atoi(t, number), "article", "articles") && !(number == "0" && got == "No articles") {
			t.Errorf("%s is told as %s, the click gives %s", href, number, got)
		}
	})
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTrendCSVHoldsThePage(t *testing.T) {
	s := newSite(t, newLibrary(60))
	body := s.get("/trend.csv?q=ferries&q=%3Dtariff&by=share", http.StatusOK).Body.String()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || strings.Join(rows[0], ",") != "date,query,count,total,share" {
		t.Fatalf("%v, %v", rows, err)
	}
	doc := s.page("/trend?q=ferries&by=share", http.StatusOK)
	cells := map[string]string{}
	doc.Find(".numbers tbody tr").Each(func(_ int, row *goquery.Selection) {
		cells[folded(row.Find("th"))] = folded(row.Find("td").First())
	})
	if len(rows) != 1+2*len(cells) {
		t.Errorf("%d rows for %d years", len(rows), len(cells))
	}
	for _, row := range rows[1:] {
		share, err := strconv.ParseFloat(row[4], 64)
		if want := strconv.FormatFloat(100*share, 'f', 1, 64) + " %"; err != nil || row[1] == "ferries" && cells[row[0]] != want {
			t.Errorf("%v, the page says %s", row, cells[row[0]])
		}
		if row[1] != "ferries" && row[1] != "'=tariff" {
			t.Errorf("query is told as %q", row[1])
		}
	}
}

func TestTrendRefusesTooMuch(t *testing.T) {
	s := newSite(t, newLibrary(3))
	s.get("/trend?q=a1&q=b1&q=c1&q=d1&q=e1&q=f1", http.StatusBadRequest)
	s.get("/trend?q=harbour&by=colour", http.StatusBadRequest)
	s.get("/trend.csv?q=harbour+AND", http.StatusBadRequest)
	if n := s.page("/trend", http.StatusOK).Find("input[name=q]").Length(); n != 1 {
		t.Errorf("%d places to type without a query", n)
	}
}
