package schema

import (
	"strings"
	"unicode/utf8"

	"oped/corpus"
)

// Outline is an article as far as it takes to mark and to show it: where its sentences are, and which words may have a term
// that was asked for. It says the same as Document, of which it leaves most out.
type Outline struct {
	Article *corpus.Article
	// Language is as in Document.
	Language string
	// Sentences are those of each segment that was read.
	Sentences [numSegments][]Sentence
	// Tokens are the words that may have a wanted term, in order, and perhaps others. A Token that is Joined is followed by
	// the other half.
	Tokens [numSegments][]Token
}

// Sentence is where the words of a sentence stand; it never reaches from one text into the next. Its number is its index,
// and its other parts mean what they mean in Token.
type Sentence struct {
	Block, Paragraph int
	// First and Last are the positions of its first and last word, Start and End the bytes from the one to the other.
	First, Last, Start, End int
}

// Wanted says what an Outline is to hold. The zero Wanted asks for nothing but the opening: the first of the body's texts
// that has words. It may be used by several goroutines once nothing is added any more.
type Wanted struct {
	segments [numSegments]bool
	begins   [utf8.RuneSelf]bool // how words begin that are looked at
}

// Segment asks for a segment.
func (w *Wanted) Segment(s Segment) {
	w.segments[s] = true
	if s == Lead {
		w.segments[Body] = true
	}
}

// Term asks for the words that have a term: an exact form, or a stem as StemTerm writes it.
func (w *Wanted) Term(term string) {
	if strings.HasPrefix(term, stemPrefix) {
		term = term[strings.LastIndexByte(term, ':')+1:]
	}
	r, _ := utf8.DecodeRuneInString(term)
	w.Begin(r)
}

// Begin asks for words that have, exactly or as their stem, a form that begins with r.
func (w *Wanted) Begin(r rune) {
	if r >= 0 && r < utf8.RuneSelf {
		w.begins[r] = true
	}
}

// All asks for all words.
func (w *Wanted) All() {
	for i := range w.begins {
		w.begins[i] = true
	}
}

// passes reports whether a word may have a wanted term. All forms of a word of ASCII letters and digits begin as the word
// does, in lower case; of others nothing is known before they are looked at.
func (w *Wanted) passes(spelt string) bool {
	c := spelt[0]
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	if c >= utf8.RuneSelf || w.begins[c] {
		return true
	}
	for i := range len(spelt) {
		if asciiClass[spelt[i]] != classWord {
			return true
		}
	}
	return false
}

// Read reads an article in place of the last one, whose Sentences and Tokens are no longer valid. It keeps a.
func (o *Outline) Read(a *corpus.Article, w *Wanted) {
	o.Article, o.Language = a, PrimaryLanguage(a.Language)
	an := borrow()
	defer an.giveBack()
	for s := range numSegments {
		if s == Lead {
			continue
		}
		o.Sentences[s], o.Tokens[s] = o.Sentences[s][:0], o.Tokens[s][:0]
		if w.segments[s] || s == Body {
			o.segment(an, s, w)
		}
	}
	o.Sentences[Lead], o.Tokens[Lead] = nil, nil
	if w.segments[Lead] {
		o.lead()
	}
}

func (o *Outline) segment(an *analyzer, s Segment, w *Wanted) {
	t := &an.text
	t.begin(an, s, o.Language)
	t.wanted = w
	paragraph := 0
	for n, block := range Texts(o.Article, s) {
		if !t.block(block) {
			continue
		}
		o.block(t, s, n, block, paragraph)
		paragraph++
		if !w.segments[s] {
			break // the opening
		}
	}
}

// block adds the sentences and tokens of the block at hand.
func (o *Outline) block(t *text, s Segment, n int, block string, paragraph int) {
	sentences, tokens := o.Sentences[s], o.Tokens[s]
	for i := range t.words {
		t.step(i)
		if i == 0 || t.ends(block, i) {
			sentences = append(sentences, Sentence{Block: n, Paragraph: paragraph, First: t.position, Start: t.start(i)})
		}
		last := len(sentences) - 1
		sentences[last].Last, sentences[last].End = t.position, t.words[i].end
		if t.forms[i] != nil {
			token := t.token(n, block, i)
			token.Sentence, token.Paragraph = last, paragraph
			tokens = append(tokens, token)
		}
	}
	o.Sentences[s], o.Tokens[s] = sentences, tokens
}

// Words is the length of the body, if Body was asked for.
func (o *Outline) Words() int {
	if n := len(o.Sentences[Body]); n > 0 {
		return o.Sentences[Body][n-1].Last
	}
	return 0
}

// Keywords are the values for the keyword fields; those that depend on the length hold if Body was asked for.
func (o *Outline) Keywords() []Keyword {
	return keywords(&Document{Article: o.Article, Language: o.Language, Words: o.Words()})
}

// Outline is the whole document as an outline that shares its tokens.
func (d *Document) Outline() *Outline {
	o := &Outline{Article: d.Article, Language: d.Language, Tokens: d.Tokens}
	for s, tokens := range d.Tokens {
		for i := range tokens {
			t := &tokens[i]
			if i == 0 || t.Sentence != tokens[i-1].Sentence {
				o.Sentences[s] = append(o.Sentences[s], Sentence{Block: t.Block, Paragraph: t.Paragraph, First: t.Position, Start: t.Start})
			}
			last := &o.Sentences[s][len(o.Sentences[s])-1]
			last.Last, last.End = t.Position, t.End
		}
	}
	return o
}
