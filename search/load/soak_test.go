package load

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"oped/search"
	"oped/search/query"
)

// answers is a Searcher that remembers what each client asked.
type answers struct {
	mu    *sync.Mutex
	asked map[string]bool
	name  string
	err   error
}

func (a answers) Search(_ context.Context, r search.Request) (*search.Results, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked[a.name+r.Query] = true
	return &search.Results{Partial: r.Query == "heavy"}, a.err
}

func TestCrowdAsksAndCounts(t *testing.T) {
	asked, mu := map[string]bool{}, new(sync.Mutex)
	c := Crowd{
		Clients: 4, Unkind: 1, Pause: time.Millisecond, Seed: 1, Memory: func() int64 { return 7 },
		Light: []search.Request{{Query: "light"}}, Heavy: []search.Request{{Query: "heavy"}},
		Client: func(n int) Searcher {
			err := []error{nil, nil, fmt.Errorf("later: %w", ErrRefused), errors.New("broken")}[n]
			return answers{mu, asked, fmt.Sprint(n, " "), err}
		},
	}
	got, err := c.Run(t.Context(), 100*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0 heavy", "1 light", "2 light", "3 light"} {
		if !asked[want] {
			t.Errorf("nobody asked %q: %v", want, asked)
		}
	}
	if got.LightPages == 0 || got.HeavyPages == 0 || got.Refused == 0 || got.Failed == 0 || got.Partial != got.HeavyPages ||
		got.Failure != "broken" || len(asked) != 4 {
		t.Errorf("Run = %+v", got)
	}
}

// TestWorstIsAllowed: what the language refuses measures nothing.
func TestWorstIsAllowed(t *testing.T) {
	sample := made().sample
	requests, err := Worst(&sample, 1, 28)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range requests {
		if _, err := query.Parse(r.Query, query.Options{Now: now}); err != nil {
			t.Errorf("%q: %v", r.Query, err)
		}
	}
	if _, err := Worst(&Sample{}, 1, 1); err == nil {
		t.Error("Worst of an empty sample: no error")
	}
}
