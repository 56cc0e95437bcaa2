package doctor

import (
	"slices"
	"strings"

	"oped/search"
	"oped/search/query"
)

// demand is a part of a request that can be left out.
type demand struct {
	kind   Kind
	node   query.Node        // of InQuery
	within string            // of InWithin
	field  search.FacetField // of InFilter
}

// demandsOf takes a request apart.
func demandsOf(r *search.Request, tree query.Node) []demand {
	var out []demand
	for _, part := range conjuncts(tree) {
		out = append(out, demand{kind: InQuery, node: part})
	}
	for _, text := range r.Within {
		out = append(out, demand{kind: InWithin, within: text})
	}
	for _, field := range search.FacetFields() {
		if filter := r.Filters[field]; len(filter.Include)+len(filter.Exclude) > 0 {
			out = append(out, demand{kind: InFilter, field: field})
		}
	}
	if r.From != "" || r.To != "" {
		out = append(out, demand{kind: InDates})
	}
	return out
}

// conjuncts are the parts of a query that an article must each match, those of brackets within brackets too.
func conjuncts(n query.Node) []query.Node {
	var out []query.Node
	for _, part := range query.Conjuncts(n) {
		if and, ok := part.(query.And); ok {
			out = append(out, conjuncts(and)...)
			continue
		}
		out = append(out, part)
	}
	return out
}

// alone is the request for a demand by itself, and how the demand is typed.
func (x *examination) alone(d demand) (text string, r search.Request, ok bool) {
	r.NoVariants = x.request.NoVariants
	switch d.kind {
	case InQuery:
		r.Query, ok = x.write(d.node)
		return r.Query, r, ok
	case InWithin:
		r.Query = d.within
		return d.within, r, true
	case InFilter:
		filter := x.request.Filters[d.field]
		r.Filters = map[search.FacetField]search.Filter{d.field: filter}
		return filterText(d.field, filter), r, true
	default:
		r.From, r.To = x.request.From, x.request.To
		return dateText(r), r, true
	}
}

// without is the request without some of its demands, given by their numbers.
func (x *examination) without(left ...int) (search.Request, bool) {
	var kept []demand
	for i, d := range x.demands {
		if !slices.Contains(left, i) {
			kept = append(kept, d)
		}
	}
	return x.only(kept)
}

// only is the request with some of its demands.
func (x *examination) only(kept []demand) (search.Request, bool) {
	r := x.request
	r.Within, r.Filters, r.From, r.To = nil, nil, "", ""
	var parts []query.Node
	for _, d := range kept {
		switch d.kind {
		case InQuery:
			parts = append(parts, d.node)
		case InWithin:
			r.Within = append(r.Within, d.within)
		case InFilter:
			if r.Filters == nil {
				r.Filters = map[search.FacetField]search.Filter{}
			}
			r.Filters[d.field] = x.request.Filters[d.field]
		case InDates:
			r.From, r.To = x.request.From, x.request.To
		}
	}
	if len(parts) == len(conjuncts(x.query.Root)) {
		return r, true // the query stays as it was typed
	}
	var ok bool
	r.Query, ok = x.write(all(parts, implied(x.query.Root)))
	return r, ok
}

// implied reports whether a query's parts merely stand side by side.
func implied(n query.Node) bool {
	and, ok := n.(query.And)
	return ok && and.Implied
}

// all is the tree that demands every one of some parts.
func all(parts []query.Node, implied bool) query.Node {
	switch len(parts) {
	case 0:
		return query.All{}
	case 1:
		return parts[0]
	}
	return query.And{Parts: parts, Implied: implied}
}

// filterText says a choice in a facet as "type: letter or op-ed, not column".
func filterText(field search.FacetField, f search.Filter) string {
	text := strings.Join(f.Include, " or ")
	if len(f.Exclude) > 0 {
		if text != "" {
			text += ", "
		}
		text += "not " + strings.Join(f.Exclude, " or ")
	}
	return facetName(field) + ": " + text
}

// facetName is a facet as readers call it.
func facetName(field search.FacetField) string {
	if field == search.FacetLanguage {
		return "language"
	}
	return string(field)
}

func dateText(r search.Request) string {
	switch {
	case r.From == "":
		return "published up to " + string(r.To)
	case r.To == "":
		return "published from " + string(r.From)
	default:
		return "published from " + string(r.From) + " to " + string(r.To)
	}
}
