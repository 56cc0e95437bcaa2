package search

import (
	"math"
	"math/bits"
)

// collector sees every matching document once and keeps all that a Results tells of them: the total, the best hits, the
// facet counts and the dates.
type collector struct {
	order   Sort
	filters *filters
	facets  bool // count facet values
	best    best
	fold    *folder // nil where copies are not folded

	total  int
	dates  *histogram
	counts []int32 // by ordinal of a facet value
}

func newCollector(order Sort, f *filters, facets bool, b best, dates *histogram, ordinals int) *collector {
	c := &collector{order: order, filters: f, facets: facets, best: b, dates: dates}
	if facets {
		c.counts = make([]int32, ordinals)
	}
	return c
}

// collect takes the matching documents of a window. scores are theirs by place in the window, nil where nothing ranks.
func (c *collector) collect(number int, v *segmentView, base uint32, matching *window, scores []float32) {
	bar := c.best.bar()
	matching.each(func(i uint32) {
		doc := base + i
		row := v.columns.row(doc)
		if c.filters.any() && !c.pass(row) {
			return
		}
		c.total++
		day := v.columns.days[doc]
		c.dates.add(day)
		if c.facets {
			for _, value := range row {
				c.counts[value]++
			}
		}
		key := c.key(v, doc, i, scores)
		if c.fold != nil && v.columns.groups != nil && v.columns.groups[doc] != 0 {
			c.fold.add(v.columns.groups[doc], found{key: key, day: day, id: v.columns.ids[doc], segment: number, doc: doc})
			return
		}
		if key < bar {
			return
		}
		c.best.offer(found{key: key, day: day, id: v.columns.ids[doc], segment: number, doc: doc})
		bar = c.best.bar()
	})
}

// pass reports whether a document meets all filters. One that fails those of a single facet would be among the results if
// the reader chose otherwise there, so it counts for that facet.
func (c *collector) pass(row []uint32) bool {
	failed := c.filters.failed(row)
	if failed == 0 {
		return true
	}
	if c.facets && failed&(failed-1) == 0 {
		facet := facetNumber(bits.TrailingZeros32(failed))
		for _, value := range row {
			if c.filters.facetOf[value] == facet {
				c.counts[value]++
			}
		}
	}
	return false
}

// key is what a document's place in the order follows from.
func (c *collector) key(v *segmentView, doc, i uint32, scores []float32) float64 {
	day := v.columns.days[doc]
	switch c.order {
	case SortOldest:
		if day == 0 {
			return math.Inf(-1)
		}
		return -float64(day)
	case SortLongest:
		return float64(v.columns.words[doc])
	case SortRelevance:
		if scores == nil {
			return 0
		}
		return float64(scores[i])
	default:
		return float64(day)
	}
}

// filters are the facet constraints of a request, by ordinal of the values.
type filters struct {
	marks   []uint8 // by ordinal: chosen, excluded
	facetOf []facetNumber
	need    uint32 // facets of which a value must be among the chosen ones
	set     uint32 // facets with any constraint
}

const (
	markIncluded = 1 << iota
	markExcluded
)

// newFilters reads the constraints. A value that no article has leaves nothing to be found where it is chosen.
func newFilters(chosen map[FacetField]Filter, values *ordinals, facetOf []facetNumber) *filters {
	f := &filters{facetOf: facetOf}
	for n, field := range FacetFields() {
		filter := chosen[field]
		if len(filter.Include)+len(filter.Exclude) == 0 {
			continue
		}
		if f.marks == nil {
			f.marks = make([]uint8, len(facetOf))
		}
		f.set |= 1 << n
		if len(filter.Include) > 0 {
			f.need |= 1 << n
		}
		f.mark(values, facetNumber(n), filter.Include, markIncluded)
		f.mark(values, facetNumber(n), filter.Exclude, markExcluded)
	}
	return f
}

func (f *filters) mark(values *ordinals, facet facetNumber, names []string, mark uint8) {
	for _, name := range names {
		if n, ok := values.find(facet, name); ok && int(n) < len(f.marks) {
			f.marks[n] |= mark
		}
	}
}

func (f *filters) any() bool { return f.set != 0 }

// failed are the facets, as bits, whose constraints a document does not meet.
func (f *filters) failed(row []uint32) uint32 {
	var included, excluded uint32
	for _, value := range row {
		mark := f.marks[value]
		if mark&markIncluded != 0 {
			included |= 1 << f.facetOf[value]
		}
		if mark&markExcluded != 0 {
			excluded |= 1 << f.facetOf[value]
		}
	}
	return f.need&^included | excluded
}
