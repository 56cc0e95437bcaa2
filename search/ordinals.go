package search

import (
	"slices"
	"sync"
)

// facetNumber is the place of a facet in FacetFields.
type facetNumber = uint8

// bundles are facets whose values are counted together. In each, documents with the same values share a row, and a search
// counts its hits by row: three numbers for a document in place of one for each value.
var bundles = [...][]FacetField{
	{FacetAuthor},
	{FacetPublication, FacetSection},
	{FacetType, FacetLanguage, FacetAccess, FacetLength, FacetYear},
}

// bundleOf is the bundle of a facet.
func bundleOf(field FacetField) int {
	return slices.IndexFunc(bundles[:], func(b []FacetField) bool { return slices.Contains(b, field) })
}

// ordinals number the facet values of a generation, and the rows of its documents, in the order they are met. The first
// ordinals are the NoValue of each facet. Numbers are only ever added, so that columns stay good while segments come and go.
type ordinals struct {
	mu     sync.Mutex
	number []map[string]uint32 // per facet
	rows   [len(bundles)]map[uint64]uint32
	groups map[string]uint32 // groups of copies, from 1
	folded []string          // the beginning of values, as hasWord reads them
	lexicon
}

// lexicon is what ordinals have numbered so far: it only grows, and what it holds does not change.
type lexicon struct {
	values []string
	facets []facetNumber
	trees  [len(bundles)]rowTree
}

// rowTree holds the rows of a bundle. A row is another row and one more value; row 0 has none, and a row comes after the one
// that it goes on from.
type rowTree struct{ parents, values []uint32 }

func newOrdinals() *ordinals {
	o := &ordinals{groups: map[string]uint32{}}
	for f := range FacetFields() {
		o.number = append(o.number, map[string]uint32{})
		o.of(facetNumber(f), NoValue)
	}
	for b := range o.rows {
		o.rows[b] = map[uint64]uint32{}
		o.trees[b] = rowTree{parents: []uint32{0}, values: []uint32{0}}
	}
	return o
}

// of is the ordinal of a value. The caller holds mu, or is the only one to know o.
func (o *ordinals) of(f facetNumber, value string) uint32 {
	if n, ok := o.number[f][value]; ok {
		return n
	}
	n := uint32(len(o.values))
	o.number[f][value] = n
	o.values, o.facets = append(o.values, value), append(o.facets, f)
	return n
}

// row is the row of a bundle that goes on from another with a value. The caller holds mu.
func (o *ordinals) row(bundle int, parent, value uint32) uint32 {
	key := uint64(parent)<<32 | uint64(value)
	if n, ok := o.rows[bundle][key]; ok {
		return n
	}
	t := &o.trees[bundle]
	n := uint32(len(t.parents))
	o.rows[bundle][key] = n
	t.parents, t.values = append(t.parents, parent), append(t.values, value)
	return n
}

// find is the ordinal of a value that may not exist.
func (o *ordinals) find(f facetNumber, value string) (uint32, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, ok := o.number[f][value]
	return n, ok
}

// known is what has been numbered so far.
func (o *ordinals) known() lexicon {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lexicon
}

// words are the values known, each as hasWord reads it.
func (o *ordinals) words() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, value := range o.values[len(o.folded):] {
		o.folded = append(o.folded, foldValue(value))
	}
	return o.folded
}

// spread turns counts by row into counts by value, which it adds to; it uses the counts up. Values of other facets than the
// ones wanted are left out.
func (t *rowTree) spread(rows, values []int32, wanted func(value uint32) bool) {
	for row := len(rows) - 1; row > 0; row-- {
		n := rows[row]
		if n == 0 {
			continue
		}
		rows[t.parents[row]] += n
		if value := t.values[row]; wanted(value) {
			values[value] += n
		}
	}
}
