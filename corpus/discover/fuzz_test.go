package discover

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzRead holds that no document makes Read panic or hand on an address that cannot be fetched.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.in")
	for _, file := range files {
		if body, err := os.ReadFile(file); err == nil {
			f.Add(string(body), "")
		}
	}
	f.Add("https://a.example/x\n", "text/plain")
	f.Add("\x1f\x8b\x08", "application/gzip")
	f.Fuzz(func(t *testing.T, text, mediaType string) {
		n := 0
		report, _ := Read(strings.NewReader(text), Source{URL: "https://a.example/dir/", MediaType: mediaType}, func(e Entry) error {
			n++
			u, err := url.Parse(e.URL)
			if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Fragment != "" {
				t.Errorf("Read handed on %q", e.URL)
			}
			if e.Kind == "" {
				t.Errorf("%q has no kind", e.URL)
			}
			return nil
		})
		if report.Entries != n {
			t.Errorf("Read reports %d entries and handed on %d", report.Entries, n)
		}
	})
}

// FuzzList holds that every line is an entry, bad, blank or a comment.
func FuzzList(f *testing.F) {
	f.Add("https://a.example/x\n# no\n\nbad\n")
	f.Fuzz(func(t *testing.T, text string) {
		n := 0
		lines, err := List(strings.NewReader(text), func(Entry) error { n++; return nil })
		if err != nil || lines.Entries != n {
			t.Errorf("List = %+v, %v after %d entries", lines, err, n)
		}
	})
}
