//go:build unix

package indexer

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"oped/corpus"
	"oped/indexer/schema"
)

// measuredArticles names a file of articles, gzipped JSON lines with url, source, title, author, date, section, tags and
// body, to measure indexing on.
const measuredArticles = "OPED_MEASURE_ARTICLES"

// TestMeasureRebuild prints what indexing costs. It runs only where the environment names a file of articles:
//
//	OPED_MEASURE_ARTICLES=articles.jsonl.gz go test -v -run TestMeasureRebuild ./indexer
func TestMeasureRebuild(t *testing.T) {
	path := os.Getenv(measuredArticles)
	if path == "" {
		t.Skip(measuredArticles + " is not set")
	}
	f, bytes := readArticles(t, path)
	cfg := testConfig(t, f)
	n := len(f.articles)
	measureAnalysis(t, f, bytes)
	runtime.GC()
	wall, cpu := time.Now(), cpuTime(t)
	r := mustRebuild(t, cfg)
	seconds, cpuSeconds := time.Since(wall).Seconds(), (cpuTime(t) - cpu).Seconds()
	t.Logf("rebuild: %d articles, %.0f/s, %.0f per CPU second; index %d bytes each; %d words each; peak RSS %d MB with the articles in memory (%d MB)",
		n, float64(n)/seconds, float64(n)/cpuSeconds, r.Bytes/int64(n), r.Totals.Words["body"]/n, peakMB(t), bytes>>20)
	t.Logf("%d segments", segments(t, filepath.Join(cfg.Dir, "generations", r.Name)))
	l := mustOpen(t, cfg)
	for _, c := range slices.Clone(f.changes[:200]) {
		c.Version++
		f.articles[c.ID].Version++
		f.change(c)
	}
	wall = time.Now()
	mustSync(t, l)
	t.Logf("200 changed articles followed in %v", time.Since(wall))
}

func measureAnalysis(t *testing.T, f *fakeCorpus, bytes int) {
	cpu, tokens := cpuTime(t), 0
	for _, a := range f.articles {
		tokens += len(schema.Analyze(a).Tokens[schema.Body])
	}
	seconds := (cpuTime(t) - cpu).Seconds()
	t.Logf("analysis: %.1f MB per CPU second, %d words", float64(bytes)/1e6/seconds, tokens)
	cpu = cpuTime(t)
	for _, a := range f.articles {
		if _, _, err := schema.Prepare(a); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("preparation: %.1f MB per CPU second", float64(bytes)/1e6/(cpuTime(t)-cpu).Seconds())
}

func readArticles(t *testing.T, path string) (*fakeCorpus, int) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	f, bytes := newFakeCorpus(0), 0
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var in struct {
			URL, Source, Title, Author, Date, Section, Body string
			Tags                                            []string
		}
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			t.Fatal(err)
		}
		a := &corpus.Article{ID: corpus.IDFromURL(in.URL), Version: 1, URL: in.URL, Publication: in.Source, Headline: in.Title,
			Section: in.Section, Tags: in.Tags, Language: "en", Authors: []corpus.Author{{Name: in.Author}}}
		a.Published.Time, _ = time.Parse(time.DateOnly, in.Date)
		for _, p := range strings.Split(in.Body, "\n") {
			if p = strings.TrimSpace(p); p != "" {
				a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: p})
			}
		}
		if f.articles[a.ID] != nil {
			continue
		}
		f.articles[a.ID] = a
		f.seq++
		f.changes = append(f.changes, corpus.Change{Seq: f.seq, ID: a.ID, Version: 1})
		bytes += len(in.Body) + len(in.Title)
	}
	return f, bytes
}

func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func peakMB(t *testing.T) int64 {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return u.Maxrss >> 10
}

func segments(t *testing.T, generation string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(generation, func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".zap") {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
