package search

// filters are the facet constraints of a request.
type filters struct {
	set facetSet // facets with any constraint
	// failed are, by row of each bundle, the facets whose constraints documents with the row do not meet; nil where
	// the bundle has no constraint.
	failed [len(bundles)][]facetSet
}

// facetSet is a set of facets, as bits by facetNumber.
type facetSet uint16

// newFilters reads the constraints. A value that no article has leaves nothing to be found where it is chosen.
func newFilters(chosen map[FacetField]Filter, o *ordinals, known *lexicon) *filters {
	f := &filters{}
	var need facetSet // facets of which a value must be among the chosen ones
	included, excluded := map[uint32]bool{}, map[uint32]bool{}
	for n, field := range FacetFields() {
		filter := chosen[field]
		if len(filter.Include)+len(filter.Exclude) == 0 {
			continue
		}
		f.set |= 1 << n
		if len(filter.Include) > 0 {
			need |= 1 << n
		}
		o.mark(included, facetNumber(n), filter.Include)
		o.mark(excluded, facetNumber(n), filter.Exclude)
	}
	for b, fields := range bundles {
		if f.set&setOf(fields) != 0 {
			f.failed[b] = known.trees[b].failed(need&setOf(fields), known.facets, included, excluded)
		}
	}
	return f
}

func setOf(fields []FacetField) facetSet {
	var out facetSet
	for n, field := range FacetFields() {
		for _, f := range fields {
			if f == field {
				out |= 1 << n
			}
		}
	}
	return out
}

// mark notes the ordinals of values.
func (o *ordinals) mark(marked map[uint32]bool, f facetNumber, names []string) {
	for _, name := range names {
		if n, ok := o.find(f, name); ok {
			marked[n] = true
		}
	}
}

// failed works out which facets fail in each row.
func (t *rowTree) failed(need facetSet, facets []facetNumber, included, excluded map[uint32]bool) []facetSet {
	met, hit := make([]facetSet, len(t.parents)), make([]facetSet, len(t.parents))
	for row := 1; row < len(t.parents); row++ {
		value := t.values[row]
		met[row], hit[row] = met[t.parents[row]], hit[t.parents[row]]
		if included[value] {
			met[row] |= 1 << facets[value]
		}
		if excluded[value] {
			hit[row] |= 1 << facets[value]
		}
	}
	for row := range met {
		met[row] = need&^met[row] | hit[row]
	}
	return met
}
