package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// findHeadline is the block that prints the headline: an h1, else the first that stands in no menu, else the page's
// first h1 whatever it says.
func (r *reader) findHeadline(headline string) int {
	want := key(headline)
	if want == "" {
		return -1
	}
	found, h1 := -1, -1
	for i := range r.layout.blocks {
		b := &r.layout.blocks[i]
		if h1 < 0 && b.tag == atom.H1 && b.words > 2 {
			h1 = i
		}
		if len(b.text) > 2*len(headline)+80 || len(b.text)*2 < len(want) {
			continue
		}
		k := key(b.text)
		if k != want && !(strings.HasSuffix(k, want) && b.tag == atom.H1) {
			continue
		}
		if b.tag == atom.H1 {
			return i
		}
		if found < 0 && r.layout.elems[b.elem].near[cueNav] > 3 {
			found = i
		}
	}
	if found < 0 {
		return h1
	}
	return found
}

// headlineBlock looks for the headline where no h1 prints it: a line that is the whole of a stated text, the heading in the
// article's own header, and on a page without h1 a line that is part of the title. It gives the line and keeps its block,
// or the stated headline as it is.
func (r *reader) headlineBlock(stated string) string {
	if s := r.wholeTitle(); s != "" {
		return s
	}
	if s := r.headerHeading(); s != "" {
		return s
	}
	if len(r.doc.h1) == 0 {
		return r.titledBlock(stated)
	}
	return stated
}

// wholeTitle is the line that prints a stated headline with all its bars.
func (r *reader) wholeTitle() string {
	raw := r.doc.statedHeadlines()
	for i := range r.layout.blocks {
		b := &r.layout.blocks[i]
		if b.words < minTitleWords || b.links > 0 || len(b.text) > maxTitleRunes {
			continue
		}
		if k := key(b.text); k == key(raw.og) || k == key(raw.ld) || k == key(raw.title) {
			r.head = i
			return b.text
		}
	}
	return ""
}

// headerHeading is the heading in the header of the page's only article: the template gives h1 to the logo.
func (r *reader) headerHeading() string {
	var header *html.Node
	at := -1
	for i := range r.layout.blocks {
		b := &r.layout.blocks[i]
		if b.tag != atom.H2 && b.tag != atom.H3 || b.words < minTitleWords {
			continue
		}
		n := enclosing(r.layout.elems[b.elem].node, atom.Header)
		if n == nil || enclosing(n, atom.Article) == nil || n == header {
			continue
		}
		if header != nil {
			return "" // a list of articles
		}
		header, at = n, i
	}
	if at < 0 {
		return ""
	}
	r.head = at
	return r.layout.blocks[at].text
}

// enclosing is the nearest element of a kind around n, or nil.
func enclosing(n *html.Node, a atom.Atom) *html.Node {
	for depth := 0; n != nil && depth < maxEnclosing; n, depth = n.Parent, depth+1 {
		if n.DataAtom == a {
			return n
		}
	}
	return nil
}

// maxEnclosing is how far up enclosing looks.
const maxEnclosing = 8

// minTitleWords is how many words of a page's title a line must have to be its headline.
const minTitleWords = 3

// titledBlock looks for the headline on a page without headings: a line that is one part of the stated title. It gives
// the line and keeps its block, or the title as it is.
func (r *reader) titledBlock(title string) string {
	parts := map[string]bool{}
	for _, part := range titleBreak.Split(title, -1) {
		if countWords(part) >= minTitleWords && !isSiteName(part, key(r.article.Publication)) {
			parts[key(part)] = true
		}
	}
	for i := range r.layout.blocks {
		b := &r.layout.blocks[i]
		if len(b.text) <= len(title) && b.links == 0 && parts[key(b.text)] && r.paragraphBelow(i) {
			r.head = i
			return b.text
		}
	}
	return title
}

// minTitledParagraph is how many words a paragraph has that makes the line above it more than a site's name.
const minTitledParagraph = 30

// paragraphBelow reports whether a paragraph stands below block i.
func (r *reader) paragraphBelow(i int) bool {
	for j := i + 1; j < len(r.layout.blocks); j++ {
		if b := &r.layout.blocks[j]; b.words >= minTitledParagraph && b.linked*2 < b.words && endsSentence(b.text) {
			return true
		}
	}
	return false
}
