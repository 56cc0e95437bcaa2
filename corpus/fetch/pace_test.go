package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// web is a network without a network: hosts are handlers, time is what the test makes it.
type web struct {
	mu    sync.Mutex
	hosts map[string]http.HandlerFunc
	log   []visit
}

type visit struct {
	url string
	at  time.Duration // since the start
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.log = append(w.log, visit{r.URL.String(), time.Since(start)})
	h := w.hosts[r.URL.Hostname()]
	w.mu.Unlock()
	if h == nil {
		return nil, errors.New("no route to host")
	}
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", "text/html")
	h(rec, r)
	resp := rec.Result()
	resp.Request = r
	return resp, nil
}

// visits are the times at which a host was asked for anything but robots.txt.
func (w *web) visits(host string) []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	var at []time.Duration
	for _, v := range w.log {
		if strings.Contains(v.url, "//"+host+"/") && !strings.HasSuffix(v.url, "/robots.txt") {
			at = append(at, v.at)
		}
	}
	return at
}

// start is the moment at which every bubble of synctest begins.
var start = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func ok(robots string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" && robots == "" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		if r.URL.Path == "/robots.txt" {
			w.Header().Set("Content-Type", "text/plain")
			w.Write([]byte(robots))
		}
	}
}

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{hosts: map[string]http.HandlerFunc{"a.example": ok(""), "b.example": ok("User-agent: *\nCrawl-delay: 10\n")}}
		c := newClient(t, Config{Pace: time.Second, Transport: w})
		var wg sync.WaitGroup
		for range 3 {
			for _, host := range []string{"a.example", "b.example"} {
				wg.Go(func() {
					if _, err := c.Fetch(t.Context(), Request{URL: "https://" + host + "/x"}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		if got := w.visits("a.example"); len(got) != 3 || got[0] != time.Second || got[1] != 2*time.Second || got[2] != 3*time.Second {
			t.Errorf("a.example was asked at %v, want 1s, 2s, 3s (robots.txt at 0)", got)
		}
		if got := w.visits("b.example"); len(got) != 3 || got[0] != 10*time.Second || got[2] != 30*time.Second {
			t.Errorf("b.example was asked at %v, want every 10s", got)
		}
	})
}

func TestRetryAfterHoldsThatHostOnly(t *testing.T) {
	for _, tt := range []struct{ name, header string }{
		{"seconds", "30"},
		{"date", start.Add(31 * time.Second).Format(http.TimeFormat)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				first := true
				busy := func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/robots.txt" {
						w.WriteHeader(http.StatusNotFound)
					} else if first {
						first = false
						w.Header().Set("Retry-After", tt.header)
						w.WriteHeader(http.StatusTooManyRequests)
					}
				}
				w := &web{hosts: map[string]http.HandlerFunc{"busy.example": busy, "free.example": ok("")}}
				c := newClient(t, Config{Pace: time.Second, Transport: w})
				_, err := c.Fetch(t.Context(), Request{URL: "https://busy.example/x"})
				var status *StatusError
				if !errors.As(err, &status) || status.RetryAfter != 30*time.Second || !Temporary(err) || !HostFault(err) {
					t.Fatalf("Fetch = %v, want a temporary StatusError with 30s", err)
				}
				if ready := c.Ready("https://busy.example/y"); !ready.Equal(start.Add(31 * time.Second)) {
					t.Errorf("Ready = %s, want 31s after the start", ready.Sub(start))
				}
				for _, url := range []string{"https://free.example/1", "https://free.example/2", "https://busy.example/x"} {
					if _, err := c.Fetch(t.Context(), Request{URL: url}); err != nil {
						t.Error(err)
					}
				}
				if got := w.visits("free.example"); len(got) != 2 || got[1] > 4*time.Second {
					t.Errorf("free.example was asked at %v, want it not held up", got)
				}
				if got := w.visits("busy.example"); len(got) != 2 || got[1] != 31*time.Second {
					t.Errorf("busy.example was asked at %v, want 1s and 31s", got)
				}
			})
		})
	}
}

func TestLongWaitIsToldNotWaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{hosts: map[string]http.HandlerFunc{"slow.example": ok("User-agent: *\nCrawl-delay: 3600\n")}}
		c := newClient(t, Config{Transport: w})
		_, err := c.Fetch(t.Context(), Request{URL: "https://slow.example/x"})
		var busy *BusyError
		if !errors.As(err, &busy) || !busy.Until.Equal(start.Add(time.Hour)) || !Temporary(err) || !HostFault(err) {
			t.Errorf("Fetch = %v, want a BusyError until an hour from the start", err)
		}
	})
}

func TestRobotsAnswers(t *testing.T) {
	for _, tt := range []struct {
		name    string
		status  int // of robots.txt, 0 for a network error
		refused bool
	}{
		{"missing", 404, false},
		{"forbidden", 403, false},
		{"unauthorized", 401, false},
		{"server error", 500, true},
		{"unavailable", 503, true},
		{"too many requests", 429, true},
		{"unreachable", 0, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &web{hosts: map[string]http.HandlerFunc{"a.example": func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/robots.txt" {
						w.WriteHeader(tt.status)
					}
				}}}
				if tt.status == 0 {
					w.hosts = nil
				}
				c := newClient(t, Config{Transport: w})
				_, err := c.Fetch(t.Context(), Request{URL: "https://a.example/x"})
				var robots *RobotsError
				if refused := errors.As(err, &robots); refused != tt.refused || !refused && err != nil {
					t.Fatalf("Fetch = %v, want refused %v", err, tt.refused)
				}
				if tt.refused && (robots.Status != tt.status || !Temporary(err) || !HostFault(err) || len(w.visits("a.example")) != 0) {
					t.Errorf("Fetch = %v (temporary %v), visits %v", err, Temporary(err), w.visits("a.example"))
				}
			})
		})
	}
}

func TestRobotsRefusalNamesRuleAndLine(t *testing.T) {
	w := &web{hosts: map[string]http.HandlerFunc{"a.example": ok("# hello\nUser-agent: *\nDisallow: /no/\n")}}
	_, err := newClient(t, Config{Transport: w}).Fetch(t.Context(), Request{URL: "https://a.example/no/x"})
	want := `fetch: "https://a.example/no/x" is refused by line 3 of https://a.example/robots.txt: Disallow: /no/`
	if err == nil || err.Error() != want || Temporary(err) {
		t.Errorf("Fetch = %v, want %s", err, want)
	}
}

func TestRobotsIsKeptForADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		w := &web{hosts: map[string]http.HandlerFunc{"a.example": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				asked++
			}
		}}}
		c := newClient(t, Config{Transport: w})
		for range 3 {
			for range 2 {
				if _, err := c.Fetch(t.Context(), Request{URL: "https://a.example/x"}); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(13 * time.Hour)
		}
		if asked != 2 {
			t.Errorf("robots.txt was asked for %d times in 39 hours, want 2", asked)
		}
	})
}

func TestRobotsRedirects(t *testing.T) {
	w := &web{hosts: map[string]http.HandlerFunc{
		"a.example": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.Redirect(w, r, "https://www.a.example/robots.txt", http.StatusMovedPermanently)
			}
		},
		"www.a.example": ok("User-agent: *\nDisallow: /no\nSitemap: /map.xml\n"),
	}}
	c := newClient(t, Config{Transport: w})
	if _, err := c.Fetch(t.Context(), Request{URL: "https://a.example/no"}); !errors.As(err, new(*RobotsError)) {
		t.Errorf("Fetch = %v, want the rules behind the redirect to hold", err)
	}
	sitemaps, err := c.Sitemaps(t.Context(), "https://a.example/")
	if err != nil || len(sitemaps) != 1 || sitemaps[0] != "https://a.example/map.xml" {
		t.Errorf("Sitemaps = %q, %v", sitemaps, err)
	}
}

// TestRedirectsAskRobotsToo holds that a redirect does not lead around another host's robots.txt.
func TestRedirectsAskRobotsToo(t *testing.T) {
	w := &web{hosts: map[string]http.HandlerFunc{
		"a.example": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			http.Redirect(w, r, "https://b.example/no", http.StatusFound)
		},
		"b.example": ok("User-agent: *\nDisallow: /no\n"),
	}}
	_, err := newClient(t, Config{AllowPrivate: true, Transport: w}).Fetch(t.Context(), Request{URL: "https://a.example/x"})
	var robots *RobotsError
	if !errors.As(err, &robots) || robots.Robots != "https://b.example/robots.txt" || len(w.visits("b.example")) != 0 {
		t.Errorf("Fetch = %v, visits of b.example %v", err, w.visits("b.example"))
	}
}

func TestBackoff(t *testing.T) {
	for attempt, most := range map[int]time.Duration{-1: 2 * time.Second, 1: 2 * time.Second, 2: 4 * time.Second, 4: 16 * time.Second, 50: 5 * time.Minute} {
		for range 20 {
			if d := Backoff(attempt); d > most || d < most/2-1 {
				t.Errorf("Backoff(%d) = %s, want %s to %s", attempt, d, most/2, most)
			}
		}
	}
}
