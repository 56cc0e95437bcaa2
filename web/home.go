package web

import (
	"net/http"
	"slices"
	"strconv"

	"oped/search"
	"oped/search/query"
)

// home shows what the archive holds, a search box, and examples to start from.
func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	page := &homePage{frame: s.frame("Search opinion journalism", search.Request{})}
	page.Box = false
	if !s.Searcher.Ready() {
		return s.render(w, r, http.StatusOK, "home", page)
	}
	res, err := s.search(r.Context(), search.Request{Limit: homeNewest, NoSnippets: true, FacetLimit: railFacetLimit})
	if err != nil {
		return err
	}
	visitOf(r).hits = res.Total
	page.Ready, page.Total, page.Feeds = true, res.Total, feedLinks(search.Request{})
	page.Newest = hitViews(search.Request{}, res)
	for _, facet := range res.Facets {
		page.hold(facet)
	}
	page.Examples = s.examples(res)
	return s.render(w, r, http.StatusOK, "home", page)
}

// homePage is the front page.
type homePage struct {
	frame
	Ready                     bool
	Total                     int
	Publications              []valueView
	MorePublications, Authors int
	Types                     []valueView
	Years                     *histogram
	Newest                    []hitView
	Examples                  []example
}

// example is a query to try, with its address.
type example struct{ Query, URL string }

const (
	homeNewest       = 6
	homePublications = 12
)

func (page *homePage) hold(facet search.Facet) {
	var req search.Request
	switch facet.Field {
	case search.FacetPublication:
		for i, value := range facet.Values {
			if i < homePublications {
				page.Publications = append(page.Publications, valueOf(req, facet.Field, value))
			}
		}
		page.MorePublications = max(facet.Distinct, len(facet.Values)) - len(page.Publications)
	case search.FacetType:
		for _, value := range facet.Values {
			page.Types = append(page.Types, valueOf(req, facet.Field, value))
		}
	case search.FacetAuthor:
		page.Authors = max(facet.Distinct, len(facet.Values))
		if slices.ContainsFunc(facet.Values, func(v search.FacetValue) bool { return v.Value == search.NoValue }) {
			page.Authors-- // unsigned articles are by nobody
		}
	case search.FacetYear:
		page.Years = yearsOf(req, facet)
	}
}

// examples are those that were configured, or else three that show what the language can do and find something here.
func (s *server) examples(res *search.Results) []example {
	queries := s.Examples
	if len(queries) == 0 {
		queries = examplesFrom(res)
	}
	var out []example
	for _, q := range queries {
		out = append(out, example{q, searchURL(search.Request{Query: q})})
	}
	return out
}

func examplesFrom(res *search.Results) []string {
	var queries []string
	for _, facet := range res.Facets {
		value := firstNamed(facet)
		if value == "" {
			continue
		}
		switch facet.Field {
		case search.FacetAuthor, search.FacetPublication:
			queries = append(queries, string(facet.Field)+":"+query.Quote(value))
		case search.FacetType:
			queries = append(queries, "type:"+value)
		}
	}
	if n := len(res.Histogram); n > 0 {
		queries = append(queries, "after:"+strconv.Itoa(res.Histogram[n-1].Year))
	}
	return queries[:min(len(queries), 3)]
}

func firstNamed(facet search.Facet) string {
	for _, value := range facet.Values {
		if value.Value != search.NoValue {
			return value.Value
		}
	}
	return ""
}
