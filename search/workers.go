package search

import (
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
	var next atomic.Int64
	run := func(c *collector) error {
		p := &pass{}
		for {
			n := int(next.Add(1)) - 1
			if n >= len(stretches) {
				return nil
			}
			if err := q.stretch(ctx, p, stretches[n], c); err != nil {
				next.Store(int64(len(stretches)))
				return err
			}
		}
	}
	var helpers []*helper
	if work < dearWork { // the processors that dear searches leave idle are there for cheap ones
		helpers = q.help(min(work/q.helpedWork, len(stretches)-1), run)
	}
	err = run(q.top)
	for _, h := range helpers {
		h.done.Wait()
		q.top.add(h.collector)
		if err == nil {
			err = h.err
		}
	}
	return err
}

// helper is a worker beside the search's own.
type helper struct {
	collector *collector
	done      sync.WaitGroup
	err       error
}

// help starts so many helpers, if cores are idle.
func (q *search) help(wanted int, run func(*collector) error) []*helper {
	var helpers []*helper
	for len(helpers) < wanted && q.cores.take() {
		h := &helper{collector: q.newCollector(q.top.filters)}
		helpers = append(helpers, h)
		h.done.Go(func() {
			defer q.cores.giveBack()
			defer recovered(&h.err)
			h.err = run(h.collector)
		})
	}
	return helpers
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
