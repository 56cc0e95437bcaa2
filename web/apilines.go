package web

import (
	"net/http"

	"oped/corpus"
	"oped/search"
)

// apiLines are matches in their context, one match a line.
type apiLines struct {
	Total  int       `json:"total"`
	Groups int       `json:"groups"`
	Lines  []apiLine `json:"lines"`
	// Cut is true where these articles have more lines than one answer holds.
	Cut   bool              `json:"cut"`
	Links map[string]string `json:"links"`
}

// apiLine is one match. Its link opens the article at it.
type apiLine struct {
	ID          corpus.ID `json:"id"`
	Link        string    `json:"link"`
	Publication string    `json:"publication"`
	Published   string    `json:"published,omitempty"`
	Before      string    `json:"before"`
	Match       string    `json:"match"`
	After       string    `json:"after"`
}

func (s *server) apiLines(w http.ResponseWriter, r *http.Request) error {
	page, err := s.linesPage(r)
	if err != nil {
		return err
	}
	base := s.base(r)
	out := apiLines{Total: page.Total, Groups: page.Groups, Lines: []apiLine{}, Cut: page.Cut, Links: map[string]string{}}
	for _, l := range page.Lines {
		out.Lines = append(out.Lines, apiLine{
			ID: l.Article.ID, Link: base + l.URL, Publication: l.Article.Publication, Published: apiDate(l.Article.Published),
			Before: text(l.Before), Match: l.Match, After: text(l.After),
		})
	}
	if page.Next != "" {
		out.Links["next"] = base + "/api/v1" + page.Next
	}
	return writeJSON(w, r, out)
}

// apiTrend are searches compared over time.
type apiTrend struct {
	Interval search.Interval `json:"interval"`
	Queries  []string        `json:"queries"`
	Bins     []apiTrendBin   `json:"bins"`
}

// apiTrendBin is a year, month or day: how many articles there are, and how many each query finds.
type apiTrendBin struct {
	Date   string `json:"date"`
	Total  int    `json:"total"`
	Counts []int  `json:"counts"`
}

func (s *server) apiTrend(w http.ResponseWriter, r *http.Request) error {
	t, err := s.trendAsked(r)
	if err != nil {
		return err
	}
	out := apiTrend{Interval: t.Interval, Queries: []string{}, Bins: []apiTrendBin{}}
	for _, q := range t.Queries {
		out.Queries = append(out.Queries, utf8Only(q))
	}
	for _, row := range t.Rows {
		out.Bins = append(out.Bins, apiTrendBin{row.Label, row.Total, row.Counts})
	}
	return writeJSON(w, r, out)
}
