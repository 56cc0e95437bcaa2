package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds on one page; beyond them text is left out.
const (
	maxBlocks     = 20_000
	maxBlockBytes = 100_000
)

// farAway is the distance to a cue that no near ancestor has.
const farAway = 12

// element is one element on the way from the root to a block.
type element struct {
	node   *html.Node
	parent int32
	own    cueSet
	// near holds for each cue the number of steps up to the nearest element that has it, at most farAway.
	near [numCues]uint8
	// first and last are the blocks below it: blocks[first:last].
	first, last int32
}

// block is one run of text that stands by itself on the page: a paragraph, a heading, a cell, a line between two
// double line breaks.
type block struct {
	elem int32     // the innermost block element around it
	tag  atom.Atom // of that element
	text string
	// words counts all words, linked those within links, strong those in bold or italics, slanted those in italics.
	words, linked, strong, slanted int
	links                          int
}

// layout is the text of a page as blocks in reading order, with the elements around them.
type layout struct {
	elems  []element
	blocks []block
	// marks are the elements that say they name an author, in page order.
	marks []authorMark
}

// authorMark is an element marked as an author's name, or a link to an author's page.
type authorMark struct {
	node  *html.Node
	block int // the block that it stands in or begins
	link  bool
}

// layOut cuts a tree into blocks.
func layOut(root *html.Node) *layout {
	w := &walker{layout: &layout{}, cues: newCueReader()}
	var top element
	for i := range top.near {
		top.near[i] = farAway
	}
	top.parent = -1
	top.node = root
	w.layout.elems = append(w.layout.elems, top)
	w.children(root, 0)
	w.flush(0)
	w.layout.elems[0].last = int32(len(w.layout.blocks))
	return w.layout
}

// walker gathers the text of the block under way. Its recursion is bounded by the depth of the tree (see parse).
type walker struct {
	*layout
	cues   *cueReader
	buf    strings.Builder
	link   int  // open links
	strong int  // open bold and italic elements
	slant  int  // open italic elements
	breaks int  // line breaks since the last text
	depth  int  // open inline elements
	bare   bool // whether the block holds text outside inline elements
	seam   seam // what markup stands since the last text

	linkBytes, strongBytes, slantBytes, links int

	// wrap is the inline element that holds the first wrapEnd bytes of the block, 0 if none does.
	wrap    int32
	wrapEnd int
}

func (w *walker) children(n *html.Node, elem int32) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.text(c.Data)
		case html.ElementNode:
			w.element(c, elem)
		}
	}
}

func (w *walker) text(s string) {
	if w.buf.Len() > maxBlockBytes {
		return
	}
	blank := strings.TrimSpace(s) == ""
	if !blank {
		w.breaks = 0
	}
	if w.seam == opened && glues(w.buf.String(), s) {
		w.buf.WriteByte(' ')
	}
	w.seam = none
	before := w.buf.Len()
	w.buf.WriteString(s)
	if blank {
		return
	}
	w.bare = w.bare || w.depth == 0
	if w.link > 0 {
		w.linkBytes += w.buf.Len() - before
	}
	if w.strong > 0 {
		w.strongBytes += w.buf.Len() - before
	}
	if w.slant > 0 {
		w.slantBytes += w.buf.Len() - before
	}
}

func (w *walker) element(n *html.Node, elem int32) {
	switch {
	case opaque(n.DataAtom) || n.DataAtom == atom.Head:
		return
	case n.DataAtom == atom.Br:
		w.lineBreak(elem)
		return
	case !isBlockElement(n):
		w.inline(n, elem)
		return
	}
	w.flush(elem)
	w.mark(n)
	child := w.enter(n, elem)
	w.children(n, child)
	w.flush(child)
	w.elems[child].last = int32(len(w.blocks))
}

// lineBreak ends the block at the second break in a row: that is how old pages part paragraphs. It ends at the first
// after a line that is set off throughout, as those pages print headings and bylines.
func (w *walker) lineBreak(elem int32) {
	setOff := w.depth == 0 && !w.bare && w.breaks == 0 && strings.TrimSpace(w.buf.String()) != ""
	w.buf.WriteByte('\n')
	if w.breaks++; w.breaks == 2 || setOff {
		w.flush(elem)
	}
}

func (w *walker) inline(n *html.Node, elem int32) {
	if isUnseen(n) {
		return
	}
	w.mark(n)
	w.depth++
	if w.seam == closed && n.DataAtom != atom.Sup && n.DataAtom != atom.Sub {
		w.seam = opened
	}
	defer func() {
		w.depth--
		w.seam = closed
	}()
	switch n.DataAtom {
	case atom.A:
		w.link++
		w.links++
		defer func() { w.link-- }()
	case atom.Em, atom.I:
		w.strong++
		w.slant++
		defer func() { w.strong--; w.slant-- }()
	case atom.B, atom.Strong:
		w.strong++
		defer func() { w.strong-- }()
	}
	// An inline element that says what it holds is kept as an element, so that a caption in a span is known as one.
	own := w.cues.cues(n)
	if own == 0 || w.buf.Len() > 0 && strings.TrimSpace(w.buf.String()) != "" {
		w.children(n, elem)
		return
	}
	w.buf.Reset()
	child := w.enter(n, elem)
	w.children(n, child)
	w.elems[child].last = int32(len(w.blocks))
	if strings.TrimSpace(w.buf.String()) != "" {
		w.wrap, w.wrapEnd = child, w.buf.Len()
	}
}

// seam tells where in the markup between two texts the walker is.
type seam uint8

const (
	none   seam = iota
	closed      // an inline element has ended
	opened      // and right after it another began
)

// glues reports whether two texts of neighbouring elements, which the page sets apart by their style, would run
// together as words: "Jane Doe" and "May 4".
func glues(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return (unicode.IsLower(last) || unicode.IsDigit(last)) && (unicode.IsUpper(first) || unicode.IsDigit(first))
}

// unseenWords is how many words an element for screen readers has that is left out. Shorter ones part what is seen: "By".
const unseenWords = 3

// isUnseen reports whether an inline element is for screen readers only: "opens in a new tab" in the middle of a
// sentence.
func isUnseen(n *html.Node) bool {
	class := attr(n, "class")
	if class == "" {
		return false
	}
	class = strings.ToLower(class)
	for _, name := range []string{"sr-only", "screen-reader", "screenreader", "visually-hidden", "visuallyhidden"} {
		if strings.Contains(class, name) {
			return countWords(nodeText(n)) >= unseenWords
		}
	}
	return false
}

// maxMarks bounds the elements that are kept as naming authors: a page of comments has thousands.
const maxMarks = 500

// mark keeps an element that names an author.
func (w *walker) mark(n *html.Node) {
	link := n.DataAtom == atom.A && isAuthorLink(n)
	if len(w.marks) < maxMarks && (link || w.cues.cues(n).has(cueAuthor)) {
		w.marks = append(w.marks, authorMark{node: n, block: len(w.blocks), link: link})
	}
}

// enter adds n below the element parent.
func (w *walker) enter(n *html.Node, parent int32) int32 {
	e := element{node: n, parent: parent, own: w.cues.cues(n), near: w.elems[parent].near, first: int32(len(w.blocks))}
	for c := range e.near {
		if e.own.has(cue(c)) {
			e.near[c] = 0
		} else if e.near[c] < farAway {
			e.near[c]++
		}
	}
	w.elems = append(w.elems, e)
	return int32(len(w.elems) - 1)
}

// flush ends the block under way, which belongs to elem.
func (w *walker) flush(elem int32) {
	raw := w.buf.String()
	if w.wrap > 0 && w.wrapEnd <= len(raw) && strings.TrimSpace(raw[w.wrapEnd:]) == "" {
		elem = w.wrap
	}
	w.wrap = 0
	w.buf.Reset()
	linkBytes, strongBytes, slantBytes, links := w.linkBytes, w.strongBytes, w.slantBytes, w.links
	w.linkBytes, w.strongBytes, w.slantBytes, w.links, w.breaks, w.bare, w.seam = 0, 0, 0, 0, 0, false, none
	text := squeeze(raw)
	if text == "" || len(w.blocks) >= maxBlocks {
		return
	}
	words := countWords(text)
	if elem > 0 && w.elems[elem].last <= w.elems[elem].first {
		w.elems[elem].last = int32(len(w.blocks) + 1) // an inline element was left before its text became a block
	}
	w.blocks = append(w.blocks, block{
		elem: elem, tag: w.blockTag(elem), text: text, words: words, links: links,
		linked: share(words, linkBytes, len(raw)), strong: share(words, strongBytes, len(raw)), slanted: share(words, slantBytes, len(raw)),
	})
}

// blockTag is the tag of the innermost block element at or above elem.
func (w *walker) blockTag(elem int32) atom.Atom {
	for ; elem > 0; elem = w.elems[elem].parent {
		if isBlockElement(w.elems[elem].node) {
			return w.elems[elem].node.DataAtom
		}
	}
	return 0
}

// share is the part of words that part of whole bytes stands for.
func share(words, part, whole int) int {
	if whole == 0 {
		return 0
	}
	return min(words, (words*part+whole/2)/whole)
}

func isBlockElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Button, atom.Caption, atom.Center,
		atom.Dd, atom.Details, atom.Dialog, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup,
		atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre,
		atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}
