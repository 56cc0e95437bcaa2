package load

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"oped/search"
)

// ErrRefused says that a search was turned away because there is too much to do. Such answers are counted apart.
var ErrRefused = errors.New("refused")

// Crowd are clients that search at the same time, each for itself.
type Crowd struct {
	// Client is one of them, by number; requests of different clients may come to be made at once.
	Client func(n int) Searcher
	// Light and Heavy are what they ask, in random order: the first Unkind clients ask Heavy, the others Light.
	Light, Heavy    []search.Request
	Clients, Unkind int
	// Pause is how long a client waits between an answer and its next request, on average (exponentially distributed).
	Pause time.Duration
	// Seed decides all that is random.
	Seed uint64
	// Memory tells the memory that the process holds, in bytes; nil leaves Soak.Memory empty.
	Memory func() int64
}

// Soak is what came of a crowd's searches.
type Soak struct {
	Took time.Duration `json:"took_ns"`
	// Light and Heavy are how long answers took, refusals left out.
	Light      Latencies `json:"light"`
	LightPages int       `json:"light_pages"`
	Heavy      Latencies `json:"heavy"`
	HeavyPages int       `json:"heavy_pages"`
	Partial    int       `json:"partial"`
	Refused    int       `json:"refused"`
	// Failed counts errors of any other kind; Failure is the first.
	Failed  int    `json:"failed"`
	Failure string `json:"failure,omitempty"`
	// Memory was read at equal distances from beginning to end.
	Memory []int64 `json:"memory_bytes,omitempty"`
}

// memorySamples is how often the memory is read.
const memorySamples = 10

// Run lets the crowd search for a time. The error is that of ctx; what fails otherwise is counted.
func (c *Crowd) Run(ctx context.Context, d time.Duration) (Soak, error) {
	limited, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	s := &soaking{Crowd: c, begun: time.Now()}
	group, groupCtx := errgroup.WithContext(limited)
	for n := range c.Clients {
		group.Go(func() error { s.client(groupCtx, n); return nil })
	}
	group.Go(func() error { s.watch(groupCtx, d/memorySamples); return nil })
	if err := group.Wait(); err != nil {
		return Soak{}, err
	}
	return s.result(), context.Cause(ctx)
}

// soaking is a Soak under way.
type soaking struct {
	*Crowd
	begun time.Time

	mu    sync.Mutex
	out   Soak
	times [2][]time.Duration // light, heavy
}

// client searches and pauses until ctx ends. An answer that it cut off does not count.
func (s *soaking) client(ctx context.Context, n int) {
	random := rand.New(rand.NewPCG(s.Seed, uint64(n)))
	requests, kind := s.Light, 0
	if n < s.Unkind {
		requests, kind = s.Heavy, 1
	}
	searcher := s.Client(n)
	for {
		wait := time.Duration(random.ExpFloat64() * float64(s.Pause))
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		began := time.Now()
		res, err := searcher.Search(ctx, requests[random.IntN(len(requests))])
		if ctx.Err() == nil {
			s.count(kind, time.Since(began), res, err)
		}
	}
}

// count notes one answer.
func (s *soaking) count(kind int, took time.Duration, res *search.Results, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case errors.Is(err, ErrRefused):
		s.out.Refused++
	case err != nil:
		s.out.Failed++
		if s.out.Failure == "" {
			s.out.Failure = err.Error()
		}
	default:
		s.times[kind] = append(s.times[kind], took)
		if res.Partial {
			s.out.Partial++
		}
	}
}

// watch reads the memory now and then.
func (s *soaking) watch(ctx context.Context, every time.Duration) {
	if s.Memory == nil {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.out.Memory = append(s.out.Memory, s.Memory()) // nobody else writes it
		}
	}
}

func (s *soaking) result() Soak {
	out := s.out
	out.Took = time.Since(s.begun)
	out.Light, out.LightPages = Summarize(s.times[0]), len(s.times[0])
	out.Heavy, out.HeavyPages = Summarize(s.times[1]), len(s.times[1])
	return out
}
