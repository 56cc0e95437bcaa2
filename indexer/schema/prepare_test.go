package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/corpus"
	"oped/corpus/synth"
	own "oped/indexer/segment"
)

// describe writes every field of a document, from a segment of its own: what is stored, and each term with its positions.
func describe(doc *document.Document) (map[string]string, error) {
	doc.AddIDField()
	s, _, err := own.NewPlugin(Fields()).New([]index.Document{doc})
	if err != nil {
		return nil, err
	}
	fields := map[string]string{}
	stored := map[string]string{}
	err = s.VisitStoredFields(0, func(field string, _ byte, value []byte, _ []uint64) bool {
		stored[field] = string(value)
		return true
	})
	if err != nil {
		return nil, err
	}
	for _, field := range s.Fields() {
		terms, err := termsOf(s, field)
		if err != nil {
			return nil, err
		}
		if field != "_id" && stored[field]+terms != "" {
			fields[field] = fmt.Sprintf("%q", stored[field]) + terms
		}
	}
	return fields, nil
}

func termsOf(s segment.Segment, field string) (string, error) {
	dict, err := s.Dictionary(field)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for it := dict.AutomatonIterator(nil, nil, nil); ; {
		entry, err := it.Next()
		if err != nil || entry == nil {
			return b.String(), err
		}
		list, err := dict.PostingsList([]byte(entry.Term), nil, nil)
		if err != nil {
			return "", err
		}
		p, err := list.Iterator(true, true, true, nil).Next()
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, " %q", entry.Term)
		if p.Frequency() > 0 {
			fmt.Fprint(&b, AppendPositions(nil, code(p), p))
		}
	}
}

// reference writes what describe is to write of an article, from its tokens.
func reference(d *Document) map[string]string {
	fields := map[string]string{}
	for s, tokens := range d.Tokens {
		terms := map[string][]int{}
		for i, t := range tokens {
			note := func(term string) { terms[term] = append(terms[term], t.Position) }
			note(t.Exact)
			if t.Stem != t.Exact {
				note(StemTerm(d.Language, t.Stem))
			}
			for _, also := range t.Also {
				note(also)
			}
			for _, mark := range []struct {
				term string
				set  bool
			}{
				{CapitalMark, t.Capital}, {AllCapsMark, t.AllCaps},
				{SentenceEnd, i+1 == len(tokens) || tokens[i+1].Sentence != t.Sentence},
				{ParagraphEnd, i+1 == len(tokens) || tokens[i+1].Paragraph != t.Paragraph},
			} {
				if mark.set {
					note(mark.term)
				}
			}
		}
		if len(tokens) == 0 || Segment(s) == Lead {
			continue
		}
		terms[LengthMark] = []int{len(tokens)}
		if Segment(s) == Body {
			terms[LeadMark] = []int{len(d.Tokens[Lead])}
		}
		fields[Segment(s).String()] = written("", terms)
	}
	values := map[string]map[string][]int{}
	for _, k := range d.Keywords {
		if values[k.Field] == nil {
			values[k.Field] = map[string][]int{}
		}
		values[k.Field][k.Value] = nil
	}
	for field, terms := range values {
		fields[field] = written("", terms)
	}
	version := fmt.Sprint(d.Article.Version)
	fields[FieldVersion] = written(version, map[string][]int{version: nil})
	fields[fieldCounts] = written(strings.Trim(fmt.Sprint(storedOf(d).Words), "[]"), nil)
	return fields
}

func written(value string, terms map[string][]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q", value)
	for _, term := range slices.Sorted(maps.Keys(terms)) {
		fmt.Fprintf(&b, " %q", term)
		if terms[term] != nil {
			fmt.Fprint(&b, terms[term])
		}
	}
	return b.String()
}

func storedOf(d *Document) Stored {
	s := Stored{Version: d.Article.Version}
	for i := range d.Tokens {
		s.Words[i] = len(d.Tokens[i])
	}
	return s
}

// checkPrepared compares an article made ready for the index with its analysis.
func checkPrepared(t *testing.T, a *corpus.Article) {
	t.Helper()
	doc, stored, err := Prepare(a)
	if err != nil {
		t.Fatal(err)
	}
	d := Analyze(a)
	if want := storedOf(d); stored != want {
		t.Errorf("keeps %v, want %v", stored, want)
	}
	got, err := describe(doc)
	if err != nil {
		t.Fatal(err)
	}
	want := reference(d)
	for field := range want {
		if got[field] != want[field] {
			t.Errorf("field %s of %q\n got %s\nwant %s", field, a.Headline, got[field], want[field])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d fields, want %d", len(got), len(want))
	}
}

func TestPrepareSaysWhatAnalyzeDoes(t *testing.T) {
	checkPrepared(t, sampleArticle())
	for a := range synth.New(7).Articles(0, 60) {
		a.ID = "aaaabbbbccccdddd"
		checkPrepared(t, a)
	}
	for i, text := range oddTexts {
		a := oddArticle(text, []string{"en", "fr", "ru", "", "uk", "de"}[i%6])
		a.ID = "aaaabbbbccccdddd"
		checkPrepared(t, a)
	}
	for _, body := range [][]corpus.Block{
		nil,
		{words(200)},
		{words(200, 50, 119, 121, 150)},
		{words(119, 119), words(3)},
		{words(130, 120), words(3)},
		{words(5), {Kind: corpus.Heading, Text: "Above"}, words(5), {Kind: corpus.Heading, Text: "Below"}, words(9)},
		{{Text: "..."}, words(5), {Text: "US AID, US NOT U.S. US-AID"}, words(130)},
	} {
		checkPrepared(t, &corpus.Article{ID: "aaaabbbbccccdddd", Body: body, Language: "en"})
	}
}

func TestArticleWithoutIDIsNotPrepared(t *testing.T) {
	if _, _, err := Prepare(&corpus.Article{}); err == nil {
		t.Error("no error")
	}
}

// TestMemoryIsUsedAgain prepares many articles, long and short, in memory that others have used before, from several
// goroutines, and at times by an analyzer that has forgotten what it knew.
func TestMemoryIsUsedAgain(t *testing.T) {
	var articles []*corpus.Article
	var want []map[string]string
	for i := range 40 {
		a := sampleArticle()
		for j := range i * i {
			text := fmt.Sprintf("The U.S. sent word%d of Word%d, e-mail %d and O’Reilly’s l'eau. NATO US again.", j%17, j%5, i)
			a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: text})
		}
		articles = append(articles, a)
		want = append(want, reference(Analyze(a)))
	}
	var wg sync.WaitGroup
	for g := range 3 {
		wg.Go(func() {
			for i := range 2 * len(articles) {
				n := (i*7 + g) % len(articles)
				if i%5 == g {
					an := borrow()
					an.forget(own.NewLexicon())
					an.giveBack()
				}
				doc, _, err := Prepare(articles[n])
				Analyze(articles[n])
				var got map[string]string
				if err == nil {
					got, err = describe(doc)
				}
				if err != nil || !maps.Equal(got, want[n]) {
					t.Errorf("article %d became another document: %v", n, err)
				}
			}
		})
	}
	wg.Wait()
}
