package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"oped/corpus/synth"
	"oped/indexer"
	"oped/search"
	"oped/search/load"
	"oped/web"
)

// benchClass is how the searches of a class were answered.
type benchClass struct {
	Name    string   `json:"name"`
	Means   string   `json:"means"`
	Queries []string `json:"queries"`
	// Hits is the median of the totals.
	Hits int                `json:"hits"`
	Cold load.Measurement   `json:"cold"`
	Warm []load.Measurement `json:"warm"`
	HTTP []load.Measurement `json:"http,omitempty"`
}

// maxSample bounds the articles that searches are made from: enough to tell one word in a thousand articles from one in a
// hundred.
const maxSample = 4000

// benchSearches opens the archive and measures all that is asked of it.
func (a *app) benchSearches(ctx context.Context, g *synth.Generator, f benchFlags, r *benchReport) error {
	classes, err := a.benchClasses(g, f)
	if err != nil {
		return err
	}
	resetPeakMemory()
	began := time.Now()
	e, err := a.openServing(ctx, "oped bench")
	if err != nil {
		return err
	}
	r.Open = time.Since(began)
	b := &bench{app: a, engine: e, flags: f}
	e.live.OnPublish(func(g indexer.Generation) { b.generation = g })
	err = f.profiled("search", func() error { return b.measure(ctx, classes, r) })
	if err == nil && f.fresh > 0 {
		err = b.fresh(ctx, g, classes, r)
	}
	if err == nil && f.soak > 0 {
		err = b.soak(ctx, g, classes, r)
	}
	b.generation.Release()
	r.PeakRSS = peakMemory()
	return errors.Join(err, e.Close())
}

// benchClasses makes the searches.
func (a *app) benchClasses(g *synth.Generator, f benchFlags) ([]load.Class, error) {
	a.say("making the searches")
	sample := f.sample(g)
	classes, err := load.Classes(&sample, f.seed, f.queries)
	if len(f.classes) > 0 {
		classes = slices.DeleteFunc(classes, func(c load.Class) bool { return !slices.Contains(f.classes, c.Name) })
	}
	return classes, err
}

// bench is a measurement of an open archive.
type bench struct {
	*app
	*engine
	flags      benchFlags
	generation indexer.Generation
}

// measure measures the classes.
func (b *bench) measure(ctx context.Context, classes []load.Class, r *benchReport) error {
	for _, c := range classes {
		b.say("searching: %s", c.Name)
		measured, err := b.class(ctx, c)
		if err != nil {
			return fmt.Errorf("bench: class %s: %w", c.Name, err)
		}
		r.Classes = append(r.Classes, measured)
	}
	return nil
}

// class measures one class, on a Searcher that has answered nothing yet, so that no list is at hand when it begins.
func (b *bench) class(ctx context.Context, c load.Class) (benchClass, error) {
	out := benchClass{Name: c.Name, Means: c.Means}
	for _, r := range c.Requests {
		out.Queries = append(out.Queries, r.Query)
	}
	s := search.New(search.Config{Texts: b.store, Now: b.now})
	s.Publish(b.generation.Name, b.generation.Index, nil)
	s.Settle()
	defer s.Publish("", nil, nil)
	var err error
	if out.Cold, err = load.Measure(ctx, s, c.Requests, load.Options{CPU: cpuTime}); err != nil {
		return out, err
	}
	out.Hits = out.Cold.MedianTotal()
	if out.Warm, err = b.warm(ctx, s, c.Requests); err != nil || !b.flags.http {
		return out, err
	}
	handler, err := web.New(web.Config{Searcher: s, Archive: b.store, Now: b.now})
	if err != nil {
		return out, err
	}
	out.HTTP, err = b.warm(ctx, page{handler, "127.0.0.1:1"}, c.Requests)
	return out, err
}

// warm measures with each number of goroutines.
func (b *bench) warm(ctx context.Context, s load.Searcher, requests []search.Request) ([]load.Measurement, error) {
	var out []load.Measurement
	for _, n := range b.flags.goroutines {
		m, err := load.Measure(ctx, s, requests, load.Options{Goroutines: n, Rounds: b.flags.rounds, CPU: cpuTime})
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// page answers by the handler of the search page, to a client at an address. What it answers is looked at no further than
// for its status.
type page struct {
	handler http.Handler
	client  string
}

// Search asks for the page of a request.
func (p page) Search(ctx context.Context, r search.Request) (*search.Results, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://oped.localhost/search?"+web.Encode(r), nil)
	if err != nil {
		return nil, err
	}
	req.RemoteAddr = p.client
	w := &unread{header: http.Header{}}
	p.handler.ServeHTTP(w, req)
	return asAnswer(req.URL.String(), w.status)
}

// asAnswer turns the status of a page into what the search came to.
func asAnswer(address string, status int) (*search.Results, error) {
	switch status {
	case http.StatusOK:
		return &search.Results{}, nil
	case http.StatusTooManyRequests, http.StatusBadRequest: // too many requests, too dear a search
		return nil, fmt.Errorf("the page of %s answers %d: %w", address, status, load.ErrRefused)
	default:
		return nil, fmt.Errorf("the page of %s answers %d %s", address, status, http.StatusText(status))
	}
}

// unread is an answer that nobody reads.
type unread struct {
	header http.Header
	status int
}

func (u *unread) Header() http.Header { return u.header }

func (u *unread) WriteHeader(status int) {
	if u.status == 0 {
		u.status = status
	}
}

func (u *unread) Write(b []byte) (int, error) {
	u.WriteHeader(http.StatusOK)
	return len(b), nil
}
