package postings

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/corpus"
	"oped/indexer/schema"
)

// newSegments indexes small articles and gives the segments of the index, from disk and from memory.
func newSegments(t *testing.T, articles int) []segment.Segment {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("the carbon tax taxes taxed amend amendment treaty nuclear weapon nation nations Senate peace of and")
	var out []segment.Segment
	for _, dir := range []string{filepath.Join(t.TempDir(), "index"), ""} {
		ix, err := bleve.NewUsing(dir, schema.Mapping(), scorch.Name, scorch.Name, nil)
		if err != nil {
			t.Fatal(err)
		}
		b := ix.NewBatch()
		for n := range articles {
			var text []string
			for range 1 + r.IntN(30) {
				text = append(text, words[r.IntN(1+r.IntN(len(words)))])
			}
			a := &corpus.Article{ID: corpus.IDFromURL(fmt.Sprint("https://example.org/", n)), Version: 1, Language: "en",
				Headline: fmt.Sprint("Story ", n/900), Authors: []corpus.Author{{Name: fmt.Sprint("Author ", r.IntN(5))}},
				Body: []corpus.Block{{Kind: corpus.Paragraph, Text: strings.Join(text, " ") + "."}}}
			doc, _, err := schema.Prepare(a)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.IndexAdvanced(doc); err != nil {
				t.Fatal(err)
			}
		}
		if err := ix.Batch(b); err != nil {
			t.Fatal(err)
		}
		if dir != "" { // what is opened again is on disk
			if err := ix.Close(); err != nil {
				t.Fatal(err)
			}
			if ix, err = bleve.OpenUsing(dir, map[string]any{"bolt_timeout": "1s"}); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, segmentsOf(t, ix)...)
	}
	return out
}

func segmentsOf(t *testing.T, ix bleve.Index) (out []segment.Segment) {
	t.Helper()
	advanced, err := ix.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := advanced.Reader()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = r.Close()
		_ = ix.Close()
	})
	for _, s := range r.(*scorch.IndexSnapshot).Segments() {
		out = append(out, s.Segment())
	}
	return out
}

// TestFilesReadAsTheEngineReadsThem compares every term of every field with what the engine's iterators give.
func TestFilesReadAsTheEngineReadsThem(t *testing.T) {
	began := time.Now()
	files := 0
	for _, s := range newSegments(t, 5000) {
		if _, ok := s.(file); ok {
			files++
		}
		for _, name := range s.Fields() {
			f, err := Open(s, name)
			if err != nil {
				t.Fatal(err)
			}
			dict, err := s.Dictionary(name)
			if err != nil {
				t.Fatal(err)
			}
			engine := &Field{dict: dict}
			var got, want []string
			for _, side := range []struct {
				field *Field
				terms *[]string
			}{{f, &got}, {engine, &want}} {
				if err := side.field.EachTerm(nil, "", func(term string) error {
					*side.terms = append(*side.terms, term)
					return nil
				}); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("field %s has %d terms, want %d", name, len(got), len(want))
			}
			for _, term := range want[:min(len(want), 60)] {
				compareLists(t, s, f, engine, name, term)
			}
		}
	}
	if files == 0 {
		t.Error("no segment is a file")
	}
	t.Log(time.Since(began))
}

func compareLists(t *testing.T, s segment.Segment, f, engine *Field, name, term string) {
	t.Helper()
	got, err := f.List(term)
	if err != nil {
		t.Fatal(err)
	}
	want, err := engine.List(term)
	if err != nil {
		t.Fatal(err)
	}
	if g, w := everything(t, got), everything(t, want); g != w {
		t.Fatalf("%s %q\n got %.300s\nwant %.300s", name, term, g, w)
	}
	positional := !strings.HasPrefix(name, "k.") && name != "_id"
	r := rand.New(rand.NewPCG(3, uint64(len(term))))
	a, b := got.Cursor(), want.Cursor()
	for range 60 {
		doc := uint32(r.IntN(int(s.Count())))
		for _, c := range []*Cursor{a, b} {
			if err := c.Seek(doc); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			if a.OK != b.OK || a.OK && a.Doc != b.Doc {
				t.Fatalf("%s %q from %d: at %d, %v, want %d, %v", name, term, doc, a.Doc, a.OK, b.Doc, b.OK)
			}
			if g, w := a.positionsIf(positional), b.positionsIf(positional); !slices.Equal(g, w) {
				t.Fatalf("%s %q in %d: positions %v, want %v", name, term, a.Doc, g, w)
			}
			for _, c := range []*Cursor{a, b} {
				if err := c.Next(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func (c *Cursor) positionsIf(positional bool) []int32 {
	if !positional || !c.OK {
		return nil
	}
	return c.Positions(nil)
}

// everything writes a list out.
func everything(t *testing.T, l *List) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprint(&b, l.Count(), ":")
	if err := l.Each(func(p Posting) {
		if p.Freq == 0 || l.Count() == 1 {
			p.Length = 0 // where there is none the engine makes one up
		}
		fmt.Fprint(&b, p)
	}); err != nil {
		t.Fatal(err)
	}
	if err := l.EachDoc(func(doc uint32) { fmt.Fprint(&b, " ", doc) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsNotThereIsEmpty(t *testing.T) {
	for _, s := range newSegments(t, 3) {
		for _, tt := range []struct{ field, term string }{{"body", "zebra"}, {"colour", "red"}} {
			f, err := Open(s, tt.field)
			if err != nil {
				t.Fatal(err)
			}
			l, err := f.List(tt.term)
			if err != nil {
				t.Fatal(err)
			}
			c := l.Cursor()
			if err := c.Seek(0); err != nil || l.Count() != 0 || c.OK {
				t.Errorf("%s:%s: %d documents, %v, %v", tt.field, tt.term, l.Count(), c.OK, err)
			}
		}
	}
}

// FuzzReadFile holds that no file, however it was damaged, is read without end.
func FuzzReadFile(f *testing.F) {
	f.Add([]byte{0, 0, 4, 1, 2, 3, 4}, uint64(0))
	f.Fuzz(func(t *testing.T, data []byte, address uint64) {
		defer func() { _ = recover() }() // as searches do; what is promised is an end
		field := &Field{data: data, docs: 1 << 16}
		l, err := field.at(address % uint64(len(data)+1))
		if err != nil {
			return
		}
		_ = l.Each(func(Posting) {})
		c := l.Cursor()
		_ = c.Seek(7)
		c.Positions(nil)
	})
}
