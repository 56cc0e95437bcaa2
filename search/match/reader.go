package match

import (
	"sync"

	"oped/corpus"
	"oped/indexer/schema"
)

// Reader puts articles under a program one after the other. Of each it reads no more than the program asks for. It is for
// one goroutine.
type Reader struct {
	article      *Article
	outline      *schema.Outline
	wanted       schema.Wanted
	vocabularies map[string]*vocabulary // by language
}

// outlines keep their memory from one Reader to the next.
var outlines = sync.Pool{New: func() any { return new(schema.Outline) }}

// NewReader returns a Reader for a program. The caller closes it.
func NewReader(p *Program) *Reader {
	r := &Reader{article: newArticle(p), outline: outlines.Get().(*schema.Outline), vocabularies: map[string]*vocabulary{}}
	for i := range p.Leaves {
		r.want(&p.Leaves[i])
	}
	if p.Root.asksWords() {
		r.wanted.Segment(schema.Body)
	}
	return r
}

// Read puts an article, in a language that the program was compiled for, under the program. What it returns, and the
// Outline in it, are valid until the next Read or Close.
func (r *Reader) Read(a *corpus.Article) *Article {
	r.outline.Read(a, &r.wanted)
	lang := r.outline.Language
	v := r.vocabularies[lang]
	if v == nil {
		v = newVocabulary(r.article.program, lang)
		r.vocabularies[lang] = v
	}
	r.article.put(r.outline, v)
	return r.article
}

// Close ends the use of r and of what Read returned last.
func (r *Reader) Close() {
	r.outline.Article = nil
	outlines.Put(r.outline)
	r.outline, r.article = nil, nil
}

// want asks for the segments and words that may meet a leaf.
func (r *Reader) want(l *Leaf) {
	for s := range schema.Segment(schema.NumSegments) {
		if l.Scope.Has(s) {
			r.wanted.Segment(s)
		}
	}
	for i := range l.Terms {
		r.wanted.Term(l.Terms[i].Text)
	}
	if !l.Expands() {
		return
	}
	if first, ok := l.rules.first(); ok {
		r.wanted.Begin(first, l.rules.least())
	} else {
		r.wanted.All(l.rules.least())
	}
}

// asksWords reports whether a tree asks how long the body is.
func (n *Node) asksWords() bool {
	if n.Op == OpWords {
		return true
	}
	for _, k := range n.Kids {
		if k.asksWords() {
			return true
		}
	}
	return false
}
