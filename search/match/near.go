package match

import (
	"math"
	"slices"
	"sort"

	"oped/indexer/schema"
	"oped/search/query"
)

// maxDistance keeps sums of positions and distances inside 32 bits.
const maxDistance = math.MaxInt32 / 4

// exists reports whether a node has an occurrence in a segment. For pairs the first one found is enough.
func (e *Evaluator) exists(n *Node, s schema.Segment) bool {
	if n.Negated || n.Op != OpNear && n.Op != OpWithin {
		return len(e.occurrences(n, s, false)) > 0
	}
	left := e.occurrences(n.Kids[0], s, true)
	if len(left) == 0 {
		return false
	}
	right := e.occurrences(n.Kids[1], s, true)
	if len(right) == 0 {
		return false
	}
	if n.Op == OpNear {
		return anyNear(left, right, int32(min(n.Distance, maxDistance)), n.Ordered)
	}
	return anyWithin(left, right, e.ends(n.Unit, s))
}

// anyNear reports whether any two occurrences are at most distance apart.
func anyNear(left, right []occurrence, distance int32, ordered bool) bool {
	ends := byEnd(right)
	for _, l := range left {
		after := startingAfter(right, l.end)
		if after < len(right) && right[after].start-l.end <= distance {
			return true
		}
		before := endingBefore(ends, l.start)
		if !ordered && before >= 0 && l.start-ends[before].end <= distance {
			return true
		}
	}
	return false
}

// anyWithin reports whether any two occurrences lie in one of the units that end at ends, without overlapping.
func anyWithin(left, right []occurrence, ends []int32) bool {
	rightEnds, unit := byEnd(right), 0
	for _, l := range left {
		unit += firstFrom(ends[unit:], l.start)
		first, last := int32(0), int32(math.MaxInt32)
		if unit > 0 {
			first = ends[unit-1] + 1
		}
		if unit < len(ends) {
			last = ends[unit]
		}
		if l.end > last {
			continue
		}
		for i := startingAfter(right, l.end); i < len(right) && right[i].start <= last; i++ {
			if right[i].end <= last {
				return true
			}
		}
		for i := endingBefore(rightEnds, l.start); i >= 0 && rightEnds[i].end >= first; i-- {
			if rightEnds[i].start >= first {
				return true
			}
		}
	}
	return false
}

// ends are the last positions of the units of a segment, none where the segment is one unit.
func (e *Evaluator) ends(unit query.Unit, s schema.Segment) []int32 {
	switch unit {
	case query.Sentence:
		return e.source.Marks(schema.SentenceEnd, s)
	case query.Paragr:
		return e.source.Marks(schema.ParagraphEnd, s)
	default:
		return nil
	}
}

// near pairs the occurrences of two operands that are at most distance apart.
func (e *Evaluator) near(n *Node, left, right []occurrence, distance int32, all bool) []occurrence {
	if n.Negated {
		return e.alone(left, right, distance, n.Ordered)
	}
	if len(right) == 0 {
		return nil
	}
	if all {
		if out, ok := e.allPairs(left, right, distance, n.Ordered); ok {
			return out
		}
	}
	return e.nearestPairs(left, right, distance, n.Ordered)
}

// alone are the occurrences of left that have no right one so near.
func (e *Evaluator) alone(left, right []occurrence, distance int32, ordered bool) []occurrence {
	ends := byEnd(right)
	var out []occurrence
	for _, l := range left {
		after := startingAfter(right, l.end)
		before := endingBefore(ends, l.start)
		hasAfter := after < len(right) && right[after].start-l.end <= distance
		hasBefore := !ordered && before >= 0 && l.start-ends[before].end <= distance
		if !hasAfter && !hasBefore {
			out = append(out, l)
		}
	}
	return out
}

// allPairs are all pairs; ok is false where there are more than maxPairs.
func (e *Evaluator) allPairs(left, right []occurrence, distance int32, ordered bool) (out []occurrence, ok bool) {
	if out, ok = e.follow(nil, left, right, distance, false); ok && !ordered {
		out, ok = e.follow(out, right, left, distance, true)
	}
	return e.distinct(out), ok
}

// follow appends the pairs in which a second occurrence follows a first one.
func (e *Evaluator) follow(out, first, second []occurrence, distance int32, swapped bool) ([]occurrence, bool) {
	for i := range first {
		f := &first[i]
		for j := startingAfter(second, f.end); j < len(second) && second[j].start-f.end <= distance; j++ {
			if len(out) >= maxPairs {
				return out, false
			}
			out = append(out, e.pair(f, &second[j], swapped))
		}
	}
	return out, true
}

// nearestPairs pairs every occurrence of each operand with the nearest one of the other on each side.
func (e *Evaluator) nearestPairs(left, right []occurrence, distance int32, ordered bool) []occurrence {
	out := e.followNearest(nil, left, right, distance, false)
	if !ordered {
		out = e.followNearest(out, right, left, distance, true)
	}
	return e.distinct(out)
}

func (e *Evaluator) followNearest(out, first, second []occurrence, distance int32, swapped bool) []occurrence {
	for i := range first {
		f := &first[i]
		if j := startingAfter(second, f.end); j < len(second) && second[j].start-f.end <= distance {
			out = append(out, e.pair(f, &second[j], swapped))
		}
	}
	ends := byEnd(first)
	for j := range second {
		s := &second[j]
		if i := endingBefore(ends, s.start); i >= 0 && s.start-ends[i].end <= distance {
			out = append(out, e.pair(&ends[i], s, swapped))
		}
	}
	return out
}

func (e *Evaluator) pair(first, second *occurrence, swapped bool) occurrence {
	o := occurrence{start: first.start, end: second.end}
	if e.parts {
		o.left, o.right = first, second
		if swapped {
			o.left, o.right = second, first
		}
	}
	return o
}

// startingAfter is the index of the first occurrence of a list by start that begins after a position.
func startingAfter(list []occurrence, position int32) int {
	return sort.Search(len(list), func(i int) bool { return list[i].start > position })
}

// endingBefore is the index of the last occurrence of a list by end that ends before a position, -1 if there is none.
func endingBefore(ends []occurrence, position int32) int {
	return sort.Search(len(ends), func(i int) bool { return ends[i].end >= position }) - 1
}

// within pairs the occurrences of two operands that lie in the same unit. What reaches over the border of two units
// lies in none.
func (e *Evaluator) within(n *Node, s schema.Segment, left, right []occurrence, all bool) []occurrence {
	ends := e.ends(n.Unit, s)
	var out []occurrence
	l, r := unitsOf(left, ends), unitsOf(right, ends)
	if n.Negated {
		out = append(out, l.outside...)
	}
	for i, unit := range l.units {
		var partners []occurrence
		if j, ok := slices.BinarySearch(r.units, unit); ok {
			partners = r.lists[j]
		}
		if n.Negated {
			out = append(out, e.alone(l.lists[i], partners, maxDistance, false)...)
		} else {
			out = append(out, e.near(&Node{}, l.lists[i], partners, maxDistance, all && len(out) < maxPairs)...)
		}
	}
	if !slices.IsSortedFunc(out, byStart) {
		slices.SortStableFunc(out, byStart)
	}
	return out
}

// grouped are occurrences by the number of the unit that holds them.
type grouped struct {
	units   []int
	lists   [][]occurrence
	outside []occurrence // over a border
}

// unitsOf groups occurrences by the units that end at ends. Without ends the whole segment is one unit.
func unitsOf(list []occurrence, ends []int32) grouped {
	var g grouped
	unit := 0
	for _, o := range list {
		unit += firstFrom(ends[unit:], o.start)
		if unit < len(ends) && ends[unit] < o.end {
			g.outside = append(g.outside, o)
			continue
		}
		last := len(g.units) - 1
		if last < 0 || g.units[last] != unit {
			g.units, g.lists, last = append(g.units, unit), append(g.lists, nil), last+1
		}
		g.lists[last] = append(g.lists[last], o)
	}
	return g
}
