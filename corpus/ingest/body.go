package ingest

import (
	"html"
	"regexp"
	"strings"

	markup "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// maxBlocks bounds one body.
const maxBlocks = 50_000

// blocks reads a body: HTML if it is that, else one paragraph a line. A list of strings is a list of paragraphs.
func blocks(v any) []corpus.Block {
	var out []corpus.Block
	for _, text := range texts(v) {
		if isHTML(text) {
			out = append(out, htmlBlocks(text)...)
		} else {
			out = append(out, plainBlocks(html.UnescapeString(text))...)
		}
		if len(out) >= maxBlocks {
			return out[:maxBlocks]
		}
	}
	return out
}

func plainBlocks(text string) []corpus.Block {
	var out []corpus.Block
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' }) {
		if line = fold(line); line != "" && len(out) < maxBlocks {
			out = append(out, corpus.Block{Kind: corpus.Paragraph, Text: line})
		}
	}
	return out
}

// htmlTag matches the tags that articles are written with. "a < b" and "<jane@example.com>" are no HTML.
var htmlTag = regexp.MustCompile(`(?i)</?(?:p|br|div|span|a|b|i|em|strong|u|h[1-6]|ul|ol|li|blockquote|img|figure|section|article|table|html|body)(?:\s[^<>]*)?/?>`)

func isHTML(s string) bool { return strings.Contains(s, "<") && htmlTag.MatchString(s) }

// htmlBlocks reads the paragraphs, headings, quotations and list items of a piece of HTML. It needs no tree, so that
// no nesting can be too deep for it.
func htmlBlocks(text string) []corpus.Block {
	r := &htmlReader{tokens: markup.NewTokenizer(strings.NewReader(text)), kind: corpus.Paragraph}
	for {
		switch r.tokens.Next() {
		case markup.ErrorToken: // the end: a string gives no other error
			r.flush()
			return r.out
		case markup.TextToken:
			if r.hidden == 0 {
				r.text.Write(r.tokens.Text())
			}
		case markup.StartTagToken, markup.SelfClosingTagToken:
			name, _ := r.tokens.TagName()
			r.open(atom.Lookup(name))
		case markup.EndTagToken:
			name, _ := r.tokens.TagName()
			r.close(atom.Lookup(name))
		}
	}
}

type htmlReader struct {
	tokens *markup.Tokenizer
	out    []corpus.Block
	text   strings.Builder
	kind   corpus.BlockKind
	level  int
	quotes int       // quotations that are open
	hidden atom.Atom // the element whose text is no text of the article, 0 if none
}

func (r *htmlReader) open(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Figcaption, atom.Textarea, atom.Select, atom.Button:
		if r.hidden == 0 {
			r.flush()
			r.hidden = tag
		}
	case atom.Blockquote:
		r.flush()
		r.quotes++
	case atom.Li:
		r.flush()
		r.kind, r.level = corpus.ListItem, 0
	default:
		if level := headingLevel(tag); level > 0 {
			r.flush()
			r.kind, r.level = corpus.Heading, level
		} else if blockTag(tag) {
			r.flush()
		}
	}
}

func (r *htmlReader) close(tag atom.Atom) {
	switch {
	case tag == r.hidden:
		r.hidden = 0
	case tag == atom.Blockquote:
		r.flush()
		r.quotes = max(0, r.quotes-1)
	case tag == atom.Li || headingLevel(tag) > 0:
		r.flush()
		r.kind, r.level = corpus.Paragraph, 0
	case blockTag(tag):
		r.flush()
	}
}

// headingLevel is 2 to 6 for a heading, else 0. The first level is the headline's, which is no part of a body.
func headingLevel(tag atom.Atom) int {
	switch tag {
	case atom.H1, atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// blockTag reports whether an element stands on lines of its own.
func blockTag(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Br, atom.Div, atom.Section, atom.Article, atom.Ul, atom.Ol, atom.Table, atom.Tr, atom.Td, atom.Th,
		atom.Figure, atom.Hr, atom.Pre, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Dl, atom.Dt, atom.Dd, atom.Address:
		return true
	}
	return false
}

// flush ends a block. Where there is no text yet, what the block is to be stays: <li><p>.
func (r *htmlReader) flush() {
	text := fold(r.text.String())
	r.text.Reset()
	if text == "" {
		return
	}
	b := corpus.Block{Kind: r.kind, Level: r.level, Text: text}
	if b.Kind == corpus.Paragraph && r.quotes > 0 {
		b.Kind = corpus.Quote
	}
	if len(r.out) < maxBlocks {
		r.out = append(r.out, b)
	}
	r.kind, r.level = corpus.Paragraph, 0
}
