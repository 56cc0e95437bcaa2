package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2/document"

	"oped/corpus"
)

// describe writes every term of a document with its frequency and locations.
func describe(doc *document.Document) string {
	var b strings.Builder
	for _, f := range doc.Fields {
		terms := f.AnalyzedTokenFrequencies()
		fmt.Fprintln(&b, f.Name(), f.AnalyzedLength(), string(f.Value()))
		for _, term := range slices.Sorted(maps.Keys(terms)) {
			fmt.Fprintf(&b, "%q %d", term, terms[term].Frequency())
			for _, l := range terms[term].Locations {
				fmt.Fprint(&b, *l)
			}
			fmt.Fprintln(&b)
		}
	}
	return b.String()
}

// TestMemoryIsUsedAgain makes documents of many articles, long and short, in memory that others have used before, from
// several goroutines, and some of them by an analyzer that has forgotten what it knew.
func TestMemoryIsUsedAgain(t *testing.T) {
	var articles []*corpus.Article
	var want []string
	for i := range 40 {
		a := sampleArticle()
		for j := range i * i {
			text := fmt.Sprintf("The U.S. sent word%d of Word%d, e-mail %d and O’Reilly’s l'eau. NATO US again.", j%17, j%5, i)
			a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: text})
		}
		articles = append(articles, a)
		doc, err := Analyze(a).Bleve()
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, describe(doc))
	}
	var wg sync.WaitGroup
	for g := range 3 {
		wg.Go(func() {
			for i := range 2 * len(articles) {
				n := (i*7 + g) % len(articles)
				d := Analyze(articles[n])
				if i%5 == g {
					an := borrow()
					an.forget()
					an.giveBack()
				}
				doc, err := d.Bleve()
				d.Release()
				if err != nil || describe(doc) != want[n] {
					t.Errorf("article %d became another document: %v", n, err)
				}
			}
		})
	}
	wg.Wait()
}
