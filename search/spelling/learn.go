package spelling

import (
	"cmp"
	"hash/maphash"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of learning.
const (
	minLetters  = 5 // shorter names differ by a letter and are others: Iran, Iraq
	maxLetters  = 24
	minArticles = 2       // a spelling that occurs once may be a slip
	maxWords    = 1 << 20 // looked at, about 40 MB
	maxAlike    = 8       // words of one key; more of them are no spellings of one name
	maxCounted  = 2000    // pairs of words whose articles are counted
	maxAsked    = 600     // words whose use is looked at
	// nearlyAlways is the share of capitals from which on a word is a name.
	nearlyAlways = 0.9
	// sameCompany is how much the names beside two words must overlap for the two to mean the same.
	sameCompany = 0.15
	maxSlips    = 2
)

// Archive tells what it knows of its words, which are folded. Learn asks it from one goroutine.
type Archive interface {
	// Words yields the words that may be names. The oftener it yields one, the sooner that is looked at.
	Words(yield func(word string) bool)
	// Articles is the number of articles that have a word.
	Articles(word string) int
	// Use tells how some of these articles write it.
	Use(word string) Use
	// Beside counts the other names that stand right before or after a word in some of its articles.
	Beside(word string) map[string]int
}

// Use tells how often a word was seen, and how often of these with a capital letter.
type Use struct{ Seen, Capital int }

// Learn finds the names of an archive that are spelt in several ways. Two words are spellings of one name if they differ by
// habits of writing only (see Key), are both nearly always written with a capital, and keep the same company: the
// same names stand beside them. A plural is no other spelling. What is in doubt is left out. The archive is asked about the
// use of a few hundred words at most, and about the company of those that turn out to be names.
func Learn(a Archive) *Variants {
	l := &lesson{Archive: a, names: map[string]bool{}, company: map[string]map[string]int{}}
	out := newVariants()
	for _, p := range l.commonest(l.alike(read(a.Words))) {
		if l.isName(p.a) && l.isName(p.b) && company(l.beside(p.a), l.beside(p.b)) >= sameCompany {
			out.join(p.a, p.b)
			out.join(p.b, p.a)
		}
	}
	l.joinPlurals(out)
	return out.sorted()
}

// lesson remembers what an archive has answered.
type lesson struct {
	Archive
	names   map[string]bool // words asked about: whether they are names
	company map[string]map[string]int
}

// isName reports whether a word is nearly always written as a name. Of words that it is too late to ask about it says no.
func (l *lesson) isName(word string) bool {
	is, ok := l.names[word]
	if !ok && len(l.names) < maxAsked {
		u := l.Use(word)
		is = u.Seen > 0 && float64(u.Capital) >= nearlyAlways*float64(u.Seen)
		l.names[word] = is
	}
	return is
}

// beside is the company of a name.
func (l *lesson) beside(word string) map[string]int {
	if l.company[word] == nil {
		l.company[word] = l.Beside(word)
	}
	return l.company[word]
}

// joinPlurals adds the plurals of the words that have other spellings to all of these, where they are names too.
func (l *lesson) joinPlurals(v *Variants) {
	for _, word := range slices.Sorted(maps.Keys(v.others)) {
		many := word + "s"
		if !nameable(many) || l.Articles(many) < minArticles || !l.isName(many) {
			continue
		}
		for _, other := range append(slices.Clone(v.others[word]), word) {
			v.join(many, other)
			v.join(other, many)
		}
	}
}

// pair is two words that are spelt alike, and the times or articles that the rarer one was met.
type pair struct {
	a, b string
	met  int
}

// entry is a word that may be a name.
type entry struct {
	word string
	met  int
}

// read takes the words that may be names. It returns those that share a Key with another, by Key.
func read(words iter.Seq[string]) [][]entry {
	met := map[string]int{}
	for word := range words {
		if n := met[word]; n > 0 {
			met[word] = n + 1
		} else if len(met) < maxWords && nameable(word) {
			met[word] = 1
		}
	}
	// Nearly all words are alone with their Key, so the first one has no list.
	seed, first, groups := maphash.MakeSeed(), map[uint64]string{}, map[string][]entry{}
	for word, n := range met {
		key := Key(word)
		hash := maphash.String(seed, key)
		other, ok := first[hash]
		if !ok {
			first[hash] = word
			continue
		}
		if groups[key] == nil && Key(other) == key {
			groups[key] = []entry{{other, met[other]}}
		}
		groups[key] = append(groups[key], entry{word, n})
	}
	return slices.Collect(maps.Values(groups))
}

// alike lists the pairs among words of one key.
func (l *lesson) alike(groups [][]entry) []pair {
	var pairs []pair
	for _, group := range groups {
		if len(group) > maxAlike {
			group = slices.DeleteFunc(group, func(e entry) bool { return l.Articles(e.word) < minArticles })
		}
		if len(group) > maxAlike {
			continue
		}
		for i, a := range group {
			for _, b := range group[:i] {
				if variants(a.word, b.word) {
					pairs = append(pairs, pair{min(a.word, b.word), max(a.word, b.word), min(a.met, b.met)})
				}
			}
		}
	}
	return pairs
}

// commonest puts the pairs first that the most articles have. Of those that were met the least it leaves out what is too much
// to count.
func (l *lesson) commonest(pairs []pair) []pair {
	order := func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.met, a.met), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	}
	slices.SortFunc(pairs, order)
	pairs = pairs[:min(len(pairs), maxCounted)]
	for i, p := range pairs {
		pairs[i].met = min(l.Articles(p.a), l.Articles(p.b))
	}
	pairs = slices.DeleteFunc(pairs, func(p pair) bool { return p.met < minArticles })
	slices.SortFunc(pairs, order)
	return pairs
}

// nameable reports whether a word may be a name that can be spelt in several ways.
func nameable(word string) bool {
	if n := utf8.RuneCountInString(word); n < minLetters || n > maxLetters {
		return false
	}
	for _, r := range word {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// variants reports whether two words of one key can be spellings of one name: a few slips apart, and not one and many.
func variants(a, b string) bool {
	plural := func(one, many string) bool { return many == one+"s" || many == one+"es" }
	return !plural(a, b) && !plural(b, a) && Distance(a, b) <= maxSlips
}

// titles stand before many names and tell nothing about whose they are.
var titles = strings.Fields("president minister prime senator secretary professor chancellor governor general judge justice " +
	"representative congressman congresswoman mayor pope king queen prince princess lord lady colonel captain chairman saint this that " +
	"what when where there these those they with from then have after before while although because since madame monsieur herr frau")

// company is how far the names beside two words are the same, from 0 to 1.
func company(a, b map[string]int) float64 {
	share := func(beside map[string]int) (map[string]float64, float64) {
		out, sum := map[string]float64{}, 0.0
		for name, n := range beside {
			if utf8.RuneCountInString(name) >= 4 && !slices.Contains(titles, name) {
				out[name], sum = float64(n), sum+float64(n)
			}
		}
		return out, sum
	}
	x, all := share(a)
	y, every := share(b)
	overlap := 0.0
	for name, n := range x {
		overlap += min(n/all, y[name]/max(every, 1))
	}
	return overlap
}
