package search

import (
	"math"
	"slices"
	"strings"
	"testing"

	"oped/corpus"
	"oped/search/query"
)

// piece is an English article with a headline and a body of one paragraph.
func piece(name, headline, body string) *corpus.Article {
	return &corpus.Article{ID: corpus.IDFromContent(name, ""), Version: 1, Language: "en", Headline: headline,
		Body: []corpus.Block{{Kind: corpus.Paragraph, Text: body}}}
}

func TestRankingPrefers(t *testing.T) {
	filler := func(n int) string { return strings.Repeat("and nothing more was said about it ", n) }
	implied := query.And{Implied: true, Parts: []query.Node{word("carbon"), word("tax")}}
	for _, tt := range []struct {
		name          string
		tree          query.Node
		better, worse *corpus.Article
	}{
		{"the headline to the body", word("carbon"), piece("a", "carbon", filler(5)), piece("b", "coal", filler(5)+"carbon")},
		{"the lead to the end", word("carbon"), piece("a", "x", "Carbon "+filler(19)+". And "+filler(10)), piece("b", "x", "And "+filler(19)+". Carbon "+filler(10))},
		{"more occurrences", word("carbon"), piece("a", "x", "carbon carbon carbon "+filler(9)), piece("b", "x", "carbon "+filler(9)+"a b")},
		{"the shorter of two", word("carbon"), piece("a", "x", "carbon "+filler(2)), piece("b", "x", "carbon "+filler(15))},
		{"the form that was typed", word("taxes"), piece("a", "x", "taxes "+filler(2)), piece("b", "x", "taxed "+filler(2))},
		{"the rarer word", query.Or{Parts: []query.Node{word("carbon"), word("said")}}, piece("a", "x", "carbon"), piece("b", "x", "said")},
		{"the phrase to words apart", implied, piece("a", "x", "carbon tax "+filler(3)), piece("b", "x", "carbon "+filler(3)+"tax")},
		{"words close to words far", implied, piece("a", "x", "carbon or tax "+filler(6)), piece("b", "x", "carbon "+filler(6)+"or tax")},
		{"a word to a part of another", query.Or{Parts: []query.Node{word("salt-farm"), word("reef"), word("said")}}, piece("a", "x", "reef said"), piece("b", "x", "farm said")},
		{"the order that was typed", implied, piece("a", "x", "carbon tax "+filler(3)), piece("b", "x", "tax carbon "+filler(3))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := newArchive(t)
			a.put(tt.better, tt.worse, piece("c", "coal", filler(8)), piece("d", "wind", filler(8)))
			hits := ask(t, a.searcher(Config{}), tt.tree, Request{}).Hits
			at := func(x *corpus.Article) int {
				return slices.IndexFunc(hits, func(h Hit) bool { return h.ID == x.ID })
			}
			if better, worse := at(tt.better), at(tt.worse); better < 0 || worse < 0 || better > worse {
				t.Errorf("better is hit %d, worse %d, of %d", better, worse, len(hits))
			}
		})
	}
}

func TestExplanationAddsUpToTheScore(t *testing.T) {
	_, s := filled(t, 150, Config{})
	m := treeMaker{maker{newRand(5)}}
	for range 100 {
		for _, h := range ask(t, s, m.tree(2), Request{Explain: true, NoSnippets: true}).Hits {
			if h.Explanation == nil || h.Explanation.Value != h.Score {
				t.Fatalf("explanation %+v of a score of %f", h.Explanation, h.Score)
			}
			sum := 0.0
			for _, term := range h.Explanation.Parts {
				sum += term.Value
				beyond := func(name string) bool { return strings.HasPrefix(term.Text, name) }
				if len(term.Parts) == 0 && !slices.ContainsFunc([]string{"length", "closeness", "passage"}, beyond) {
					t.Errorf("%q is worth %f in no field", term.Text, term.Value)
				}
			}
			if math.Abs(sum-h.Score) > 1e-3 {
				t.Errorf("parts add up to %f, score is %f", sum, h.Score)
			}
		}
	}
}
