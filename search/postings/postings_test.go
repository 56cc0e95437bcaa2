package postings

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/corpus"
	"oped/indexer/schema"
)

var words = strings.Fields("the carbon tax taxes taxed amend amendment treaty nuclear weapon nation nations Senate peace of and")

// article makes up a small article, the same for all generators in the same state.
func article(r *rand.Rand, n int) *corpus.Article {
	a := &corpus.Article{ID: corpus.IDFromURL(fmt.Sprint("https://example.org/", n)), Version: 1, Language: "en",
		Headline: fmt.Sprint("Story ", n/900), Authors: []corpus.Author{{Name: fmt.Sprint("Author ", r.IntN(5))}}}
	for range r.IntN(5) {
		var text []string
		for range 1 + r.IntN(30) {
			text = append(text, words[r.IntN(1+r.IntN(len(words)))])
		}
		if r.IntN(4) == 0 { // too long for a lead
			text = append(text, strings.Repeat(strings.Join(text, " ")+". Peace. ", 1+r.IntN(9)))
		}
		a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: strings.Join(text, " ") + "."})
	}
	if r.IntN(50) == 0 {
		a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: fmt.Sprint("unique", n)})
	}
	return a
}

// newSegments indexes small articles and gives the segments of the index, from disk and from memory.
func newSegments(t *testing.T, articles int) []segment.Segment {
	t.Helper()
	var out []segment.Segment
	for _, dir := range []string{filepath.Join(t.TempDir(), "index"), ""} {
		ix, err := bleve.NewUsing(dir, schema.Mapping(), scorch.Name, scorch.Name, nil)
		if err != nil {
			t.Fatal(err)
		}
		b, r := ix.NewBatch(), rand.New(rand.NewPCG(1, 2))
		for n := range articles {
			doc, _, err := schema.Prepare(article(r, n))
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
			engine := &Field{dict: dict, lengths: f.lengths}
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
		fmt.Fprint(&b, p)
	}); err != nil {
		t.Fatal(err)
	}
	if err := l.EachDoc(func(doc uint32) { fmt.Fprint(&b, " ", doc) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEachWithLeadIsBoth compares one walk with one over the body and one over the lead.
func TestEachWithLeadIsBoth(t *testing.T) {
	for _, s := range newSegments(t, 700) {
		body, err := Open(s, "body")
		if err != nil {
			t.Fatal(err)
		}
		lead, err := Open(s, "lead")
		if err != nil {
			t.Fatal(err)
		}
		terms := 0
		err = body.EachTerm(nil, "a", func(term string) error {
			terms++
			ofBody, err := body.List(term)
			if err != nil {
				return err
			}
			ofLead, err := lead.List(term)
			if err != nil {
				return err
			}
			var got, want [2][]Posting
			err = errors.Join(ofBody.EachWithLead(lead, func(b, l Posting) {
				got[0] = append(got[0], b)
				if l.Freq > 0 {
					got[1] = append(got[1], l)
				}
			}), ofBody.Each(func(p Posting) { want[0] = append(want[0], p) }), ofLead.Each(func(p Posting) { want[1] = append(want[1], p) }))
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%q: %v, want %v", term, got, want)
			}
			return err
		})
		if err != nil || terms == 0 {
			t.Errorf("%d terms compared: %v", terms, err)
		}
	}
}

// TestLeadIsThatOfTheAnalysis compares every term in the lead of articles with their analysis.
func TestLeadIsThatOfTheAnalysis(t *testing.T) {
	const articles = 700
	r := rand.New(rand.NewPCG(1, 2))
	want := map[string]map[string][]int32{} // by term and ID
	lengths := map[string]int{}
	for n := range articles {
		d := schema.Analyze(article(r, n))
		tokens, id := d.Tokens[schema.Lead], string(d.Article.ID)
		lengths[id] = len(tokens)
		for i, token := range tokens {
			note := func(term string) {
				if want[term] == nil {
					want[term] = map[string][]int32{}
				}
				want[term][id] = append(want[term][id], int32(token.Position))
			}
			note(token.Exact)
			if token.Stem != token.Exact {
				note(schema.StemTerm("en", token.Stem))
			}
			if i+1 == len(tokens) || tokens[i+1].Sentence != token.Sentence {
				note(schema.SentenceEnd)
			}
			if i+1 == len(tokens) || tokens[i+1].Paragraph != token.Paragraph {
				note(schema.ParagraphEnd)
			}
		}
	}
	for _, s := range newSegments(t, articles) {
		f, err := Open(s, "lead")
		if err != nil {
			t.Fatal(err)
		}
		for term := range want {
			checkLead(t, s, f, term, want[term], lengths)
		}
	}
}

func checkLead(t *testing.T, s segment.Segment, f *Field, term string, want map[string][]int32, lengths map[string]int) {
	t.Helper()
	l, err := f.List(term)
	if err != nil {
		t.Fatal(err)
	}
	found, c := 0, l.Cursor()
	err = l.Each(func(p Posting) {
		found++
		id := idOf(t, s, p.Doc)
		if err := c.Seek(p.Doc); err != nil || !c.OK || c.Doc != p.Doc {
			t.Fatalf("%q: no cursor at document %d: %v", term, p.Doc, err)
		}
		got := c.Positions(nil)
		if !slices.Equal(got, want[id]) || int(p.Length) != lengths[id] || int(p.Freq) != len(got) && term != schema.ParagraphEnd {
			t.Errorf("%q in %s: at %v of %d, frequency %d, want %v of %d", term, id, got, p.Length, p.Freq, want[id], lengths[id])
		}
	})
	docs := 0
	if err := l.EachDoc(func(uint32) { docs++ }); err != nil || docs != found {
		t.Errorf("%q: %d documents, %d postings, %v", term, docs, found, err)
	}
	walked, w := 0, l.Cursor()
	for err = errors.Join(err, w.Seek(0)); err == nil && w.OK; err = w.Next() {
		walked++
	}
	if err != nil || found != len(want) || walked != found || l.Count() < found {
		t.Errorf("%q is found in %d leads of %d documents, want %d: %v", term, found, l.Count(), len(want), err)
	}
}

func idOf(t *testing.T, s segment.Segment, doc uint32) (id string) {
	t.Helper()
	b, err := s.DocID(uint64(doc))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestManyReadAtOnce looks up terms in every field from several sides at once.
func TestManyReadAtOnce(t *testing.T) {
	for _, s := range newSegments(t, 300) {
		f, err := Open(s, schema.Body.String())
		if err != nil {
			t.Fatal(err)
		}
		var side sync.WaitGroup
		for range 4 {
			side.Go(func() {
				for i := range 2000 {
					word := words[i%len(words)]
					l, err := f.List(strings.ToLower(word))
					if err != nil || l.Count() == 0 {
						t.Errorf("%T: %q is in %d documents, %v", s, word, l.Count(), err)
						return
					}
				}
			})
		}
		side.Wait()
	}
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
