package ingest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
	"oped/corpus/ingest"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// fakeExtractor reads "headline|text" out of a page.
type fakeExtractor struct{}

func (fakeExtractor) Extract(p *corpus.Page) (*corpus.Article, error) {
	text := string(p.Body)
	switch {
	case strings.Contains(text, "unreadable"):
		return nil, errors.New("nothing can be read")
	case strings.Contains(text, "fault"):
		panic("index out of range")
	}
	headline, body, _ := strings.Cut(text, "|")
	a := &corpus.Article{Headline: headline, Body: []corpus.Block{{Kind: corpus.Paragraph, Text: body}}, URL: p.URL, Publication: p.Publication}
	if headline == "Access denied" {
		a.Quality = corpus.Quality{Rejected: true, Flags: []string{"access-denied"}, Reason: "The server refused the page."}
	}
	return a, nil
}

func config(t testing.TB) ingest.Config {
	t.Helper()
	s, err := corpus.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return ingest.Config{Store: s, Extractor: fakeExtractor{}, Now: func() time.Time { return noon }}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func zipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// origins are the places of the pages in the order in which they were kept.
func origins(t *testing.T, s *corpus.Store) []string {
	t.Helper()
	var list []string
	for p, err := range s.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p.Origin)
	}
	return list
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"b.html":              "B|text b",
		"a/2.HTM":             "A2|text a2",
		"a/1.html.gz":         zipped(t, "A1|text a1"),
		"a/denied.html":       "Access denied|",
		"c.html":              "unreadable",
		"d.html":              "fault",
		"broken.html.gz":      zipped(t, "X|y")[:12],
		"notes.txt":           "Note|text",
		"b_files/frame.html":  "advertisement",
		"a/1_files/kept.html": "no page of that name stands beside|kept",
		".hidden/x.html":      "hidden",
		"style.css":           "p {}",
	})
	if err := os.Symlink(filepath.Join(dir, "b.html"), filepath.Join(dir, "link.html")); err != nil {
		t.Fatal(err)
	}
	cfg := config(t)
	var progress []int
	cfg.Progress = func(c corpus.Counts) { progress = append(progress, c.Seen) }
	got, err := ingest.HTMLDir(t.Context(), cfg, dir)
	want := corpus.Counts{Seen: 8, New: 4, Rejected: 4, Reasons: map[string]int{"access-denied": 1, "not readable": 2, "cannot be read": 1}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("HTMLDir: %v (-want +got):\n%s", err, diff)
	}
	if len(progress) == 0 || progress[len(progress)-1] != 8 {
		t.Errorf("Progress = %v, want it to end with 8", progress)
	}
	wantOrder := []string{"a/1.html.gz", "a/1_files/kept.html", "a/2.HTM", "a/denied.html", "b.html", "c.html", "d.html"}
	for i := range wantOrder {
		wantOrder[i] = filepath.Join(dir, filepath.FromSlash(wantOrder[i]))
	}
	if diff := cmp.Diff(wantOrder, origins(t, cfg.Store)); diff != "" {
		t.Errorf("order of pages (-want +got):\n%s", diff)
	}

	again, err := ingest.HTMLDir(t.Context(), cfg, dir)
	want.New, want.Unchanged = 0, 4
	if diff := cmp.Diff(want, again); err != nil || diff != "" {
		t.Errorf("HTMLDir again: %v (-want +got):\n%s", err, diff)
	}
	if got, err := ingest.Auto(t.Context(), cfg, dir); err != nil || got.New != 1 || got.Seen != 9 {
		t.Errorf("Auto = %v, %v, want the text too", got, err)
	}
	if got, err := ingest.TextDir(t.Context(), cfg, dir); err != nil || got.Seen != 1 {
		t.Errorf("TextDir = %v, %v, want 1 seen", got, err)
	}
}

func TestFolderWithNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.pdf": "x"})
	if _, err := ingest.Auto(t.Context(), config(t), dir); err == nil || !strings.Contains(err.Error(), ".html") {
		t.Errorf("Auto of a folder of nothing = %v, want an error that says what is needed", err)
	}
}

func TestSavedPageTellsAddress(t *testing.T) {
	for _, tt := range []struct{ name, top, want string }{
		{"browser", "<!DOCTYPE html>\n<!-- saved from url=(0031)https://example.com/opinion/a -->\n", "https://example.com/opinion/a"},
		{"SingleFile", "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.com/opinion/b \n saved date: x\n-->", "https://example.com/opinion/b"},
		{"HTTrack", "<html>\n<!-- Mirrored from www.example.com/c.html by HTTrack Website Copier/3.x -->", "http://www.example.com/c.html"},
		{"none", "<html><p>saved from url", ""},
		{"not the web", "<!-- saved from url=(0014)file:///c:/x -->", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, map[string]string{"page.html": tt.top})
			cfg := config(t)
			if _, err := ingest.HTMLDir(t.Context(), cfg, dir); err != nil {
				t.Fatal(err)
			}
			for p, err := range cfg.Store.Pages(t.Context()) {
				if err != nil || p.URL != tt.want {
					t.Errorf("URL = %q, %v, want %q", p.URL, err, tt.want)
				}
			}
		})
	}
}

func TestReaderFindsFormat(t *testing.T) {
	for _, tt := range []struct{ name, in, wantMedia string }{
		{"JSON lines", `{"title":"A","body":"text"}`, "application/json"},
		{"zipped JSON lines", zipped(t, `{"title":"A","body":"text"}`), "application/json"},
		{"table", "title,body\nA,text\n", "application/json"},
		{"page", "<!DOCTYPE html><p>A|text", "text/html"},
	} {
		cfg := config(t)
		got, err := ingest.Reader(t.Context(), cfg, strings.NewReader(tt.in), "-", ingest.FormatAuto)
		if err != nil || got.New != 1 {
			t.Errorf("%s: Reader = %v, %v, want 1 new", tt.name, got, err)
		}
		for p := range cfg.Store.Pages(t.Context()) {
			if p.MediaType != tt.wantMedia {
				t.Errorf("%s: media type %q, want %q", tt.name, p.MediaType, tt.wantMedia)
			}
		}
	}
	for _, in := range []string{"", "Dear editor, I write to you", "a,b\n1,2\n"} {
		if _, err := ingest.Reader(t.Context(), config(t), strings.NewReader(in), "-", ingest.FormatAuto); err == nil {
			t.Errorf("Reader of %q: no error", in)
		}
	}
}

// TestCancelThenContinue stops an import in its middle: what was read is kept, and the next run does the rest.
func TestCancelThenContinue(t *testing.T) {
	const all = 2000
	var lines strings.Builder
	for i := range all {
		fmt.Fprintf(&lines, `{"url":"https://example.com/%d","title":"Column %d","body":"Text %d"}`+"\n", i, i, i)
	}
	cfg := config(t)
	ctx, cancel := context.WithCancel(t.Context())
	cfg.Progress = func(c corpus.Counts) {
		if c.Seen >= 500 {
			cancel()
		}
	}
	first, err := ingest.JSONL(ctx, cfg, strings.NewReader(lines.String()), "a.jsonl")
	if !errors.Is(err, context.Canceled) || first.New < 500 || first.New == all {
		t.Fatalf("JSONL = %v, %v, want a part and context.Canceled", first, err)
	}
	cfg.Progress = nil
	second, err := ingest.JSONL(t.Context(), cfg, strings.NewReader(lines.String()), "a.jsonl")
	if err != nil || second.Unchanged != first.New || second.New != all-first.New {
		t.Errorf("JSONL again = %v, %v after %v", second, err, first)
	}
}

func TestStoreFailureEndsJob(t *testing.T) {
	cfg := config(t)
	cfg.Store.Close()
	lines := strings.Repeat(`{"title":"A","body":"text"}`+"\n", 5000)
	if got, err := ingest.JSONL(t.Context(), cfg, strings.NewReader(lines), "a.jsonl"); err == nil || got.Seen != 0 {
		t.Errorf("JSONL into a closed Store = %v, %v, want an error", got, err)
	}
}

// rule reads pages as fakeExtractor does, and marks the headlines.
type rule string

func (r rule) Extract(p *corpus.Page) (*corpus.Article, error) {
	a, err := fakeExtractor{}.Extract(p)
	if r == "better" && string(p.Body) == "unreadable" {
		a, err = &corpus.Article{Headline: "Read", Body: []corpus.Block{{Kind: corpus.Paragraph, Text: "at last"}}}, nil
	}
	if err != nil {
		return nil, err
	}
	a.Headline += string(r)
	return a, nil
}

func TestReextract(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"a.html": "A|text a", "b.html": "B|text b", "c.html": "unreadable",
		"d.csv": "hed,title,body\nD,x,text d\nE,y,text e\n",
	})
	cfg := config(t)
	cfg.Fields = ingest.FieldMap{"headline": "hed"}
	cfg.Publication = "The Example"
	if _, err := ingest.Auto(t.Context(), cfg, dir); err != nil {
		t.Fatal(err)
	}
	cfg.Fields, cfg.Publication = nil, "" // what was said at the import is kept with the pages
	for _, tt := range []struct {
		rule rule
		want corpus.Counts
	}{
		{"", corpus.Counts{Seen: 5, Unchanged: 4, Rejected: 1, Reasons: map[string]int{"not readable": 1}}},
		{"better", corpus.Counts{Seen: 5, New: 1, Updated: 2, Unchanged: 2}},
		{"better", corpus.Counts{Seen: 5, Unchanged: 5}},
	} {
		cfg.Extractor = tt.rule
		got, err := ingest.Reextract(t.Context(), cfg)
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
			t.Errorf("Reextract by rule %q: %v (-want +got):\n%s", tt.rule, err, diff)
		}
	}
}
