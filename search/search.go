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
	cores         *cores
	gate          *gate
	helpedWork    int

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
	filters := newFilters(q.Filters, q.generation.values, &q.snapshot.known)
	q.top = q.newCollector(filters)
	err := q.open(ctx)
	if err == nil {
		err = q.collect(ctx)
	}
	q.top.fold.offer(&q.top.best)
	if err == nil {
		err = q.choose(ctx)
	}
	if err == nil {
		err = q.countNames(ctx)
	}
	if err != nil && !errors.Is(err, ErrBusy) && errors.Is(context.Cause(ctx), errTimeout) {
		q.partial = "the search took too long; only a part of the archive was looked at"
		q.page(q.top.best.sorted())
		return nil
	}
	return err
}

// open prepares every segment and weighs the terms.
func (q *search) open(ctx context.Context) error {
	keys := make([]string, len(q.program.Leaves))
	for i := range keys {
		keys[i] = q.program.Leaves[i].Key()
	}
	for n, v := range q.snapshot.segments {
		r := reader{segmentView: v, lists: q.generation.lists, stats: q.snapshot.stats}
		q.segments = append(q.segments, &executor{ctx: ctx, reader: r, number: n, program: q.program, keys: keys})
	}
	if err := q.checkExpansions(ctx); err != nil {
		return err
	}
	helpers := 0
	if q.reads() {
		helpers = q.cores.count()
	}
	if err := q.cores.share(len(q.segments), helpers, func(_, n int) error { return q.segments[n].open(ctx) }); err != nil {
		return err
	}
	if q.Sort == SortRelevance {
		q.weigh(keys)
	}
	return nil
}

// reads reports whether lists of words have to be read, and none of those that a dear search reads.
func (q *search) reads() bool {
	reads := false
	for i := range q.program.Leaves {
		if q.program.Leaves[i].Expands() {
			return false
		}
		for _, x := range q.segments[:min(1, len(q.segments))] {
			reads = reads || x.lists.get(x.leafKey(x.keys[i])) == nil
		}
	}
	return reads
}

// checkExpansions refuses words that stand for too many spellings.
func (q *search) checkExpansions(ctx context.Context) error {
	for i := range q.program.Leaves {
		leaf := &q.program.Leaves[i]
		if !leaf.Expands() {
			continue
		}
		var lists []termList
		all := 0
		for _, x := range q.segments {
			for _, s := range segmentsOf(leaf.Scope) {
				forms, err := x.expand(ctx, leaf, s)
				if err != nil {
					return err
				}
				lists, all = append(lists, forms), all+len(forms)
			}
		}
		if all <= q.maxExpansions {
			continue
		}
		distinct := map[string]bool{}
		for _, forms := range lists {
			for _, form := range forms {
				distinct[form] = true
			}
		}
		if len(distinct) > q.maxExpansions {
			return &BudgetError{What: fmt.Sprintf("words match %q", leaf.Word), Count: len(distinct), Limit: q.maxExpansions}
		}
	}
	return nil
}

// weigh gives each ranked leaf its rarity. The same word twice counts once.
func (q *search) weigh(keys []string) {
	for _, i := range rankedLeaves(q.program, keys) {
		df := 0
		for _, x := range q.segments {
			df += x.leaves[i].live(x.live)
		}
		if df > 0 {
			q.terms = append(q.terms, rankedTerm{leaf: i, df: df, idf: rarity(&q.program.Leaves[i], df, q.snapshot.docs)})
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
		if err := q.rerank(ctx, all[:min(rankedHits, len(all))]); err != nil {
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
		Partial: q.partial != "", PartialReason: q.partial}
	known := &q.snapshot.known
	counts := q.top.hits(known)
	q.top.dates.addYears(known, counts)
	res.Histogram, res.Interval, res.Undated = q.top.dates.bins(), q.top.dates.interval, q.top.dates.undated
	q.top.addNear(known, counts)
	res.Facets = facetResults(&q.Request, known, counts, q.generation.values)
	if q.more {
		next := cursor{after: q.hits[len(q.hits)-1], seen: uint32(q.Offset + len(q.hits))}
		if q.cursor != nil {
			next.seen = q.cursor.seen + uint32(len(q.hits))
		}
		res.NextCursor = next.text(&q.Request)
	}
	return res
}
