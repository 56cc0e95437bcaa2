package schema

import (
	"slices"
	"unicode/utf8"
)

// scan reads the words of one segment as text does, block by block, but looks only at the wanted ones. Of the others it sees
// that they are there, and where a sentence ends: most of them are done with when their end is found.
type scan struct {
	text
	wanted    *Wanted
	paragraph int // of the block at hand
	sentences []Sentence
	tokens    []Token
	seams     []seam // of the tokens of the block at hand
}

// seam is what a token of a scan does not tell.
type seam struct {
	kind   kind
	hyphen bool // joins it to the word before it
}

// asciiLower turns an ASCII letter into a small one, and leaves a digit as it is.
const asciiLower = 'a' - 'A'

// block adds the sentences and the wanted words of the n-th text of the segment, and reports whether it has words.
func (t *scan) block(n int, s string) bool {
	t.seams = t.seams[:0]
	before := t.read
	last := word{} // the last word that counts, if any
	for i := 0; i < len(s) && t.read < maxWords; {
		w := word{start: i}
		if c := s[i]; asciiClass[c] == classWord {
			w.end = asciiWord(s, i)
		} else if c < utf8.RuneSelf {
			i++
			continue
		}
		var wanted bool
		if w.end > 0 {
			wanted = t.wanted.asks(s, i, w.end)
		} else if w = nextWord(s, i); w.end > 0 {
			wanted = t.wanted.passes(s, w.start, w.end)
		} else {
			break
		}
		i = w.end
		if !wanted && s[last.end:w.start] == " " && last.end > 0 && last.kind != initials || t.look(n, s, last, w, wanted) {
			t.read++
			t.position++
			last = w
		}
	}
	if last.end == 0 {
		return false
	}
	t.close(last)
	t.settle(s, t.read-before)
	t.paragraph++
	return true
}

// look looks closer at a word, and reports whether it counts.
func (t *scan) look(n int, s string, last, w word, wanted bool) bool {
	gap, first := s[last.end:w.start], last.end == 0
	hyphen := !first && isHyphen(gap) && last.kind != ideograph && w.kind != ideograph
	var f *form
	start := w.start
	if wanted || hyphen && t.looked() {
		if f = t.form(s[w.start:w.end], w.kind); f.exact == "" {
			return false
		}
		start += f.skip
	}
	switch {
	case first && t.list && t.position > 0:
		t.position++
		fallthrough
	case first:
		t.open(n, start)
	case ends(s, last, w, t.lang):
		t.close(last)
		t.open(n, start)
	}
	if f != nil {
		t.tokens = append(t.tokens, Token{
			Exact: f.exact, Stem: f.stem, Also: f.also, Block: n, Start: start, End: w.end, Position: t.position + 1,
			Sentence: len(t.sentences) - 1, Paragraph: t.paragraph, Capital: f.capital, AllCaps: f.allCaps,
		})
		t.seams = append(t.seams, seam{w.kind, hyphen})
	}
	return true
}

// looked reports whether the last word of the block that counted was looked at.
func (t *scan) looked() bool {
	return len(t.seams) > 0 && t.tokens[len(t.tokens)-1].Position == t.position
}

// open begins a sentence with the next word.
func (t *scan) open(n, start int) {
	t.sentences = append(t.sentences, Sentence{Block: n, Paragraph: t.paragraph, First: t.position + 1, Start: start})
}

// close ends the sentence at hand with the last word.
func (t *scan) close(last word) {
	s := &t.sentences[len(t.sentences)-1]
	s.Last, s.End = t.position, last.end
}

// settle gives the tokens of the block, which has so many words, what they are only together with the words beside them.
func (t *scan) settle(s string, words int) {
	tokens := t.tokens[len(t.tokens)-len(t.seams):]
	us := slices.ContainsFunc(tokens, func(token Token) bool { return token.Exact == dottedUS })
	shouted := us && words >= shoutedWords && t.allCaps(s, words)
	joined := func(i int) bool { // to the token before it
		return i < len(tokens) && t.seams[i].hyphen && tokens[i].Position == tokens[i-1].Position+1
	}
	for i, seam := range t.seams {
		token := &tokens[i]
		if shouted && token.Exact == dottedUS && seam.kind == plain {
			token.shout()
		}
		if !seam.hyphen && joined(i+1) && !joined(i+2) {
			token.join(tokens[i+1].Exact)
		}
	}
}

// allCaps reports whether the first words of a block have none in small letters among them.
func (t *scan) allCaps(s string, words int) bool {
	for i := 0; words > 0; {
		w := nextWord(s, i)
		f := t.form(s[w.start:w.end], w.kind)
		if !f.allCaps && hasLower(f.exact) {
			return false
		}
		if i = w.end; f.exact != "" {
			words--
		}
	}
	return true
}
