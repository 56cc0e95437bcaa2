package search

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"oped/corpus"
	"oped/search/match"
	"oped/search/query"
)

// scan finds by looking at every article: what a search must find.
func (a *archive) scan(t testing.TB, tree query.Node) []corpus.ID {
	t.Helper()
	programs := map[string]*match.Program{}
	var ids []corpus.ID
	for id, d := range a.docs {
		p := programs[d.Language]
		if p == nil {
			var err error
			if p, err = match.Compile(tree, []string{d.Language}); err != nil {
				t.Fatalf("compile %+v: %v", tree, err)
			}
			programs[d.Language] = p
		}
		if match.New(p, d).Matches() {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// treesFlag makes the comparison with a scan as large as there is time for.
var treesFlag = flag.Int("trees", 400, "number of trees that are searched and scanned for")

func TestSearchFindsWhatAScanFinds(t *testing.T) {
	trees := *treesFlag
	const articles = 300
	r := rand.New(rand.NewPCG(7, 8))
	a := newArchive(t)
	a.fill(maker{r}, articles)
	s := a.searcher(Config{})
	m := treeMaker{maker{r}}
	some, total := 0, 0
	for range trees {
		tree := m.tree(3)
		want := a.scan(t, tree)
		got := walk(t, s, tree, Request{Limit: MaxLimit, NoSnippets: true, NoFold: true})
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("search for %+v found %d articles, a scan %d; not in both: %v", tree, len(got), len(want), difference(got, want))
		}
		if total += len(want); len(want) > 0 && len(want) < len(a.docs) {
			some++
		}
	}
	t.Logf("%d trees over %d articles; %d found some but not all, %d articles in all", trees, len(a.docs), some, total)
	if some < trees/2 {
		t.Errorf("only %d of %d trees found some but not all articles: too few to test anything", some, trees)
	}
}

// difference are the IDs that are not in both lists, or twice in one.
func difference(a, b []corpus.ID) []corpus.ID {
	count := map[corpus.ID]int{}
	for _, id := range a {
		count[id]++
	}
	for _, id := range b {
		count[id]--
	}
	var out []corpus.ID
	for id, n := range count {
		if n != 0 {
			out = append(out, id)
		}
	}
	return out
}
