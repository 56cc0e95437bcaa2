package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/corpus"
	own "oped/indexer/segment"
)

func sampleArticle() *corpus.Article {
	return &corpus.Article{
		ID: "aaaabbbbccccdddd", Version: 3, URL: "https://www.example.org/kuril-talks", Publication: "The Harbour Gazette",
		Headline: "Kuril talks", Standfirst: "An e-mail from Japan.", Authors: []corpus.Author{{Name: "Jane Doe"}, {Name: "John O’Roe"}},
		Published: corpus.Date{Time: time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC)}, Section: "Opinion", Type: corpus.TypeOpEd,
		Language: "en-GB", Tags: []string{"Japan", "japan ", ""},
		Body: []corpus.Block{
			{Kind: corpus.Paragraph, Text: "Amendments fail. The U.S. amends them."},
			{Kind: corpus.Heading, Level: 2, Text: "After lunch"},
			{Kind: corpus.Paragraph, Text: "NATO waits."},
			{Kind: corpus.Paragraph, Text: "The third paragraph is not the lead."},
		},
	}
}

// newIndex indexes articles in one batch into an index in memory and gives a reader of it.
func newIndex(t *testing.T, articles ...*corpus.Article) index.IndexReader {
	t.Helper()
	ix, err := bleve.NewUsing("", Mapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	batch := ix.NewBatch()
	for _, a := range articles {
		doc, _, err := Prepare(a)
		if err != nil {
			t.Fatal(err)
		}
		if err := batch.IndexAdvanced(doc); err != nil {
			t.Fatal(err)
		}
	}
	if err := ix.Batch(batch); err != nil {
		t.Fatal(err)
	}
	advanced, err := ix.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := advanced.Reader()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// terms writes the dictionary of a field with the positions of each term in the first document.
func terms(t *testing.T, r index.IndexReader, field string) string {
	t.Helper()
	seg := r.(*scorch.IndexSnapshot).Segments()[0].Segment()
	dict, err := seg.Dictionary(field)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for it := dict.AutomatonIterator(nil, nil, nil); ; {
		entry, err := it.Next()
		if err != nil {
			t.Fatal(err)
		}
		if entry == nil {
			return strings.Join(out, " ")
		}
		list, err := dict.PostingsList([]byte(entry.Term), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%q%v", entry.Term, postings(t, list)))
	}
}

// code is that of a posting of the engine's.
func code(p segment.Posting) uint64 {
	return own.Code(p.Frequency(), p.(interface{ NormUint64() uint64 }).NormUint64(), len(p.Locations()) > 0)
}

// postings lists the positions of the first posting, checking that its frequency agrees; none where the field has none.
func postings(t *testing.T, list segment.PostingsList) []int32 {
	t.Helper()
	p, err := list.Iterator(true, true, true, nil).Next()
	if err != nil {
		t.Fatal(err)
	}
	if p.Frequency() == 0 {
		return nil
	}
	positions := AppendPositions(nil, code(p), p)
	if len(positions) != Frequency(code(p)) {
		t.Errorf("frequency %d with %d positions", Frequency(code(p)), len(positions))
	}
	return positions
}

func TestPositionalFieldsAsStored(t *testing.T) {
	r := newIndex(t, sampleArticle())
	for field, want := range map[string]string{
		"headline":   `"\x01en:talk"[2] "\x02p"[2] "\x02s"[2] "\x02w"[2] "\x03c"[1] "kuril"[1] "talks"[2]`,
		"standfirst": `"\x02p"[5] "\x02s"[5] "\x02w"[5] "\x03c"[1 5] "an"[1] "e"[2] "email"[2] "from"[4] "japan"[5] "mail"[3]`,
		"byline":     `"\x02p"[2 5] "\x02s"[2 5] "\x02w"[4] "\x03c"[1 2 4 5] "doe"[2] "jane"[1] "john"[4] "o'roe"[5] "oroe"[5]`,
		"body": `"\x01en:amend"[1 5] "\x01en:wait"[10] "\x02l"[10] "\x02p"[6 8 10 17] "\x02s"[2 6 8 10 17] "\x02w"[17] "\x03a"[4 9] ` +
			`"\x03c"[1 3 4 7 9 11] "after"[7] "amendments"[1] "amends"[5] "fail"[2] "is"[14] "lead"[17] "lunch"[8] "nato"[9] ` +
			`"not"[15] "paragraph"[13] "the"[3 11 16] "them"[6] "third"[12] "u.s"[4] "waits"[10]`,
		"lead": ``,
	} {
		if got := terms(t, r, field); got != want {
			t.Errorf("field %s\n got %s\nwant %s", field, got, want)
		}
	}
}

func TestKeywordFieldsAsStored(t *testing.T) {
	r := newIndex(t, sampleArticle())
	for field, want := range map[string]string{
		FieldPublication: `"The Harbour Gazette"[]`,
		FieldAuthor:      `"Jane Doe"[] "John O’Roe"[]`,
		FieldLang:        `"en"[]`,
		FieldYear:        `"2018"[]`,
		FieldDay:         `"20180501"[]`,
		FieldLength:      `"1-399"[]`,
		FieldAccess:      ``,
		FieldTag:         `"Japan"[] "japan"[]`,
		FieldHas:         `"author"[] "date"[] "section"[] "standfirst"[] "tag"[] "url"[]`,
		FieldHost:        `"example.org"[] "org"[] "www.example.org"[]`,
		FieldWords:       `"0000017"[]`,
		FieldVersion:     `"3"[]`,
	} {
		if got := terms(t, r, field); got != want {
			t.Errorf("field %s\n got %s\nwant %s", field, got, want)
		}
	}
	names, err := r.Fields()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name == "_all" {
			t.Error("there is a field _all")
		}
	}
}

func TestStoredReadsBack(t *testing.T) {
	a := sampleArticle()
	r := newIndex(t, a)
	doc, err := r.Document(string(a.ID))
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadStored(doc)
	if want := storedOf(Analyze(a)); err != nil || got != want {
		t.Errorf("ReadStored = %v, %v, want %v", got, err, want)
	}
	var totals Totals
	totals.Add(got)
	totals.Add(got)
	totals.Remove(got)
	if totals.Documents != 1 || totals.Words["body"] != 17 || totals.Words["headline"] != 2 {
		t.Errorf("totals %+v", totals)
	}
}

func TestLeadHasPositionsOfBody(t *testing.T) {
	d := Analyze(sampleArticle())
	if !slices.EqualFunc(d.Tokens[Lead], d.Tokens[Body][:len(d.Tokens[Lead])], func(a, b Token) bool {
		return a.Position == b.Position && a.Exact == b.Exact
	}) {
		t.Error("lead is not the beginning of the body")
	}
	if len(d.Tokens[Lead]) != 10 {
		t.Errorf("lead has %d words, want 10", len(d.Tokens[Lead]))
	}
}
