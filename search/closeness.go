package search

import (
	"cmp"
	"context"
	"slices"

	"oped/search/match"
)

// Closeness adds to the score of the best documents what stands side by side in the query and close together in the text.
const (
	closenessWorth = 0.4 // of the rarer word's idf, for a pair that is as close as can be
	closenessReach = 8   // words; beyond, nearness is chance
)

// pair is two ranked words that follow one another in a query.
type pair struct {
	left, right int // leaves
	idf         float64
}

// pairs are those of words that merely stand side by side.
func (q *search) pairs() []pair {
	idfs := map[int]float64{}
	byKey := map[string]float64{}
	for _, t := range q.terms {
		byKey[q.program.Leaves[t.leaf].Key()] = float64(t.idf)
	}
	for i := range q.program.Leaves {
		if v, ok := byKey[q.program.Leaves[i].Key()]; ok {
			idfs[i] = v
		}
	}
	var out []pair
	var walk func(n *match.Node)
	walk = func(n *match.Node) {
		for i, k := range n.Kids {
			walk(k)
			together := n.Op == match.OpAnd && n.Implied || n.Op == match.OpOr
			if i == 0 || !together {
				continue
			}
			before := n.Kids[i-1]
			if before.Op != match.OpLeaf || k.Op != match.OpLeaf || before.Of == k.Of {
				continue
			}
			l, r := idfs[before.Leaf], idfs[k.Leaf]
			if l > 0 && r > 0 {
				out = append(out, pair{left: before.Leaf, right: k.Leaf, idf: min(l, r)})
			}
		}
	}
	walk(q.program.Root)
	return out
}

// rankCloseness adds to the keys of documents what their words' closeness is worth, and sorts them.
func (q *search) rankCloseness(ctx context.Context, docs []found) error {
	pairs := q.pairs()
	if len(pairs) == 0 {
		return nil
	}
	bySegment := make([][]*found, len(q.segments))
	for i := range docs {
		bySegment[docs[i].segment] = append(bySegment[docs[i].segment], &docs[i])
	}
	for n, list := range bySegment {
		if len(list) == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := q.segments[n].addCloseness(pairs, list); err != nil {
			return err
		}
	}
	slices.SortFunc(docs, func(a, b found) int { return a.compare(&b) })
	return nil
}

// addCloseness does it for documents of one segment.
func (x *executor) addCloseness(pairs []pair, list []*found) error {
	slices.SortFunc(list, func(a, b *found) int { return cmp.Compare(a.doc, b.doc) })
	docs := make([]uint32, len(list))
	for i, f := range list {
		docs[i] = f.doc
	}
	text := newTextSource(x)
	text.begin(docs)
	for i, f := range list {
		text.current = i
		for _, p := range pairs {
			f.key += p.idf * closenessWorth * text.closeness(p)
		}
	}
	return text.err
}

// closeness of a pair in the document of the moment is between 0 and 1: how near the two words come to one another at best
// in each segment, which counts as it does for words.
func (t *textSource) closeness(p pair) float64 {
	sum := 0.0
	for _, s := range segmentsOf(t.program.Leaves[p.left].Scope) {
		left := t.Positions(p.left, s)
		if len(left) == 0 {
			continue
		}
		sum += segmentRanks[s].weight * nearness(left, t.Positions(p.right, s))
	}
	return sum / (sum + 1)
}

// nearness adds up, over the places of the left word, one over the square of the distance to the right word; a right word
// that comes first counts half.
func nearness(left, right []int32) float64 {
	sum, j := 0.0, 0
	for _, l := range left {
		for j < len(right) && right[j] <= l {
			j++
		}
		if j < len(right) && right[j]-l <= closenessReach {
			d := float64(right[j] - l)
			sum += 1 / (d * d)
		}
		if j > 0 && l-right[j-1] <= closenessReach && l > right[j-1] {
			d := float64(l - right[j-1])
			sum += 0.5 / (d * d)
		}
	}
	return sum
}
