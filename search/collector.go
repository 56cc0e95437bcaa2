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
	rows  [len(bundles)][]int32 // hits by row; nil where only the total is asked for
	// near are, by constrained facet that is counted, the documents that meet all constraints but this facet's, by row: they
	// would be among the results if the reader chose otherwise there.
	near [][]int32
}

// newCollector makes the collector of one worker.
func (q *search) newCollector(f *filters) *collector {
	c := &collector{order: q.Sort, filters: f, best: q.room(), dates: newHistogram(&q.Request), near: make([][]int32, len(FacetFields()))}
	if !q.NoFold {
		c.fold = new(folder)
	}
	if q.onlyTotal {
		return c
	}
	for b, tree := range q.snapshot.known.trees {
		c.rows[b] = make([]int32, len(tree.parents))
	}
	for n, field := range FacetFields() {
		if f.set&(1<<n) != 0 && slices.Contains(q.Facets, field) {
			c.near[n] = make([]int32, len(c.rows[bundleOfFacet[n]]))
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
	if c.onlyTotal() {
		return
	}
	c.count(p, matching, n)
	if c.dates.interval != IntervalYear {
		matching.each(func(i uint32) { c.dates.add(p.columns.days[p.base+i]) })
	}
	c.choose(p, matching)
}

func (c *collector) onlyTotal() bool { return c.rows[0] == nil }

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
	if 2*n <= int(p.docs) {
		c.addRows(p, matching, 1)
		return
	}
	for b, counts := range c.rows {
		for _, t := range p.columns.totals[p.base/p.segmentView.stretch][b] {
			counts[t.row] += t.n
		}
	}
	others := p.all(nil)
	others.andNot(matching)
	c.addRows(p, others, -1)
	p.giveBack(others)
}

// addRows adds a step to the counts of the rows of some documents. It is the innermost loop of a search: the bundles take
// turns, so that no addition waits for the one before.
func (c *collector) addRows(p *pass, docs docSet, step int32) {
	rows0, rows1, rows2 := p.rows(0), p.rows(1), p.rows(2)
	rows1, rows2 = rows1[:len(rows0)], rows2[:len(rows0)]
	counts0, counts1, counts2 := c.rows[0], c.rows[1], c.rows[2]
	for n, word := range docs {
		for ; word != 0; word &= word - 1 {
			if i := n*64 + bits.TrailingZeros64(word); i < len(rows0) {
				counts0[rows0[i]] += step
				counts1[rows1[i]] += step
				counts2[rows2[i]] += step
			}
		}
	}
}

// rows are the rows of a bundle that the documents of the stretch have.
func (p *pass) rows(bundle int) []uint32 { return p.columns.rows[bundle][p.base : p.base+p.docs] }

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
	keys, least := c.keys(p, base, block), c.best.least()
	for n, word := range block {
		for ; word != 0; word &= word - 1 {
			i := n*64 + bits.TrailingZeros64(word)
			if doc := p.base + base + uint32(i); keys[i] >= least && !c.best.out(standing{keys[i], p.columns.days[doc]}) {
				c.best.offer(p.found(doc, keys[i]))
				least = c.best.least()
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

// hits are the counts of values among the hits, by ordinal. It uses the counts of rows up.
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
