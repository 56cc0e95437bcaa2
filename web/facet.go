package web

import (
	"net/http"
	"slices"
	"strings"

	"oped/search"
)

// facetPage lists the values of one facet, to look through, to filter and to choose from.
type facetPage struct {
	frame
	Label    string
	Field    search.FacetField
	Prefix   string
	Keep     []param
	Values   []valueView
	Distinct int
	Total    int
	// Cut is true where even this page can not list every value.
	Cut            bool
	Previous, Next string
	Back           string
}

// facetPageSize is how many values a page lists.
const facetPageSize = 100

func (s *server) facet(w http.ResponseWriter, r *http.Request) error {
	params := parseParams(r.URL.RawQuery)
	req, err := ParseRequest(params)
	if err != nil {
		return err
	}
	req = firstPage(req)
	p := paramReader{values: params}
	prefix, n := strings.TrimSpace(p.last("prefix")), max(p.number("values", 1, search.MaxFacetLimit/facetPageSize), 1)
	if p.err != nil {
		return p.err
	}
	facet, total, err := s.values(r, req, prefix, search.MaxFacetLimit)
	if err != nil {
		return err
	}
	label := facetLabels[facet.Field]
	page := &facetPage{
		frame: s.frame(label, req), Label: label, Field: facet.Field, Prefix: prefix, Total: total,
		Keep: hidden(req, "prefix"), Back: searchURL(req), Distinct: facet.Distinct,
		Cut: len(facet.Values) >= search.MaxFacetLimit,
	}
	page.slice(req, facet, n)
	return s.render(w, r, http.StatusOK, "facet", page)
}

// values counts the facet that a route names, and all that matches.
func (s *server) values(r *http.Request, req search.Request, prefix string, limit int) (search.Facet, int, error) {
	field := search.FacetField(r.PathValue("field"))
	if !slices.Contains(search.FacetFields(), field) {
		return search.Facet{}, 0, errNoPage
	}
	req.Limit, req.NoSnippets, req.FacetLimit = 1, true, limit
	req.Facets, req.FacetPrefix = []search.FacetField{field}, prefixOf(field, prefix)
	res, err := s.search(r.Context(), req)
	if err != nil {
		return search.Facet{}, 0, err
	}
	visitOf(r).hits = res.Total
	for _, facet := range res.Facets {
		if facet.Field == field {
			return facet, res.Total, nil
		}
	}
	return search.Facet{Field: field}, res.Total, nil
}

// slice puts the nth hundred of the values on the page, with links to those before and after.
func (page *facetPage) slice(req search.Request, facet search.Facet, n int) {
	start := min((n-1)*facetPageSize, len(facet.Values))
	end := min(start+facetPageSize, len(facet.Values))
	for _, value := range facet.Values[start:end] {
		page.Values = append(page.Values, valueOf(req, facet.Field, value))
	}
	if n > 1 {
		page.Previous = facetURL(req, facet.Field, page.Prefix, n-1)
	}
	if end < len(facet.Values) {
		page.Next = facetURL(req, facet.Field, page.Prefix, n+1)
	}
}
