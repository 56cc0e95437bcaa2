package web

import (
	"oped/corpus"
	"oped/search"
)

// piece is a run of text of an article. Match numbers what is marked, from 1; 0 is text in between.
type piece struct {
	Text                  string
	Match, Previous, Next int
	Total                 int
}

// numbering gives the marks of one article their numbers, in the order in which the article is read.
type numbering struct{ used, total int }

func newNumbering(m *search.Marked) *numbering {
	n := &numbering{}
	for _, spans := range segmentsOf(m) {
		for _, s := range spans {
			if s.Match {
				n.total++
			}
		}
	}
	return n
}

// segmentsOf are the texts of an article in the order in which it is read.
func segmentsOf(m *search.Marked) [][]search.Span {
	segments := [][]search.Span{m.Headline, m.Standfirst}
	segments = append(segments, m.Bylines...)
	segments = append(segments, m.Blocks...)
	segments = append(segments, m.AuthorNote)
	return append(segments, m.Corrections...)
}

// pieces numbers the marks of one text. The neighbours of the first and the last mark are each other.
func (n *numbering) pieces(spans []search.Span) []piece {
	ps := make([]piece, 0, len(spans))
	for _, s := range spans {
		p := piece{Text: s.Text}
		if s.Match {
			n.used++
			p.Match, p.Total = n.used, n.total
			p.Previous, p.Next = p.Match-1, p.Match+1
			if p.Previous == 0 {
				p.Previous = n.total
			}
			if p.Next > n.total {
				p.Next = 1
			}
		}
		ps = append(ps, p)
	}
	return ps
}

func (n *numbering) all(texts [][]search.Span) [][]piece {
	ps := make([][]piece, len(texts))
	for i, spans := range texts {
		ps[i] = n.pieces(spans)
	}
	return ps
}

func (n *numbering) bylines(m *search.Marked) []bylineView {
	views := make([]bylineView, 0, len(m.Bylines))
	for i, spans := range m.Bylines {
		view := bylineView{Pieces: n.pieces(spans)}
		if i < len(m.Article.Authors) {
			view.URL = authorLink(m.Article.Authors[i].Name).URL
		}
		views = append(views, view)
	}
	return views
}

// blockGroup is a paragraph, heading or quotation, or a run of list items.
type blockGroup struct {
	Kind   corpus.BlockKind
	Level  int // of a heading: 2 or 3 on the page, whatever the original had
	Blocks []blockView
}

// blockView is one block of the body; Number is its index, from 0, for links to it.
type blockView struct {
	Number int
	Pieces []piece
}

// blocks lays out the body: list items that follow one another make one list.
func (n *numbering) blocks(m *search.Marked) []blockGroup {
	var groups []blockGroup
	for i, spans := range m.Blocks {
		if i >= len(m.Article.Body) {
			break
		}
		block, view := m.Article.Body[i], blockView{i, n.pieces(spans)}
		if last := len(groups) - 1; block.Kind == corpus.ListItem && last >= 0 && groups[last].Kind == corpus.ListItem {
			groups[last].Blocks = append(groups[last].Blocks, view)
			continue
		}
		groups = append(groups, blockGroup{block.Kind, min(max(block.Level, 2), 3), []blockView{view}})
	}
	return groups
}

// Marked reports whether part of the name is marked; it then is no link, since each mark is one.
func (b bylineView) Marked() bool {
	for _, p := range b.Pieces {
		if p.Match > 0 {
			return true
		}
	}
	return false
}
