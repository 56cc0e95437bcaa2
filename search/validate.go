package search

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"oped/search/query"
)

// Further bounds of a Request.
const (
	maxWithin       = 20  // searches within searches; each is a query of its own
	maxFilterValues = 500 // per facet, chosen and excluded together
)

// normalize checks a request and writes its defaults out. It leaves r and what r points to alone.
func normalize(r Request) (Request, error) {
	if r.Limit == 0 {
		r.Limit = DefaultLimit
	}
	if r.FacetLimit == 0 {
		r.FacetLimit = DefaultFacetLimit
	}
	if r.Facets == nil {
		r.Facets = FacetFields()
	}
	for _, check := range []func(*Request) error{checkNumbers, checkOrder, checkDays, checkFacets} {
		if err := check(&r); err != nil {
			return r, err
		}
	}
	return r, nil
}

func refuse(field, value, problem string, args ...any) error {
	return &RequestError{Field: field, Value: value, Problem: fmt.Sprintf(problem, args...)}
}

func checkNumbers(r *Request) error {
	for _, n := range []struct {
		field     string
		value     int
		low, high int
	}{
		{"Limit", r.Limit, 1, MaxLimit},
		{"Offset", r.Offset, 0, MaxOffset},
		{"FacetLimit", r.FacetLimit, 1, MaxFacetLimit},
		{"Within", len(r.Within), 0, maxWithin},
	} {
		if n.value < n.low || n.value > n.high {
			return refuse(n.field, strconv.Itoa(n.value), "must be from %d to %d", n.low, n.high)
		}
	}
	if r.Offset > 0 && r.Cursor != "" {
		return refuse("Offset", strconv.Itoa(r.Offset), "cannot be combined with a cursor, which says itself where to go on")
	}
	return nil
}

func checkOrder(r *Request) error {
	switch r.Sort {
	case "", SortRelevance, SortNewest, SortOldest, SortLongest:
		return nil
	}
	return refuse("Sort", string(r.Sort), "must be %s, %s, %s or %s", SortRelevance, SortNewest, SortOldest, SortLongest)
}

func checkDays(r *Request) error {
	for _, d := range []struct {
		field string
		day   query.Day
	}{{"From", r.From}, {"To", r.To}} {
		if d.day == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, string(d.day)); err != nil {
			return refuse(d.field, string(d.day), "must be a day such as 2018-05-31")
		}
	}
	if r.From != "" && r.To != "" && r.From > r.To {
		return refuse("From", string(r.From), "must not be later than To, which is %s", r.To)
	}
	return nil
}

func checkFacets(r *Request) error {
	check := func(field string, facet FacetField) error {
		if slices.Contains(FacetFields(), facet) {
			return nil
		}
		return refuse(field, string(facet), "is no facet; the facets are %v", FacetFields())
	}
	for _, facet := range r.Facets {
		if err := check("Facets", facet); err != nil {
			return err
		}
	}
	for facet := range r.FacetPrefix {
		if err := check("FacetPrefix", facet); err != nil {
			return err
		}
	}
	for facet, filter := range r.Filters {
		if err := check("Filters", facet); err != nil {
			return err
		}
		if n := len(filter.Include) + len(filter.Exclude); n > maxFilterValues {
			return refuse("Filters", string(facet), "%d values were chosen, at most %d can be", n, maxFilterValues)
		}
	}
	return nil
}
