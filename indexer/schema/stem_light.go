package schema

import (
	"strings"
	"unicode/utf8"
)

// minStem is the least number of letters that the light stemmers leave of a word.
const minStem = 3

// ukrainianEndings are endings of cases, numbers, adjectives, participles and reflexive verbs, longest first. Derivation is
// left alone.
var ukrainianEndings = strings.Fields(`
	ування уванням ування
	іями ього ього ьому ються ються ється ється ємося имося ішого ішому
	ами ями ові еві ому ого ими іми ого ості істю ання ення анню енню анням енням
	ють уть ять ать ала али ало ила или ило ити ати яти іти ала ав ив ів
	ою ею єю ії ій ий им їм ої ом ем єм ах ях их іх ів їв ям ам ою ую юю ає яє ує ві еш єш иш їш
	а я о е є у ю и і ї й ь`)

// stemUkrainian takes off one ending and the soft sign before it. No complete stemmer of Ukrainian is free to use here;
// this one conflates the cases of nouns and adjectives, which is most of what a search needs.
func stemUkrainian(word string) string {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "ся"), "сь")
	for _, e := range ukrainianEndings {
		if rest, ok := strings.CutSuffix(word, e); ok && utf8.RuneCountInString(rest) >= minStem {
			return strings.TrimSuffix(rest, "ь")
		}
	}
	return word
}

// Prefixes and suffixes of Arabic after the "light10" stemmer of Larkey, Ballesteros and Connell, for folded words.
var (
	arabicPrefixes = []string{"وال", "بال", "كال", "فال", "ال", "لل", "و"}
	arabicSuffixes = []string{"ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"}
)

// stemArabic takes off the article with what is fused to it, and the common endings, as long as enough of the word
// remains.
func stemArabic(word string) string {
	for _, p := range arabicPrefixes {
		least := 2
		if p == "و" {
			least = 3
		}
		if rest, ok := strings.CutPrefix(word, p); ok && utf8.RuneCountInString(rest) >= least {
			word = rest
			break
		}
	}
	for _, s := range arabicSuffixes {
		if rest, ok := strings.CutSuffix(word, s); ok && utf8.RuneCountInString(rest) >= 2 {
			word = rest
		}
	}
	return word
}
