package extract

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// fetched is when all pages of testdata were fetched.
var fetched = time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)

// addresses are those that the pages of testdata came from.
var addresses = map[string]string{
	"wordpress.html": "https://www.elleryreview.example/2018/05/01/keep-the-night-ferry/?utm_source=feed",
	"jsonld.html":    "https://dailymarrow.example/opinion/columns/ferry-2",
	"microdata.html": "http://www.fenwickpost.example/letters/884",
	"french.html":    "https://courrierdesiles.example/tribunes/navette",
	"russian.html":   "https://vestnik.example/mnenie/parom/",
	"denied.html":    "https://www.elleryreview.example/opinion/ferry",
	"index.html":     "https://www.elleryreview.example/opinion/",
	"liveblog.html":  "https://www.elleryreview.example/live/harbour-vote",
}

func readPage(t testing.TB, name string) *corpus.Page {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "pages", name))
	if err != nil {
		t.Fatal(err)
	}
	kind := "text/html"
	if strings.HasSuffix(name, ".txt") {
		kind = "text/plain"
	}
	return &corpus.Page{URL: addresses[name], Origin: name, MediaType: kind, Body: body, Fetched: fetched}
}

func pageNames(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "pages", "*.*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob = %v, %v", files, err)
	}
	for i := range files {
		files[i] = filepath.Base(files[i])
	}
	return files
}

func TestExtractGolden(t *testing.T) {
	e := newTestExtractor(t)
	for _, name := range pageNames(t) {
		t.Run(name, func(t *testing.T) {
			got, err := e.Extract(readPage(t, name))
			if err != nil {
				t.Fatalf("Extract(%s): %v", name, err)
			}
			golden := filepath.Join("testdata", "golden", name+".json")
			if *update {
				writeGolden(t, golden, got)
			}
			data, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			var want *corpus.Article
			if err := json.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b time.Time) bool {
				return a.Equal(b) && a.Format(time.RFC3339) == b.Format(time.RFC3339)
			})); diff != "" {
				t.Errorf("Extract(%s): (-want +got)\n%s", name, diff)
			}
		})
	}
}

func writeGolden(t *testing.T, file string, a *corpus.Article) {
	t.Helper()
	data, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(data, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}
