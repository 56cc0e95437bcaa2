package load

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"oped/search"
)

// Class is a kind of search with requests of it.
type Class struct {
	// Name is short and stable: figures of two runs are compared by it.
	Name string
	// Means says what the requests have in common, as shares of all articles.
	Means string
	// Requests are complete pages: ten hits with snippets, all facets, the histogram.
	Requests []search.Request
}

// band is a range of shares of articles that hold a word.
type band struct{ low, high float64 }

// The bands that classes speak of. Rare words stand in at least two articles of the sample, lest they be misprints.
var (
	rare   = band{0, 0.001}
	mid    = band{0.005, 0.03}
	often  = band{0.05, 0.25}
	common = band{0.28, 0.6}
	joined = band{0.005, 0.05} // phrases
	triple = band{0.001, 0.02}
	beside = band{0.1, 0.6} // words near each other
)

// recipe makes the requests of a class, one after the other.
type recipe struct {
	name, means string
	make        func(*chooser) search.Request
}

// asQuery makes a recipe's function of one that gives a query.
func asQuery(f func(*chooser) string) func(*chooser) search.Request {
	return func(c *chooser) search.Request { return search.Request{Query: f(c)} }
}

var recipes = []recipe{
	{"rare", "a word of at most 0.1 % of articles", asQuery(func(c *chooser) string { return c.typed(c.word(rare)) })},
	{"mid", "a word of 0.5 to 3 %", asQuery(func(c *chooser) string { return c.typed(c.word(mid)) })},
	{"common", "a word of 28 to 60 %", asQuery(func(c *chooser) string { return c.typed(c.word(common)) })},
	{"newest", "a common word, newest first", func(c *chooser) search.Request {
		return search.Request{Query: c.typed(c.word(common)), Sort: search.SortNewest}
	}},
	{"or2", "two words of 5 to 25 %, either", asQuery(func(c *chooser) string { return c.all(" OR ", c.words(2, often)) })},
	{"or3", "three common words, any", asQuery(func(c *chooser) string { return c.all(" OR ", c.words(3, common)) })},
	{"and2", "two words of 5 to 25 %, both", asQuery(func(c *chooser) string { return c.all(" ", c.together(2, often)) })},
	{"and3", "three words of 5 to 25 %, all", asQuery(func(c *chooser) string { return c.all(" ", c.together(3, often)) })},
	{"phrase", "two words side by side in 0.5 to 5 %", asQuery(func(c *chooser) string { return quoted(c.phrase(2, joined)) })},
	{"phrase3", "three words side by side in 0.1 to 2 %", asQuery(func(c *chooser) string { return quoted(c.phrase(3, triple)) })},
	{"prefix", "the first four letters of a word of 5 to 25 %", asQuery(func(c *chooser) string { return c.word(often)[:4] + "*" })},
	{"wildcard", "a word of 5 to 25 % with one letter open, or its middle", asQuery((*chooser).wildcard)},
	{"fuzzy", "a word of 5 to 25 % misspelled", asQuery(func(c *chooser) string { return c.misspelled(c.word(often)) + "~" })},
	{"near", "two words of 10 to 60 % within five", asQuery(func(c *chooser) string { return c.all(" W/5 ", c.close(5)) })},
	{"same-sentence", "two words of 10 to 60 % in a sentence", asQuery(func(c *chooser) string { return c.all(" /s ", c.close(1000)) })},
	{"date", "a word of 5 to 25 % in three years", (*chooser).dated},
	{"facet", "a common word and one value of a facet", (*chooser).filtered},
	{"browse", "no word: the whole archive, in each order, page by page", (*chooser).browsing},
}

// Names lists the classes in the order of Classes.
func Names() []string {
	names := make([]string, len(recipes))
	for i, r := range recipes {
		names[i] = r.name
	}
	return names
}

// Classes makes every class with so many requests each. Where a word is looked for as it is typed and where in all its
// forms is told apart by quotation marks; in each class, half of the requests have them. Where the sample has no words of a
// class's share, as in a small archive, the words nearest to it are taken. The error says that there is nothing to make
// queries of.
func Classes(s *Sample, seed uint64, requests int) ([]Class, error) {
	index := newWordIndex(s)
	if len(index.byShare[0]) == 0 {
		return nil, errNoWords(s)
	}
	var out []Class
	for _, r := range recipes {
		c := &chooser{Sample: s, index: index, random: random(seed, r.name), used: map[string]bool{}}
		class := Class{Name: r.name, Means: r.means}
		for c.made = range requests {
			class.Requests = append(class.Requests, r.make(c))
		}
		out = append(out, class)
	}
	return out, nil
}

func errNoWords(s *Sample) error {
	return fmt.Errorf("load: choose words: no word is in two of the %d articles of the sample", s.articles)
}

// random is a stream of choices of each class's own, so that a new class does not change the others.
func random(seed uint64, name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// wordIndex lists the plain words of a sample by the share of articles that hold them in any form [0] and exactly [1].
type wordIndex struct {
	byShare [2][]int32
	grams   map[int][]gram // phrases by number of words, see gramsOf
}

func newWordIndex(s *Sample) *wordIndex {
	x := &wordIndex{grams: map[int][]gram{}}
	var plain []int32
	for id := range s.words {
		if s.words[id].plain && s.words[id].articles > 1 {
			plain = append(plain, int32(id))
		}
	}
	for mode := range x.byShare {
		x.byShare[mode] = slices.Clone(plain)
		slices.SortStableFunc(x.byShare[mode], func(a, b int32) int {
			return cmp.Compare(s.share(a, mode == 1), s.share(b, mode == 1))
		})
	}
	return x
}
