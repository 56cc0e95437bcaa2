package schema

import (
	"slices"
	"unicode/utf8"

	"oped/corpus"
)

// Outline is an article as far as it takes to mark and to show it: where words stand, and what those of them are that
// may have a term that was asked for. It says the same as Document, of which it leaves most out, in a tenth of the time.
type Outline struct {
	Article *corpus.Article
	// Language is as in Document.
	Language string
	// Places are those of all words of each segment that was read.
	Places [numSegments][]Place
	// Tokens are, of those words, the ones that may have a wanted term, and perhaps others; in order.
	Tokens [numSegments][]Token
}

// Place is where a word stands; its parts mean what they mean in Token.
type Place struct {
	Block, Start, End             int32
	Position, Sentence, Paragraph int32
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

// Terms asks for words that have, exactly or as their stem, a term that begins with r.
func (w *Wanted) Terms(r rune) {
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

// Read reads an article in place of the last one, whose Places and Tokens are no longer valid. It keeps a.
func (o *Outline) Read(a *corpus.Article, w *Wanted) {
	o.Article, o.Language = a, PrimaryLanguage(a.Language)
	an := borrow()
	defer an.giveBack()
	for s := range numSegments {
		if s == Lead {
			continue
		}
		o.Places[s], o.Tokens[s] = o.Places[s][:0], o.Tokens[s][:0]
		if w.segments[s] || s == Body {
			o.segment(an, s, w)
		}
	}
	o.Places[Lead], o.Tokens[Lead] = nil, nil
	if w.segments[Lead] {
		o.lead()
	}
}

func (o *Outline) segment(an *analyzer, s Segment, w *Wanted) {
	lang := o.Language
	if !s.Stemmed() {
		lang = ""
	}
	r := outliner{an: an, lang: lang, list: isList(s), wanted: w, places: o.Places[s], tokens: o.Tokens[s]}
	for k := range kinds {
		r.forms[k] = an.forms(k, lang)
	}
	for i, block := range Texts(o.Article, s) {
		r.block(int32(i), block)
		if !w.segments[s] && len(r.places) > 0 {
			break // the opening
		}
	}
	o.Places[s], o.Tokens[s] = r.places, r.tokens
}

func (o *Outline) lead() {
	places := o.Places[Body]
	n := leadLength(o.Article, len(places), func(i int) (block, sentence int) {
		return int(places[i].Block), int(places[i].Sentence)
	})
	o.Places[Lead] = places[:n:n]
	for i, t := range o.Tokens[Body] {
		if n == 0 || t.Position > int(places[n-1].Position) {
			o.Tokens[Lead] = o.Tokens[Body][:i:i]
			return
		}
	}
	o.Tokens[Lead] = o.Tokens[Body]
}

// Words is the length of the body, if Body was asked for.
func (o *Outline) Words() int { return len(o.Places[Body]) }

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
			o.Places[s] = append(o.Places[s], Place{Block: int32(t.Block), Start: int32(t.Start), End: int32(t.End),
				Position: int32(t.Position), Sentence: int32(t.Sentence), Paragraph: int32(t.Paragraph)})
		}
	}
	return o
}

// outliner collects the places and tokens of one segment, block by block, as text does.
type outliner struct {
	an     *analyzer
	forms  [kinds]map[string]*form
	lang   string
	list   bool
	wanted *Wanted

	places              []Place
	tokens              []Token
	words               []word // of the block; parallel to its places
	sentence, paragraph int32
}

func (r *outliner) form(s string, w word) *form {
	spelt := s[w.start:w.end]
	if f := r.forms[w.kind][spelt]; f != nil {
		return f
	}
	return r.an.learn(r.forms[w.kind], spelt, w.kind, r.lang)
}

func (r *outliner) block(n int32, s string) {
	first, token := len(r.places), len(r.tokens)
	r.words = r.words[:0]
	for i := 0; i < len(s) && len(r.places) < maxWords; {
		w := nextWord(s, i)
		if w.end == 0 {
			break
		}
		i = w.end
		r.add(n, s, w)
	}
	if len(r.places) == first {
		return
	}
	r.resolve(s, first, token)
	r.paragraph++
	r.sentence++
}

func (r *outliner) add(n int32, s string, w word) {
	var f *form
	start := w.start
	if r.wanted.passes(s[w.start:w.end]) {
		if f = r.form(s, w); f.exact == "" {
			return
		}
		start += f.skip
	}
	if last := len(r.words) - 1; last >= 0 && ends(s, r.words[last], w, r.lang) {
		r.sentence++
	}
	r.words = append(r.words, w)
	p := Place{Block: n, Start: int32(start), End: int32(w.end), Position: r.position(), Sentence: r.sentence, Paragraph: r.paragraph}
	r.places = append(r.places, p)
	if f != nil {
		r.tokens = append(r.tokens, Token{
			Exact: f.exact, Stem: f.stem, Also: f.also, Block: int(n), Start: start, End: w.end, Position: int(p.Position),
			Sentence: int(p.Sentence), Paragraph: int(p.Paragraph), Capital: f.capital, AllCaps: f.allCaps, form: f,
		})
	}
}

func (r *outliner) position() int32 {
	switch n := len(r.places); {
	case n == 0:
		return 1
	case r.list && len(r.words) == 1:
		return r.places[n-1].Position + 2
	default:
		return r.places[n-1].Position + 1
	}
}

// resolve settles for the tokens of a block what depends on their neighbours.
func (r *outliner) resolve(s string, first, token int) {
	tokens := r.tokens[token:]
	shouted := slices.ContainsFunc(tokens, func(t Token) bool { return t.Exact == dottedUS }) && r.shouted(s)
	for i := range tokens {
		t := &tokens[i]
		n := t.Position - int(r.places[first].Position)
		if shouted && t.Exact == dottedUS && r.words[n].kind == plain {
			t.shout()
		}
		if joinsNext(s, r.words, n) {
			t.join(r.form(s, r.words[n+1]).exact)
		}
	}
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
