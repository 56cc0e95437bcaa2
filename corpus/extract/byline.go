package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// A byline is looked for in so many blocks before and after the headline, and one that begins with "By" in some more:
// buttons to share may stand between.
const (
	bylineBefore = 6
	bylineAfter  = 14
	bylineLate   = 18
)

// linkedAuthors reads the one byline that links its authors' pages, else the one name that a box gives, wherever they
// stand: outside comments, menus, other articles and sidebars. Those tell of the site's owner, or of accounts. More
// bylines are those of other pieces.
func (r *reader) linkedAuthors() []corpus.Author {
	if out := r.onlyByline(true); len(out) > 0 {
		return out
	}
	if out := r.onlyByline(false); len(out) == 1 {
		return out
	}
	return nil
}

// onlyByline is the page's first byline of marked elements, if no other names anyone else.
func (r *reader) onlyByline(links bool) []corpus.Author {
	var out []corpus.Author
	read, end := -1, 0
	for _, m := range r.layout.marks {
		if m.link != links || m.block == read || enclosing(m.node, atom.Aside) != nil {
			continue
		}
		read = m.block
		names := r.markedAuthors([2]int{read, read + 1}, links)
		if len(names) == 0 {
			continue
		}
		if len(out) > 0 && read > end+markGap && !containsAuthors(out, names) {
			return nil
		}
		out, end = uniqueAuthors(append(out, names...)), read
	}
	return out
}

// foreign reports whether a node stands in a comment, a menu or a list of other articles. Only elements that do not
// hold the headline too are asked: a whole page may be called "comments".
func (r *reader) foreign(n *html.Node) bool {
	for depth := 0; n != nil && depth < 12 && !r.aboveHead[n]; n, depth = n.Parent, depth+1 {
		if n.Type != html.ElementNode || n.DataAtom == atom.Body {
			continue
		}
		own := r.cues.cues(n)
		if own.has(cueComment) || own.has(cueNav) || n.DataAtom == atom.Footer && !own.has(cueMeta) && !own.has(cueAuthor) || own.has(cueRelated) && !own.has(cueBody) && !own.has(cueAuthor) && !own.has(cueMeta) {
			return true
		}
	}
	return false
}

// markAboveHead keeps the elements around the headline.
func (r *reader) markAboveHead() {
	r.aboveHead = map[*html.Node]bool{}
	if r.head < 0 {
		return
	}
	for n := r.layout.elems[r.layout.blocks[r.head].elem].node.Parent; n != nil; n = n.Parent {
		r.aboveHead[n] = true
	}
}

// printedAuthors reads the byline that is printed near the headline: links to authors' pages, else elements marked as
// the author's, else a line that begins with "By".
func (r *reader) printedAuthors() []corpus.Author {
	if r.head < 0 {
		return nil
	}
	after := [2]int{r.head, min(len(r.layout.blocks), r.head+bylineAfter)}
	before := [2]int{max(0, r.head-bylineBefore), r.head}
	for _, zone := range [][2]int{after, before} {
		if zone == before && r.signedByStaff() {
			break
		}
		linked := r.markedAuthors(zone, true)
		marked := r.markedAuthors(zone, false)
		switch {
		case len(linked) > 0 && !(len(marked) > len(linked) && containsAuthors(marked, linked)):
			return linked
		case len(marked) > 0:
			return r.wholeByline(zone, marked)
		}
		if out := r.nameBesideDate(zone); len(out) > 0 {
			return out
		}
		for i := zone[0]; i < zone[1]; i++ {
			if out := r.bylineOf(i); len(out) > 0 {
				return out
			}
		}
	}
	for i := after[1]; i < min(len(r.layout.blocks), r.head+bylineLate); i++ {
		if out := r.bylineOf(i); len(out) > 0 && bylineLead.MatchString(r.layout.blocks[i].text) {
			return out
		}
	}
	return nil
}

// signedByStaff reports whether the page prints below its headline, as a line of its own, the stated author who is
// nobody's name ("Review Staff"): what else looks like a byline is of another piece.
func (r *reader) signedByStaff() bool {
	stated := map[string]bool{}
	for _, v := range append(list(r.doc.article["author"]), r.doc.first("author")) {
		if s := text(v); s != "" && len(structuredNames(s)) == 0 {
			stated[key(s)] = true
		}
	}
	for i := max(0, r.head); len(stated) > 0 && i < min(len(r.layout.blocks), r.head+bylineAfter); i++ {
		if b := &r.layout.blocks[i]; b.words <= maxOneName && stated[key(dropLead(b.text))] {
			return true
		}
	}
	return false
}

// wholeByline is the byline that begins with "By" and names all that are marked and others, else the marked names: some
// templates mark the first author only.
func (r *reader) wholeByline(zone [2]int, marked []corpus.Author) []corpus.Author {
	for i := zone[0]; i < zone[1]; i++ {
		b := &r.layout.blocks[i]
		if b.words > maxBylineWords || !bylineLead.MatchString(b.text) || !r.mayHoldByline(i) {
			continue
		}
		if names := parseByline(b.text); len(names) > len(marked) && containsAuthors(names, marked) {
			return names
		}
	}
	return marked
}

// nameBesideDate reads a line that is a name and a date right below the headline.
func (r *reader) nameBesideDate(zone [2]int) []corpus.Author {
	for i := zone[0]; i < min(zone[1], r.head+nameLineReach); i++ {
		b := &r.layout.blocks[i]
		at := strings.IndexAny(b.text, "0123456789")
		if i == r.head || b.words > maxOneName || at < 0 || !r.mayHoldByline(i) {
			continue
		}
		if d, dated := parseWritten(b.text); !dated || r.future(d.Time) {
			continue
		}
		before := strings.Trim(monthTail.ReplaceAllString(b.text[:at], ""), " ,|•·–—-")
		if a, ok := parseName(dropLead(before), 2); ok && countWords(a.Name) <= nameLineWords {
			return []corpus.Author{a}
		}
	}
	return nil
}

// nameLineWords is how many words a name has at most that nothing but a date beside it marks as one.
const nameLineWords = 3

// nameLineReach is how many blocks below the headline a line of a name and a date is looked for.
const nameLineReach = 5

// markGap is how many blocks may stand between two authors of one byline.
const markGap = 3

// markedAuthors reads the marked elements of a stretch of blocks, up to the end of the first byline.
func (r *reader) markedAuthors(zone [2]int, links bool) []corpus.Author {
	var out []corpus.Author
	last := -1
	for _, m := range r.layout.marks {
		if m.block < zone[0] || m.block >= zone[1] || m.link != links || last >= 0 && m.block > last+markGap {
			continue
		}
		if r.aboveHead[m.node] || !r.mayHoldByline(m.block) || r.foreign(m.node) || r.quoted(m.node) || r.creditsPicture(m.block) {
			continue
		}
		names := bylineNames(m.node, links)
		if len(names) == 0 {
			continue
		}
		if links && len(names) == 1 {
			names[0].URL = r.doc.absolute(attr(m.node, "href"))
		}
		out = append(out, names...)
		last = m.block
	}
	return r.withoutPaper(uniqueAuthors(out))
}

// creditLine finds whose picture it is at the end of the words below it.
var creditLine = regexp.MustCompile(`[.!?”"]\s*By\s+\p{Lu}[^.!?]{2,40}\.?[^.!?]{0,30}$`)

// maxCaptionWords is the longest text that is taken for the words below a picture.
const maxCaptionWords = 150

// creditsPicture reports whether block i is the words below a picture with a credit at their end.
func (r *reader) creditsPicture(i int) bool {
	if i >= len(r.layout.blocks) || r.layout.blocks[i].words <= 10 || r.layout.blocks[i].words > maxCaptionWords {
		return false
	}
	return creditLine.MatchString(r.layout.blocks[i].text)
}

// quoted reports whether an element names whom a quotation is by.
func (r *reader) quoted(n *html.Node) bool {
	for depth := 0; n != nil && depth < 4 && !r.aboveHead[n]; n, depth = n.Parent, depth+1 {
		if own := r.cues.cues(n); own.has(cueQuote) && !own.has(cueMeta) {
			return true
		}
	}
	return false
}

// withoutPaper drops the publication's name, which bylines print behind the writer's.
func (r *reader) withoutPaper(in []corpus.Author) []corpus.Author {
	if len(in) < 2 {
		return in
	}
	var out []corpus.Author
	for _, a := range in {
		if !isSiteName(a.Name, key(r.article.Publication)) && !isSiteName(a.Name, hostKey(r.doc.here)) {
			out = append(out, a)
		}
	}
	return out
}

// maxBylineWords is the longest text that is read as a byline.
const maxBylineWords = 40

// bylineNames reads the names in an element. Text of separate inline elements is read apart ("Jane Doe" beside
// "Follow"), and only if that gives nothing as one line.
func bylineNames(n *html.Node, single bool) []corpus.Author {
	s := squeeze(nodeText(n))
	if s == "" || countWords(s) > maxBylineWords {
		return nil
	}
	var out []corpus.Author
	lead := bylineLead.MatchString(s)
	for _, part := range inlineParts(n) {
		if _, dated := parseWritten(part); dated && lead || rolePart.MatchString(part) && len(out) > 0 || topicsPart.MatchString(part) {
			break // what follows a byline's date, tells of another part or of topics names no author
		}
		out = append(out, parseByline(part)...)
	}
	if len(out) > 0 {
		return uniqueAuthors(out)
	}
	if out = parseByline(s); len(out) > 0 || !single && (countWords(s) != 2 || strings.ToLower(s) != s) {
		return out
	}
	return structuredNames(s)
}

// inlineParts is the text of an element cut at the bounds of its elements.
func inlineParts(n *html.Node) []string {
	var out []string
	for c := n; c != nil; {
		skip := c.Type == html.ElementNode && opaque(c.DataAtom)
		if c.Type == html.TextNode {
			if s := squeeze(c.Data); s != "" {
				out = append(out, s)
			}
		}
		c = following(c, n, skip)
	}
	return out
}

// isAuthorLink reports whether a link leads to an author's page. Addresses that lead to the people a piece is about
// as well ("/people/") are none; elements around them must say that they hold the author.
func isAuthorLink(n *html.Node) bool {
	href := strings.ToLower(attr(n, "href"))
	if strings.Contains(strings.ToLower(attr(n, "rel")), "author") {
		return true
	}
	for _, part := range authorPaths {
		if strings.Contains(href, part) {
			return true
		}
	}
	return false
}

var authorPaths = []string{"/author/", "/authors/", "/writers/", "/writer/", "/contributor/", "/contributors/", "/columnist/", "/columnists/",
	"/reporters/", "/journalist/", "/journalists/", "/auteur/", "/auteurs/", "/autor/", "/autoren/", "/autores/", "/newsteam/", "/about/editors/",
	"/opinion-contributors/"}

// mayHoldByline reports whether block i can be a byline: it is no comment, menu, caption or list of other pieces.
func (r *reader) mayHoldByline(i int) bool {
	if i >= len(r.layout.blocks) {
		return false
	}
	e := &r.layout.elems[r.layout.blocks[i].elem]
	return !r.foreign(e.node) && !r.quoted(e.node) && (e.near[cueCaption] >= 3 || e.near[cueAuthor] <= e.near[cueCaption]+1)
}

// bylineInside finds a byline behind a date or bar on the same line: "Posted on 3 May 2020 by Jane Doe".
var bylineInside = regexp.MustCompile(`(?:\d{4}|(?i:[ap]\.?m\.?)|\b[A-Z]{3}|[|•·–—-])\s*(?i:(?:posted |written )?by):?\s+(\p{Lu}.{3,80})$`)

// bylineOf reads block i as a byline: it is marked as the author's, or begins with "By".
func (r *reader) bylineOf(i int) []corpus.Author {
	b := &r.layout.blocks[i]
	if b.words > 40 || i == r.head {
		return nil
	}
	lead := bylineLead.MatchString(b.text)
	if !r.mayHoldByline(i) && !(lead && i > r.head && i <= r.head+2 && r.layout.elems[b.elem].near[cueComment] > 3) {
		return nil
	}
	if m := bylineInside.FindStringSubmatch(b.text); m != nil && !lead && b.words < 20 {
		return parseByline(m[1])
	}
	if !lead && r.layout.elems[b.elem].near[cueAuthor] > 2 {
		return r.oneName(b)
	}
	if b.words <= 2 && lead && i+1 < len(r.layout.blocks) && countWords(dropLead(b.text)) == 0 {
		return parseByline(r.layout.blocks[i+1].text) // "By" stands alone, the name in the next block
	}
	out := parseByline(b.text)
	if len(out) == 0 {
		return r.oneName(b)
	}
	if !lead && b.words > 12 {
		return nil
	}
	return out
}

// byOneName finds a byline of a single word beside a date: "Posted on 3 May 2020 by oz | Comments".
var byOneName = regexp.MustCompile(`(?i)\b(?:by|author|von|par|por):?\s+(\p{L}[\p{L}\d_'’-]{1,30})\s*(?:$|[,|@•·(–-]|(?:on|am|at|le|el)\s|\d|\p{Lu}\p{Ll}{2,8}\.? \d)`)

// maxOneName is the longest line that is read for a name of one word.
const maxOneName = 16

// oneName reads a name of one word out of a line that has "by" and a date.
func (r *reader) oneName(b *block) []corpus.Author {
	m := byOneName.FindStringSubmatch(b.text)
	if _, dated := parseWritten(b.text); m == nil || !dated || b.words > maxOneName {
		return nil
	}
	if len(m[1]) < 5 && strings.ToUpper(m[1]) == m[1] || notNames[strings.ToLower(m[1])] || particles[strings.ToLower(m[1])] || isSiteName(m[1], key(r.article.Publication)) || isSiteName(m[1], hostKey(r.doc.here)) {
		return nil
	}
	return []corpus.Author{{Name: m[1]}}
}

// sign takes the byline that is printed at the end of the body out of it, where no author is known, or only the first
// name of the one who signs.
func (r *reader) sign(keep []bool, last int) {
	a := r.article
	if len(a.Authors) > 1 || len(a.Authors) == 1 && strings.Contains(a.Authors[0].Name, " ") {
		return
	}
	names, at := r.signature(last)
	if at < 0 || len(a.Authors) == 1 && !strings.HasPrefix(names[0].Name, a.Authors[0].Name+" ") {
		return
	}
	a.Authors = names
	r.won("author", "line after the body")
	if at >= last-signatureEnd {
		keep[at] = false // with more below it, it is a line of the text
	}
}

// A byline is looked for so many blocks before the end of the body, which references may fill, and is at its end up to
// signatureEnd blocks before.
const (
	signatureReach = 10
	signatureEnd   = 4
)

// signature reads a byline that is printed at the end of the body: "By Jane Doe". It gives the names and the block.
func (r *reader) signature(last int) ([]corpus.Author, int) {
	for i := max(0, last-signatureReach); i < min(len(r.layout.blocks), last+4); i++ {
		b := &r.layout.blocks[i]
		if b.words > 8 || !bylineLead.MatchString(b.text) || !r.mayHoldByline(i) {
			continue
		}
		if names := parseByline(b.text); len(names) == 1 && countWords(dropLead(b.text)) == countWords(names[0].Name) {
			return names, i
		}
	}
	return nil, -1
}
