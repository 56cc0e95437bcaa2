package corpus_test

import (
	"fmt"
	"strings"
	"testing"

	"oped/corpus"
)

// longColumn is a column of some 900 words on a page of 60 kB.
func longColumn(n int) (*corpus.Page, *corpus.Article) {
	p, a := column(n)
	words := "The council has voted for the harbour levy, and nobody who was there can say why it matters to the town. "
	for i := range 15 {
		a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: fmt.Sprintf("%d.%d %s", n, i, strings.Repeat(words, 3))})
	}
	p.Body = append(p.Body, strings.Repeat(`<div class="teaser"><a href="/x">Most read</a></div>`, 1000)...)
	return p, a
}

// BenchmarkPut keeps new articles, 100 in a transaction; then the same again.
func BenchmarkPut(b *testing.B) {
	for _, name := range []string{"new", "unchanged"} {
		b.Run(name, func(b *testing.B) {
			s := open(b)
			if name == "unchanged" {
				putMany(b, s, b.N)
				b.ResetTimer()
			}
			b.ReportAllocs()
			putMany(b, s, b.N)
		})
	}
}

func putMany(b *testing.B, s *corpus.Store, n int) {
	for done := 0; done < n; {
		err := s.Update(b.Context(), func(tx *corpus.Tx) error {
			for range min(100, n-done) {
				if _, err := tx.Put(longColumn(done)); err != nil {
					return err
				}
				done++
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkArticle(b *testing.B) {
	s := open(b)
	putMany(b, s, 200)
	list, err := s.Changes(b.Context(), 0, 200)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := s.Article(b.Context(), list[i%len(list)].ID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkChanges(b *testing.B) {
	s := open(b)
	putMany(b, s, 1000)
	b.ReportAllocs()
	for b.Loop() {
		if list, err := s.Changes(b.Context(), 500, 100); err != nil || len(list) != 100 {
			b.Fatal(len(list), err)
		}
	}
}

// BenchmarkArticles reads what a page of results needs.
func BenchmarkArticles(b *testing.B) {
	s := open(b)
	putMany(b, s, 200)
	list, err := s.Changes(b.Context(), 0, 200)
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]corpus.VersionID, len(list))
	for i := range list {
		ids[i*7%len(ids)] = corpus.VersionID{ID: list[i].ID, Version: list[i].Version}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		at := 10 * i % len(ids)
		if _, err := s.Articles(b.Context(), ids[at:at+10]); err != nil {
			b.Fatal(err)
		}
	}
}
