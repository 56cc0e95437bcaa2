package schema

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"oped/corpus"
)

// benchArticles makes up articles of 900 words with the vocabulary and the marks of a newspaper.
func benchArticles(n int) ([]*corpus.Article, int64) {
	r := rand.New(rand.NewPCG(1, 2))
	var articles []*corpus.Article
	var bytes int64
	for i := range n {
		a := &corpus.Article{ID: corpus.IDFromURL(fmt.Sprint(i)), Version: 1, Language: "en", Headline: "A headline of some words"}
		for range 15 {
			text := benchParagraph(r)
			bytes += int64(len(text))
			a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: text})
		}
		articles = append(articles, a)
	}
	return articles, bytes
}

func benchParagraph(r *rand.Rand) string {
	var b strings.Builder
	for i := range 60 {
		n := int(r.ExpFloat64() * 700)
		word := fmt.Sprintf("%c%c%s%s", 'a'+n%26, 'a'+n/26%26, []string{"tor", "mpla", "ve", ""}[n%4], []string{"tions", "ing", "er", "al", "ed", "ment"}[n%6])
		switch {
		case i%20 == 0:
			word = strings.ToUpper(word[:1]) + word[1:]
		case i%25 == 3:
			word += "’s"
		case i%20 == 19:
			word += "."
		case i%9 == 8:
			word += ","
		}
		b.WriteString(word + " ")
	}
	return strings.TrimSpace(b.String())
}

func BenchmarkAnalyze(b *testing.B) {
	articles, bytes := benchArticles(50)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			Analyze(a)
		}
	}
}

func BenchmarkPrepare(b *testing.B) {
	articles, bytes := benchArticles(50)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			if _, _, err := Prepare(a); err != nil {
				b.Fatal(err)
			}
		}
	}
}
