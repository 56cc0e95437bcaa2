package schema

import (
	"strings"
	"unicode/utf8"
)

// text reads the words of one segment, block by block.
type text struct {
	an       *analyzer
	known    [kinds]*vocabulary
	lang     string
	list     bool // the blocks are values of a list: positions leave a gap between them
	full     bool // maxWords was reached; what follows is left out
	read     int  // words
	position int  // of the last word

	// words are those of the block at hand, and forms what their spellings say, one for each.
	words   []word
	forms   []*form
	shouted bool // the block is written in capitals and has the country, or the pronoun, in it
}

// begin begins a segment.
func (t *text) begin(an *analyzer, s Segment, lang string) {
	*t = text{an: an, lang: lang, list: isList(s), words: t.words[:0], forms: t.forms[:0]}
	if !s.Stemmed() {
		t.lang = ""
	}
	for k := range kinds {
		t.known[k] = an.forms(k, t.lang)
	}
}

// block reads a block of text, which is a paragraph of its own, and reports whether it has words.
func (t *text) block(s string) bool {
	t.words, t.forms = t.words[:0], t.forms[:0]
	us := false
	for i := 0; i < len(s); {
		w := nextWord(s, i)
		if w.end == 0 {
			break
		}
		i = w.end
		if t.read >= maxWords {
			t.full = true
			break
		}
		f := t.form(s[w.start:w.end], w.kind)
		if f.exact == "" {
			continue
		}
		us = us || f.exact == dottedUS
		t.words, t.forms = append(t.words, w), append(t.forms, f)
		t.read++
	}
	t.shouted = us && len(t.words) >= shoutedWords && t.allCaps(s)
	return len(t.words) > 0
}

func (t *text) form(spelt string, k kind) *form {
	if f := t.known[k].find(spelt); f != nil {
		return f
	}
	return t.an.learn(t.known[k], spelt, k, t.lang)
}

// step moves the position to word i.
func (t *text) step(i int) {
	if i == 0 && t.list && t.position > 0 {
		t.position++
	}
	t.position++
}

// ends reports whether a sentence ends before word i of the block.
func (t *text) ends(s string, i int) bool {
	return i > 0 && ends(s, t.words[i-1], t.words[i], t.lang)
}

// isPlain reports whether word i is what its spelling says, whatever stands beside it.
func (t *text) isPlain(s string, i int) bool {
	return !t.shouted && !joinsNext(s, t.words, i)
}

// token is the token of word i of block n, but for its sentence and paragraph.
func (t *text) token(n int, s string, i int) Token {
	w, f := t.words[i], t.forms[i]
	token := Token{
		Exact: f.exact, Stem: f.stem, Also: f.also, Block: n, Start: t.start(i), End: w.end, Position: t.position,
		Capital: f.capital, AllCaps: f.allCaps,
	}
	if t.shouted && f.exact == dottedUS && w.kind == plain {
		token.shout()
	}
	if joinsNext(s, t.words, i) {
		token.join(t.forms[i+1].exact)
	}
	return token
}

// start is where word i proper begins.
func (t *text) start(i int) int {
	return t.words[i].start + t.forms[i].skip
}

// tokens are those of the blocks of a segment.
func (t *text) tokens(blocks []string) []Token {
	bytes := 0
	for _, s := range blocks {
		bytes += len(s)
	}
	tokens := make([]Token, 0, bytes/bytesPerWord+1)
	sentence, paragraph := 0, 0
	for n, s := range blocks {
		if !t.block(s) {
			continue
		}
		for i := range t.words {
			t.step(i)
			if t.ends(s, i) {
				sentence++
			}
			token := t.token(n, s, i)
			token.Sentence, token.Paragraph = sentence, paragraph
			tokens = append(tokens, token)
		}
		sentence++
		paragraph++
	}
	return tokens
}

// bytesPerWord is less than what a word takes in most texts, so that the tokens find room.
const bytesPerWord = 5

// shout reads the US of a text in capitals, which may be the pronoun.
func (t *Token) shout() {
	t.Exact, t.Stem, t.Also = "us", "us", alsoDottedUS
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

// allCaps reports whether the block has no word in small letters.
func (t *text) allCaps(s string) bool {
	for i := range t.words {
		if f := t.forms[i]; !f.allCaps && hasLower(f.exact) {
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
	return isHyphen(s[words[i].end:words[i+1].start])
}

func isHyphen(s string) bool { return s == "-" || s == "\u2010" || s == "\u2011" }

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
