package schema

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
)

// stemmer gives the stems of one language for folded words.
type stemmer struct {
	stem func(string) string
	// accents puts back, at the end of a folded word, the accents that the rules of the language look at.
	accents []ending
	script  func(rune) bool
	// ends reports whether a word has an ending that the rules look at; all others are their own stems. nil: any may have.
	ends func(string) bool
}

// ending is a folded ending of at least Min bytes of word and the same ending as it is written.
type ending struct {
	folded, written string
	min             int
}

// stemmers holds the languages that have one. Turkish, Finnish and Hungarian are left out: their rules rest on the vowels
// that folding takes away.
var stemmers = map[string]*stemmer{
	"en": {stem: snowball(english.Stem), script: isLatin, ends: endsEnglish},
	"fr": {stem: snowball(french.Stem), script: isLatin, accents: []ending{
		{"ites", "ités", 8}, {"ite", "ité", 7}, {"ees", "ées", 5}, {"ee", "ée", 4}, {"erent", "èrent", 7}}},
	"de": {stem: snowball(german.Stem), script: isLatin},
	"es": {stem: snowball(spanish.Stem), script: isLatin, accents: []ending{
		{"cion", "ción", 6}, {"sion", "sión", 6}, {"logia", "logía", 7}, {"logias", "logías", 8}}},
	"it": {stem: snowball(italian.Stem), script: isLatin, accents: []ending{{"ita", "ità", 7}}},
	"pt": {stem: snowball(portuguese.Stem), script: isLatin, accents: []ending{
		{"coes", "ções", 6}, {"oes", "ões", 5}, {"cao", "ção", 5}, {"sao", "são", 6}, {"encias", "ências", 8}, {"encia", "ência", 7}}},
	"nl": {stem: stemDutch, script: isLatin},
	"sv": {stem: snowball(swedish.Stem), script: isLatin},
	"da": {stem: snowball(danish.Stem), script: isLatin},
	"no": {stem: snowball(norwegian.Stem), script: isLatin},
	"ru": {stem: snowball(russian.Stem), script: isCyrillic},
	"uk": {stem: stemUkrainian, script: isCyrillic},
	"ar": {stem: stemArabic, script: isArabic},
}

// Languages lists the languages that have stems, sorted. The slice is the caller's.
func Languages() []string {
	return []string{"ar", "da", "de", "en", "es", "fr", "it", "nl", "no", "pt", "ru", "sv", "uk"}
}

// maxStemRounds bounds the repetition in stem; two is the most that any word is known to need.
const maxStemRounds = 4

// stem is the stem of a folded word, folded too; the word itself where the language has no stemmer or the word is not of
// its script. A stem is its own stem: whoever looks for a stem finds the word that is spelt so.
func stem(exact, lang string) string {
	st := stemmers[lang]
	if st == nil || len(exact) < 3 || !st.takes(exact) {
		return exact
	}
	for range maxStemRounds {
		if st.ends != nil && !st.ends(exact) {
			break
		}
		next := Fold(st.stem(st.written(exact)))
		if next == exact || next == "" {
			break
		}
		exact = next
	}
	return exact
}

func (st *stemmer) takes(exact string) bool {
	for _, r := range exact {
		if r != '\'' && !st.script(r) {
			return false
		}
	}
	return true
}

func (st *stemmer) written(exact string) string {
	for _, e := range st.accents {
		if len(exact) >= e.min && strings.HasSuffix(exact, e.folded) {
			return exact[:len(exact)-len(e.folded)] + e.written
		}
	}
	return exact
}

// endsEnglish reports whether a word ends as one that the rules for English (Porter 2) may change.
func endsEnglish(word string) bool {
	switch word[len(word)-1] {
	case 'a', 'b', 'f', 'h', 'j', 'k', 'o', 'p', 'q', 'u', 'v', 'w', 'x', 'z':
		return false
	case 'c':
		return strings.HasSuffix(word, "ic")
	case 'd':
		return strings.HasSuffix(word, "ed")
	case 'g':
		return strings.HasSuffix(word, "ing")
	case 'm':
		return strings.HasSuffix(word, "ism")
	case 'n':
		return strings.HasSuffix(word, "ion")
	case 'r':
		return strings.HasSuffix(word, "er") || strings.HasSuffix(word, "or")
	case 't':
		return strings.HasSuffix(word, "nt")
	}
	return true
}

// snowball adapts a generated stemmer.
func snowball(run func(*snowballstem.Env) bool) func(string) string {
	return func(word string) string {
		env := snowballstem.NewEnv(word)
		run(env)
		return env.Current()
	}
}

// stemDutch joins huiz(en) with huis and brie(v)en with brief, which the generated stemmer leaves apart.
func stemDutch(word string) string {
	word = snowball(dutch.Stem)(word)
	if rest, ok := strings.CutSuffix(word, "z"); ok {
		return rest + "s"
	}
	if rest, ok := strings.CutSuffix(word, "v"); ok {
		return rest + "f"
	}
	return word
}

func isLatin(r rune) bool    { return r >= 'a' && r <= 'z' }
func isCyrillic(r rune) bool { return r >= 0x0400 && r < 0x0530 }
func isArabic(r rune) bool   { return r >= 0x0600 && r < 0x0700 }
