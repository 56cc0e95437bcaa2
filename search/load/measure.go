package load

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"oped/search"
)

// Searcher answers requests. It must be safe for concurrent use where Measure is told to ask several at once.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (*search.Results, error)
}

// Options say how to measure.
type Options struct {
	// Goroutines is how many requests are under way at any time; 0 means 1.
	Goroutines int
	// Rounds is how often each request is made, one round after the other; 0 means 1.
	Rounds int
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// CPU tells the processor time that the process has used so far; nil leaves Measurement.CPU at 0.
	CPU func() time.Duration
}

// Measurement is how requests were answered.
type Measurement struct {
	Goroutines int `json:"goroutines"`
	// Pages is how many requests were answered.
	Pages int `json:"pages"`
	Latencies
	// PerSecond is the number of pages a second of wall time.
	PerSecond float64 `json:"pages_per_second"`
	// CPU is the processor time of a page: on a machine that does other things too, the figure to compare.
	CPU time.Duration `json:"cpu_ns_per_page"`
	// Allocs and AllocBytes are the objects and bytes that were allocated for a page, by the whole process.
	Allocs     float64 `json:"allocs_per_page"`
	AllocBytes float64 `json:"alloc_bytes_per_page"`
	// Totals are the Results.Total of each request, in order, as it was answered last.
	Totals []int `json:"-"`
	// Partial counts the answers that a budget ended early; they are no fair measure.
	Partial int `json:"partial,omitempty"`
}

// MedianTotal is the median of Totals.
func (m *Measurement) MedianTotal() int {
	return Percentile(slices.Sorted(slices.Values(m.Totals)), 50)
}

// Measure makes every request, as often as the options say, and sums up how long the answers took. Goroutines take the next
// request of the same row as soon as they have an answer. The first error ends it, with the request in its text.
func Measure(ctx context.Context, s Searcher, requests []search.Request, o Options) (Measurement, error) {
	o.Goroutines, o.Rounds = max(o.Goroutines, 1), max(o.Rounds, 1)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.CPU == nil {
		o.CPU = func() time.Duration { return 0 }
	}
	if len(requests) == 0 {
		return Measurement{}, errors.New("load: measure: no requests")
	}
	r := &run{Options: o, searcher: s, requests: requests}
	r.times = make([]time.Duration, len(requests)*o.Rounds)
	r.totals = make([]atomic.Int64, len(requests))
	runtime.GC() // of what others left
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began, cpu := o.Now(), o.CPU()
	group, groupCtx := errgroup.WithContext(ctx)
	for range o.Goroutines {
		group.Go(func() error { return r.work(groupCtx) })
	}
	if err := group.Wait(); err != nil {
		return Measurement{}, err
	}
	wall, cpu := o.Now().Sub(began), o.CPU()-cpu
	runtime.ReadMemStats(&after)
	m := r.measurement(wall)
	m.CPU = cpu / time.Duration(m.Pages)
	m.Allocs = float64(after.Mallocs-before.Mallocs) / float64(m.Pages)
	m.AllocBytes = float64(after.TotalAlloc-before.TotalAlloc) / float64(m.Pages)
	return m, nil
}

// run is a measurement under way.
type run struct {
	Options
	searcher Searcher
	requests []search.Request
	next     atomic.Int64
	times    []time.Duration
	totals   []atomic.Int64
	partial  atomic.Int64
}

// work makes requests until there are no more.
func (r *run) work(ctx context.Context) error {
	for {
		n := int(r.next.Add(1)) - 1
		if n >= len(r.times) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		which := n % len(r.requests)
		began := r.Now()
		res, err := r.searcher.Search(ctx, r.requests[which])
		r.times[n] = r.Now().Sub(began)
		if err != nil {
			return fmt.Errorf("load: ask %q: %w", r.requests[which].Query, err)
		}
		r.totals[which].Store(int64(res.Total))
		if res.Partial {
			r.partial.Add(1)
		}
	}
}

func (r *run) measurement(wall time.Duration) Measurement {
	m := Measurement{Goroutines: r.Goroutines, Pages: len(r.times), Latencies: Summarize(r.times), Partial: int(r.partial.Load())}
	if wall > 0 {
		m.PerSecond = float64(m.Pages) / wall.Seconds()
	}
	for i := range r.totals {
		m.Totals = append(m.Totals, int(r.totals[i].Load()))
	}
	return m
}
