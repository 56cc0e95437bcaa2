package crawl

import (
	"container/heap"
	"context"
	"fmt"
	"time"

	"oped/corpus"
)

const (
	// grace is how long requests under way may go on when a Run is stopped, so that they need not be made again.
	grace = 1500 * time.Millisecond
	// batch is how many targets go into the frontier in one transaction.
	batch = 500
)

// Run crawls until nothing is left to do, the limit is reached, or ctx ends, in which case it returns within about two
// seconds with ctx's error and everything in order for the next Run. Only one Run at a time should work on a Store.
//
// The error is a NoArticlesError where the whole crawl brought nothing, an error of the Store, or ctx's; a failure of
// a page, host or source is no error but is counted, recorded and reported. The Counts are right in any case.
func Run(ctx context.Context, config Config) (corpus.Counts, error) {
	if err := config.check(); err != nil {
		return corpus.Counts{}, err
	}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	r := &run{
		Config: config, work: work, hosts: make(map[string]*host), results: make(chan result, config.Concurrency),
		started: config.Now(),
	}
	defer context.AfterFunc(ctx, func() {
		t := time.NewTimer(grace)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-work.Done():
		}
	})()
	err := r.seed(ctx)
	if err == nil {
		err = r.loop(ctx)
	}
	r.report(true)
	switch {
	case err != nil:
		return r.counts, fmt.Errorf("crawl: %w", err)
	case ctx.Err() != nil:
		return r.counts, context.Cause(ctx)
	}
	return r.counts, r.verdict()
}

// run is the state of one Run. All of it belongs to the goroutine that called Run, but for claims, which the jobs
// share, and results, through which they answer.
type run struct {
	Config
	work    context.Context // ends a while after the caller's
	claims  claims
	results chan result

	hosts   map[string]*host
	queue   hostQueue
	turns   uint64
	active  int // jobs under way
	paging  int // of which pages
	sources []*Source
	pages   *Source // of pages given one by one
	earlier *Source // of what an earlier Run left

	counts            corpus.Counts
	fetched, pending  int
	started, reported time.Time
}

// seed puts the seeds into the frontier and wakes every host that has something pending.
func (r *run) seed(ctx context.Context) error {
	var lists, pages []corpus.Target
	for _, seed := range r.Seeds {
		if seed.Kind == corpus.TargetPage {
			pages = append(pages, seed)
			continue
		}
		s := &Source{URL: seed.URL, Kind: seed.Kind}
		if r.claims.take(seed.URL, claim{source: s}) {
			r.sources = append(r.sources, s)
			lists = append(lists, seed)
		}
	}
	if len(pages) > 0 {
		r.pages = &Source{URL: fmt.Sprintf("%d addresses given", len(pages)), Kind: corpus.TargetPage, Found: len(pages)}
		if len(pages) == 1 {
			r.pages.URL = pages[0].URL
		}
		r.sources = append(r.sources, r.pages)
	}
	err := r.Store.Update(ctx, func(tx *corpus.Tx) error { return tx.Requeue(lists...) })
	for len(pages) > 0 && err == nil {
		n := min(batch, len(pages))
		err = r.seedPages(ctx, pages[:n])
		pages = pages[n:]
	}
	if err != nil {
		return err
	}
	hosts, err := r.Store.PendingHosts(ctx)
	for name, pending := range hosts {
		r.wake(name, pending)
	}
	return err
}

func (r *run) seedPages(ctx context.Context, pages []corpus.Target) error {
	added := 0
	err := r.Store.Update(ctx, func(tx *corpus.Tx) (err error) {
		added, err = tx.Enqueue(pages...)
		return err
	})
	r.pages.Fresh += added
	r.pages.Known += len(pages) - added
	if added < len(pages) && !r.pages.Current {
		r.pages.Current = r.keptBefore(ctx, pages)
	}
	return err
}

// keptBefore reports whether an article was kept from one of the first few targets.
func (r *run) keptBefore(ctx context.Context, targets []corpus.Target) bool {
	for _, t := range targets[:min(len(targets), 10)] {
		if f, err := r.Store.LastFetch(ctx, t.URL); err == nil && f.Outcome != 0 && f.Reason == "" {
			return true
		}
	}
	return false
}

// loop starts jobs and takes in their results until there is nothing to start and nothing under way.
func (r *run) loop(ctx context.Context) error {
	var fatal error
	stop := ctx.Done()
	for {
		if fatal == nil && ctx.Err() == nil && !r.limitReached() {
			fatal = r.dispatch()
		}
		over := fatal != nil || ctx.Err() != nil || r.limitReached() || len(r.queue) == 0
		if r.active == 0 && over {
			return fatal
		}
		alarm := r.alarm(over)
		select {
		case res := <-r.results:
			if err := r.take(res); err != nil && fatal == nil {
				fatal = err
			}
		case <-alarm.C:
		case <-stop:
			stop = nil // seen; wait for what is under way
		}
		alarm.Stop()
		r.report(false)
	}
}

// alarm rings when the next host is ready, or when it is time to report.
func (r *run) alarm(over bool) *time.Timer {
	d := time.Hour
	if r.Progress != nil {
		d = tick
	}
	if !over && r.active < r.Concurrency && !r.full() {
		d = min(d, max(r.queue[0].ready.Sub(r.Now()), 0))
	}
	return time.NewTimer(d)
}

func (r *run) limitReached() bool { return r.Limit > 0 && r.counts.Seen >= r.Limit }

// full reports whether the pages under way may be all that the limit allows.
func (r *run) full() bool { return r.Limit > 0 && r.counts.Seen+r.paging >= r.Limit }

// dispatch starts a job for every host that is ready, as far as the bounds allow.
func (r *run) dispatch() error {
	for r.active < r.Concurrency && !r.full() && len(r.queue) > 0 && !r.queue[0].ready.After(r.Now()) {
		h := heap.Pop(&r.queue).(*host)
		t, ok, err := r.next(h)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		h.state = StateFetching
		r.active++
		r.start(h, t)
	}
	return nil
}

func (r *run) start(h *host, t corpus.Target) {
	j := job{run: r, target: t, host: h}
	if t.Kind == corpus.TargetPage {
		r.paging++
		go func() { r.results <- j.page(r.work) }()
		return
	}
	var claimed bool
	if j.claim, claimed = r.claims.of(t.URL); !claimed { // left by an earlier Run
		j.claim = claim{source: r.sourceOf(t), depth: 1}
		r.claims.take(t.URL, j.claim)
	}
	go func() { r.results <- j.list(r.work) }()
}

// take books the result of a job and decides when its host is asked again.
func (r *run) take(res result) error {
	h, t := res.host, res.target
	r.active--
	if t.Kind == corpus.TargetPage {
		r.paging--
	}
	r.fetched += res.fetched
	h.fetched += res.fetched
	source := r.sourceOf(t)
	if res.err == nil { // else it is read again
		source.add(res.found)
	}
	h.state = StateDone // until one of the calls below says otherwise
	for name, pending := range res.pending {
		r.wake(name, pending)
	}
	if len(res.pending) > 0 && h.targets != nil {
		h.targets = nil // newly found lists go before the pages at hand
	}
	switch {
	case res.fatal != nil:
		return res.fatal
	case res.err != nil:
		return r.failed(res, source)
	}
	r.finished(h)
	r.book(res, source)
	return nil
}

// finished counts a target off and gives its host the next turn.
func (r *run) finished(h *host) {
	h.fails, h.reason = 0, ""
	h.pending--
	r.pending--
	r.again(h, r.readyAt(h))
}

// readyAt is when the client may ask a host again.
func (r *run) readyAt(h *host) time.Time { return r.Client.Ready("http://" + h.name + "/") }

// again queues a host for its next target.
func (r *run) again(h *host, until time.Time) {
	r.unqueue(h)
	r.waitOrLeave(h, until, "it asks to be left alone")
}

// unqueue takes a host out of the queue if it is there, because one of its own lists named more of it.
func (r *run) unqueue(h *host) {
	if h.state == StateWaiting {
		heap.Remove(&r.queue, h.index)
		h.state = StateDone
	}
}

// commit writes to the Store even while the Run is being stopped: what was fetched is to be kept.
func (r *run) commit(fn func(*corpus.Tx) error) error {
	return r.Store.Update(context.WithoutCancel(r.work), fn)
}

// book counts what became of a finished target.
func (r *run) book(res result, source *Source) {
	switch {
	case res.rejected != "":
		r.counts.AddRejected(res.rejected)
		source.Rejected++
		source.Reason = res.reason
	case res.outcome != 0:
		r.counts.Add(res.outcome)
		source.Articles++
	case res.reason != "":
		source.Reason = res.reason
	}
}

// sourceOf finds out which seed a target was found for.
func (r *run) sourceOf(t corpus.Target) *Source {
	list := t.From
	if t.Kind != corpus.TargetPage {
		list = t.URL
	}
	if by, ok := r.claims.of(list); ok {
		return by.source
	}
	if t.Kind == corpus.TargetPage && t.From == "" && r.pages != nil {
		return r.pages
	}
	if r.earlier == nil {
		r.earlier = &Source{URL: "left by an earlier crawl"}
		r.sources = append(r.sources, r.earlier)
	}
	return r.earlier
}

func (s *Source) add(f Source) {
	s.Lists += f.Lists
	s.Unchanged += f.Unchanged
	s.Found += f.Found
	s.Fresh += f.Fresh
	s.Known += f.Known
	s.TooOld += f.TooOld
	s.Undated += f.Undated
	s.Elsewhere += f.Elsewhere
	s.Current = s.Current || f.Current
}
