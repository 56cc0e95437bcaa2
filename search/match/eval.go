package match

import (
	"cmp"
	"slices"

	"oped/indexer/schema"
	"oped/search/query"
)

// Source gives an Evaluator what it needs to know of one document. The slices are only read.
type Source interface {
	// Positions are those of a leaf in a segment, ascending and distinct, Leaf.Letters not yet looked at.
	Positions(leaf int, s schema.Segment) []int32
	// Marks are the positions in a segment that bear one of schema's marks, ascending.
	Marks(mark string, s schema.Segment) []int32
	// Condition is the truth of a node that has nothing to do with positions: OpValue, OpWords, OpDays and OpID.
	Condition(n *Node) bool
}

// maxPairs bounds the occurrences of one node in one segment. Where there are more, proximity keeps for each operand's
// occurrence the nearest partner on each side only; an article has to be made for it to get there.
const maxPairs = 1 << 16

// Evaluator computes the truth and the occurrences of a Program's nodes on one document after another. It is for
// one goroutine.
type Evaluator struct {
	program *Program
	source  Source
	parts   bool // remember what pairs are made of
	arena   []occurrence
}

// occurrence is a stretch of positions, both ends included. A pair points to its two parts.
type occurrence struct {
	start, end  int32
	left, right *occurrence
}

// NewEvaluator returns an Evaluator that asks source about the document of the moment.
func NewEvaluator(p *Program, source Source) *Evaluator {
	return &Evaluator{program: p, source: source}
}

// Holds reports whether the document of the moment meets a node.
func (e *Evaluator) Holds(n *Node) bool {
	e.arena = e.arena[:0]
	return e.holds(n)
}

func (e *Evaluator) holds(n *Node) bool {
	switch n.Op {
	case OpAll:
		return true
	case OpNone:
		return false
	case OpAnd:
		return !slices.ContainsFunc(n.Kids, func(k *Node) bool { return !e.holds(k) })
	case OpOr:
		return slices.ContainsFunc(n.Kids, e.holds)
	case OpNot:
		return !e.holds(n.Kids[0])
	case OpAtLeast:
		return e.count(n.Kids[0]) >= n.N
	case OpValue, OpWords, OpDays, OpID:
		return e.source.Condition(n)
	}
	for s := range schema.Segment(schema.NumSegments) {
		if n.Scope.Has(s) && e.exists(n, s) {
			return true
		}
	}
	return false
}

// count is the number of occurrences that do not overlap, over all segments.
func (e *Evaluator) count(n *Node) int {
	total := 0
	for s := range schema.Segment(schema.NumSegments) {
		if !n.Scope.Has(s) {
			continue
		}
		last := int32(0)
		for _, o := range byEnd(e.occurrences(n, s, false)) {
			if o.start > last {
				total, last = total+1, o.end
			}
		}
	}
	return total
}

// occurrences are those of a node in one segment, by start, then end. Unless all is set, proximity gives only pairs of
// nearest partners: they hold every word that is part of any pair and the narrowest stretch at every place, which
// is all that truth, counts and marks need, but not what a further proximity needs.
func (e *Evaluator) occurrences(n *Node, s schema.Segment, all bool) []occurrence {
	if !n.Scope.Has(s) {
		return nil
	}
	switch n.Op {
	case OpLeaf:
		return e.leaf(n, s)
	case OpPhrase:
		return e.phrase(n, s)
	case OpOr:
		return e.union(n, s, all)
	case OpNear, OpWithin:
		left := e.occurrences(n.Kids[0], s, true)
		if len(left) == 0 {
			return nil
		}
		right := e.occurrences(n.Kids[1], s, true)
		if n.Op == OpNear {
			return e.near(n, left, right, int32(min(n.Distance, maxDistance)), all)
		}
		return e.within(n, s, left, right, all)
	default:
		return nil
	}
}

func (e *Evaluator) leaf(n *Node, s schema.Segment) []occurrence {
	positions := e.source.Positions(n.Leaf, s)
	if len(positions) == 0 {
		return nil
	}
	from := len(e.arena)
	switch e.program.Leaves[n.Leaf].Letters {
	case query.Caps:
		e.shared(positions, e.source.Marks(schema.CapitalMark, s), true)
	case query.AllCaps:
		e.shared(positions, e.source.Marks(schema.AllCapsMark, s), true)
	case query.NoCaps:
		e.shared(positions, e.source.Marks(schema.CapitalMark, s), false)
	default:
		for _, p := range positions {
			e.arena = append(e.arena, occurrence{start: p, end: p})
		}
	}
	return e.arena[from:len(e.arena):len(e.arena)]
}

// shared appends the positions that are, or are not, among marks.
func (e *Evaluator) shared(positions, marks []int32, want bool) {
	i := 0
	for _, p := range positions {
		i += firstFrom(marks[i:], p)
		if (i < len(marks) && marks[i] == p) == want {
			e.arena = append(e.arena, occurrence{start: p, end: p})
		}
	}
}

func (e *Evaluator) union(n *Node, s schema.Segment, all bool) []occurrence {
	var lists [][]occurrence
	for _, k := range n.Kids {
		if l := e.occurrences(k, s, all); len(l) > 0 {
			lists = append(lists, l)
		}
	}
	switch len(lists) {
	case 0:
		return nil
	case 1:
		return lists[0]
	}
	return e.distinct(slices.Concat(lists...))
}

// distinct sorts occurrences and drops the repeated ones, of pairs only where nobody asks for their parts.
func (e *Evaluator) distinct(list []occurrence) []occurrence {
	slices.SortStableFunc(list, byStart)
	return slices.CompactFunc(list, func(a, b occurrence) bool {
		return a.start == b.start && a.end == b.end && (!e.parts || a.left == b.left && a.right == b.right)
	})
}

func byStart(a, b occurrence) int {
	if c := cmp.Compare(a.start, b.start); c != 0 {
		return c
	}
	return cmp.Compare(a.end, b.end)
}

// byEnd gives the occurrences by end, then start: the list itself where it is so already.
func byEnd(list []occurrence) []occurrence {
	less := func(a, b occurrence) int {
		if c := cmp.Compare(a.end, b.end); c != 0 {
			return c
		}
		return cmp.Compare(a.start, b.start)
	}
	if slices.IsSortedFunc(list, less) {
		return list
	}
	list = slices.Clone(list)
	slices.SortFunc(list, less)
	return list
}

// phrase joins the occurrences of its kids where the next begins as many words after the end of the last as the gap
// between them allows.
func (e *Evaluator) phrase(n *Node, s schema.Segment) []occurrence {
	so := e.occurrences(n.Kids[0], s, true)
	for i := 1; i < len(n.Kids) && len(so) > 0; i++ {
		next := e.occurrences(n.Kids[i], s, true)
		so = e.join(byEnd(so), next, n.Gaps[i])
	}
	return so
}

func (e *Evaluator) join(so, next []occurrence, gap Gap) []occurrence {
	from, low := len(e.arena), 0
	for i := range so {
		first, last := so[i].end+1+int32(gap.Min), so[i].end+1+int32(gap.Max)
		for low < len(next) && next[low].start < first {
			low++
		}
		for j := low; j < len(next) && next[j].start <= last && len(e.arena)-from < maxPairs; j++ {
			e.arena = append(e.arena, occurrence{start: so[i].start, end: next[j].end})
		}
	}
	out := e.arena[from:len(e.arena):len(e.arena)]
	if !slices.IsSortedFunc(out, byStart) {
		slices.SortFunc(out, byStart)
	}
	return slices.Compact(out)
}

// firstFrom is the index of the first of sorted values that is at least v. It gallops, as it is mostly near.
func firstFrom(values []int32, v int32) int {
	bound := 1
	for bound < len(values) && values[bound] < v {
		bound *= 2
	}
	low := bound / 2
	i, _ := slices.BinarySearch(values[low:min(bound+1, len(values))], v)
	return low + i
}
