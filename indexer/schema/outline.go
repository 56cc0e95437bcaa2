package schema

import (
	"sort"
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

	block blockWords // memory
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
	lang := o.Language
	if !s.Stemmed() {
		lang = ""
	}
	r := outliner{an: an, lang: lang, list: isList(s), wanted: w, blockWords: o.block, sentences: o.Sentences[s], tokens: o.Tokens[s]}
	for k := range kinds {
		r.known[k] = an.forms(k, lang)
	}
	for i, block := range Texts(o.Article, s) {
		r.block(i, block)
		if !w.segments[s] && len(r.sentences) > 0 {
			break // the opening
		}
	}
	o.Sentences[s], o.Tokens[s], o.block = r.sentences, r.tokens, r.blockWords
}

// lead cuts the lead off the body, as lead does from its tokens.
func (o *Outline) lead() {
	body := o.Sentences[Body]
	n, paragraphs := 0, 0
	for ; n < len(body); n++ {
		if n == 0 || body[n].Block != body[n-1].Block {
			if paragraphs == leadParagraphs {
				break
			}
			if o.Article.Body[body[n].Block].Kind != corpus.Heading {
				paragraphs++
			}
		}
		if body[n].First > leadWords {
			break
		}
	}
	o.Sentences[Lead] = body[:n:n]
	tokens := o.Tokens[Body]
	end := sort.Search(len(tokens), func(i int) bool { return tokens[i].Sentence >= n })
	o.Tokens[Lead] = tokens[:end:end]
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

// outliner collects the sentences and tokens of one segment, block by block, as text does.
type outliner struct {
	an     *analyzer
	known  [kinds]*vocabulary
	lang   string
	list   bool
	wanted *Wanted

	blockWords
	sentences []Sentence
	tokens    []Token
	position  int // of the last word
	read      int // words
	paragraph int
}

// blockWords are the words of one block, with the forms of those that passed.
type blockWords struct {
	words []word
	met   []*form // nil for the others
	us    bool    // the country is among them
}

func (r *outliner) block(n int, s string) {
	r.find(s)
	if len(r.words) == 0 {
		return
	}
	if r.list && len(r.sentences) > 0 {
		r.position++
	}
	shouted := r.us && r.shouted(s)
	for i, w := range r.words {
		r.position++
		f := r.met[i]
		if i == 0 || ends(s, r.words[i-1], w, r.lang) {
			r.sentences = append(r.sentences, Sentence{Block: n, Paragraph: r.paragraph, First: r.position, Start: start(w, f)})
		}
		sentence := &r.sentences[len(r.sentences)-1]
		sentence.Last, sentence.End = r.position, w.end
		if f != nil {
			r.token(n, s, i, shouted)
		}
	}
	r.paragraph++
}

// find cuts a block into words, without those that have no form at all.
func (r *outliner) find(s string) {
	r.words, r.met, r.us = r.words[:0], r.met[:0], false
	for i := 0; i < len(s) && r.read < maxWords; {
		w := nextWord(s, i)
		if w.end == 0 {
			break
		}
		i = w.end
		var f *form
		if r.wanted.passes(s[w.start:w.end]) {
			if f = r.form(s, w); f.exact == "" {
				continue
			}
			r.us = r.us || f.exact == dottedUS
		}
		r.words, r.met = append(r.words, w), append(r.met, f)
		r.read++
	}
}

func (r *outliner) form(s string, w word) *form {
	spelt := s[w.start:w.end]
	if f := r.known[w.kind].find(spelt); f != nil {
		return f
	}
	return r.an.learn(r.known[w.kind], spelt, w.kind, r.lang)
}

// shouted reports whether the block is written in capitals.
func (r *outliner) shouted(s string) bool {
	for _, w := range r.words {
		if f := r.form(s, w); !f.allCaps && hasLower(f.exact) {
			return false
		}
	}
	return len(r.words) >= shoutedWords
}

// token adds the token of word i.
func (r *outliner) token(n int, s string, i int, shouted bool) {
	w, f := r.words[i], r.met[i]
	t := Token{
		Exact: f.exact, Stem: f.stem, Also: f.also, Block: n, Start: start(w, f), End: w.end, Position: r.position,
		Sentence: len(r.sentences) - 1, Paragraph: r.paragraph, Capital: f.capital, AllCaps: f.allCaps,
	}
	if shouted && f.exact == dottedUS && w.kind == plain {
		t.shout()
	}
	if joinsNext(s, r.words, i) {
		if r.met[i+1] == nil {
			r.met[i+1] = r.form(s, r.words[i+1])
		}
		t.join(r.met[i+1].exact)
	}
	r.tokens = append(r.tokens, t)
}

// start is where a word proper begins.
func start(w word, f *form) int {
	if f == nil {
		return w.start
	}
	return w.start + f.skip
}
