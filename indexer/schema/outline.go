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
	// shortest is, by first byte, how short words are that are looked at, 0 for none; of those outside ASCII all are.
	shortest [1 << 8]uint8
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
	w.Begin(r, utf8.RuneCountInString(term))
}

// Begin asks for words that have, exactly or as their stem, a form of at least so many characters that begins with r.
func (w *Wanted) Begin(r rune, least int) {
	if r < 0 || r >= utf8.RuneSelf {
		return
	}
	if r == 'u' { // the one form that is longer than its word
		least = min(least, len("us"))
	}
	size := uint8(min(max(least, 1), maxWordRunes))
	if known := w.shortest[r]; known == 0 || size < known {
		w.shortest[r] = size
	}
}

// All asks for all words that have a form of at least so many characters.
func (w *Wanted) All(least int) {
	for r := range rune(utf8.RuneSelf) {
		w.Begin(r, least)
	}
}

// asks reports whether the ASCII letters and digits from start to end of a text, which are a word, may have a wanted term. All
// forms of such a word begin as it does, in lower case, and none is longer, but for one that holds the word after a hyphen too.
func (w *Wanted) asks(s string, start, end int) bool {
	least := int(w.shortest[s[start]|asciiLower])
	return least > 0 && (end-start >= least || end < len(s) && (s[end] == '-' || s[end] >= utf8.RuneSelf))
}

// passes reports the same of any word. Of one that is not all ASCII nothing is known before it is looked at.
func (w *Wanted) passes(s string, start, end int) bool {
	for _, c := range []byte(s[start:end]) {
		if asciiClass[c] != classWord {
			return true
		}
	}
	return w.asks(s, start, end)
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
	t := &an.scan
	t.begin(an, s, o.Language)
	t.wanted, t.paragraph, t.sentences, t.tokens = w, 0, o.Sentences[s], o.Tokens[s]
	for n, block := range Texts(o.Article, s) {
		if t.block(n, block) && !w.segments[s] {
			break // the opening
		}
	}
	o.Sentences[s], o.Tokens[s] = t.sentences, t.tokens
	t.wanted, t.sentences, t.tokens = nil, nil, nil
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
