package sample

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew from the sources")

const goldenDir = "testdata/golden"

// TestGolden compares what is expected of every piece with the golden files, one a piece.
func TestGolden(t *testing.T) {
	lib, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.RemoveAll(goldenDir); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range newspapers {
		for _, p := range lib.papers[n.Slug] {
			name := filepath.Join(goldenDir, n.Slug, p.slug+".json")
			got := golden(t, Expectation{Paper: n.Slug, Path: p.path(), Article: p.article()})
			if *update {
				write(t, name, got)
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Errorf("%v: run with -update to write it", err)
				continue
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
	files, err := filepath.Glob(goldenDir + "/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(lib.pieces) {
		t.Errorf("%d golden files for %d pieces: run with -update", len(files), len(lib.pieces))
	}
}

func golden(t *testing.T, e Expectation) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(e); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func write(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestExpectedIsTheCallers fails if a caller can change what the next one gets.
func TestExpectedIsTheCallers(t *testing.T) {
	before := golden(t, Expected()[0])
	all := Expected()
	for i := range all {
		a := &all[i].Article
		for _, ss := range [][]string{a.Tags, a.Corrections} {
			for j := range ss {
				ss[j] = "changed"
			}
		}
		for j := range a.Body {
			a.Body[j].Text = strings.ToUpper(a.Body[j].Text)
		}
	}
	if got := golden(t, Expected()[0]); !bytes.Equal(got, before) {
		t.Error("a change of one result shows in the next")
	}
}
