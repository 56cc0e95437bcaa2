package search

import (
	"cmp"
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"oped/search/match"
)

// cores are the processors that searches share. A search takes one, if there is one, and helpers only where one is idle: so
// one heavy search is answered sooner, and many at a time do not get in one another's way.
type cores struct{ idle chan struct{} }

func newCores() *cores {
	c := &cores{idle: make(chan struct{}, runtime.GOMAXPROCS(0))}
	for range cap(c.idle) {
		c.idle <- struct{}{}
	}
	return c
}

// take takes a core if one is idle.
func (c *cores) take() bool {
	select {
	case <-c.idle:
		return true
	default:
		return false
	}
}

func (c *cores) giveBack() { c.idle <- struct{}{} }

// count is the number of all cores.
func (c *cores) count() int { return cap(c.idle) }

// share does so many pieces of work, numbered from 0: the caller some, and helpers the others where cores are idle. do is told
// by which worker it is called, the caller being 0. The first error ends it.
func (c *cores) share(pieces, helpers int, do func(worker, piece int) error) error {
	var next atomic.Int64
	work := func(worker int) (err error) {
		defer recovered(&err)
		for {
			n := int(next.Add(1)) - 1
			if n >= pieces {
				return nil
			}
			if err := do(worker, n); err != nil {
				next.Store(int64(pieces))
				return err
			}
		}
	}
	var done sync.WaitGroup
	errs := make([]error, 1+helpers)
	for worker := 1; worker <= min(helpers, pieces-1) && c.take(); worker++ {
		done.Go(func() {
			defer c.giveBack()
			errs[worker] = work(worker)
		})
	}
	errs[0] = work(0)
	done.Wait()
	return cmp.Or(errs...)
}

// stretch is a part of a segment that one worker decides.
type stretch struct {
	x    *executor
	base uint32
}

// division says how a search is divided.
type division struct {
	stretchDocs uint32 // decided at a time; a multiple of 64, at most stretchDocs
	helpedWork  int    // that makes it worth while to wake a helper
}

// helpedWork is about a tenth of a millisecond.
const helpedWork = 40_000

// collect goes through all segments, with helpers where there is much to do.
func (q *search) collect(ctx context.Context) error {
	var stretches []stretch
	work := 0
	for _, x := range q.segments {
		for base := uint32(0); base < x.segmentView.docs; base += x.stretch {
			stretches = append(stretches, stretch{x, base})
		}
		work += x.work()
	}
	leave, err := q.gate.enter(ctx, work)
	if err != nil {
		return err
	}
	defer leave()
	helpers := 0
	if work < dearWork { // the processors that dear searches leave idle are there for cheap ones
		helpers = min(work/q.helpedWork, q.cores.count())
	}
	workers := make([]worker, 1+helpers)
	workers[0].collector = q.top
	err = q.cores.share(len(stretches), helpers, func(by, n int) error {
		w := &workers[by]
		if w.collector == nil {
			w.collector = q.newCollector(q.top.filters)
		}
		return q.stretch(ctx, &w.pass, stretches[n], w.collector)
	})
	for _, w := range workers[1:] {
		if w.collector != nil {
			q.top.add(w.collector)
		}
	}
	return err
}

// worker is what one of those who share a search works with.
type worker struct {
	pass
	collector *collector
}

// stretch collects the matching documents of a stretch.
func (q *search) stretch(ctx context.Context, p *pass, s stretch, c *collector) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if p.executor != s.x {
		p.terms = p.terms[:0]
		for _, t := range q.terms {
			p.terms = append(p.terms, scoredTerm{docList: s.x.leaves[t.leaf], idf: t.idf})
		}
	}
	p.enter(s.x, s.base)
	matching, err := p.matching(ctx)
	if err == nil {
		c.collect(p, matching)
	}
	p.giveBack(matching)
	return err
}

// work is roughly how many documents a segment's lists put before a collector. Positions cost several times as much.
func (x *executor) work() int {
	n := 0
	for _, l := range x.leaves {
		n += l.n
	}
	if len(x.leaves) == 0 {
		n = int(x.segmentView.docs) / 8
	}
	if positional(x.program.Root, x.program) {
		n *= 4
	}
	return n
}

// positional reports whether any part of a tree needs positions.
func positional(n *match.Node, p *match.Program) bool {
	if n.Positional(p) {
		return true
	}
	for _, k := range n.Kids {
		if positional(k, p) {
			return true
		}
	}
	return false
}
