package fetch

import (
	"context"
	"sync"
	"time"
)

// gate lets one request at a time through to a host, with a pause between two.
type gate struct {
	slot chan struct{} // holds a token while a request is under way

	mu    sync.Mutex
	next  time.Time     // no request before this
	delay time.Duration // the host's own Crawl-delay
}

// gates is the set of hosts known to a client.
type gates struct {
	mu sync.Mutex
	m  map[string]*gate
}

func (g *gates) of(host string) *gate {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.m == nil {
		g.m = make(map[string]*gate)
	}
	one := g.m[host]
	if one == nil {
		one = &gate{slot: make(chan struct{}, 1)}
		g.m[host] = one
	}
	return one
}

// ready is when the next request may go out; the zero time means it always might have.
func (g *gate) ready() time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.next
}

// holdUntil leaves the host alone until t at least.
func (g *gate) holdUntil(t time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.After(g.next) {
		g.next = t
	}
}

// setDelay notes the host's Crawl-delay. The request that read it from robots.txt is already over, so the next one
// is held back from now on.
func (g *gate) setDelay(now time.Time, delay time.Duration) {
	g.mu.Lock()
	g.delay = delay
	g.mu.Unlock()
	if delay > 0 {
		g.holdUntil(now.Add(delay))
	}
}

// enter waits for the host's turn. The caller leaves once for every time that it entered.
func (c *Client) enter(ctx context.Context, host string) (*gate, error) {
	g := c.gates.of(host)
	select {
	case g.slot <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for {
		next := g.ready()
		wait := next.Sub(c.config.Now())
		if wait <= 0 {
			return g, nil
		}
		err := error(&BusyError{Host: host, Until: next})
		if wait <= c.config.MaxWait {
			err = sleep(ctx, wait)
		}
		if err != nil {
			<-g.slot
			return nil, err
		}
	}
}

// leave ends a request and starts the pause after it.
func (c *Client) leave(g *gate) {
	g.mu.Lock()
	pause := max(c.config.Pace, g.delay)
	g.mu.Unlock()
	g.holdUntil(c.config.Now().Add(pause))
	<-g.slot
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
