package main

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus/synth"
	"oped/search"
	"oped/search/load"
)

func TestBenchFlagsAreChecked(t *testing.T) {
	good := benchFlags{docs: 2, queries: 1, rounds: 1, clients: 2, goroutines: []int{1, 64}, classes: []string{"near"}}
	if err := good.check(); err != nil {
		t.Errorf("%+v: %v", good, err)
	}
	for name, change := range map[string]func(*benchFlags){
		"docs":       func(f *benchFlags) { f.docs = 1 },
		"queries":    func(f *benchFlags) { f.queries = 0 },
		"rounds":     func(f *benchFlags) { f.rounds = maxBenchRounds + 1 },
		"fresh":      func(f *benchFlags) { f.fresh = -1 },
		"clients":    func(f *benchFlags) { f.clients = 1 },
		"soak":       func(f *benchFlags) { f.soak = -1 },
		"goroutines": func(f *benchFlags) { f.goroutines = []int{1, 0} },
		"classes":    func(f *benchFlags) { f.classes = []string{"nearby"} },
	} {
		f := good
		change(&f)
		var usage *usageError
		if err := f.check(); !errors.As(err, &usage) || !strings.Contains(err.Error(), "--"+name) {
			t.Errorf("%s out of bounds: error %v", name, err)
		}
	}
}

func TestBenchKeepsWhatItMade(t *testing.T) {
	dir := t.TempDir()
	if got, err := readBenchArchive(dir); got != nil || err != nil {
		t.Errorf("an empty directory: %+v, %v", got, err)
	}
	in := benchArchive{Text: synth.Version, Seed: 3, Docs: 70, Added: 5, Index: benchStage{Wall: time.Second, Bytes: 9}}
	if err := in.write(dir); err != nil {
		t.Fatal(err)
	}
	got, err := readBenchArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(*got, in); d != "" {
		t.Errorf("read back (-), written (+):\n%s", d)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readBenchArchive(other); err == nil {
		t.Error("a directory with something else in it: no error")
	}
}

func TestMarkerWordsDiffer(t *testing.T) {
	if a, b := markerWord(120), markerWord(1200); a != "zqbcaqz" || b == a {
		t.Errorf("marker words %s and %s", a, b)
	}
}

func TestBenchPageAsksTheHandler(t *testing.T) {
	var asked string
	p := page{handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		if r.URL.Query().Get("q") == "bad" {
			w.WriteHeader(http.StatusBadRequest)
		}
		w.Write([]byte("page"))
	})}
	if _, err := p.Search(t.Context(), search.Request{Query: "carbon tax"}); err != nil || asked != "http://oped.localhost/search?q=carbon+tax" {
		t.Errorf("asked %s, %v", asked, err)
	}
	if _, err := p.Search(t.Context(), search.Request{Query: "bad"}); err == nil || !strings.Contains(err.Error(), "400") {
		t.Errorf("a page of status 400: error %v", err)
	}
}

func TestBenchTable(t *testing.T) {
	m := func(n int, base time.Duration) load.Measurement {
		return load.Measurement{Goroutines: n, Pages: 10, PerSecond: 345.6, CPU: base, Allocs: 12, AllocBytes: 4096,
			Latencies: load.Latencies{P50: base, P95: 2 * base, P99: 3 * base, Max: 4 * base}}
	}
	slow := m(1, 40*time.Millisecond)
	slow.Partial = 2
	r := benchReport{Version: "v1", System: "go linux/amd64", CPUs: 2,
		benchArchive: benchArchive{Seed: 1, Docs: 200, Store: benchStage{PerSecond: 1000, BytesEach: 5000}, Index: benchStage{PeakRSS: 3 << 20}},
		Open:         12 * time.Millisecond, PeakRSS: 5 << 20,
		Classes: []benchClass{
			{Name: "rare", Hits: 3, Cold: m(1, time.Millisecond), Warm: []load.Measurement{m(1, time.Millisecond), m(2, 2*time.Millisecond)}},
			{Name: "or3", Hits: 150, Cold: m(1, time.Second), Warm: []load.Measurement{slow, m(2, 9*time.Millisecond)}},
		},
		Fresh: &benchFresh{Docs: 7, Found: 800 * time.Millisecond, MeanwhilePages: 99},
	}
	want := `oped v1, go linux/amd64, 2 CPUs; 200 articles, seed 1

  build  docs/s  docs/CPU-s  wall s  CPU s  peak RSS  bytes/doc
  store    1000           0     0.0    0.0       0 B       5000
  index       0           0     0.0    0.0   3.0 MiB          0

open: 12.0 ms until ready to answer; searching took at most 5.0 MiB of memory, mapped files included

  ms a page  hits  cold p50   p95   p99  warm×1 p50   p95   p99  pages/s  warm×2 p50   p95   p99  pages/s   CPU  allocs  KiB
       rare     3      1.00  2.00  3.00        1.00  2.00  3.00      346        2.00  4.00  6.00      346  1.00      12    4
        or3   150      1000  2000  3000        40.0  80.0   120      346        9.00  18.0  27.0      346  40.0      12    4  2 of 10 ran out of time

fresh: 7 articles kept in 0.00 ms, all found and counted right 800 ms later
pages before: p50 0.00, p99 0.00 ms; meanwhile (99 pages): p50 0.00, p99 0.00 ms
`
	if d := cmp.Diff(r.table(), want); d != "" {
		t.Errorf("table (-got +want):\n%s", d)
	}
}
