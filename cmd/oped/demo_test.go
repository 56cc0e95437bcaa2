package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"oped/corpus/sample"
	"oped/search/query"
)

// output is a writer that a test can read while the program writes.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// demoRun is a demo at work.
type demoRun struct {
	out, err output
	base     string
	stop     func()
	code     chan int
}

var demoAddress = regexp.MustCompile(`Search at (http://\S+)`)

// startDemo starts the demo and waits until it says where it is.
func startDemo(t *testing.T, dir string, flags ...string) *demoRun {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	d := &demoRun{stop: cancel, code: make(chan int, 1)}
	e := env{getenv: func(string) string { return "" }, stdin: strings.NewReader(""), stdout: &d.out, stderr: &d.err, now: time.Now}
	go func() {
		d.code <- run(ctx, e, append([]string{"demo", "--data-dir", dir, "--addr", "127.0.0.1:0"}, flags...))
	}()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		if m := demoAddress.FindStringSubmatch(d.out.String()); m != nil {
			d.base = m[1]
			return d
		}
		select {
		case code := <-d.code:
			t.Fatalf("demo ended with code %d\n%s%s", code, d.out.String(), d.err.String())
		default:
		}
	}
	return d
}

func (d *demoRun) end(t *testing.T) {
	t.Helper()
	d.stop()
	if code := <-d.code; code != exitOK {
		t.Errorf("demo ended with code %d, want 0\n%s", code, d.err.String())
	}
}

func (d *demoRun) get(t *testing.T, path string) (int, string) {
	t.Helper()
	res, err := http.Get(d.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// TestDemo is the main job from end to end: papers served, crawled, read, indexed, searched; and nothing done twice.
func TestDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the whole program twice")
	}
	dir := t.TempDir()
	d := startDemo(t, dir, "--papers-port", "0")
	for _, q := range demoQueries {
		status, body := d.get(t, "/search?q="+url.QueryEscape(q))
		if status != http.StatusOK || !strings.Contains(body, "<mark>") {
			t.Errorf("search for %q: status %d, no match marked", q, status)
		}
	}
	d.checkManual(t)
	d.checkCommandLine(t, dir)
	if _, body := d.get(t, "/search?q="+url.QueryEscape(`"Access denied"`)); strings.Contains(body, "<mark>Access denied</mark>") {
		t.Error(`the page that says "Access denied" is among the results`)
	}
	d.end(t)
	if want := countLine(len(sample.Expected())); !strings.Contains(d.out.String(), want) {
		t.Errorf("first run printed %q, want %q in it", d.out.String(), want)
	}

	d = startDemo(t, dir)
	d.end(t)
	if !strings.Contains(d.out.String(), " = 0 new + 0 updated") {
		t.Errorf("second run printed %q, want nothing new", d.out.String())
	}
}

// answer is what the tests read of the API's answer.
type answer struct {
	Total int `json:"total"`
	Hits  []struct {
		ID string `json:"id"`
	} `json:"hits"`
}

func (a answer) ids() []string {
	ids := []string{}
	for _, h := range a.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func (d *demoRun) ask(t *testing.T, q string) answer {
	t.Helper()
	status, body := d.get(t, "/api/v1/search?q="+url.QueryEscape(q))
	var a answer
	if err := json.Unmarshal([]byte(body), &a); err != nil || status != http.StatusOK {
		t.Errorf("API on %q: status %d, %v: %s", q, status, err, body)
	}
	return a
}

// checkManual runs every example of the manual: each finds something, and the page shows what the API answers.
func (d *demoRun) checkManual(t *testing.T) {
	t.Helper()
	for _, section := range query.Manual() {
		for _, example := range section.Examples {
			a := d.ask(t, example.Query)
			if a.Total == 0 {
				t.Errorf("the manual's example %q finds nothing", example.Query)
			}
			if got, want := d.page(t, example.Query), a.ids(); !slices.Equal(got, want) {
				t.Errorf("page for %q shows %v, the API gives %v", example.Query, got, want)
			}
		}
	}
}

// page lists the articles that the search page shows, in its order.
func (d *demoRun) page(t *testing.T, q string) []string {
	t.Helper()
	_, body := d.get(t, "/search?q="+url.QueryEscape(q))
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	doc.Find("ol li h2 a, ol li h3 a").Each(func(_ int, link *goquery.Selection) {
		path, _, _ := strings.Cut(link.AttrOr("href", ""), "?")
		ids = append(ids, strings.TrimPrefix(path, "/article/"))
	})
	return ids
}

// checkCommandLine compares the search command, which finds the server at work, with the API.
func (d *demoRun) checkCommandLine(t *testing.T, dir string) {
	t.Helper()
	var out, talk output
	e := env{getenv: func(string) string { return "" }, stdin: strings.NewReader(""), stdout: &out, stderr: &talk, now: time.Now}
	q := demoQueries[0]
	if code := run(t.Context(), e, []string{"search", "--data-dir", dir, "--json", q}); code != exitOK {
		t.Errorf("search %q: exit code %d: %s", q, code, talk.String())
	}
	var a answer
	if err := json.Unmarshal([]byte(out.String()), &a); err != nil {
		t.Error(err)
	}
	if got, want := a.ids(), d.ask(t, q).ids(); !slices.Equal(got, want) {
		t.Errorf("search %q prints %v, the API gives %v", q, got, want)
	}
}

func countLine(n int) string { return fmt.Sprintf(" = %d new + 0 updated", n) }
