package search

import (
	"cmp"
	"slices"

	"oped/indexer/schema"
	"oped/search/match"
)

// Words that stand close together in a text are likelier to have to do with one another. Pairs reward the phrase that was
// meant (as in Rasolofo and Savoy, ECIR 2003), passages the place that speaks of the most of a query (as in Callan, SIGIR 1994).
const (
	closenessWorth = 0.3 // of the rarer word's idf, for a pair that is as close as can be
	closenessReach = 8   // words; beyond, nearness is chance
	passageWorth   = 0.3 // of the idf of the words that stand in one passage
	passageWords   = 16  // a short sentence
)

// pair is two ranked words that follow one another in a query.
type pair struct {
	left, right int // leaves
	idf         float64
}

// pairsOf are the ranked words that merely stand side by side.
func pairsOf(program *match.Program, terms []rankedTerm) []pair {
	idfs := map[string]float64{}
	for _, t := range terms {
		idfs[program.Leaves[t.leaf].Key()] = float64(t.idf)
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
			l, r := idfs[program.Leaves[before.Leaf].Key()], idfs[program.Leaves[k.Leaf].Key()]
			if l > 0 && r > 0 {
				out = append(out, pair{left: before.Leaf, right: k.Leaf, idf: min(l, r)})
			}
		}
	}
	walk(program.Root)
	return out
}

// closeness of a pair in a document is between 0 and 1: how near the two words come to one another at best in each segment,
// which counts as it does for words.
func (r *reranker) closeness(p pair, positions func(leaf int, s schema.Segment) []int32) float64 {
	sum := 0.0
	for _, s := range segmentsOf(r.program.Leaves[p.left].Scope) {
		if left := positions(p.left, s); len(left) > 0 {
			sum += segmentRanks[s].weight * nearness(left, positions(p.right, s))
		}
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

// place is where a term stands.
type place struct {
	position int32
	term     int
}

// passage is the idf of the words that the best passage of a document holds; one word is no passage.
func (r *reranker) passage(positions func(leaf int, s schema.Segment) []int32) float64 {
	if len(r.terms) < 2 {
		return 0
	}
	best := 0.0
	for _, s := range schema.Segments() {
		r.places = r.places[:0]
		for i, t := range r.terms {
			if !r.program.Leaves[t.leaf].Scope.Has(s) {
				continue
			}
			for _, at := range positions(t.leaf, s) {
				r.places = append(r.places, place{at, i})
			}
		}
		best = max(best, r.bestPassage())
	}
	return best
}

// bestPassage moves a window of passageWords over the places of one segment.
func (r *reranker) bestPassage() float64 {
	slices.SortFunc(r.places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.term, b.term))
	})
	clear(r.seen)
	best, first := 0.0, 0
	for _, p := range r.places {
		for ; p.position-r.places[first].position > passageWords; first++ {
			r.seen[r.places[first].term]--
		}
		if r.seen[p.term]++; r.seen[p.term] == 1 {
			best = max(best, r.idfSeen())
		}
	}
	return best
}

func (r *reranker) idfSeen() float64 {
	sum := 0.0
	for i, n := range r.seen {
		if n > 0 {
			sum += float64(r.terms[i].idf)
		}
	}
	return sum
}
