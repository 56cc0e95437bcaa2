package spelling

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"oped/indexer/schema"
)

// Variants are spellings of names that mean the same. They are immutable and safe for concurrent use; nil knows none.
type Variants struct {
	others  map[string][]string // by folded word: the other spellings of its groups, sorted
	written map[string]string   // how words are shown, where that is known
	apart   map[[2]string]bool  // words that are never spellings of one another
}

// maxOthers bounds the other spellings of one word: each costs as much as a word of the query.
const maxOthers = 12

// Of lists the other spellings of a word, folded and sorted; none where it is more than one word. The slice must not be
// changed.
func (v *Variants) Of(word string) []string {
	if v == nil {
		return nil
	}
	folded, ok := oneWord(word)
	if !ok {
		return nil
	}
	return v.others[folded]
}

// Written is a spelling as it is shown to readers: as the file has it, else with a capital.
func (v *Variants) Written(word string) string {
	if as := v.written[word]; as != "" {
		return as
	}
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[size:]
}

// Len is how many words have other spellings.
func (v *Variants) Len() int {
	if v == nil {
		return 0
	}
	return len(v.others)
}

// With is the spellings of both. What either keeps apart stays apart.
func (v *Variants) With(more *Variants) *Variants {
	if v == nil || more == nil {
		if v == nil {
			return more
		}
		return v
	}
	out := newVariants()
	for _, part := range []*Variants{v, more} {
		for pair := range part.apart {
			out.apart[pair] = true
		}
		for word, as := range part.written {
			out.written[word] = as
		}
	}
	for _, part := range []*Variants{v, more} {
		for word, others := range part.others {
			for _, other := range others {
				out.join(word, other)
			}
		}
	}
	return out.sorted()
}

func newVariants() *Variants {
	return &Variants{others: map[string][]string{}, written: map[string]string{}, apart: map[[2]string]bool{}}
}

// join makes one word a spelling of another.
func (v *Variants) join(word, other string) {
	if word == other || v.apart[pairOf(word, other)] || slices.Contains(v.others[word], other) {
		return
	}
	if len(v.others[word]) < maxOthers {
		v.others[word] = append(v.others[word], other)
	}
}

func (v *Variants) sorted() *Variants {
	for _, others := range v.others {
		slices.Sort(others)
	}
	return v
}

// pairOf names a pair whatever its order.
func pairOf(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }

// oneWord folds what is one word to the analysis.
func oneWord(s string) (folded string, ok bool) {
	if len(s) > 4*maxDistanceRunes {
		return "", false
	}
	tokens := schema.AnalyzeText(strings.TrimSpace(s), "")
	if len(tokens) != 1 {
		return "", false
	}
	return tokens[0].Exact, true
}
