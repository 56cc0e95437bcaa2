package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// selection is a choice among the blocks of a page.
type selection struct {
	keep  []bool
	words int
	// sure is from 0 to 1: how clearly the kept blocks stand out.
	sure float64
}

// typed turns the kept blocks into the blocks of an article.
func (l *layout) typed(keep []bool) []corpus.Block {
	var out []corpus.Block
	_, last := span(keep)
	for i := range l.blocks {
		if !keep[i] {
			continue
		}
		b := l.typedBlock(&l.blocks[i])
		if i == last && b.Kind == corpus.Heading && !isHeadingTag(l.blocks[i].tag) {
			b = corpus.Block{Kind: corpus.Paragraph, Text: b.Text} // a bold line with nothing below it signs or ends the piece
		}
		out = append(out, b)
	}
	return out
}

func (l *layout) typedBlock(b *block) corpus.Block {
	switch b.tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return corpus.Block{Kind: corpus.Heading, Level: max(2, int(b.tag.String()[1]-'0')), Text: b.text}
	}
	if b.words > 0 && b.strong == b.words && b.words <= maxHeadingWords && b.links == 0 && isTitleLine(b.text) {
		return corpus.Block{Kind: corpus.Heading, Level: 3, Text: b.text}
	}
	for e := b.elem; e > 0; e = l.elems[e].parent {
		switch l.elems[e].node.DataAtom {
		case atom.Blockquote:
			return corpus.Block{Kind: corpus.Quote, Text: b.text}
		case atom.Li:
			return corpus.Block{Kind: corpus.ListItem, Text: b.text}
		case atom.Article, atom.Section, atom.Table:
			return corpus.Block{Kind: corpus.Paragraph, Text: b.text}
		}
	}
	return corpus.Block{Kind: corpus.Paragraph, Text: b.text}
}

// maxHeadingWords is the longest line that may be a heading without being marked as one.
const maxHeadingWords = 12

// isTitleLine reports whether a line reads as a heading: it does not end as a sentence or go on.
func isTitleLine(s string) bool {
	return s != "" && !strings.ContainsRune(".,;:!…”\"»)", lastRune(s)) && countWords(s) > 0
}

func lastRune(s string) rune {
	r := []rune(s[max(0, len(s)-4):])
	return r[len(r)-1]
}

// endsSentence reports whether a text ends like a full sentence.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]*")
	return s != "" && strings.ContainsRune(".!?…。！？:", lastRune(s))
}
