package search

import (
	"cmp"
	"slices"
	"strings"

	"oped/indexer/schema"
)

// facetResults makes the facets of a Results out of the counts by ordinal.
func facetResults(r *Request, known *lexicon, counts []int32, o *ordinals) []Facet {
	if len(r.Facets) == 0 {
		return nil
	}
	choosers := make([]*facetChooser, len(FacetFields()))
	for _, field := range r.Facets {
		n := slices.Index(FacetFields(), field)
		choosers[n] = newFacetChooser(r, field, o)
	}
	for n, count := range counts {
		if c := choosers[known.facets[n]]; count > 0 && c != nil {
			c.add(uint32(n), FacetValue{Value: known.values[n], Count: int(count)})
		}
	}
	var out []Facet
	for _, field := range r.Facets {
		out = append(out, choosers[slices.Index(FacetFields(), field)].facet())
	}
	return out
}

// facetChooser chooses the values of a facet to show: those with the prefix, the commonest first, and the chosen ones in any
// case.
type facetChooser struct {
	field  FacetField
	filter Filter
	limit  int
	prefix string
	words  []string // of values by ordinal, where there is a prefix

	distinct int
	shown    []FacetValue // the last of them on top, see worst
	chosen   []FacetValue
}

func newFacetChooser(r *Request, field FacetField, o *ordinals) *facetChooser {
	c := &facetChooser{field: field, filter: r.Filters[field], limit: r.FacetLimit, prefix: foldPrefix(r.FacetPrefix[field])}
	if c.prefix != "" {
		c.words = o.words()
	}
	return c
}

// add takes a value that has been counted.
func (c *facetChooser) add(ordinal uint32, v FacetValue) {
	v.Included, v.Excluded = slices.Contains(c.filter.Include, v.Value), slices.Contains(c.filter.Exclude, v.Value)
	if c.prefix == "" || v.Value != NoValue && hasWord(c.words[ordinal], c.prefix) {
		c.distinct++
		c.show(v)
	}
	if v.Included || v.Excluded {
		c.chosen = append(c.chosen, v)
	}
}

// show keeps a value if it is among the first.
func (c *facetChooser) show(v FacetValue) {
	if len(c.shown) < c.limit {
		c.shown = append(c.shown, v)
		if len(c.shown) == c.limit {
			slices.SortFunc(c.shown, compareValues)
		}
		return
	}
	if last := len(c.shown) - 1; compareValues(v, c.shown[last]) < 0 {
		at, _ := slices.BinarySearchFunc(c.shown, v, compareValues)
		copy(c.shown[at+1:], c.shown[at:last])
		c.shown[at] = v
	}
}

// compareValues puts the commonest values first.
func compareValues(a, b FacetValue) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}

// facet is what has been chosen.
func (c *facetChooser) facet() Facet {
	out := Facet{Field: c.field, Distinct: c.distinct, Values: c.shown}
	for _, v := range c.chosen {
		if !slices.ContainsFunc(out.Values, func(w FacetValue) bool { return w.Value == v.Value }) {
			out.Values = append(out.Values, v)
		}
	}
	slices.SortFunc(out.Values, compareValues)
	return addUncounted(out, c.filter)
}

// addUncounted adds the chosen values that no article has.
func addUncounted(f Facet, filter Filter) Facet {
	has := func(value string) bool {
		return slices.ContainsFunc(f.Values, func(v FacetValue) bool { return v.Value == value })
	}
	for _, value := range slices.Sorted(slices.Values(slices.Concat(filter.Include, filter.Exclude))) {
		if !has(value) {
			f.Values = append(f.Values, FacetValue{Value: value,
				Included: slices.Contains(filter.Include, value), Excluded: slices.Contains(filter.Exclude, value)})
		}
	}
	return f
}

// foldPrefix brings the beginning of a value into the form of hasWord.
func foldPrefix(prefix string) string { return strings.TrimPrefix(foldValue(prefix), " ") }

// foldValue writes the words of a value as the index does, each after a space.
func foldValue(value string) string {
	var b strings.Builder
	for _, t := range schema.AnalyzeText(value, "") {
		b.WriteByte(' ')
		b.WriteString(t.Exact)
	}
	return b.String()
}

// hasWord reports whether a folded value has a word that begins with a folded prefix.
func hasWord(folded, prefix string) bool { return strings.Contains(folded, " "+prefix) }
