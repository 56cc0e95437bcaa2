package spelling

import (
	"cmp"
	"hash/maphash"
	"iter"
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
	maxAsked    = 600     // words whose use is looked at
	// nearlyAlways is the share of capitals from which on a word is a name.
	nearlyAlways = 0.9
	// sameCompany is how much the names beside two words must overlap for the two to mean the same.
	sameCompany = 0.15
	maxSlips    = 2
)

// Use tells how an archive uses a word, from some of its articles.
type Use struct {
	// Seen is how often the word was seen, Capital how often with a capital letter.
	Seen, Capital int
	// Beside counts the other names that stood right before or after it.
	Beside map[string]int
}

// Learn finds the names of an archive that are spelt in several ways. words are its folded words with the number of articles
// that have each; use is asked about a few hundred of them at most. Two words are spellings of one name if they differ by
// habits of writing only (see Key), are both nearly always written with a capital, and keep the same company: the
// same names stand beside them. A plural is no other spelling. What is in doubt is left out.
func Learn(words iter.Seq2[string, int], use func(word string) Use) *Variants {
	out := newVariants()
	uses := map[string]Use{}
	ask := func(word string) Use {
		u, ok := uses[word]
		if !ok && len(uses) < maxAsked {
			u = use(word)
			uses[word] = u
		}
		return u
	}
	vocabulary := read(words)
	for _, p := range alike(vocabulary) {
		a, b := ask(p.a), ask(p.b)
		if a.name() && b.name() && company(a, b) >= sameCompany {
			out.join(p.a, p.b)
			out.join(p.b, p.a)
		}
	}
	out.joinPlurals(vocabulary, ask)
	return out.sorted()
}

// joinPlurals adds the plurals of the words that have other spellings to all of these, where they are names too.
func (v *Variants) joinPlurals(vocabulary []entry, ask func(string) Use) {
	one := map[string]string{}
	for word := range v.others {
		one[word+"s"] = word
	}
	for _, e := range vocabulary {
		word, ok := one[e.word]
		if !ok || !ask(e.word).name() {
			continue
		}
		for _, other := range append(slices.Clone(v.others[word]), word) {
			v.join(e.word, other)
			v.join(other, e.word)
		}
	}
}

// pair is two words that are spelt alike, and the articles of the rarer one.
type pair struct {
	a, b     string
	articles int
}

// entry is a word that may be a name.
type entry struct {
	key      uint64 // of its Key
	word     string
	articles int
}

// read takes the words that may be names, those of one key side by side.
func read(words iter.Seq2[string, int]) []entry {
	var all []entry
	seed := maphash.MakeSeed()
	for word, articles := range words {
		if len(all) == maxWords {
			break
		}
		if articles >= minArticles && nameable(word) {
			all = append(all, entry{maphash.String(seed, Key(word)), word, articles})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.word, b.word)) })
	return all
}

// alike lists pairs of words with one key, the commonest first.
func alike(all []entry) []pair {
	var pairs []pair
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].key == all[from].key {
			to++
		}
		alike := all[from:to]
		from = to
		if len(alike) > maxAlike {
			continue
		}
		for i, a := range alike {
			for _, b := range alike[i+1:] {
				if Key(a.word) == Key(b.word) && variants(a.word, b.word) {
					pairs = append(pairs, pair{a.word, b.word, min(a.articles, b.articles)})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.articles, a.articles), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
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

// name reports whether a word is nearly always written as a name.
func (u Use) name() bool {
	return u.Seen > 0 && float64(u.Capital) >= nearlyAlways*float64(u.Seen)
}

// titles stand before many names and tell nothing about whose they are.
var titles = strings.Fields("president minister prime senator secretary professor chancellor governor general judge justice " +
	"representative congressman congresswoman mayor pope king queen prince princess lord lady colonel captain chairman saint this that " +
	"what when where there these those they with from then have after before while although because since madame monsieur herr frau")

// company is how far the names beside two words are the same, from 0 to 1.
func company(a, b Use) float64 {
	share := func(u Use) (map[string]float64, float64) {
		out, sum := map[string]float64{}, 0.0
		for name, n := range u.Beside {
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
