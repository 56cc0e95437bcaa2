package web

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"
)

// durationBuckets are the upper bounds of the request histogram, in seconds.
var durationBuckets = [...]float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// metrics counts requests by route and status. It is safe for concurrent use. Routes are templates, so the number of
// series is bounded by the route table.
type metrics struct {
	mu     sync.Mutex
	counts map[series]int
	timing map[string]*timing
}

type series struct {
	route  string
	status int
}

type timing struct {
	buckets [len(durationBuckets)]int
	count   int
	sum     time.Duration
}

func newMetrics() *metrics {
	return &metrics{counts: map[series]int{}, timing: map[string]*timing{}}
}

func (m *metrics) observe(route string, status int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[series{route, status}]++
	t := m.timing[route]
	if t == nil {
		t = &timing{}
		m.timing[route] = t
	}
	t.count++
	t.sum += took
	for i, bound := range durationBuckets {
		if took.Seconds() <= bound {
			t.buckets[i]++
		}
	}
}

// text writes the metrics in the Prometheus text format 0.0.4.
func (m *metrics) text(ready bool) []byte {
	var b bytes.Buffer
	up := 0
	if ready {
		up = 1
	}
	fmt.Fprintf(&b, "# HELP oped_ready Whether searches can be answered.\n# TYPE oped_ready gauge\noped_ready %d\n", up)
	m.mu.Lock()
	defer m.mu.Unlock()
	b.WriteString("# HELP oped_http_requests_total Requests answered.\n# TYPE oped_http_requests_total counter\n")
	for _, k := range slices.SortedFunc(maps.Keys(m.counts), compareSeries) {
		fmt.Fprintf(&b, "oped_http_requests_total{route=%q,status=\"%d\"} %d\n", k.route, k.status, m.counts[k])
	}
	const name = "oped_http_request_duration_seconds"
	fmt.Fprintf(&b, "# HELP %s Time to answer.\n# TYPE %s histogram\n", name, name)
	for _, route := range slices.Sorted(maps.Keys(m.timing)) {
		t := m.timing[route]
		for i, bound := range durationBuckets {
			fmt.Fprintf(&b, "%s_bucket{route=%q,le=\"%g\"} %d\n", name, route, bound, t.buckets[i])
		}
		fmt.Fprintf(&b, "%s_bucket{route=%q,le=\"+Inf\"} %d\n", name, route, t.count)
		fmt.Fprintf(&b, "%s_sum{route=%q} %g\n%s_count{route=%q} %d\n", name, route, t.sum.Seconds(), name, route, t.count)
	}
	return b.Bytes()
}

func compareSeries(a, b series) int {
	return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
}

func (s *server) showMetrics(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write(s.metrics.text(s.Searcher.Ready()))
	return nil
}

// healthz answers as long as the process does.
func (s *server) healthz(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintln(w, "ok")
	return nil
}

// readyz answers 200 only while searches can be answered.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) error {
	if !s.Searcher.Ready() {
		return errNotReady
	}
	return s.healthz(w, r)
}
