package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"oped/corpus/synth"
	"oped/search/load"
	"oped/web"
)

// benchSoak is what many clients at once did to each other.
type benchSoak struct {
	Clients int `json:"clients"`
	Unkind  int `json:"unkind_clients"`
	// Alone are the kind clients by themselves, Together all of them.
	Alone    load.Soak `json:"alone"`
	Together load.Soak `json:"together"`
}

const (
	unkindShare = 10              // one client in so many asks the dearest searches there are
	aloneShare  = 5               // how much shorter the measurement of the kind clients alone is
	soakPause   = 2 * time.Second // between two requests of a client, on average
	soakWorst   = 28              // different searches of the dearest
)

// soak lets clients ask the search page for pages of all classes, without and with clients that ask for the worst.
func (b *bench) soak(ctx context.Context, g *synth.Generator, classes []load.Class, r *benchReport) error {
	b.say("searching with %d clients for %v", b.flags.clients, b.flags.soak)
	sample := b.flags.sample(g)
	heavy, err := load.Worst(&sample, b.flags.seed, soakWorst)
	if err != nil {
		return err
	}
	handler, err := web.New(web.Config{Searcher: b.searcher, Archive: b.store, Now: b.now, Rate: defaultRate})
	if err != nil {
		return err
	}
	crowd := load.Crowd{
		Client: func(n int) load.Searcher { return page{handler, fmt.Sprintf("10.0.%d.%d:1", n/256, n%256)} },
		Heavy:  heavy, Clients: b.flags.clients, Pause: soakPause, Seed: b.flags.seed, Memory: anonymousMemory,
	}
	for _, c := range classes {
		crowd.Light = append(crowd.Light, c.Requests...)
	}
	out := &benchSoak{Clients: b.flags.clients, Unkind: max(b.flags.clients/unkindShare, 1)}
	crowd.Clients -= out.Unkind
	if out.Alone, err = crowd.Run(ctx, b.flags.soak/aloneShare); err != nil {
		return err
	}
	crowd.Clients, crowd.Unkind = b.flags.clients, out.Unkind
	if out.Together, err = crowd.Run(ctx, b.flags.soak); err != nil {
		return err
	}
	r.Soak = out
	return nil
}

// sample reads some of the articles, to make searches of.
func (f *benchFlags) sample(g *synth.Generator) load.Sample {
	var sample load.Sample
	for n, count := 0, min(f.docs, maxSample); n < count; n++ {
		sample.Add(g.Article(n * f.docs / count))
	}
	return sample
}

// write tells it for people.
func (s *benchSoak) write(b *strings.Builder) {
	fmt.Fprintf(b, "\nsoak: %d clients, %d of which ask the dearest searches; %v, and before that %v without those\n",
		s.Clients, s.Unkind, s.Together.Took.Round(time.Second), s.Alone.Took.Round(time.Second))
	w := rightAligned(b)
	fmt.Fprintln(w, "ms an HTML page\tpages\tp50\tp95\tp99\tmax\t")
	for _, row := range []struct {
		name  string
		pages int
		load.Latencies
	}{
		{"kind, alone", s.Alone.LightPages, s.Alone.Light},
		{"kind, together", s.Together.LightPages, s.Together.Light},
		{"unkind", s.Together.HeavyPages, s.Together.Heavy},
	} {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t\n", row.name, row.pages, milliseconds(row.P50), milliseconds(row.P95), milliseconds(row.P99), milliseconds(row.Max))
	}
	_ = w.Flush() // a Builder takes everything
	fmt.Fprintf(b, "%d refused, %d failed %s; memory without mapped files:", s.Alone.Refused+s.Together.Refused,
		s.Alone.Failed+s.Together.Failed, s.Alone.Failure+s.Together.Failure)
	for _, bytes := range s.Together.Memory {
		fmt.Fprintf(b, " %s", size(bytes))
	}
	b.WriteString("\n")
}
