package search

import (
	"cmp"
	"slices"
	"strings"

	"oped/indexer/schema"
)

// facetResults makes the facets of a Results out of the counts.
func facetResults(r *Request, c *collector, s *snapshot) []Facet {
	if !c.facets {
		return nil
	}
	byFacet := make([][]FacetValue, len(FacetFields()))
	for n, count := range c.counts {
		if count > 0 {
			f := s.facets[n]
			byFacet[f] = append(byFacet[f], FacetValue{Value: s.values[n], Count: int(count)})
		}
	}
	var out []Facet
	for _, field := range r.Facets {
		out = append(out, facet(r, field, byFacet[slices.Index(FacetFields(), field)]))
	}
	return out
}

// facet chooses the values to show: those with the prefix, the commonest first, and the chosen ones in any case.
func facet(r *Request, field FacetField, all []FacetValue) Facet {
	filter, prefix := r.Filters[field], r.FacetPrefix[field]
	for i := range all {
		all[i].Included = slices.Contains(filter.Include, all[i].Value)
		all[i].Excluded = slices.Contains(filter.Exclude, all[i].Value)
	}
	slices.SortFunc(all, func(a, b FacetValue) int {
		if c := cmp.Compare(b.Count, a.Count); c != 0 {
			return c
		}
		return cmp.Compare(a.Value, b.Value)
	})
	out := Facet{Field: field}
	fold := foldPrefix(prefix)
	for _, v := range all {
		meets := fold == "" || v.Value != NoValue && hasWord(v.Value, fold)
		if meets {
			out.Distinct++
		}
		if v.Included || v.Excluded || meets && out.Distinct <= r.FacetLimit {
			out.Values = append(out.Values, v)
		}
	}
	return addUncounted(out, filter)
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

// hasWord reports whether a value has a word that begins with a folded prefix.
func hasWord(value, fold string) bool { return strings.Contains(foldValue(value), " "+fold) }
