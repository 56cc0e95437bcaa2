package load

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"oped/search"
)

func TestPercentile(t *testing.T) {
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = i + 1
	}
	for _, tt := range []struct {
		values []int
		p      float64
		want   int
	}{
		{nil, 50, 0}, {[]int{7}, 0, 7}, {[]int{7}, 99, 7}, {[]int{1, 2}, 50, 1}, {[]int{1, 2}, 51, 2}, {[]int{1, 2, 3}, 50, 2},
		{hundred, 50, 50}, {hundred, 95, 95}, {hundred, 99, 99}, {hundred, 99.5, 100}, {hundred, 100, 100}, {hundred, 200, 100}, {hundred, -1, 1},
	} {
		if got := Percentile(tt.values, tt.p); got != tt.want {
			t.Errorf("Percentile(%d values, %v) = %d, want %d", len(tt.values), tt.p, got, tt.want)
		}
	}
}

// clock is one that only answers move on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// used is the processor time: half of the time that has passed.
func (c *clock) used() time.Duration { return c.time().Sub(time.Time{}) / 2 }

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// fake answers each request as its func says.
type fake func(ctx context.Context, r search.Request) (*search.Results, error)

func (f fake) Search(ctx context.Context, r search.Request) (*search.Results, error) {
	return f(ctx, r)
}

func requests(queries ...string) []search.Request {
	var out []search.Request
	for _, q := range queries {
		out = append(out, search.Request{Query: q})
	}
	return out
}

func TestMeasureCountsEveryAnswer(t *testing.T) {
	c := &clock{}
	var asked []string
	s := fake(func(_ context.Context, r search.Request) (*search.Results, error) {
		asked = append(asked, r.Query)
		c.pass(time.Duration(len(r.Query)) * time.Millisecond)
		return &search.Results{Total: 10 * len(r.Query), Partial: r.Query == "ccc"}, nil
	})
	m, err := Measure(t.Context(), s, requests("a", "bb", "ccc"), Options{Rounds: 2, Now: c.time, CPU: c.used})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(asked, " "); got != "a bb ccc a bb ccc" {
		t.Errorf("asked %s", got)
	}
	if m.Pages != 6 || m.P50 != 2*time.Millisecond || m.Max != 3*time.Millisecond || m.CPU != time.Millisecond || m.Goroutines != 1 || m.Partial != 2 {
		t.Errorf("measured %+v", m)
	}
	if m.PerSecond < 499 || m.PerSecond > 501 {
		t.Errorf("%v pages a second, want 6 in 12 ms", m.PerSecond)
	}
	if !slices.Equal(m.Totals, []int{10, 20, 30}) || m.MedianTotal() != 20 {
		t.Errorf("totals %v, median %d", m.Totals, m.MedianTotal())
	}
}

// TestMeasureAsksAtOnce has each answer wait until as many requests are under way as there are goroutines.
func TestMeasureAsksAtOnce(t *testing.T) {
	const goroutines = 3
	arrived, open := make(chan bool), make(chan bool)
	go func() {
		for range goroutines {
			<-arrived
		}
		close(open)
	}()
	s := fake(func(context.Context, search.Request) (*search.Results, error) {
		select {
		case <-open:
		case arrived <- true:
			<-open
		}
		return &search.Results{}, nil
	})
	m, err := Measure(t.Context(), s, requests("a"), Options{Goroutines: goroutines, Rounds: 9})
	if err != nil || m.Pages != 9 {
		t.Errorf("measured %+v, %v", m, err)
	}
}

func TestMeasureEndsAtTheFirstError(t *testing.T) {
	fault := errors.New("no index")
	s := fake(func(_ context.Context, r search.Request) (*search.Results, error) {
		if r.Query == "bad" {
			return nil, fault
		}
		return &search.Results{}, nil
	})
	_, err := Measure(t.Context(), s, requests("good", "bad", "good"), Options{Goroutines: 2, Rounds: 50})
	if !errors.Is(err, fault) || !strings.Contains(err.Error(), `"bad"`) {
		t.Errorf("error %v, want one of the request", err)
	}
	if _, err := Measure(t.Context(), s, nil, Options{}); err == nil {
		t.Error("no requests: no error")
	}
}

func TestMeasureStopsWhenToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	answered := 0
	s := fake(func(context.Context, search.Request) (*search.Results, error) {
		answered++
		cancel()
		return &search.Results{}, nil
	})
	if _, err := Measure(ctx, s, requests("a"), Options{Rounds: 1000}); !errors.Is(err, context.Canceled) || answered != 1 {
		t.Errorf("error %v after %d answers", err, answered)
	}
}
