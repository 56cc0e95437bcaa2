package learn

import (
	"cmp"
	"slices"
	"strings"
)

// match is a place of the body where a block may come from.
type match struct {
	block      int
	start, end int // of the body's words
	worth      int // in words, more or less
	before     *match
	total      int // worth of the best chain that ends here
}

// Bounds on the search for places: texts that stand in a body more often are told apart by their neighbours anyhow.
const (
	maxPlaces = 40
	maxStarts = 4
)

// lineWorth is what a block counts beside its words, so that lines of a word or two count too.
const lineWorth = 2

// align marks the blocks that make up the body read in order: of all ways to find the body's words in the page, in
// the same order in both, the one that finds most. Of a text that the page holds twice (a heading that a table of contents
// names first, a paragraph that a pull quote repeats) it so takes the one that stands between its neighbours.
func (l *labeller) align() {
	places := map[string][]int{}
	for i := 0; i+shingle <= len(l.truth); i++ {
		if k := strings.Join(l.truth[i:i+shingle], " "); len(places[k]) < maxPlaces {
			places[k] = append(places[k], i)
		}
	}
	best := newChain(len(l.truth))
	for i, w := range l.words {
		var found []match
		if len(w) >= shingle {
			found = l.longPlaces(i, places)
		} else if len(w) > 0 {
			found = l.linePlaces(i)
		}
		for k := range found {
			m := &found[k]
			if m.before = best.before(m.start); m.before != nil {
				m.total = m.before.total
			}
			m.total += m.worth
		}
		for k := range found {
			best.add(&found[k])
		}
	}
	for m := best.before(len(l.truth)); m != nil; m = m.before {
		l.mark(m.block)
	}
}

// longPlaces are the stretches of the body that hold most of a block's shingles.
func (l *labeller) longPlaces(i int, places map[string][]int) []match {
	list := shingles(l.words[i])
	var starts []int
	tried := 0
	for j, s := range list {
		if len(places[s]) == 0 {
			continue
		}
		for _, p := range places[s] {
			starts = append(starts, p-j)
		}
		if tried++; tried == maxStarts {
			break
		}
	}
	slices.Sort(starts)
	var out []match
	for k, start := range starts {
		if k > 0 && start-starts[k-1] < shingle {
			continue
		}
		lo, hi := max(0, start-2), start+len(list)+len(list)/8+2
		hits := 0
		for _, s := range list {
			if at, _ := slices.BinarySearch(places[s], lo); at < len(places[s]) && places[s][at] <= hi {
				hits++
			}
		}
		if float64(hits) >= covered*float64(len(list)) {
			start = max(0, start)
			out = append(out, match{block: i, start: start, end: min(len(l.truth), start+max(1, hits+shingle-3)), worth: hits + lineWorth})
		}
	}
	return out
}

// linePlaces are the lines of the body that are a short block's words.
func (l *labeller) linePlaces(i int) []match {
	var out []match
	for _, at := range l.lineAt[strings.Join(l.words[i], " ")] {
		out = append(out, match{block: i, start: at, end: at + len(l.words[i]), worth: len(l.words[i]) + lineWorth})
	}
	return out
}

// chain finds the best match that ends at or before a place: a Fenwick tree over places.
type chain []*match

func newChain(places int) chain { return make(chain, places+2) }

func (c chain) add(m *match) {
	for i := m.end + 1; i < len(c); i += i & -i {
		if c[i] == nil || cmp.Compare(m.total, c[i].total) > 0 {
			c[i] = m
		}
	}
}

func (c chain) before(place int) *match {
	var best *match
	for i := min(place+1, len(c)-1); i > 0; i -= i & -i {
		if c[i] != nil && (best == nil || c[i].total > best.total) {
			best = c[i]
		}
	}
	return best
}
