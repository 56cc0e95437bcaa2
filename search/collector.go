package search

import (
	"math"
	"math/bits"
	"slices"
)

// collector sees every matching document once and keeps all that a Results tells of them: the total, the best hits, the
// facet counts and the dates. It takes the documents a stretch at a time, as a set. Searchers that share a search have one
// each, added up at the end.
type collector struct {
	order   Sort
	filters *filters
	best    best
	fold    *folder // nil where copies are not folded
	dates   *histogram

	total int
	rows  [len(bundles)][]int32 // hits by row; nil where nobody asks
	// near are, by constrained facet that is counted, the documents that meet all constraints but this facet's, by row: they
	// would be among the results if the reader chose otherwise there.
	near [][]int32
	docs []uint32 // of the moment
}

// newCollector counts the facets wanted, and the years in any case.
func newCollector(order Sort, f *filters, known *lexicon, wanted []FacetField, b best, dates *histogram) *collector {
	c := &collector{order: order, filters: f, best: b, dates: dates, near: make([][]int32, len(FacetFields()))}
	for n, field := range FacetFields() {
		b := bundleOf(field)
		counted := slices.Contains(wanted, field)
		if c.rows[b] == nil && (counted || field == FacetYear) {
			c.rows[b] = make([]int32, len(known.trees[b].parents))
		}
		if counted && f.set&(1<<n) != 0 {
			c.near[n] = make([]int32, len(known.trees[b].parents))
		}
	}
	return c
}

// collect takes the matching documents of the stretch that a pass is at. It uses the set up.
func (c *collector) collect(p *pass, matching docSet) {
	if c.filters.set != 0 {
		c.filter(p, matching)
	}
	n := matching.count()
	if n == 0 {
		return
	}
	c.total += n
	c.count(p, matching, n)
	if c.dates.interval != IntervalYear {
		matching.each(func(i uint32) { c.dates.add(p.columns.days[p.base+i]) })
	}
	c.choose(p, matching)
}

// filter takes out the documents that do not meet the filters.
func (c *collector) filter(p *pass, matching docSet) {
	matching.each(func(i uint32) {
		var failed facetSet
		for b, byRow := range c.filters.failed {
			if byRow != nil {
				failed |= byRow[p.columns.rows[b][p.base+i]]
			}
		}
		if failed == 0 {
			return
		}
		matching.unset(i)
		if failed&(failed-1) != 0 {
			return
		}
		if facet := bits.TrailingZeros16(uint16(failed)); c.near[facet] != nil {
			c.near[facet][p.columns.rows[bundleOfFacet[facet]][p.base+i]]++
		}
	})
}

// bundleOfFacet is bundleOf by facetNumber.
var bundleOfFacet = func() (out []int) {
	for _, field := range FacetFields() {
		out = append(out, bundleOf(field))
	}
	return out
}()

// count counts the rows of n documents. Where they are most of the stretch, it takes all and counts the others off.
func (c *collector) count(p *pass, matching docSet, n int) {
	step := int32(1)
	if 2*n > int(p.docs) {
		step = -1
		others := p.all(nil)
		others.andNot(matching)
		c.docs = others.appendDocs(c.docs[:0], 0)
		p.giveBack(others)
	} else {
		c.docs = matching.appendDocs(c.docs[:0], 0)
	}
	for b, counts := range c.rows {
		if counts == nil {
			continue
		}
		if step < 0 {
			for _, t := range p.columns.totals[p.base/stretchDocs][b] {
				counts[t.row] += t.n
			}
		}
		rows := p.columns.rows[b][p.base:]
		for _, doc := range c.docs {
			counts[rows[doc]] += step
		}
	}
}

// choose offers documents to the best, block by block: where none of a block can be among them, none is looked at.
func (c *collector) choose(p *pass, matching docSet) {
	var grouped docSet
	if c.fold != nil && p.columns.grouped != nil {
		grouped = p.columns.grouped[p.base/64:]
	}
	p.begin()
	for first := 0; first < len(matching); first += blockWords {
		block := matching[first:min(first+blockWords, len(matching))]
		if block.empty() {
			continue
		}
		base := uint32(first * 64)
		if grouped != nil && c.setAside(p, base, block, grouped[first:]) && block.empty() {
			continue
		}
		if limit := c.bound(p, base); !c.best.out(limit) {
			c.offer(p, base, block)
		}
	}
}

// offer gives the documents of a block to the best.
func (c *collector) offer(p *pass, base uint32, block docSet) {
	keys := c.keys(p, base, block)
	for n, word := range block {
		for ; word != 0; word &= word - 1 {
			i := n*64 + bits.TrailingZeros64(word)
			if doc := p.base + base + uint32(i); !c.best.out(standing{keys[i], p.columns.days[doc]}) {
				c.best.offer(p.found(doc, keys[i]))
			}
		}
	}
}

// setAside gives the members of groups to the folder, and reports whether there were any.
func (c *collector) setAside(p *pass, base uint32, block, grouped docSet) bool {
	if block.countBoth(grouped) == 0 {
		return false
	}
	keys := c.keys(p, base, block)
	block.each(func(i uint32) {
		if grouped.has(i) {
			doc := p.base + base + i
			c.fold.add(p.columns.groups[doc], p.found(doc, keys[i]))
			block.unset(i)
		}
	})
	return true
}

// found is a document with its standing.
func (p *pass) found(doc uint32, key float64) found {
	return found{standing: standing{key, p.columns.days[doc]}, id: p.columns.ids[doc], segment: p.number, doc: doc}
}

// keys are what the order of the documents of a block follows from.
func (c *collector) keys(p *pass, base uint32, block docSet) *[blockDocs]float64 {
	if c.order == SortRelevance {
		for i, score := range p.scoreBlock(base, block) {
			p.order[i] = float64(score)
		}
		return &p.order
	}
	block.each(func(i uint32) {
		doc := p.base + base + i
		switch c.order {
		case SortLongest:
			p.order[i] = float64(p.columns.words[doc])
		case SortOldest:
			p.order[i] = oldness(p.columns.days[doc])
		default:
			p.order[i] = float64(p.columns.days[doc])
		}
	})
	return &p.order
}

// bound is a standing that no document of a block comes before.
func (c *collector) bound(p *pass, base uint32) standing {
	b := &p.columns.bounds[(p.base+base)/blockDocs]
	switch c.order {
	case SortRelevance:
		return standing{float64(p.boundScore(base)), b.last}
	case SortLongest:
		return standing{float64(b.longest), b.last}
	case SortOldest:
		return standing{oldness(b.first), b.last}
	default:
		return standing{float64(b.last), b.last}
	}
}

// oldness is the key of SortOldest. The undated come last.
func oldness(day int32) float64 {
	if day == 0 {
		return math.Inf(-1)
	}
	return -float64(day)
}

// hits are the counts of values among the hits, by ordinal; those of facets that nobody asks for may be left out. It uses
// the counts of rows up.
func (c *collector) hits(known *lexicon) []int32 {
	counts := make([]int32, len(known.values))
	for b, rows := range c.rows {
		known.trees[b].spread(rows, counts, func(uint32) bool { return true })
	}
	return counts
}

// addNear adds to the counts of a constrained facet's values the documents that only this constraint keeps from the hits.
func (c *collector) addNear(known *lexicon, counts []int32) {
	for n, rows := range c.near {
		of := facetNumber(n)
		known.trees[bundleOfFacet[n]].spread(rows, counts, func(value uint32) bool { return known.facets[value] == of })
	}
}

// add takes over what another collector of the same search has.
func (c *collector) add(o *collector) {
	c.total += o.total
	for b := range c.rows {
		addUp(c.rows[b], o.rows[b])
	}
	for f := range c.near {
		addUp(c.near[f], o.near[f])
	}
	c.dates.merge(o.dates)
	for _, f := range o.best.worst {
		c.best.offer(f)
	}
	if c.fold != nil {
		c.fold.merge(o.fold)
	}
}

func addUp(counts, more []int32) {
	for i, n := range more {
		counts[i] += n
	}
}
