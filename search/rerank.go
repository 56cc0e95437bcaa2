package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"oped/indexer/schema"
	"oped/search/match"
)

// lengthLift is how far length is forgiven in a query of one word; of n words, one nth of it is. A text is long because it
// says much or because it speaks of many things, and the more words a query has, the more the second counts (Zhai and
// Lafferty, TOIS 2004, of smoothing).
const lengthLift = 0.2

// reranker tells what the best documents score beyond the sum of their words, from what lists of documents do not tell: where
// the words stand, and how many the query has. It only adds, so that a document that was looked at never falls behind one
// that was not.
type reranker struct {
	program *match.Program
	terms   []rankedTerm
	pairs   []pair
	lift    float64 // power of the length; 0 where the length of the body does not matter
	mean    float64 // length of a body
	// for passages
	places []place
	seen   []int // by term
}

// newReranker is the one for the query's terms.
func (q *search) newReranker() *reranker {
	return newReranker(q.program, q.terms, q.snapshot.stats.mean[schema.Body])
}

func newReranker(program *match.Program, terms []rankedTerm, meanBody float64) *reranker {
	r := &reranker{program: program, terms: terms, mean: meanBody, seen: make([]int, len(terms)), pairs: pairsOf(program, terms)}
	outside := func(t rankedTerm) bool { return !program.Leaves[t.leaf].Scope.Has(schema.Body) }
	if len(terms) > 0 && !slices.ContainsFunc(terms, outside) {
		r.lift = lengthLift / float64(len(terms))
	}
	return r
}

// bonus is what a document scores beyond the sum of its words, by where it comes from.
type bonus struct{ length, closeness, passage float64 }

func (b bonus) sum() float64 { return b.length + b.closeness + b.passage }

// bonus of a document with a score and so many words in its body. positions tells where leaves stand in it.
func (r *reranker) bonus(score float64, words int, positions func(leaf int, s schema.Segment) []int32) bonus {
	b := bonus{length: score * (r.lengthFactor(words) - 1), passage: passageWorth * r.passage(positions)}
	for _, p := range r.pairs {
		b.closeness += p.idf * closenessWorth * r.closeness(p, positions)
	}
	return b
}

// lengthFactor takes back a part of what length has cost; it is 1 for an empty text.
func (r *reranker) lengthFactor(words int) float64 {
	return math.Pow(1+math.Pow(float64(words)/r.mean, lengthPower), r.lift)
}

// rerank adds their bonus to the keys of documents, and sorts them.
func (q *search) rerank(ctx context.Context, docs []found) error {
	if len(q.terms) == 0 {
		return nil
	}
	r := q.newReranker()
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
		if err := q.segments[n].addBonus(r, list); err != nil {
			return err
		}
	}
	slices.SortFunc(docs, func(a, b found) int { return a.compare(&b) })
	return nil
}

// packedAtOnce is for how many documents of a segment one reranking packs places, a millisecond's worth. Without it, all lists
// would be packed by the same search, the one that asks for the last of a good part of them, and that one would take long.
const packedAtOnce = 1 << 12

// addBonus does it for documents of one segment.
func (x *executor) addBonus(r *reranker, list []*found) error {
	slices.SortFunc(list, func(a, b *found) int { return cmp.Compare(a.doc, b.doc) })
	docs := make([]uint32, len(list))
	for i, f := range list {
		docs[i] = f.doc
	}
	text := newTextSource(x)
	text.room = packedAtOnce
	text.begin(docs)
	for i, f := range list {
		text.current = i
		f.key += r.bonus(f.key, int(x.columns.words[f.doc]), text.Positions).sum()
	}
	return text.err
}
