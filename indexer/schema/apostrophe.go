package schema

import (
	"strings"
	"unicode/utf8"
)

// apostrophe treats a word with an apostrophe inside: an elided article stands aside, a name is found without the sign.
func (f *form) apostrophe(s, folded, lang string) string {
	before, after, _ := strings.Cut(folded, "'")
	if isElision(before, after, lang) {
		f.also = []string{truncate(folded)}
		f.skip = afterApostrophe(s)
		f.capital, f.allCaps = capitals(s[f.skip:], false)
		return after
	}
	if !f.capital || isContraction(after) {
		return folded
	}
	f.also = []string{truncate(strings.ReplaceAll(folded, "'", ""))}
	if (before == "l" || before == "d") && utf8.RuneCountInString(after) > 2 {
		f.also = append(f.also, truncate(after)) // d'Estaing in an English text
	}
	return folded
}

func isContraction(after string) bool {
	switch after {
	case "t", "d", "m", "ll", "re", "ve", "em":
		return true
	}
	return false
}

// afterApostrophe is the number of bytes of a spelling up to and with its first apostrophe.
func afterApostrophe(s string) int {
	for i, r := range s {
		if isApostrophe(r) {
			return i + utf8.RuneLen(r)
		}
	}
	return 0
}

// elisions are, by language, the words that lose their vowel before another; those of Catalan are among the French.
var elisions = map[string]map[string]bool{
	"fr": set("l d j m t s c n qu jusqu lorsqu puisqu quoiqu"),
	"ca": set("l d m t s n"),
	"it": set("l d c n m t s v un gl dell nell all dall sull quell quest sant bell mezz quant senz tutt"),
}

// wholeWords have an apostrophe that is no elision.
var wholeWords = set("aujourd'hui prud'homme prud'hommes d'abord d'ailleurs d'accord c'est-a-dire")

func isElision(before, after, lang string) bool {
	return after != "" && elisions[lang][before] && !wholeWords[before+"'"+after]
}
