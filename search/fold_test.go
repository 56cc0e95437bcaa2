package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"oped/corpus"
	"oped/search/query"
)

// inGroups puts n articles in, about half of them in groups of copies, in several segments, and replaces and removes some.
func inGroups(a *archive, m maker, n int) {
	make := func(i, version int) *corpus.Article {
		article := m.article(i, version)
		if m.IntN(2) == 0 {
			article.Group = int64(100 + m.IntN(n/6))
		}
		return article
	}
	for from := 0; from < n; from += n / 4 {
		var batch []*corpus.Article
		for i := from; i < min(from+n/4, n); i++ {
			batch = append(batch, make(i, 1))
		}
		a.put(batch...)
	}
	for i := range n {
		switch m.IntN(10) {
		case 0:
			a.put(make(i, 2))
		case 1:
			a.remove(corpus.IDFromURL(fmt.Sprint("https://example.org/", i)))
		}
	}
}

// folds is what folding makes of hits that are not folded: of each group the first.
func (a *archive) folds(ids []corpus.ID) []corpus.ID {
	seen := map[int64]bool{}
	return slices.DeleteFunc(slices.Clone(ids), func(id corpus.ID) bool {
		group := a.docs[id].Article.Group
		again := group != 0 && seen[group]
		seen[group] = true
		return again
	})
}

// TestFoldedIsUnfoldedWithoutCopies compares folding with its definition, for every order and all the way by cursor.
func TestFoldedIsUnfoldedWithoutCopies(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	a := newArchive(t)
	inGroups(a, maker{r}, 240)
	s := a.searcher(Config{})
	m := treeMaker{maker{r}}
	folded := 0
	for range 150 {
		tree := m.tree(2)
		for _, order := range []Sort{SortRelevance, SortNewest, SortOldest, SortLongest} {
			plain := walk(t, s, tree, Request{Sort: order, Limit: 7, NoSnippets: true, NoFold: true})
			got := walk(t, s, tree, Request{Sort: order, Limit: 7, NoSnippets: true})
			want := a.folds(plain)
			if order == SortRelevance { // closeness may order the copies of one text anew after the first was chosen
				got, want = a.groups(got), a.groups(want)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: search for %+v gives %v, want %v", order, tree, got, want)
			}
			folded += len(plain) - len(want)
		}
	}
	if folded < 1000 {
		t.Errorf("only %d articles were folded: too few to test anything", folded)
	}
}

// groups names each hit by its group where it has one, sorted.
func (a *archive) groups(ids []corpus.ID) []corpus.ID {
	out := slices.Clone(ids)
	for i, id := range out {
		if group := a.docs[id].Article.Group; group != 0 {
			out[i] = corpus.ID(fmt.Sprint(group))
		}
	}
	slices.Sort(out)
	return out
}

// copies makes articles of one text, a day apart, the newest first.
func copies(n int, group int64) []*corpus.Article {
	var out []*corpus.Article
	for i := range n {
		a := &corpus.Article{ID: corpus.IDFromURL(fmt.Sprint("https://copies.example/", group, i)), Version: 1, Language: "en",
			Publication: fmt.Sprint("Paper ", i), Group: group, Headline: "Tax carbon",
			Body: []corpus.Block{{Kind: corpus.Paragraph, Text: "A tax on carbon."}}}
		a.Published.Time = time.Date(2020, 1, 31-i, 0, 0, 0, 0, time.UTC)
		out = append(out, a)
	}
	return out
}

func TestFoldCounts(t *testing.T) {
	a := newArchive(t)
	a.put(copies(14, 1)...)
	a.put(copies(2, 2)...)
	a.put(copies(1, 0)...)
	s := a.searcher(Config{})
	tree := query.Word{Text: "carbon"}

	res := ask(t, s, tree, Request{Sort: SortNewest})
	if res.Total != 17 || res.Groups != 3 || len(res.Hits) != 3 {
		t.Fatalf("found %d articles in %d groups, %d hits; want 17, 3, 3", res.Total, res.Groups, len(res.Hits))
	}
	for _, f := range res.Facets {
		for _, v := range f.Values {
			if f.Field == FacetPublication && v.Value == "Paper 0" && v.Count != 3 {
				t.Errorf("facet counts %d articles of %s, want 3", v.Count, v.Value)
			}
		}
	}
	for _, h := range res.Hits {
		want := map[int64]int{0: 0, 1: 13, 2: 1}[h.Article.Group]
		if h.Copies != want || len(h.Others) != min(want, MaxOthers) {
			t.Errorf("hit of group %d has %d copies and lists %d, want %d", h.Article.Group, h.Copies, len(h.Others), want)
		}
		if len(h.Others) > 0 && h.Others[0].Publication != fmt.Sprint("Paper ", want) {
			t.Errorf("the first other of group %d is of %s, want the earliest", h.Article.Group, h.Others[0].Publication)
		}
	}

	res = ask(t, s, tree, Request{NoFold: true})
	if res.Total != 17 || res.Groups != 17 || res.Hits[0].Copies != 0 {
		t.Errorf("unfolded: %d articles in %d groups, want 17 in 17", res.Total, res.Groups)
	}
	if n, err := s.Count(t.Context(), Request{Query: "carbon"}); n != 17 || err != nil {
		t.Errorf("Count = %d, %v, want 17", n, err)
	}
}

// TestFoldIsPartOfTheCursor holds that a walk cannot go on in another way than it began.
func TestFoldIsPartOfTheCursor(t *testing.T) {
	a := newArchive(t)
	a.put(copies(3, 0)...)
	s := a.searcher(Config{})
	res, err := s.Search(t.Context(), Request{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Search(t.Context(), Request{Limit: 1, Cursor: res.NextCursor, NoFold: true}); err == nil {
		t.Error("a cursor of a folded walk was taken for one that is not")
	}
}
