package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"oped/corpus"
	"oped/corpus/fetch"
)

// wire is a network without a network, for tests in synthetic time: every host is a handler.
type wire struct {
	mu    sync.Mutex
	hosts map[string]func(path string, rw http.ResponseWriter)
	asked map[string][]time.Duration // since the start, by URL
	start time.Time
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.asked[r.URL.String()] = append(w.asked[r.URL.String()], time.Since(w.start).Round(time.Second))
	h := w.hosts[r.URL.Host]
	w.mu.Unlock()
	if h == nil {
		return nil, errors.New("connection refused")
	}
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", "text/html")
	if r.URL.Path == "/robots.txt" && r.URL.Host != "down.example" {
		rec.WriteHeader(http.StatusNotFound)
	} else {
		h(r.URL.Path, rec)
	}
	resp := rec.Result()
	resp.Request = r
	return resp, nil
}

func (w *wire) at(url string) []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[url]
}

// inSyntheticTime runs a crawl over a wire.
func inSyntheticTime(t *testing.T, hosts map[string]func(string, http.ResponseWriter), urls []string,
	check func(t *testing.T, w *wire, last Progress, err error)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		store, err := corpus.Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		w := &wire{hosts: hosts, asked: map[string][]time.Duration{}, start: time.Now()}
		client, err := fetch.New(fetch.Config{Transport: w, Pace: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		config := Config{Store: store, Client: client, Extractor: reader{}}
		for _, url := range urls {
			config.Seeds = append(config.Seeds, corpus.Target{URL: url, Kind: corpus.TargetPage})
		}
		var last Progress
		config.Progress = func(p Progress) { last = p }
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		_, err = Run(ctx, config)
		check(t, w, last, err)
	})
}

func write(_ string, rw http.ResponseWriter) { fmt.Fprint(rw, "<title>x</title>") }

func hostOf(p Progress, name string) Host {
	i := slices.IndexFunc(p.Hosts, func(h Host) bool { return h.Name == name })
	if i < 0 {
		return Host{}
	}
	return p.Hosts[i]
}

func TestRunWaitsForTheHostThatAsks(t *testing.T) {
	first := true
	hosts := map[string]func(string, http.ResponseWriter){
		"busy.example": func(path string, rw http.ResponseWriter) {
			if first {
				first = false
				rw.Header().Set("Retry-After", "30")
				rw.WriteHeader(http.StatusTooManyRequests)
				return
			}
			write(path, rw)
		},
		"free.example": write,
	}
	urls := []string{"https://busy.example/1", "https://busy.example/2"}
	for i := range 5 {
		urls = append(urls, fmt.Sprintf("https://free.example/%d", i))
	}
	inSyntheticTime(t, hosts, urls, func(t *testing.T, w *wire, last Progress, err error) {
		if err != nil || last.Counts.New != 7 {
			t.Errorf("Run = %s, %v, want 7 new", last.Counts, err)
		}
		if got := w.at("https://free.example/4"); len(got) != 1 || got[0] != 5*time.Second {
			t.Errorf("the last page of free.example was asked for at %v, want 5s", got)
		}
		one, two := w.at("https://busy.example/1"), w.at("https://busy.example/2")
		if len(one) != 2 || len(two) != 1 || one[0] != time.Second || min(one[1], two[0]) != 31*time.Second {
			t.Errorf("busy.example was asked at %v and %v, want 1s and from 31s on", one, two)
		}
	})
}

func TestRunLeavesAHostThatAsksForTooLong(t *testing.T) {
	hosts := map[string]func(string, http.ResponseWriter){
		"busy.example": func(_ string, rw http.ResponseWriter) {
			rw.Header().Set("Retry-After", "86400")
			rw.WriteHeader(http.StatusServiceUnavailable)
		},
		"free.example": write,
	}
	urls := []string{"https://busy.example/1", "https://busy.example/2", "https://free.example/1"}
	inSyntheticTime(t, hosts, urls, func(t *testing.T, w *wire, last Progress, err error) {
		h := hostOf(last, "busy.example")
		if err != nil || last.Counts.Seen != 1 || h.State != StateLeft || h.Pending != 2 || !strings.Contains(h.Reason, "503") {
			t.Errorf("Run = %s, %v, host %+v", last.Counts, err, h)
		}
		if got := w.at("https://busy.example/1"); len(got) != 1 || len(w.at("https://busy.example/2")) != 0 {
			t.Errorf("busy.example was asked again at %v", got)
		}
		if last.Elapsed > time.Minute {
			t.Errorf("the crawl took %s, want it not to wait", last.Elapsed)
		}
	})
}

func TestRunBacksOff(t *testing.T) {
	hosts := map[string]func(string, http.ResponseWriter){
		"a.example": func(path string, rw http.ResponseWriter) {
			if path == "/bad" {
				rw.WriteHeader(http.StatusInternalServerError)
				return
			}
			write(path, rw)
		},
	}
	inSyntheticTime(t, hosts, []string{"https://a.example/bad", "https://a.example/good"}, func(t *testing.T, w *wire, last Progress, err error) {
		if err != nil || last.Counts.New != 1 || last.Counts.Reasons["HTTP 500"] != 1 || last.Pending != 0 {
			t.Errorf("Run = %s, %v, %d pending, want 1 new and 1 given up", last.Counts, err, last.Pending)
		}
		at := w.at("https://a.example/bad")
		if len(at) != DefaultMaxAttempts {
			t.Fatalf("a page that fails was asked for at %v, want %d times", at, DefaultMaxAttempts)
		}
		for i := 2; i < len(at); i++ {
			if at[i]-at[i-1] < (at[i-1]-at[i-2])/2 {
				t.Errorf("the pauses do not grow: %v", at)
			}
		}
	})
}

// TestRunGivesUpOnThePageNotTheHost has one page that never answers on a host that does.
func TestRunGivesUpOnThePageNotTheHost(t *testing.T) {
	hosts := map[string]func(string, http.ResponseWriter){
		"a.example": func(path string, rw http.ResponseWriter) {
			if path == "/stuck" {
				rw.Header().Set("Location", "https://dead.example/")
				rw.WriteHeader(http.StatusFound)
				return
			}
			write(path, rw)
		},
	}
	urls := []string{"https://a.example/stuck", "https://a.example/1", "https://a.example/2"}
	inSyntheticTime(t, hosts, urls, func(t *testing.T, w *wire, last Progress, err error) {
		if err != nil || last.Counts.New != 2 || last.Counts.Rejected != 1 || hostOf(last, "a.example").State != StateDone {
			t.Errorf("Run = %s, %v, host %+v", last.Counts, err, hostOf(last, "a.example"))
		}
	})
}

func TestRunFetchesNothingWithoutRobots(t *testing.T) {
	hosts := map[string]func(string, http.ResponseWriter){
		"down.example": func(path string, rw http.ResponseWriter) { rw.WriteHeader(http.StatusBadGateway) },
	}
	urls := []string{"https://down.example/1", "https://down.example/2", "https://dead.example/1"}
	inSyntheticTime(t, hosts, urls, func(t *testing.T, w *wire, last Progress, err error) {
		var none *NoArticlesError
		if !errors.As(err, &none) || last.Counts.Seen != 0 {
			t.Errorf("Run = %s, %v, want a NoArticlesError", last.Counts, err)
		}
		if got := w.at("https://down.example/robots.txt"); len(got) != DefaultMaxAttempts || len(w.at("https://down.example/1")) != 0 {
			t.Errorf("robots.txt was asked for at %v, the pages at %v", got, w.at("https://down.example/1"))
		}
		for _, name := range []string{"down.example", "dead.example"} {
			if h := hostOf(last, name); h.State != StateLeft || h.Reason == "" || h.Pending == 0 {
				t.Errorf("%s: %+v, want it left for the next crawl", name, h)
			}
		}
	})
}
