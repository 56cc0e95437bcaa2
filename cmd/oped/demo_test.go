package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"oped/corpus/sample"
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

func countLine(n int) string { return fmt.Sprintf(" = %d new + 0 updated", n) }
