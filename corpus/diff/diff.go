package diff

import (
	"slices"
	"strings"

	"oped/corpus"
)

// Op says what became of a piece of text.
type Op uint8

// The operations.
const (
	Equal Op = iota
	Delete
	Insert
)

// String is "equal", "delete" or "insert".
func (o Op) String() string { return [...]string{"equal", "delete", "insert"}[o] }

// Piece is a stretch of text with what became of it. Pieces without those that were put in give the older text, up to what
// only looks different; without those that were taken out they give the newer one.
type Piece struct {
	Op   Op
	Text string
}

// Field is a part of the head that changed.
type Field struct {
	// Name is that of schema.org or corpus.Article: headline, kicker, standfirst, author, published, section, type, tags,
	// author_note, correction or access.
	Name   string
	Pieces []Piece
}

// Block is a paragraph, heading, quotation or list entry of either body or of both.
type Block struct {
	Kind   corpus.BlockKind
	Level  int
	Pieces []Piece
}

// Changed reports whether anything in the block is not equal.
func (b Block) Changed() bool { return changed(b.Pieces) }

// Changes is the difference of two versions.
type Changes struct {
	// Fields are those that changed, in the order in which a page shows them.
	Fields []Field
	// Body is the whole body, changed or not; Inserted and Deleted count its words that were put in and taken out.
	Body              []Block
	Inserted, Deleted int
}

// None reports whether the versions say the same.
func (c *Changes) None() bool {
	return len(c.Fields) == 0 && !slices.ContainsFunc(c.Body, Block.Changed)
}

// Articles compares two versions of an article.
func Articles(older, newer *corpus.Article) *Changes {
	c := &Changes{Body: bodies(older.Body, newer.Body)}
	for _, f := range fields {
		if pieces := Texts(f.text(older), f.text(newer)); changed(pieces) {
			c.Fields = append(c.Fields, Field{f.name, pieces})
		}
	}
	for _, b := range c.Body {
		for _, p := range b.Pieces {
			switch p.Op {
			case Insert:
				c.Inserted += countWords(p.Text)
			case Delete:
				c.Deleted += countWords(p.Text)
			}
		}
	}
	return c
}

// fields are the parts of the head that are compared, as texts.
var fields = []struct {
	name string
	text func(*corpus.Article) string
}{
	{"kicker", func(a *corpus.Article) string { return a.Kicker }},
	{"headline", func(a *corpus.Article) string { return a.Headline }},
	{"standfirst", func(a *corpus.Article) string { return a.Standfirst }},
	{"author", func(a *corpus.Article) string { return strings.Join(a.AuthorNames(), ", ") }},
	{"published", func(a *corpus.Article) string { return a.Published.Day() }},
	{"section", func(a *corpus.Article) string { return a.Section }},
	{"type", func(a *corpus.Article) string { return string(a.Type) }},
	{"tags", func(a *corpus.Article) string { return strings.Join(slices.Sorted(slices.Values(a.Tags)), ", ") }},
	{"access", func(a *corpus.Article) string { return string(a.Access) }},
	{"author_note", func(a *corpus.Article) string { return a.AuthorNote }},
	{"correction", func(a *corpus.Article) string { return strings.Join(a.Corrections, " ") }},
}

// Texts compares two texts word by word.
func Texts(older, newer string) []Piece {
	return pieces(words(older), words(newer))
}

// pieces compares two lists of words.
func pieces(older, newer []word) []Piece {
	var out []Piece
	for _, e := range tidy(edits(older, newer, word.same), newer) {
		if e.op == Delete {
			out = appendPiece(out, Delete, textOf(older[e.old:e.old+e.n]))
		} else {
			out = appendPiece(out, e.op, textOf(newer[e.new:e.new+e.n]))
		}
	}
	return out
}

func appendPiece(list []Piece, op Op, text string) []Piece {
	if text == "" {
		return list
	}
	if n := len(list); n > 0 && list[n-1].Op == op {
		list[n-1].Text += text
		return list
	}
	return append(list, Piece{op, text})
}

func changed(pieces []Piece) bool {
	return slices.ContainsFunc(pieces, func(p Piece) bool { return p.Op != Equal })
}
