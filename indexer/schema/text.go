package schema

import (
	"strings"
	"unicode/utf8"
)

// text collects the tokens of one segment, block by block.
type text struct {
	an    *analyzer
	forms [kinds]*vocabulary // known ones
	lang  string
	list  bool // the blocks are values of a list: positions leave a gap between them
	full  bool // maxWords was reached; what follows is left out

	tokens              []Token
	words               []word // of tokens, for what depends on neighbours; parallel to the tokens of one block
	sentence, paragraph int
}

// newText begins a segment whose blocks have so many bytes together.
func (a *analyzer) newText(lang string, list bool, bytes int) *text {
	t := &text{an: a, lang: lang, list: list}
	for k := range kinds {
		t.forms[k] = a.forms(k, lang)
	}
	t.tokens = takeTokens(bytes/bytesPerWord + 1)
	return t
}

// bytesPerWord is less than what a word takes in most texts, so that the tokens find room.
const bytesPerWord = 5

// block adds the words of one block of text, which is a paragraph of its own.
func (t *text) block(n int, s string) {
	first := len(t.tokens)
	t.words = t.words[:0]
	for i := 0; i < len(s); {
		w := nextWord(s, i)
		if w.end == 0 {
			break
		}
		i = w.end
		if len(t.tokens) >= maxWords {
			t.full = true
			break
		}
		t.add(n, s, w)
	}
	if len(t.tokens) == first {
		return
	}
	t.resolve(s, first)
	t.paragraph++
	t.sentence++
}

// add appends the token of a word.
func (t *text) add(n int, s string, w word) {
	spelt := s[w.start:w.end]
	f := t.forms[w.kind].find(spelt)
	if f == nil {
		f = t.an.learn(t.forms[w.kind], spelt, w.kind, t.lang)
	}
	if f.exact == "" {
		return
	}
	if len(t.words) > 0 {
		if prev := t.words[len(t.words)-1]; ends(s, prev, w, t.lang) {
			t.sentence++
		}
	}
	t.words = append(t.words, w)
	t.tokens = append(t.tokens, Token{
		Exact: f.exact, Stem: f.stem, Also: f.also,
		Block: n, Start: w.start + f.skip, End: w.end,
		Position: t.position(), Sentence: t.sentence, Paragraph: t.paragraph,
		Capital: f.capital, AllCaps: f.allCaps, form: f,
	})
}

// position is that of the next token.
func (t *text) position() int {
	if len(t.tokens) == 0 {
		return 1
	}
	last := t.tokens[len(t.tokens)-1].Position
	if t.list && len(t.words) == 1 {
		return last + 2
	}
	return last + 1
}

// resolve settles what depends on the neighbours of a word, for the tokens of one block from first on: joined compounds
// and the reading of US.
func (t *text) resolve(s string, first int) {
	tokens := t.tokens[first:]
	shouted := len(tokens) >= shoutedWords && allCaps(tokens)
	for i := range tokens {
		if shouted && tokens[i].Exact == dottedUS && t.words[i].kind == plain {
			tokens[i].shout()
		}
		if joinsNext(s, t.words, i) {
			tokens[i].join(tokens[i+1].Exact)
		}
	}
}

// shout reads the US of a text in capitals, which may be the pronoun.
func (t *Token) shout() {
	t.Exact, t.Stem, t.Also, t.form = "us", "us", alsoDottedUS, nil
}

// join adds the form in which a compound of two is written as one word, where there is such a form.
func (t *Token) join(next string) {
	if joinable(t.Exact) && joinable(next) && len(t.Exact)+len(next) <= maxWordRunes && (hasLower(t.Exact) || hasLower(next)) {
		t.Also = append(t.Also[:len(t.Also):len(t.Also)], t.Exact+next)
		t.Joined = true
	}
}

// shoutedWords is how many words a text needs before it counts as written in capitals: "US" alone is the country.
const shoutedWords = 3

func allCaps(tokens []Token) bool {
	for i := range tokens {
		if !tokens[i].AllCaps && hasLower(tokens[i].Exact) {
			return false
		}
	}
	return true
}

// joinsNext reports whether word i and the next, and no more, are joined by a hyphen.
func joinsNext(s string, words []word, i int) bool {
	return hyphenated(s, words, i) && !hyphenated(s, words, i-1) && !hyphenated(s, words, i+1)
}

// hyphenated reports whether exactly a hyphen stands between word i and the next.
func hyphenated(s string, words []word, i int) bool {
	if i < 0 || i+1 >= len(words) || words[i].kind == ideograph || words[i+1].kind == ideograph {
		return false
	}
	switch s[words[i].end:words[i+1].start] {
	case "-", "\u2010", "\u2011":
		return true
	}
	return false
}

// joinable reports whether the exact form is of letters and digits only.
func joinable(exact string) bool { return !strings.ContainsAny(exact, ".,'+#_") }

// hasLower reports whether a folded form has a letter, that is anything but digits and signs.
func hasLower(folded string) bool {
	for i := 0; i < len(folded); i++ {
		if c := folded[i]; c >= 'a' && c <= 'z' || c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// joinedForm is the second reading of a typed word that is a compound of two or has an apostrophe in it, or "".
func joinedForm(typed string, tokens []Token) string {
	switch {
	case len(tokens) == 2 && len(tokens[0].Also) > 0:
		last := tokens[0].Also[len(tokens[0].Also)-1]
		if last == tokens[0].Exact+tokens[1].Exact {
			return last
		}
	case len(tokens) == 1 && tokens[0].Capital && strings.Contains(tokens[0].Exact, "'"):
		return strings.ReplaceAll(tokens[0].Exact, "'", "")
	}
	return ""
}
