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
// them, cut at the end of the sentence that holds the 120th word. It is told of each place where it may end, with how many
// words stand before.
type leadEnd struct {
	paragraphs int
	words      int  // of the lead
	over       bool // the lead ends there
}

// beforeBlock is told of a new block.
func (o *leadEnd) beforeBlock(heading bool, words int) {
	if !o.over && (o.paragraphs == leadParagraphs || words >= leadWords) {
		o.words, o.over = words, true
	}
	if !heading {
		o.paragraphs++
	}
}

// beforeSentence is told of a new sentence within a block.
func (o *leadEnd) beforeSentence(words int) {
	if !o.over && words >= leadWords {
		o.words, o.over = words, true
	}
}

// lead are those of the body's tokens that are of the lead.
func lead(a *corpus.Article, body []Token) []Token {
	var o leadEnd
	for i, t := range body {
		if i == 0 || t.Block != body[i-1].Block {
			o.beforeBlock(a.Body[t.Block].Kind == corpus.Heading, i)
		} else if t.Sentence != body[i-1].Sentence {
			o.beforeSentence(i)
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
			end.beforeBlock(o.Article.Body[s.Block].Kind == corpus.Heading, s.First-1)
		} else {
			end.beforeSentence(s.First - 1)
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
