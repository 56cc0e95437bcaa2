package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"oped/corpus"
	"oped/search"
)

// BenchmarkResultsPage writes a page of ten hits with a full rail.
func BenchmarkResultsPage(b *testing.B) {
	l := &library{}
	for i := range 400 {
		l.articles = append(l.articles, &corpus.Article{
			ID: corpus.IDFromURL(fmt.Sprint("https://a.example/", i)), Version: 1, Publication: fmt.Sprint("Paper ", i%50), Headline: fmt.Sprint("Column on tax ", i),
			Authors: []corpus.Author{{Name: fmt.Sprint("Jane Doe ", i%90)}}, Section: fmt.Sprint("Section ", i%20), Type: corpus.TypeOpEd, Language: []string{"en", "fr", "de"}[i%3],
			Published: corpus.Date{Time: time.Date(2005+i%22, 3, 4, 0, 0, 0, 0, time.UTC)}, Access: corpus.AccessFull,
			Standfirst: "Why tax & spend?", Body: []corpus.Block{{Kind: corpus.Paragraph, Text: "The tax on a tax is “a tax” that nobody pays; but a tax it is."}},
		})
	}
	res, err := l.Search(b.Context(), search.Request{Query: "tax"})
	if err != nil {
		b.Fatal(err)
	}
	h, err := New(Config{Searcher: fixed{l, res}, Archive: l})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/search?q=tax", nil))
		if w.Code != 200 {
			b.Fatal(w.Code, w.Body)
		}
	}
}

// fixed answers every search alike.
type fixed struct {
	*library
	res *search.Results
}

func (f fixed) Search(context.Context, search.Request) (*search.Results, error) { return f.res, nil }
