package search

import (
	"context"
	"errors"
	"fmt"

	"oped/search/match"
)

// rankedHits is how many of the best documents are looked at for the closeness of their words, and put in order again.
const rankedHits = 100

// search is one plan being executed on one snapshot.
type search struct {
	*plan
	program       *match.Program
	snapshot      *snapshot
	generation    *generation
	maxExpansions int

	segments []*executor
	terms    []rankedTerm
	top      *collector
	hits     []found // the page, in order
	more     bool    // there are hits after the page
	partial  string  // why not everything was looked at
}

// rankedTerm is a leaf that documents are ranked by.
type rankedTerm struct {
	leaf int
	df   int
	idf  float32
}

// execute finds everything that the results tell but the texts.
func (q *search) execute(ctx context.Context) error {
	q.top = newCollector(q.Sort, newFilters(q.Filters, q.generation.values, q.snapshot.facets), len(q.Facets) > 0,
		q.room(), newHistogram(&q.Request), len(q.snapshot.values))
	if !q.NoFold {
		q.top.fold = new(folder)
	}
	err := q.open(ctx)
	for n := 0; err == nil && n < len(q.segments); n++ {
		err = q.segment(ctx, n)
	}
	q.top.fold.offer(&q.top.best)
	if err == nil {
		err = q.choose(ctx)
	}
	if err == nil {
		err = q.countNames(ctx)
	}
	if err != nil && errors.Is(context.Cause(ctx), errTimeout) {
		q.partial = "the search took too long; only a part of the archive was looked at"
		q.page(q.top.best.sorted())
		return nil
	}
	return err
}

// open prepares every segment and weighs the terms.
func (q *search) open(ctx context.Context) error {
	for _, v := range q.snapshot.segments {
		x, err := newExecutor(ctx, reader{segmentView: v, lists: q.generation.lists, stats: q.snapshot.stats}, q.program)
		if err != nil {
			return err
		}
		q.segments = append(q.segments, x)
	}
	if err := q.checkExpansions(); err != nil {
		return err
	}
	for _, x := range q.segments {
		if err := x.open(ctx); err != nil {
			return err
		}
	}
	if q.Sort == SortRelevance {
		q.weigh()
	}
	return nil
}

// checkExpansions refuses words that stand for too many spellings.
func (q *search) checkExpansions() error {
	for i := range q.program.Leaves {
		if !q.program.Leaves[i].Expands() {
			continue
		}
		spellings := map[string]bool{}
		for _, x := range q.segments {
			for _, terms := range x.terms[i] {
				for j := range terms {
					spellings[terms[j].Text] = true
				}
			}
		}
		if len(spellings) > q.maxExpansions {
			return &BudgetError{What: fmt.Sprintf("words match %q", q.program.Leaves[i].Word), Count: len(spellings), Limit: q.maxExpansions}
		}
	}
	return nil
}

// weigh gives each ranked leaf its inverse document frequency. The same word twice counts once.
func (q *search) weigh() {
	seen := map[string]bool{}
	for i := range q.program.Leaves {
		leaf := &q.program.Leaves[i]
		key := leaf.Key()
		if !leaf.Ranked || seen[key] {
			continue
		}
		seen[key] = true
		df := 0
		for _, x := range q.segments {
			df += x.liveCount(x.leaves[i])
		}
		if df > 0 {
			q.terms = append(q.terms, rankedTerm{leaf: i, df: df, idf: float32(idf(df, q.snapshot.docs))})
		}
	}
}

// liveCount is how many documents of a list are not deleted.
func (r *reader) liveCount(l *docList) int {
	if r.live == nil {
		return len(l.docs)
	}
	n := 0
	for _, doc := range l.docs {
		if r.live.has(doc) {
			n++
		}
	}
	return n
}

// segment collects the matching documents of one segment, window by window.
func (q *search) segment(ctx context.Context, n int) error {
	x := q.segments[n]
	var scores []float32
	if len(q.terms) > 0 {
		scores = make([]float32, windowDocs)
	}
	for base := uint32(0); base < x.docs; base += windowDocs {
		if err := ctx.Err(); err != nil {
			return err
		}
		matching, err := x.window(ctx, base)
		if err != nil {
			return err
		}
		if matching.empty() {
			continue
		}
		if scores != nil {
			x.score(q.terms, &matching, scores)
		}
		q.top.collect(n, x.segmentView, base, &matching, scores)
	}
	return nil
}

// score adds up what the terms are worth in the documents of the window of the moment.
func (x *executor) score(terms []rankedTerm, matching *window, scores []float32) {
	clear(scores)
	few := matching.count()
	for _, t := range terms {
		list := x.leaves[t.leaf]
		docs, first := x.slice(list)
		weights := list.weights[first : first+len(docs)]
		if few*8 < len(docs) {
			at := 0
			matching.each(func(i uint32) {
				at += from(docs[at:], x.base+i)
				if at < len(docs) && docs[at] == x.base+i {
					scores[i] += t.idf * weights[at]
				}
			})
			continue
		}
		for j, doc := range docs {
			scores[doc-x.base] += t.idf * weights[j]
		}
	}
}

// room says how many documents the collector has to keep. One more than the page tells whether there is a next one.
func (q *search) room() best {
	b := best{limit: q.Offset + q.Limit + 1}
	switch {
	case q.cursor == nil && q.Sort == SortRelevance:
		b.limit += rankedHits
	case q.cursor != nil && q.Sort == SortRelevance && q.cursor.seen <= rankedHits:
		b.limit = rankedHits + q.Limit + 1 + int(q.cursor.seen)
	case q.cursor != nil:
		b.after = &q.cursor.after
	}
	return b
}

// choose puts the best documents in their final order and takes the page out of them.
func (q *search) choose(ctx context.Context) error {
	all := q.top.best.sorted()
	if q.Sort == SortRelevance && q.top.best.after == nil {
		if err := q.rankCloseness(ctx, all[:min(rankedHits, len(all))]); err != nil {
			return err
		}
	}
	q.page(all)
	return nil
}

// page takes the hits asked for out of all that were kept.
func (q *search) page(all []found) {
	skip := q.Offset
	if q.cursor != nil {
		for skip = 0; skip < len(all) && all[skip].compare(&q.cursor.after) <= 0; {
			skip++
		}
	}
	all = all[min(skip, len(all)):]
	q.more = len(all) > q.Limit
	q.hits = all[:min(q.Limit, len(all))]
}

// results writes out what has been found.
func (q *search) results() *Results {
	res := &Results{Generation: q.generation.name, Reading: q.reading, Total: q.top.total, Groups: q.top.total - q.top.fold.folded(),
		Facets: facetResults(&q.Request, q.top, q.snapshot), Histogram: q.top.dates.bins(), Interval: q.top.dates.interval, Undated: q.top.dates.undated,
		Partial: q.partial != "", PartialReason: q.partial}
	if q.more {
		next := cursor{after: q.hits[len(q.hits)-1], seen: uint32(q.Offset + len(q.hits))}
		if q.cursor != nil {
			next.seen = q.cursor.seen + uint32(len(q.hits))
		}
		res.NextCursor = next.text(&q.Request)
	}
	return res
}
