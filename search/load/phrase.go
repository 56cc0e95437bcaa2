package load

import (
	"cmp"
	"slices"
	"strings"
)

// maxGram is the greatest number of words of a phrase that is looked for.
const maxGram = 3

// gram is a run of words with the number of articles of the sample that hold it in a sentence.
type gram struct {
	words    [maxGram]int32
	articles int32
}

// phrase chooses n words that stand side by side in a share of the articles.
func (c *chooser) phrase(n int, b band) string {
	grams, ok := c.index.grams[n]
	if !ok {
		grams = gramsOf(c.Sample, n)
		c.index.grams[n] = grams
	}
	if len(grams) == 0 {
		return strings.Join(c.words(n, often), " ")
	}
	list := within(grams, b, func(g gram) float64 { return float64(g.articles) / float64(c.articles) })
	return c.unused(func() string {
		g := list[c.random.IntN(len(list))]
		forms := make([]string, n)
		for i := range forms {
			forms[i] = c.Sample.words[g.words[i]].form
		}
		return strings.Join(forms, " ")
	})
}

// gramsOf counts every run of n plain words, by rising number of articles; those of one article are left out.
func gramsOf(s *Sample, n int) []gram {
	type seen struct{ articles, last int32 }
	counts := map[[maxGram]int32]seen{}
	for number := range s.texts {
		t := &s.texts[number]
		for i := range t.sentences {
			begin, end := t.sentence(i)
			for ; begin+n <= end; begin++ {
				run := t.words[begin : begin+n]
				if slices.ContainsFunc(run, func(id int32) bool { return !s.words[id].plain }) {
					continue
				}
				var key [maxGram]int32
				copy(key[:], run)
				if c := counts[key]; c.last != int32(number+1) {
					counts[key] = seen{c.articles + 1, int32(number + 1)}
				}
			}
		}
	}
	var out []gram
	for words, c := range counts {
		if c.articles > 1 {
			out = append(out, gram{words, c.articles})
		}
	}
	slices.SortFunc(out, func(a, b gram) int {
		return cmp.Or(cmp.Compare(a.articles, b.articles), slices.Compare(a.words[:], b.words[:]))
	})
	return out
}
