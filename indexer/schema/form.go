package schema

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"oped/indexer/segment"
)

// form is what the spelling of a word alone says about its token.
type form struct {
	exact, stem      string
	also             []string
	skip             int // bytes of the spelling before the word proper: an elided article
	capital, allCaps bool

	// What follows is set where the form is remembered: the terms of exact and of stem.
	lexicon             *segment.Lexicon
	exactTerm, stemTerm uint32
}

// Bounds of an analyzer's memory and of a term.
const (
	maxWordRunes     = 64      // nobody searches for a longer one; base64 and the like must not fill the dictionary
	maxForms         = 1 << 17 // of some 200 bytes each
	maxTerms         = 1 << 20 // of some 50 bytes each, of all analyzers together
	maxCachedSpelled = 48
	maxSpelled       = 1024 // bytes of a spelling that are looked at
)

// dottedUS is the exact form of the country, which must not be found by the pronoun.
const dottedUS = "u.s"

var alsoDottedUS = []string{dottedUS}

// analyzer remembers the forms of the spellings it has met, by kind and language. It is not safe for concurrent use.
type analyzer struct {
	known  [kinds]map[string]*vocabulary
	learnt int            // forms
	met    [maxMet]uint32 // hashes of spellings that were met and not remembered
	seed   maphash.Seed
	room   []form // for those to come, side by side
	text   text
	scan   scan
	freq   frequencies
}

// maxMet is how many spellings an analyzer knows to have met: those of some thousand articles, as most words of an article
// are remembered.
const maxMet = 1 << 15

// analyzers are kept from one text to the next for what they remember. What they give never depends on it. They share a
// lexicon.
var analyzers = struct {
	sync.Pool
	lexicon atomic.Pointer[segment.Lexicon]
}{Pool: sync.Pool{New: func() any { return &analyzer{seed: maphash.MakeSeed()} }}}

// borrow takes an analyzer for one article. One that knows too much forgets it all, but never half way: a term forgotten in
// a field would be counted as two.
func borrow() *analyzer {
	l := analyzers.lexicon.Load()
	if l == nil || l.Len() > maxTerms {
		analyzers.lexicon.CompareAndSwap(l, segment.NewLexicon())
		l = analyzers.lexicon.Load()
	}
	a := analyzers.Get().(*analyzer)
	if a.learnt > maxForms || a.freq.lexicon != l {
		a.forget(l)
	}
	return a
}

func (a *analyzer) giveBack() { analyzers.Put(a) }

// forget begins anew with a lexicon.
func (a *analyzer) forget(l *segment.Lexicon) {
	a.learnt, a.room = 0, nil
	for k := range a.known {
		a.known[k] = map[string]*vocabulary{}
	}
	a.freq.begin(l)
}

// forms are the known forms of a language. All languages without rules of their own share theirs, so that made-up ones
// take no memory.
func (a *analyzer) forms(k kind, lang string) *vocabulary {
	if stemmers[lang] == nil && elisions[lang] == nil {
		lang = ""
	}
	known := a.known[k][lang]
	if known == nil {
		known = newVocabulary()
		a.known[k][lang] = known
	}
	return known
}

// learn makes the form of a spelling, and keeps it among the known ones if it was met before: most words that are not known
// are never met again. What is kept holds no part of the text.
func (a *analyzer) learn(known *vocabulary, s string, k kind, lang string) *form {
	f := makeForm(s, k, lang)
	if len(s) > maxCachedSpelled {
		return &f
	}
	l := a.freq.lexicon
	f.lexicon = l
	f.exactTerm = l.Number(f.exact)
	f.stemTerm = f.exactTerm
	exact := l.Text(f.exactTerm)
	if f.stem == f.exact {
		f.stem = exact
	} else {
		f.stemTerm = l.Number(StemTerm(lang, f.stem))
		text := l.Text(f.stemTerm)
		f.stem = text[len(text)-len(f.stem):]
	}
	f.exact = exact
	for i := range f.also {
		f.also[i] = strings.Clone(f.also[i])
	}
	if len(a.room) == 0 {
		a.room = make([]form, formsAtOnce)
	}
	kept := &a.room[0]
	*kept, a.room = f, a.room[1:]
	if a.again(s) {
		known.add(s, kept)
		a.learnt++
	}
	return kept
}

// again reports whether a spelling was met before, not too long ago.
func (a *analyzer) again(s string) bool {
	hash := maphash.String(a.seed, s)
	m := &a.met[hash%maxMet]
	before := *m == uint32(hash>>32)
	*m = uint32(hash >> 32)
	return before
}

// formsAtOnce is how many forms memory is taken for at a time.
const formsAtOnce = 256

// makeForm applies every rule for single words to a spelling.
func makeForm(s string, k kind, lang string) form {
	var f form
	if len(s) > maxSpelled {
		s = strings.ToValidUTF8(s[:maxSpelled], "")
	}
	folded, possessive := strings.CutSuffix(Fold(s), "'s")
	folded = strings.Trim(folded, "'")
	f.capital, f.allCaps = capitals(s, possessive)
	switch {
	case k == initials:
		folded, f.also = initialsForm(folded)
	case f.allCaps && folded == "us":
		folded = dottedUS
	case strings.Contains(folded, "'"):
		folded = f.apostrophe(s, folded, lang)
	default:
		folded = plainNumber(folded)
	}
	f.exact = truncate(folded)
	f.stem = stem(f.exact, lang)
	return f
}

// initialsForm writes dotted initials without their points, but keeps the inner ones where the word would be taken for
// another. It is then found by the other form as well, the pronoun excepted.
func initialsForm(folded string) (exact string, also []string) {
	folded = strings.Trim(folded, ".")
	joined := strings.ReplaceAll(folded, ".", "")
	switch {
	case folded == dottedUS || folded == "a.m":
		return folded, nil
	case collides[joined]:
		return folded, []string{joined}
	}
	return joined, nil
}

// collides are the function words (English, and one Russian) that initials could be taken for.
var collides = set("am an as at be by do go he if in is it me my no of oh on or so to up us we are who was all can те")

// plainNumber takes the commas out of a number that is grouped by thousands.
func plainNumber(folded string) string {
	if !strings.Contains(folded, ",") {
		return folded
	}
	whole, rest, _ := strings.Cut(folded, ".")
	groups := strings.Split(whole, ",")
	if len(groups) < 2 || len(groups[0]) > 3 {
		return folded
	}
	for i, g := range groups {
		if i > 0 && len(g) != 3 || strings.Trim(g, "0123456789") != "" {
			return folded
		}
	}
	if rest != "" {
		rest = "." + rest
	}
	return strings.Join(groups, "") + rest
}

// capitals looks at the letters of a spelling, without its possessive 's.
func capitals(s string, possessive bool) (any, all bool) {
	if possessive {
		s = s[:len(s)-1]
	}
	all = true
	for _, r := range s {
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			any = true
		case unicode.IsLower(r):
			all = false
		}
	}
	return any, any && all
}

// truncate cuts a term after maxWordRunes characters.
func truncate(s string) string {
	if len(s) <= maxWordRunes {
		return s
	}
	n := 0
	for i := range s {
		if n == maxWordRunes {
			return s[:i]
		}
		n++
	}
	return s
}

// set makes a set of the words of a list.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
