package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"oped/corpus"
	"oped/corpus/synth"
	"oped/search"
	"oped/search/load"
)

// benchFresh is how soon new articles were found, and what that did to searches meanwhile.
type benchFresh struct {
	Docs int `json:"docs"`
	// Kept is how long it took to keep them, and Found how long then until a search counted every one of them, as facets
	// and in the whole archive too.
	Kept  time.Duration `json:"kept_ns"`
	Found time.Duration `json:"found_ns"`
	// Calm are pages before, Meanwhile pages from the first article's coming until a second after the last was found.
	Calm           load.Latencies `json:"calm"`
	Meanwhile      load.Latencies `json:"meanwhile"`
	MeanwhilePages int            `json:"meanwhile_pages"`
}

const (
	freshTail  = time.Second     // after all are found, for what the index still has to tidy
	freshLimit = 2 * time.Minute // by when they must be found
	freshLook  = 10 * time.Millisecond
)

// fresh adds articles while one reader after the other asks for pages of all kinds.
func (b *bench) fresh(ctx context.Context, g *synth.Generator, classes []load.Class, r *benchReport) error {
	b.say("adding %d articles while searching", b.flags.fresh)
	begin := r.Docs + r.Added
	marker := markerWord(begin)
	articles := collect(g, begin, begin+b.flags.fresh)
	for _, a := range articles {
		a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: "This is " + marker + "."})
	}
	var requests []search.Request
	for _, c := range classes {
		requests = append(requests, c.Requests...)
	}
	out := &benchFresh{Docs: len(articles)}
	if _, err := load.Measure(ctx, b.searcher, requests, load.Options{}); err != nil { // every list is at hand then
		return err
	}
	calm, err := load.Measure(ctx, b.searcher, requests, load.Options{Rounds: b.flags.rounds})
	if err != nil {
		return err
	}
	out.Calm = calm.Latencies
	if err := b.freshUnderLoad(ctx, requests, articles, marker, begin, out); err != nil {
		return err
	}
	r.Added += len(articles)
	r.Fresh = out
	return r.benchArchive.write(b.dataDir)
}

// markerWord is a word that no article has, different for every number.
func markerWord(n int) string {
	return "zq" + strings.Map(func(digit rune) rune { return digit - '0' + 'a' }, strconv.Itoa(n)) + "qz"
}

// freshUnderLoad keeps the articles and waits until they are found, while pages are asked for.
func (b *bench) freshUnderLoad(ctx context.Context, requests []search.Request, articles []*corpus.Article, marker string, before int, out *benchFresh) error {
	following, stop := context.WithCancel(ctx)
	defer stop()
	var found atomic.Bool
	var times []time.Duration
	group, groupCtx := errgroup.WithContext(following)
	group.Go(func() error { return b.live.Run(groupCtx) })
	group.Go(func() error {
		for n := 0; !found.Load(); n++ {
			began := time.Now()
			if _, err := b.searcher.Search(groupCtx, requests[n%len(requests)]); err != nil {
				return err
			}
			times = append(times, time.Since(began))
		}
		return nil
	})
	group.Go(func() error {
		defer found.Store(true)
		defer stop() // the follower
		return b.keepAndFind(groupCtx, articles, marker, before, out)
	})
	err := group.Wait()
	if found.Load() && ctx.Err() == nil && errors.Is(err, context.Canceled) {
		err = nil // the last page was under way
	}
	out.Meanwhile, out.MeanwhilePages = load.Summarize(times), len(times)
	return err
}

// keepAndFind keeps the articles, waits until they are found, and a moment longer.
func (b *bench) keepAndFind(ctx context.Context, articles []*corpus.Article, marker string, before int, out *benchFresh) error {
	began := time.Now()
	if err := putArticles(ctx, b.store, articles); err != nil {
		return err
	}
	out.Kept = time.Since(began)
	kept := time.Now()
	tick := time.NewTicker(freshLook)
	defer tick.Stop()
	for time.Since(kept) < freshLimit {
		all, err := b.allFound(ctx, articles, marker, before)
		if err != nil {
			return err
		}
		if all {
			out.Found = time.Since(kept)
			return pause(ctx, freshTail)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return fmt.Errorf("bench: %d new articles are not all found after %v", len(articles), freshLimit)
}

// allFound reports whether searches count every new article, by publication too, and in the whole archive.
func (b *bench) allFound(ctx context.Context, articles []*corpus.Article, marker string, before int) (bool, error) {
	counted := []search.FacetField{search.FacetPublication}
	res, err := b.searcher.Search(ctx, search.Request{Query: marker, NoSnippets: true, Facets: counted, FacetLimit: search.MaxFacetLimit})
	if err != nil || res.Total < len(articles) {
		return false, err
	}
	want, got := map[string]int{}, map[string]int{}
	for _, a := range articles {
		want[a.Publication]++
	}
	for _, v := range res.Facets[0].Values {
		got[v.Value] = v.Count
	}
	if res.Total != len(articles) || !maps.Equal(got, want) {
		return false, fmt.Errorf("bench: a search for the %d new articles finds %d, by publication %v, not %v", len(articles), res.Total, got, want)
	}
	all, err := b.searcher.Search(ctx, search.Request{NoSnippets: true, Facets: []search.FacetField{}})
	if err == nil && all.Total != before+len(articles) {
		err = fmt.Errorf("bench: the archive has %d articles, not %d", all.Total, before+len(articles))
	}
	return err == nil, err
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
