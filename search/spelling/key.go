package spelling

import (
	"strings"
	"unicode/utf8"
)

// habits are ways to write one sound that differ between languages and transliterations, each brought to one of them. A
// vowel is never taken for another: Anderson and Andersen are two names.
var habits = strings.NewReplacer(
	"tch", "ch", "sch", "sh", "cz", "ch", "ck", "k", "ph", "f", "gh", "g", "tz", "ts", "dzh", "j", "dj", "j",
	"ae", "a", "oe", "o", "ue", "u", // the umlauts, where they are written out
	"iy", "i", "ij", "i", "yi", "i", "yy", "i", "y", "i",
	"ce", "ce", "ci", "ci", "ch", "ch", "c", "k", "q", "k", "w", "v", "x", "ks",
)

// Key is the same for spellings of a name that differ by habits of writing only: Zelensky, Zelenskyy and Zelenskiy; Mueller
// and Muller; Gadaffi and Gaddafi; Erik and Eric; Kuril and Kurile. The word must be folded.
func Key(word string) string {
	key := undouble(habits.Replace(word))
	if stem, ok := strings.CutSuffix(key, "e"); ok && utf8.RuneCountInString(stem) >= minLetters && !endsInVowel(stem) {
		return stem
	}
	return key
}

// undouble writes every letter that stands twice once.
func undouble(s string) string {
	var b strings.Builder
	last := rune(-1)
	for _, r := range s {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

func endsInVowel(s string) bool { return strings.ContainsAny(s[len(s)-1:], "aeiou") }
