package search

import (
	"context"
	"math"
	"slices"

	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/query"
)

// checkEvery is after how many documents whose positions are read a search looks whether it is still wanted.
const checkEvery = 256

// verify takes the documents out of a set that do not meet a node by their positions.
func (p *pass) verify(ctx context.Context, n *match.Node, among docSet) error {
	if among.empty() {
		return nil
	}
	text := p.texts[n]
	if text == nil {
		text = newTextSource(p.executor)
		p.texts[n] = text
	}
	p.candidates = among.appendDocs(p.candidates[:0], p.base)
	text.begin(p.candidates)
	holds := text.test(n)
	for i, doc := range p.candidates {
		if i%checkEvery == checkEvery-1 && ctx.Err() != nil {
			return ctx.Err()
		}
		text.current = i
		if !holds() {
			among.unset(doc - p.base)
		}
	}
	return text.err
}

// test gives the shortest way to tell whether the document of the moment meets a node. What most queries ask of positions
// needs no occurrences, only places.
func (t *textSource) test(n *match.Node) func() bool {
	if slices.ContainsFunc(n.Kids, func(k *match.Node) bool { return !t.isWord(k, n) }) || n.Negated {
		return func() bool { return t.evaluator.Holds(n) }
	}
	switch n.Op {
	case match.OpAtLeast:
		return func() bool { return len(t.places(n.Kids[0].Leaf)) >= n.N }
	case match.OpPhrase:
		if !slices.ContainsFunc(n.Gaps, func(g match.Gap) bool { return g != match.Gap{} }) {
			return func() bool { return t.inRow(n.Kids) }
		}
	case match.OpNear:
		distance := int32(min(n.Distance, positionMask))
		return func() bool {
			return near(t.places(n.Kids[0].Leaf), t.places(n.Kids[1].Leaf), distance, n.Ordered)
		}
	case match.OpWithin:
		if end, ok := unitEnds[n.Unit]; ok {
			return func() bool {
				left, right := t.places(n.Kids[0].Leaf), t.places(n.Kids[1].Leaf)
				return len(left) > 0 && len(right) > 0 && together(left, right, t.places(t.mark(end)))
			}
		}
	}
	return func() bool { return t.evaluator.Holds(n) }
}

// unitEnds are the marks at the ends of units.
var unitEnds = map[query.Unit]string{query.Sentence: schema.SentenceEnd, query.Paragr: schema.ParagraphEnd}

// isWord reports whether a part of a node is a word of which all places count.
func (t *textSource) isWord(kid, n *match.Node) bool {
	return kid.Op == match.OpLeaf && t.program.Leaves[kid.Leaf].Letters == "" && (kid.Scope&^n.Scope == 0 || n.Op == match.OpAtLeast)
}

// inRow reports whether words stand side by side.
func (t *textSource) inRow(words []*match.Node) bool {
	last := t.places(words[0].Leaf)
	for i, word := range words[1:] {
		out := t.buffers[i%2][:0]
		next := t.places(word.Leaf)
		for _, place := range last {
			for len(next) > 0 && next[0] <= place {
				next = next[1:]
			}
			if len(next) > 0 && next[0] == place+1 {
				out = append(out, place+1)
			}
		}
		if t.buffers[i%2] = out; len(out) == 0 {
			return false
		}
		last = out
	}
	return true
}

// near reports whether two places are at most a distance apart, the right one after the left one if ordered.
func near(left, right []int32, distance int32, ordered bool) bool {
	i := 0
	for _, l := range left {
		for i < len(right) && right[i] <= l {
			i++
		}
		if i < len(right) && right[i]-l <= distance && sameSegment(l, right[i]) {
			return true
		}
		if ordered {
			continue
		}
		before := i - 1
		if before >= 0 && right[before] == l {
			before--
		}
		if before >= 0 && l-right[before] <= distance && sameSegment(l, right[before]) {
			return true
		}
	}
	return false
}

func sameSegment(a, b int32) bool { return a>>placeBits == b>>placeBits }

// together reports whether two places, not the same, lie in one of the units that end at ends.
func together(left, right, ends []int32) bool {
	i, unit := 0, 0
	for _, l := range left {
		for i < len(right) && right[i] <= l {
			i++
		}
		for unit < len(ends) && ends[unit] < l {
			unit++
		}
		last := int32(math.MaxInt32)
		if unit < len(ends) {
			last = ends[unit]
		}
		if i < len(right) && right[i] <= last && sameSegment(l, right[i]) {
			return true
		}
		before := i - 1
		if before >= 0 && right[before] == l {
			before--
		}
		if before >= 0 && (unit == 0 || right[before] > ends[unit-1]) && sameSegment(l, right[before]) {
			return true
		}
	}
	return false
}
