package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"oped/corpus"
	"oped/search"
)

// apiResults is the envelope of /api/v1/search.
type apiResults struct {
	Total         int                                  `json:"total"`
	Groups        int                                  `json:"groups"`
	TookMS        int64                                `json:"took_ms"`
	Generation    string                               `json:"index_generation"`
	Query         apiQuery                             `json:"query"`
	Hits          []apiHit                             `json:"hits"`
	Facets        map[search.FacetField]apiFacetValues `json:"facets"`
	Interval      search.Interval                      `json:"interval"`
	Histogram     []apiBin                             `json:"histogram"`
	Undated       int                                  `json:"undated"`
	Partial       bool                                 `json:"partial"`
	PartialReason string                               `json:"partial_reason,omitempty"`
	NextCursor    string                               `json:"next_cursor"`
	Links         map[string]string                    `json:"links"`
	// Doctor is there where little was found and something is to be said about it.
	Doctor *apiDiagnosis `json:"doctor,omitempty"`
}

type apiQuery struct {
	Input    string   `json:"input"`
	Parsed   string   `json:"parsed"`
	Words    string   `json:"words"`
	Warnings []string `json:"warnings"`
	// Alternatives are, for each warning, the query that would be read otherwise; "" where there is none to offer.
	Alternatives []string `json:"alternatives"`
	// AlsoSearched are the names that were searched for in other spellings too.
	AlsoSearched []apiVariant `json:"also_searched"`
}

type apiVariant struct {
	Word string        `json:"word"`
	Also []apiSpelling `json:"also"`
}

type apiSpelling struct {
	Word  string `json:"word"`
	Count int    `json:"count"`
}

type apiHit struct {
	apiArticle
	apiCopies
	Score       float64         `json:"score"`
	Marks       apiMarks        `json:"marks"`
	Snippets    []apiSnippet    `json:"snippets"`
	Explanation *apiExplanation `json:"explanation,omitempty"`
}

// apiMarks are the matches in the fields of the hit that have the same names.
type apiMarks struct {
	Headline   []apiMatch `json:"headline"`
	Standfirst []apiMatch `json:"standfirst"`
}

type apiSnippet struct {
	Segment string     `json:"segment"`
	Block   int        `json:"block"`
	Text    string     `json:"text"`
	Matches []apiMatch `json:"matches"`
}

// apiMatch is a half-open range of Unicode code points of the text it stands beside.
type apiMatch struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type apiExplanation struct {
	Value float64           `json:"value"`
	Text  string            `json:"text"`
	Parts []*apiExplanation `json:"parts,omitempty"`
}

type apiFacetValues struct {
	Distinct int             `json:"distinct"`
	Values   []apiFacetValue `json:"values"`
}

type apiFacetValue struct {
	Value    string `json:"value"`
	Count    int    `json:"count"`
	Included bool   `json:"included"`
	Excluded bool   `json:"excluded"`
}

// apiBin is a year, month or day of the histogram; month and day are left out where it is wider.
type apiBin struct {
	Year  int `json:"year"`
	Month int `json:"month,omitempty"`
	Day   int `json:"day,omitempty"`
	Count int `json:"count"`
}

// apiArticle is an article without its body.
type apiArticle struct {
	ID          corpus.ID     `json:"id"`
	Version     int           `json:"version"`
	Permalink   string        `json:"permalink"`
	URL         string        `json:"url,omitempty"`
	Headline    string        `json:"headline"`
	Standfirst  string        `json:"standfirst"`
	Authors     []string      `json:"authors"`
	AuthorNote  string        `json:"author_note,omitempty"`
	Publication string        `json:"publication"`
	Published   string        `json:"published,omitempty"`
	Modified    string        `json:"modified,omitempty"`
	Section     string        `json:"section,omitempty"`
	Type        corpus.Type   `json:"type,omitempty"`
	Language    string        `json:"language,omitempty"`
	Access      corpus.Access `json:"access,omitempty"`
	Tags        []string      `json:"tags,omitempty"`
	Captured    string        `json:"captured,omitempty"`
}

func (s *server) apiSearch(w http.ResponseWriter, r *http.Request) error {
	req, err := ParseRequest(parseParams(r.URL.RawQuery))
	if err != nil {
		return err
	}
	res, err := s.search(r.Context(), req)
	if err != nil {
		return err
	}
	visitOf(r).hits = res.Total
	out := apiResultsOf(s.base(r), req, res)
	out.Doctor = apiDiagnosisOf(s.base(r), s.diagnose(r.Context(), req, res))
	return writeResults(w, r, out)
}

// writeResults writes the envelope with an ETag that does not depend on the time the search took.
func writeResults(w http.ResponseWriter, r *http.Request, out *apiResults) error {
	body, err := encodeJSON(out)
	if err != nil {
		return err
	}
	out.TookMS = 0
	tagged, err := encodeJSON(out)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	writeTagged(w, r, http.StatusOK, body, tagged)
	return nil
}

func apiResultsOf(base string, req search.Request, res *search.Results) *apiResults {
	out := &apiResults{
		Total: res.Total, Groups: res.Groups, TookMS: res.Took.Milliseconds(), Generation: res.Generation,
		Query: apiQuery{
			Input: utf8Only(res.Reading.Input), Parsed: utf8Only(res.Reading.Parsed), Words: utf8Only(res.Reading.Words),
			Warnings: notNil(res.Reading.Warnings), Alternatives: notNil(res.Reading.Alternatives), AlsoSearched: apiVariantsOf(res.Reading.AlsoSearched),
		},
		Hits: []apiHit{}, Facets: map[search.FacetField]apiFacetValues{}, Interval: res.Interval, Histogram: []apiBin{}, Undated: res.Undated,
		Partial: res.Partial, PartialReason: res.PartialReason, NextCursor: res.NextCursor,
		Links: map[string]string{"self": base + address("/api/v1/search", req), "html": base + searchURL(req)},
	}
	for _, hit := range res.Hits {
		out.Hits = append(out.Hits, apiHitOf(base, hit))
	}
	for _, facet := range res.Facets {
		out.Facets[facet.Field] = apiFacetOf(facet)
	}
	for _, bin := range res.Histogram {
		out.Histogram = append(out.Histogram, apiBin(bin))
	}
	if next, ok := following(req, res); ok {
		out.Links["next"] = base + address("/api/v1/search", next)
	}
	return out
}

func apiVariantsOf(variants []search.Variant) []apiVariant {
	out := []apiVariant{}
	for _, v := range variants {
		variant := apiVariant{Word: utf8Only(v.Word)}
		for _, c := range v.Also {
			variant.Also = append(variant.Also, apiSpelling{c.Word, c.Articles})
		}
		out = append(out, variant)
	}
	return out
}

func apiHitOf(base string, hit search.Hit) apiHit {
	out := apiHit{
		apiArticle: apiArticleOf(base, hit.Article), apiCopies: apiCopiesOf(base, &hit), Score: hit.Score, Snippets: []apiSnippet{},
		Marks:       apiMarks{Headline: apiMatches(hit.Headline), Standfirst: apiMatches(hit.Standfirst)},
		Explanation: apiExplanationOf(hit.Explanation),
	}
	for _, snippet := range hit.Snippets {
		out.Snippets = append(out.Snippets, apiSnippet{
			Segment: snippet.Segment, Block: snippet.Block, Text: text(snippet.Spans), Matches: apiMatches(snippet.Spans),
		})
	}
	return out
}

// apiMatches counts code points, not bytes: that is what JSON's readers slice by.
func apiMatches(spans []search.Span) []apiMatch {
	matches, at := []apiMatch{}, 0
	for _, span := range spans {
		end := at + utf8.RuneCountInString(span.Text)
		if span.Match {
			matches = append(matches, apiMatch{at, end})
		}
		at = end
	}
	return matches
}

func apiExplanationOf(e *search.Explanation) *apiExplanation {
	if e == nil {
		return nil
	}
	out := &apiExplanation{Value: e.Value, Text: e.Text}
	for _, part := range e.Parts {
		out.Parts = append(out.Parts, apiExplanationOf(part))
	}
	return out
}

func apiFacetOf(facet search.Facet) apiFacetValues {
	out := apiFacetValues{Distinct: facet.Distinct, Values: []apiFacetValue{}}
	for _, value := range facet.Values {
		out.Values = append(out.Values, apiFacetValue(value))
	}
	return out
}

func apiArticleOf(base string, a *corpus.Article) apiArticle {
	return apiArticle{
		ID: a.ID, Version: a.Version, Permalink: base + permalink(a.ID), URL: outside(a.URL), Headline: a.Headline,
		Standfirst: a.Standfirst, Authors: notNil(a.AuthorNames()), AuthorNote: a.AuthorNote, Publication: a.Publication,
		Published: apiDate(a.Published), Modified: apiDate(a.Modified), Section: a.Section, Type: a.Type, Language: a.Language,
		Access: a.Access, Tags: a.Tags, Captured: apiTime(a.Captured),
	}
}

// apiDate is RFC 3339: a full-date where only the day is known.
func apiDate(d corpus.Date) string {
	if d.HasClock {
		return apiTime(d.Time)
	}
	return d.Day()
}

func apiTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// apiArticle answers with the whole article as it is stored.
func (s *server) apiArticle(w http.ResponseWriter, r *http.Request) error {
	a, err := s.stored(r, parseParams(r.URL.RawQuery))
	if err != nil {
		return err
	}
	return writeJSON(w, r, a)
}

// apiFacet answers with the values of one facet.
func (s *server) apiFacet(w http.ResponseWriter, r *http.Request) error {
	params := parseParams(r.URL.RawQuery)
	req, err := ParseRequest(params)
	if err != nil {
		return err
	}
	limit := req.FacetLimit
	if limit == 0 {
		limit = search.MaxFacetLimit
	}
	facet, total, err := s.values(r, firstPage(req), params.Get("prefix"), limit)
	if err != nil {
		return err
	}
	return writeJSON(w, r, struct {
		Field search.FacetField `json:"field"`
		Total int               `json:"total"`
		apiFacetValues
	}{facet.Field, total, apiFacetOf(facet)})
}

func encodeJSON(v any) ([]byte, error) {
	body, err := json.MarshalIndent(v, "", "  ") // escapes < > & as well
	if err != nil {
		return nil, fmt.Errorf("web: encode answer: %w", err)
	}
	return append(body, '\n'), nil
}

func writeJSON(w http.ResponseWriter, r *http.Request, v any) error {
	body, err := encodeJSON(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	write(w, r, http.StatusOK, body)
	return nil
}

// notNil makes an empty list "[]" in JSON and not "null".
func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
