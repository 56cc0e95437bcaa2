package load

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"oped/search"
	"oped/search/query"
)

// chooser makes the requests of one class.
type chooser struct {
	*Sample
	index  *wordIndex
	random *rand.Rand
	used   map[string]bool // words and phrases that the class has had
	made   int             // number of requests made
}

// Bounds of looking for what a class wants; beyond them the next best is taken.
const (
	fewest   = 24   // choices, below which a band is widened
	attempts = 2000 // at finding words that go together
)

// exact reports whether the request being made looks for words as they are typed.
func (c *chooser) exact() bool { return c.made%2 == 1 }

// typed is a word as it is typed.
func (c *chooser) typed(word string) string {
	if c.exact() {
		return quoted(word)
	}
	return word
}

func quoted(words string) string { return `"` + words + `"` }

// all types words with an operator between them.
func (c *chooser) all(operator string, words []string) string {
	typed := make([]string, len(words))
	for i, word := range words {
		typed[i] = c.typed(word)
	}
	return strings.Join(typed, operator)
}

// word chooses a word of a band.
func (c *chooser) word(b band) string {
	list := c.index.byShare[0]
	if c.exact() {
		list = c.index.byShare[1]
	}
	list = within(list, b, func(id int32) float64 { return c.share(id, c.exact()) })
	return c.unused(func() string { return c.Sample.words[list[c.random.IntN(len(list))]].form })
}

// words chooses k words of a band.
func (c *chooser) words(k int, b band) []string {
	out := make([]string, k)
	for i := range out {
		out[i] = c.word(b)
	}
	return out
}

// unused chooses something that the class has not had, if it can.
func (c *chooser) unused(choose func() string) string {
	chosen := choose()
	for range fewest {
		if !c.used[chosen] {
			break
		}
		chosen = choose()
	}
	c.used[chosen] = true
	return chosen
}

// within is the part of a list, ordered by share, that lies in a band; where it is short, with its neighbours.
func within[T any](list []T, b band, share func(T) float64) []T {
	low, _ := slices.BinarySearchFunc(list, b.low, func(one T, limit float64) int { return cmp.Compare(share(one), limit) })
	high, _ := slices.BinarySearchFunc(list, b.high, func(one T, limit float64) int { return cmp.Compare(share(one), limit) })
	for high-low < min(fewest, len(list)) {
		low, high = max(low-1, 0), min(high+1, len(list))
	}
	return list[low:high]
}

// place is a word where it stands in a text.
type place struct {
	at int
	id int32
}

// places are the words of a band in a text, in order, from one index to another.
func (c *chooser) places(t *text, begin, end int, b band) []place {
	var out []place
	for at := begin; at < end; at++ {
		id := t.words[at]
		if share := c.share(id, c.exact()); c.Sample.words[id].plain && share >= b.low && share <= b.high {
			out = append(out, place{at, id})
		}
	}
	return out
}

// together chooses k words of a band that stand in one article, so that the class finds something.
func (c *chooser) together(k int, b band) []string {
	for range attempts {
		t := &c.texts[c.random.IntN(len(c.texts))]
		found := c.places(t, 0, len(t.words), b)
		if words := c.distinct(found, k); words != nil {
			return words
		}
	}
	return c.words(k, b)
}

// distinct chooses k of the places with different stems that the class has not had, nil where it does not find them.
func (c *chooser) distinct(found []place, k int) []string {
	c.random.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	var words []string
	stems := map[int32]bool{}
	for _, p := range found {
		w := &c.Sample.words[p.id]
		if stems[w.stem] || c.used[w.form] {
			continue
		}
		stems[w.stem] = true
		if words = append(words, w.form); len(words) == k {
			for _, form := range words {
				c.used[form] = true
			}
			return words
		}
	}
	return nil
}

// close chooses two words that stand in one sentence and no further apart than so many words.
func (c *chooser) close(distance int) []string {
	for range attempts {
		t := &c.texts[c.random.IntN(len(c.texts))]
		begin, end := t.sentence(c.random.IntN(len(t.sentences)))
		found := c.places(t, begin, end, beside)
		for i := 1; i < len(found); i++ {
			if found[i].at-found[i-1].at > distance {
				continue
			}
			if words := c.distinct(found[i-1:i+1], 2); words != nil {
				return words
			}
		}
	}
	return c.words(2, beside)
}

// sentence is where sentence n of the text begins and ends.
func (t *text) sentence(n int) (begin, end int) {
	if n+1 < len(t.sentences) {
		return int(t.sentences[n]), int(t.sentences[n+1])
	}
	return int(t.sentences[n]), len(t.words)
}

// wildcard leaves a letter of a word open, or its middle.
func (c *chooser) wildcard() string {
	word := c.word(often)
	if c.exact() {
		return word[:2] + "?" + word[3:]
	}
	return word[:3] + "*" + word[len(word)-1:]
}

// misspelled changes a letter in the middle of a word.
func (c *chooser) misspelled(word string) string {
	letters := []byte(word)
	at := len(letters) / 2
	letters[at] = 'a' + (letters[at]-'a'+byte(1+c.random.IntN(25)))%26
	return string(letters)
}

// dated looks for a word in three years.
func (c *chooser) dated() search.Request {
	year := 2005 + c.random.IntN(20)
	return search.Request{
		Query: c.typed(c.word(often)),
		From:  query.Day(strconv.Itoa(year) + "-01-01"),
		To:    query.Day(strconv.Itoa(year+2) + "-12-31"),
	}
}

// filtered looks for a common word and one value of each facet in turn, as some article has it.
func (c *chooser) filtered() search.Request {
	r := search.Request{Query: c.typed(c.word(common))}
	for range attempts {
		v := c.texts[c.random.IntN(len(c.texts))].values
		facets := []struct {
			field search.FacetField
			value string
		}{{search.FacetPublication, v.publication}, {search.FacetAuthor, v.author}, {search.FacetSection, v.section}, {search.FacetYear, v.year}}
		if f := facets[c.made%len(facets)]; f.value != "" {
			r.Filters = map[search.FacetField]search.Filter{f.field: {Include: []string{f.value}}}
			return r
		}
	}
	return r
}

// browsing asks for the whole archive.
func (c *chooser) browsing() search.Request {
	orders := []search.Sort{search.SortNewest, search.SortOldest, search.SortLongest}
	page := c.made / len(orders) % 10
	return search.Request{Sort: orders[c.made%len(orders)], Offset: page * search.DefaultLimit}
}
