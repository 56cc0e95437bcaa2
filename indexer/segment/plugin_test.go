package segment

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// testFields are fields of each kind: with positions, with locations at times, terms only, stored only, and one that no
// document has.
var testFields = []FieldInfo{
	{"text", index.IndexField | index.IncludeTermVectors},
	{"tag", index.IndexField | index.SkipFreqNorm},
	{"version", index.IndexField | index.SkipFreqNorm | index.StoreField},
	{"counts", index.StoreField},
	{"never", index.IndexField | index.IncludeTermVectors},
}

// maker makes documents up.
type maker struct {
	*rand.Rand
	lexicons []*Lexicon
}

func newMaker(seed uint64) *maker {
	return &maker{rand.New(rand.NewPCG(seed, 1)), []*Lexicon{NewLexicon(), NewLexicon()}}
}

// documents makes documents; some have hardly anything in them.
func (m *maker) documents(n int) []index.Document {
	docs := make([]index.Document, n)
	for i := range docs {
		docs[i] = m.document(fmt.Sprintf("id%08x%d", m.Uint32(), i))
	}
	return docs
}

func (m *maker) document(id string) index.Document {
	l := m.lexicons[m.IntN(len(m.lexicons))]
	d := document.NewDocument(id)
	if m.IntN(20) > 0 {
		words := m.IntN(120)
		d.AddField(NewField("text", testFields[0].Options, nil, l, m.text(l, words)))
	}
	if m.IntN(3) > 0 {
		d.AddField(NewField("tag", testFields[1].Options, nil, l, []uint32{l.Number(fmt.Sprint("tag", m.IntN(30))), 0, 0, 0}))
	}
	version := fmt.Sprint(1 + m.IntN(2))
	d.AddField(NewField("version", testFields[2].Options, []byte(version), l, []uint32{l.Number(version), 0, 0, 0}))
	d.AddField(NewField("counts", testFields[3].Options, []byte(strings.Repeat("7 ", m.IntN(40))), nil, nil))
	d.AddIDField()
	d.VisitFields(func(f index.Field) { f.Analyze() })
	return d
}

// text makes postings of common and rare terms, with and without locations. All codes have the same last bits, as the stock
// engine has one norm for all terms of a field.
func (m *maker) text(l *Lexicon, words int) []uint32 {
	seen, norm := map[uint32]bool{}, 1+m.Uint32N(1<<codeBits-1)
	var p []uint32
	for range words {
		term := l.Number(fmt.Sprintf("%c%s", 'a'+m.IntN(3), strings.Repeat("ébc", int(m.ExpFloat64()*20))))
		if m.IntN(30) == 0 {
			term = l.Number(fmt.Sprint(m.Uint32()))
		}
		if seen[term] {
			continue
		}
		seen[term] = true
		if m.IntN(2) == 0 {
			p = append(p, term, m.Uint32N(1<<m.IntN(20))<<codeBits|norm, m.Uint32N(1<<m.IntN(20)), 0)
			continue
		}
		more := m.IntN(5)
		p = append(p, term, m.Uint32N(9)<<locatedBits|norm, 0, uint32(3+more))
		for range 3 + more {
			p = append(p, m.Uint32N(1<<m.IntN(20)))
		}
	}
	return p
}

// sameSegment compares two segments in everything that can be asked of them.
func sameSegment(t *testing.T, got, want segment.Segment) {
	t.Helper()
	if got.Count() != want.Count() {
		t.Fatalf("%d documents, want %d", got.Count(), want.Count())
	}
	for n := range want.Count() {
		if g, w := storedOf(t, got, n), storedOf(t, want, n); g != w {
			t.Fatalf("document %d has stored\n%s\nwant\n%s", n, g, w)
		}
	}
	for _, f := range append([]FieldInfo{idField}, testFields...) {
		g, w := fieldOf(t, got, f.Name), fieldOf(t, want, f.Name)
		if !maps.Equal(g, w) {
			for term := range w {
				if g[term] != w[term] {
					t.Fatalf("field %s: term %q has %d terms against %d, and postings\n%s\nwant\n%s", f.Name, term, len(g), len(w), g[term], w[term])
				}
			}
			t.Fatalf("field %s has %d terms, want %d", f.Name, len(g), len(w))
		}
	}
}

func storedOf(t *testing.T, s segment.Segment, n uint64) string {
	t.Helper()
	var b strings.Builder
	err := s.VisitStoredFields(n, func(field string, typ byte, value []byte, pos []uint64) bool {
		fmt.Fprintln(&b, field, typ, string(value), pos)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// fieldOf writes the postings of each term of a field.
func fieldOf(t *testing.T, s segment.Segment, field string) map[string]string {
	t.Helper()
	dict, err := s.Dictionary(field)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	last := ""
	for it := dict.AutomatonIterator(nil, nil, nil); ; {
		entry, err := it.Next()
		if err != nil {
			t.Fatal(err)
		}
		if entry == nil {
			return all
		}
		if entry.Term <= last {
			t.Errorf("term %q after %q", entry.Term, last)
		}
		last = entry.Term
		list, err := dict.PostingsList([]byte(entry.Term), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		all[entry.Term] = postingsOf(t, list)
	}
}

func postingsOf(t *testing.T, list segment.PostingsList) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprint(&b, list.Count(), ":")
	for it := list.Iterator(true, true, true, nil); ; {
		p, err := it.Next()
		if err != nil {
			t.Fatal(err)
		}
		if p == nil {
			return b.String()
		}
		fmt.Fprint(&b, " ", p.Number())
		fmt.Fprint(&b, "/", Code(p.Frequency(), p.(*zap.Posting).NormUint64(), len(p.Locations()) > 0))
		for _, l := range p.Locations() {
			fmt.Fprint(&b, l.Field(), l.Pos(), l.Start(), l.End(), l.ArrayPositions())
		}
	}
}

// twin is a field with codes as the stock engine would have it.
type twin struct{ *Field }

func (f twin) AnalyzedLength() int {
	if len(f.postings) == 0 {
		return 0
	}
	_, norm := split(code(f.postings), false)
	return int(norm)
}

func (f twin) AnalyzedTokenFrequencies() index.TokenFrequencies {
	terms := f.Field.AnalyzedTokenFrequencies()
	for p := f.postings; len(p) > 0 && !f.options.SkipFreqNorm(); {
		n := postingHead + int(p[3])
		frequency, _ := split(code(p), p[3] > 0)
		freq := &index.TokenFreq{Locations: location(p[postingHead:n])}
		freq.SetFrequency(int(frequency))
		terms[f.texts[p[0]]] = freq
		p = p[n:]
	}
	return terms
}

// location is the one location that numbers stand for, or none.
func location(numbers []uint32) []*index.TokenLocation {
	if len(numbers) == 0 {
		return nil
	}
	l := &index.TokenLocation{Position: int(numbers[0]), Start: int(numbers[1]), End: int(numbers[2])}
	for _, n := range numbers[locationHead:] {
		l.ArrayPositions = append(l.ArrayPositions, uint64(n))
	}
	return []*index.TokenLocation{l}
}

// stock makes the segment that the stock engine makes of the same documents in the same order.
func stock(t *testing.T, docs []index.Document) segment.Segment {
	t.Helper()
	docs = slices.SortedFunc(slices.Values(docs), func(a, b index.Document) int { return strings.Compare(a.ID(), b.ID()) })
	for i, d := range docs {
		same := document.NewDocument(d.ID())
		d.VisitFields(func(f index.Field) {
			if own, ok := f.(*Field); ok {
				f = twin{own}
			}
			same.AddField(f.(document.Field))
		})
		docs[i] = same
	}
	s, _, err := (&zap.ZapPlugin{}).New(docs)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// saved writes a segment to disk and opens it as the stock engine does.
func saved(t *testing.T, s segment.Segment) segment.Segment {
	t.Helper()
	path := filepath.Join(t.TempDir(), "segment.zap")
	if err := s.(segment.UnpersistedSegment).Persist(path); err != nil {
		t.Fatal(err)
	}
	opened, err := (&zap.ZapPlugin{}).Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = opened.Close() })
	return opened
}

func TestSegmentIsThatOfTheStockEngine(t *testing.T) {
	p := NewPlugin(testFields)
	m := newMaker(1)
	for _, n := range []int{1, 2, 3, 10, 400, 2500} {
		docs := m.documents(n)
		s, size, err := p.New(docs)
		if err != nil {
			t.Fatal(err)
		}
		if size == 0 || !slices.Contains(s.Fields(), "never") {
			t.Errorf("%d bytes with fields %v", size, s.Fields())
		}
		want := stock(t, docs)
		sameSegment(t, s, want)
		sameSegment(t, saved(t, s), want)
	}
}

// TestBitmapsAreThoseOfRoaring writes sets of documents, small and large, near and far.
func TestBitmapsAreThoseOfRoaring(t *testing.T) {
	for _, members := range [][]uint32{{0}, {65535}, {65536}, {1, 2, 3}, {5, 70_000}, sequence(4096, 3), sequence(4097, 3), sequence(9000, 11)} {
		f := newFile(nil, 0)
		f.members = members
		f.documents()
		want, err := roaring.BitmapOf(members...).ToBytes()
		if err != nil {
			t.Fatal(err)
		}
		size, n := binary.Uvarint(f.bytes)
		if got := f.bytes[n:]; int(size) != len(got) || !bytes.Equal(got, want) {
			t.Errorf("%d documents from %d: %d bytes, said to be %d, differ from %d", len(members), members[0], len(got), size, len(want))
		}
	}
}

func sequence(n, step int) (s []uint32) {
	for i := range n {
		s = append(s, uint32(i*step))
	}
	return s
}

// TestSegmentsMerge merges segments of ours with each other and with one of the stock engine, without some documents.
func TestSegmentsMerge(t *testing.T) {
	p := NewPlugin(testFields)
	m := newMaker(2)
	docs := [][]index.Document{m.documents(300), m.documents(50), m.documents(1500)}
	stocks := make([]segment.Segment, len(docs))
	for i := range docs {
		stocks[i] = stock(t, docs[i])
	}
	drops := []*roaring.Bitmap{roaring.BitmapOf(0, 5, 299), nil, roaring.BitmapOf(7)}
	merge := func(of func(i int) segment.Segment) segment.Segment {
		all := make([]segment.Segment, len(docs))
		for i := range all {
			all[i] = of(i)
		}
		path := filepath.Join(t.TempDir(), "merged.zap")
		if _, _, err := p.Merge(all, drops, path, nil, nil); err != nil {
			t.Fatal(err)
		}
		s, err := p.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	ours := func(i int) segment.Segment {
		s, _, err := p.New(docs[i])
		if err != nil {
			t.Fatal(err)
		}
		return saved(t, s)
	}
	want := merge(func(i int) segment.Segment { return saved(t, stocks[i]) })
	sameSegment(t, merge(ours), want)
	sameSegment(t, merge(func(i int) segment.Segment {
		if i == 1 {
			return saved(t, stocks[i])
		}
		return ours(i)
	}), want)
}

// TestOtherDocumentsAreLeftToTheStockEngine makes segments with documents that are not made of Fields.
func TestOtherDocumentsAreLeftToTheStockEngine(t *testing.T) {
	p := NewPlugin(testFields)
	other := document.NewDocument("other")
	other.AddField(document.NewTextField("elsewhere", nil, []byte("word")))
	other.AddIDField()
	other.VisitFields(func(f index.Field) { f.Analyze() })
	s, _, err := p.New(append(newMaker(3).documents(5), other))
	if err != nil || s.Count() != 6 || !slices.Contains(s.Fields(), "elsewhere") || slices.Contains(s.Fields(), "never") {
		t.Errorf("%v, %v", s.Fields(), err)
	}
}

func BenchmarkNew(b *testing.B) {
	docs := newMaker(4).documents(2000)
	for name, p := range map[string]interface {
		New([]index.Document) (segment.Segment, uint64, error)
	}{"ours": NewPlugin(testFields), "stock": &zap.ZapPlugin{}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := p.New(docs); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
