package web

import (
	"context"
	"slices"
	"strings"

	"oped/corpus"
	"oped/search"
	"oped/web/cite"
)

// maxOutlets bounds the table of an author's publications by year: each is a search of its own.
const maxOutlets = 12

// outletYear is one year of an author: where they were printed, the most often first.
type outletYear struct {
	Year    valueView
	Outlets []valueView
}

// outlets tells in which years the publications printed an author, newest year first, whatever publication or year is
// chosen. Each count is what its link finds. There is nothing to tell of one publication that the histogram does not, nor
// of more than maxOutlets.
func (s *server) outlets(ctx context.Context, req search.Request) ([]outletYear, error) {
	req = only(only(req, search.FacetYear, ""), search.FacetPublication, "")
	papers, err := s.valuesOf(ctx, req, search.FacetPublication)
	if err != nil || len(papers) < 2 || len(papers) > maxOutlets {
		return nil, err
	}
	byYear := map[string]*outletYear{}
	for _, paper := range papers {
		there := only(req, search.FacetPublication, paper.Value)
		years, err := s.valuesOf(ctx, there, search.FacetYear)
		if err != nil {
			return nil, err
		}
		for _, year := range years {
			row := byYear[year.Value]
			if row == nil {
				row = &outletYear{Year: valueView{Label: valueLabel(search.FacetYear, year.Value), Value: year.Value}}
				byYear[year.Value] = row
			}
			outlet := valueView{Label: valueLabel(search.FacetPublication, paper.Value), Count: year.Count}
			row.add(outlet, only(there, search.FacetYear, year.Value))
		}
	}
	return inOrder(byYear, req), nil
}

// only is r with one value of a facet chosen and no other; with none, where value is "".
func only(r search.Request, field search.FacetField, value string) search.Request {
	return withFilter(r, field, func(f *search.Filter) {
		*f = search.Filter{}
		if value != "" {
			f.Include = []string{value}
		}
	})
}

// valuesOf counts the values of one facet.
func (s *server) valuesOf(ctx context.Context, req search.Request, field search.FacetField) ([]search.FacetValue, error) {
	req.Limit, req.NoSnippets, req.FacetLimit, req.Facets = 1, true, railFacetLimit, []search.FacetField{field}
	res, err := s.search(ctx, req)
	if err != nil || len(res.Facets) == 0 {
		return nil, err
	}
	return res.Facets[0].Values, nil
}

func (y *outletYear) add(outlet valueView, there search.Request) {
	outlet.link(searchURL(there))
	y.Year.Count += outlet.Count
	y.Outlets = append(y.Outlets, outlet)
}

// inOrder lists the years newest first, those without a date last, and links each to all its articles.
func inOrder(byYear map[string]*outletYear, req search.Request) []outletYear {
	rows := make([]outletYear, 0, len(byYear))
	for _, row := range byYear {
		row.Year.link(searchURL(only(req, search.FacetYear, row.Year.Value)))
		slices.SortStableFunc(row.Outlets, func(a, b valueView) int { return b.Count - a.Count })
		rows = append(rows, *row)
	}
	// A year is greater than the value of those without one.
	slices.SortFunc(rows, func(a, b outletYear) int { return strings.Compare(b.Year.Value, a.Year.Value) })
	return rows
}

// maxForms is how many other forms of a name are offered.
const maxForms = 8

// forms are names in the archive that may be those of the same author, "J. Doe" for "Jane Doe". They are offered and never
// merged: only a reader can tell.
func (s *server) forms(ctx context.Context, names []string) ([]valueView, error) {
	family, _ := cite.SplitName(names[0])
	words := strings.Fields(family)
	if len(words) == 0 {
		return nil, nil
	}
	prefix := prefixOf(search.FacetAuthor, words[len(words)-1])
	authors, err := s.valuesOf(ctx, search.Request{FacetPrefix: prefix}, search.FacetAuthor)
	if err != nil {
		return nil, err
	}
	var forms []valueView
	for _, value := range authors {
		if len(forms) < maxForms && !slices.Contains(names, value.Value) && mayBeSame(names[0], value.Value) {
			form := valueView{Label: value.Value, Count: value.Count}
			form.link(authorLink(value.Value).URL)
			forms = append(forms, form)
		}
	}
	return forms, nil
}

// mayBeSame reports whether two names have the same family name and given names that do not contradict each other: the
// first of one is the first of the other, or its initial.
func mayBeSame(a, b string) bool {
	familyA, givenA := cite.SplitName(a)
	familyB, givenB := cite.SplitName(b)
	if corpus.Slug(familyA) != corpus.Slug(familyB) || givenA == "" || givenB == "" {
		return false
	}
	firstA, _, _ := strings.Cut(corpus.Slug(givenA), "-")
	firstB, _, _ := strings.Cut(corpus.Slug(givenB), "-")
	if firstA == "" || firstB == "" {
		return false
	}
	return firstA == firstB || isInitial(firstA, firstB) || isInitial(firstB, firstA)
}

// isInitial reports whether short is the first letter of long.
func isInitial(short, long string) bool {
	return len([]rune(short)) == 1 && strings.HasPrefix(long, short)
}
