package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
	"oped/corpus/synth"
	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/query"
)

// shown is all that is shown of an article as a hit, and on its own page.
type shown struct {
	Matches bool
	Hit     Hit
	Page    *Marked
}

func showing(a *match.Article) shown {
	occurrences := a.Occurrences()
	m := newMarker(a.Outline, occurrences)
	return shown{a.Matches(), Hit{Headline: m.whole(schema.Headline, 0, m.outline.Article.Headline),
		Standfirst: m.whole(schema.Standfirst, 0, m.outline.Article.Standfirst), Snippets: m.snippets(occurrences)}, m.marked()}
}

// checkShown compares what is shown of articles that were read for a query with what is shown of them analysed whole. It
// returns how many matched.
func checkShown(t *testing.T, tree query.Node, docs []*schema.Document) (matching int) {
	t.Helper()
	p, err := match.Compile(tree, append(schema.Languages(), ""))
	if err != nil {
		t.Fatalf("compile %+v: %v", tree, err)
	}
	reader := match.NewReader(p)
	defer reader.Close()
	for _, d := range docs {
		got, want := showing(reader.Read(d.Article)), showing(match.New(p, d))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v in %+v\nread for the query (+) and analysed whole (-) differ:\n%s", tree, d.Article, diff)
		}
		if got.Matches {
			matching++
		}
	}
	return matching
}

// analysed are articles analysed whole.
func analysed(n int, article func(int) *corpus.Article) []*schema.Document {
	docs := make([]*schema.Document, n)
	for i := range docs {
		docs[i] = schema.Analyze(article(i))
	}
	return docs
}

func TestHitsAreShownAsAWholeAnalysisWould(t *testing.T) {
	m := maker{newRand(31)}
	odd := analysed(40, func(i int) *corpus.Article { return m.article(i, 1) })
	long := analysed(12, synth.New(5).Article)
	trees, quotes := treeMaker{m}, quoter{m, long}
	matching := 0
	for range *treesFlag {
		matching += checkShown(t, trees.tree(3), odd)
		matching += checkShown(t, quotes.tree(2), long)
	}
	t.Logf("%d trees, %d articles that matched one", 2**treesFlag, matching)
	if matching < *treesFlag {
		t.Errorf("only %d matches: too few to test anything", matching)
	}
}

func TestQueryWithoutWordsShowsTheBeginning(t *testing.T) {
	for _, tree := range []query.Node{query.All{}, query.Compare{Op: ">", Value: 3}, query.In{Field: query.FieldHeadline, X: word("treaty")}} {
		if n := checkShown(t, tree, []*schema.Document{schema.Analyze(kurils())}); n != 1 {
			t.Errorf("%+v does not match", tree)
		}
	}
}

// BenchmarkMark makes what a page shows of ten articles.
func BenchmarkMark(b *testing.B) {
	g := synth.New(1)
	var articles []*corpus.Article
	for i := range 100 {
		articles = append(articles, g.Article(i))
	}
	body := schema.Analyze(articles[0]).Tokens[schema.Body]
	rare, common := body[0].Exact, "the"
	for _, t := range body {
		if len(t.Exact) > len(rare) {
			rare = t.Exact
		}
	}
	for name, tree := range map[string]query.Node{
		"browse": query.All{}, "rare": word(rare), "common": word(common), "prefix": query.Pattern{Text: rare[:3] + "*"}, "suffix": query.Pattern{Text: "*ed"},
		"near": query.Near{Left: word(common), Right: word(body[7].Exact), Distance: 10},
	} {
		b.Run(name, func(b *testing.B) {
			p, err := match.Compile(tree, append(schema.Languages(), ""))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				reader := match.NewReader(p)
				for i := range 10 {
					hit := Hit{Article: articles[(10*n+i)%len(articles)]}
					hit.mark(reader)
				}
				reader.Close()
			}
		})
	}
}
