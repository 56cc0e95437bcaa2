package schema

import (
	"sort"

	"oped/corpus"
)

// Bounds of Lead: what a reader sees of an article before having to scroll.
const (
	leadParagraphs = 2
	leadWords      = 120
)

// leadEnd finds out where the part of the body ends that opens the article: up to two paragraphs, with the headings before
// them, cut at the end of the sentence that holds the 120th word. It is told of each place where it may end, with what
// stands before: so many words, and so many of whatever its user counts.
type leadEnd struct {
	paragraphs  int
	words, seen int  // of the lead
	over        bool // the lead ends there
	within      bool // a paragraph, which goes on
}

// beforeBlock is told of a new block.
func (o *leadEnd) beforeBlock(heading bool, words, seen int) {
	if !o.over && (o.paragraphs == leadParagraphs || words >= leadWords) {
		o.words, o.seen, o.over = words, seen, true
	}
	if !heading {
		o.paragraphs++
	}
}

// beforeSentence is told of a new sentence within a block.
func (o *leadEnd) beforeSentence(words, seen int) {
	if !o.over && words >= leadWords {
		o.words, o.seen, o.over, o.within = words, seen, true, true
	}
}

// lead are those of the body's tokens that are of the lead.
func lead(a *corpus.Article, body []Token) []Token {
	var o leadEnd
	for i, t := range body {
		if i == 0 || t.Block != body[i-1].Block {
			o.beforeBlock(a.Body[t.Block].Kind == corpus.Heading, i, i)
		} else if t.Sentence != body[i-1].Sentence {
			o.beforeSentence(i, i)
		}
		if o.over {
			return body[:i:i]
		}
	}
	return body
}

// lead cuts the lead off the body.
func (o *Outline) lead() {
	body := o.Sentences[Body]
	n := len(body)
	var end leadEnd
	for i, s := range body {
		if i == 0 || s.Block != body[i-1].Block {
			end.beforeBlock(o.Article.Body[s.Block].Kind == corpus.Heading, s.First-1, i)
		} else {
			end.beforeSentence(s.First-1, i)
		}
		if end.over {
			n = i
			break
		}
	}
	o.Sentences[Lead] = body[:n:n]
	tokens := o.Tokens[Body]
	last := sort.Search(len(tokens), func(i int) bool { return tokens[i].Sentence >= n })
	o.Tokens[Lead] = tokens[:last:last]
}
