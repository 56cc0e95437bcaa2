package doctor

import (
	"slices"
	"strings"

	"oped/search"
	"oped/search/query"
)

// Bounds of what is listed; a reader looks at no more.
const (
	maxParts  = 12 // of the query
	maxInside = 6
)

// demand is a part of a request before it is counted.
type demand struct {
	kind           Kind
	text           string
	node           query.Node // of a part of the query
	alone, without search.Request
}

// parts counts what each part of the request finds.
func (x *examination) parts() []Part {
	demands := x.demands()
	if len(demands) == 1 {
		return x.inside(demands[0].node)
	}
	var parts []Part
	for _, d := range demands {
		alone, ok := x.trials.count(d.alone)
		if !ok {
			continue
		}
		p := Part{Kind: d.kind, Text: d.text, Request: d.alone, Alone: alone, Without: -1, Parts: x.inside(d.node)}
		if n, ok := x.trials.count(d.without); ok {
			p.Without = n
		}
		parts = append(parts, p)
	}
	x.blame(parts)
	return parts
}

// inside counts the words and phrases that a part of the query consists of, where there are several.
func (x *examination) inside(n query.Node) []Part {
	leaves := query.Leaves(n)
	if phrase, ok := n.(query.Phrase); ok {
		leaves = wordsOf(phrase)
	}
	if len(leaves) < 2 {
		return nil
	}
	var parts []Part
	for _, leaf := range leaves[:min(len(leaves), maxInside)] {
		text, ok := x.write(leaf)
		if !ok || slices.ContainsFunc(parts, func(p Part) bool { return p.Text == text }) {
			continue
		}
		r := search.Request{Query: text, NoVariants: x.request.NoVariants}
		if n, ok := x.trials.count(r); ok {
			parts = append(parts, Part{Kind: InQuery, Text: text, Request: r, Alone: n, Without: -1, Culprit: n == 0})
		}
	}
	return parts
}

func wordsOf(phrase query.Phrase) []query.Node {
	return slices.DeleteFunc(slices.Clone(phrase.Parts), func(n query.Node) bool {
		_, gap := n.(query.Gap)
		return gap
	})
}

// blame finds the culprits among parts. Where parts weigh the same it is the last: a filter is sooner forgotten than a word.
func (x *examination) blame(parts []Part) {
	most := -1
	for i := range parts {
		parts[i].Culprit = parts[i].Alone == 0
		if parts[i].Without > x.total && (most < 0 || parts[i].Without >= parts[most].Without) {
			most = i
		}
	}
	if most >= 0 && !slices.ContainsFunc(parts, func(p Part) bool { return p.Culprit }) {
		parts[most].Culprit = true
	}
}

// demands takes a request apart, once.
func (x *examination) demands() []demand {
	if x.taken == nil {
		x.taken = slices.Concat(x.queryDemands(), x.withinDemands(), x.filterDemands(), x.dateDemands())
	}
	return x.taken
}

func (x *examination) queryDemands() []demand {
	var out []demand
	parts := conjuncts(x.query.Root)
	for i, part := range parts {
		if i == maxParts || x.trials.ctx.Err() != nil {
			x.trials.cut = true
			break
		}
		text, ok := x.write(part)
		if !ok {
			continue
		}
		without, ok := x.with(all(slices.Delete(slices.Clone(parts), i, i+1), implied(x.query.Root)))
		if !ok {
			continue
		}
		alone := search.Request{Query: text, NoVariants: x.request.NoVariants}
		out = append(out, demand{InQuery, text, part, alone, without})
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

func (x *examination) withinDemands() []demand {
	var out []demand
	for i, text := range x.request.Within {
		without := x.request
		without.Within = slices.Delete(slices.Clone(x.request.Within), i, i+1)
		if len(without.Within) == 0 {
			without.Within = nil
		}
		out = append(out, demand{InWithin, text, nil, search.Request{Query: text, NoVariants: x.request.NoVariants}, without})
	}
	return out
}

func (x *examination) filterDemands() []demand {
	var out []demand
	for _, field := range search.FacetFields() {
		filter := x.request.Filters[field]
		if len(filter.Include)+len(filter.Exclude) == 0 {
			continue
		}
		alone := search.Request{Filters: map[search.FacetField]search.Filter{field: filter}}
		out = append(out, demand{InFilter, filterText(field, filter), nil, alone, x.withoutFilter(field)})
	}
	return out
}

// withoutFilter is the request without any choice in one facet.
func (x *examination) withoutFilter(field search.FacetField) search.Request {
	r := x.request
	r.Filters = nil
	for other, filter := range x.request.Filters {
		if other != field {
			if r.Filters == nil {
				r.Filters = map[search.FacetField]search.Filter{}
			}
			r.Filters[other] = filter
		}
	}
	return r
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

func (x *examination) dateDemands() []demand {
	r := x.request
	if r.From == "" && r.To == "" {
		return nil
	}
	without := r
	without.From, without.To = "", ""
	return []demand{{InDates, dateText(r), nil, search.Request{From: r.From, To: r.To}, without}}
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
