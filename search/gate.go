package search

import (
	"context"
	"runtime"
	"sync/atomic"
)

// dearWork is how much work makes a search a dear one: some ten milliseconds.
const dearWork = 100 * helpedWork

// maxWaiting bounds the dear searches that wait for their turn. It is far more than can be answered in time.
const maxWaiting = 64

// gate lets a few dear searches run at a time, and makes the others wait: so a cheap search finds a processor, however many
// dear ones there are. A processor more or less idle is the price.
type gate struct {
	running chan struct{}
	waiting atomic.Int64
}

// newGate leaves half of the processors to cheap searches.
func newGate() *gate { return &gate{running: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2))} }

// enter waits for the turn of a search with so much to do; the caller calls leave at its end. The error is ErrBusy where
// too many wait, or the turn does not come before ctx ends.
func (g *gate) enter(ctx context.Context, work int) (leave func(), err error) {
	if work < dearWork {
		return func() {}, nil
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > maxWaiting {
		return nil, ErrBusy
	}
	select {
	case g.running <- struct{}{}:
		return func() { <-g.running }, nil
	case <-ctx.Done():
		return nil, ErrBusy
	}
}
