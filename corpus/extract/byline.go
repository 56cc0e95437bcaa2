package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// bylineReach is how many blocks before and after the headline a byline is looked for.
const (
	bylineBefore = 6
	bylineAfter  = 14
)

// readAuthors names who wrote the page's article: first what is stated for machines, then what is printed. A printed
// byline that holds the stated names and more goes before them.
func (r *reader) readAuthors() []corpus.Author {
	printed := r.printedAuthors()
	for _, read := range []func() []corpus.Author{r.doc.ldAuthors, r.metaAuthors, r.propAuthors} {
		stated := r.notSite(read())
		if len(stated) == 0 {
			continue
		}
		if len(printed) > len(stated) && containsAuthors(printed, stated) {
			return printed
		}
		return stated
	}
	if len(printed) > 0 {
		return printed
	}
	return r.notSite(r.linkedAuthors())
}

// containsAuthors reports whether every name of part is in whole.
func containsAuthors(whole, part []corpus.Author) bool {
	names := map[string]bool{}
	for _, a := range whole {
		names[key(a.Name)] = true
	}
	for _, a := range part {
		if !names[key(a.Name)] {
			return false
		}
	}
	return true
}

// notSite drops names that are the publication's own.
func (r *reader) notSite(in []corpus.Author) []corpus.Author {
	var out []corpus.Author
	for _, a := range in {
		if !isSiteName(a.Name, key(r.article.Publication)) && !isSiteName(a.Name, hostKey(r.doc.here)) {
			out = append(out, a)
		}
	}
	return uniqueAuthors(out)
}

// hostKey is the name part of an address's host: "harbourgazette" of "www.harbourgazette.example".
func hostKey(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	labels := strings.Split(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
	if len(labels) > 1 {
		labels = labels[:len(labels)-1]
	}
	longest := ""
	for _, l := range labels {
		if len(l) > len(longest) {
			longest = l
		}
	}
	return longest
}

// ldAuthors reads the JSON-LD node's author in all its shapes: a string, an object, a list, a reference.
func (d *document) ldAuthors() []corpus.Author {
	v := d.article["author"]
	if v == nil {
		v = d.article["creator"]
	}
	var out []corpus.Author
	for _, e := range list(v) {
		switch e := e.(type) {
		case string:
			out = append(out, structuredNames(e)...)
		case map[string]any:
			out = append(out, d.ldPerson(d.ld.resolve(e))...)
		}
	}
	return uniqueAuthors(out)
}

func (d *document) ldPerson(n ldNode) []corpus.Author {
	for _, t := range n.types() {
		if t != "Person" && t != "Thing" && t != "" {
			return nil
		}
	}
	var out []corpus.Author
	for _, name := range list(n["name"]) {
		if s, ok := name.(string); ok {
			out = append(out, structuredNames(s)...)
		}
	}
	if len(out) == 1 {
		if u := text(n["url"]); strings.HasPrefix(u, "http") || strings.HasPrefix(u, "/") {
			out[0].URL = d.absolute(u)
		}
	}
	return out
}

// structuredNames reads a value that is stated to be an author's name. A single word is believed here.
func structuredNames(s string) []corpus.Author {
	s = plain(s)
	if strings.Contains(s, "://") || len(s) > 300 {
		return nil
	}
	if out := parseByline(s); len(out) > 0 {
		return out
	}
	s = handle.ReplaceAllString(s, "")
	if a, ok := parseName(bylineLead.ReplaceAllString(s, ""), 1); ok {
		return []corpus.Author{a}
	}
	return nil
}

// metaAuthors reads the meta elements that name an author.
func (r *reader) metaAuthors() []corpus.Author {
	for _, name := range []string{"byl", "parsely-author", "sailthru.author", "article:author", "author", "dc.creator", "dcterms.creator", "cxenseparse:author", "article.author", "citation_author", "dc.contributor", "article:author_name", "twitter:data1"} {
		var out []corpus.Author
		for _, v := range r.doc.meta[name] {
			if name == "twitter:data1" && !strings.Contains(key(r.doc.first("twitter:label1")), "written by") {
				continue
			}
			out = append(out, structuredNames(v)...)
		}
		if out = r.notSite(out); len(out) > 0 {
			return out
		}
	}
	return nil
}

// propAuthors reads microdata.
func (r *reader) propAuthors() []corpus.Author {
	var out []corpus.Author
	for _, n := range r.doc.props["author"] {
		if n.DataAtom == atom.Meta || r.foreign(n) {
			continue
		}
		s := nodeText(n)
		for c := n; c != nil; c = following(c, n, false) {
			if c.Type == html.ElementNode && strings.EqualFold(attr(c, "itemprop"), "name") {
				if s = nodeText(c); c.DataAtom == atom.Meta {
					s = attr(c, "content")
				}
				break
			}
		}
		out = append(out, parseByline(s)...)
	}
	return uniqueAuthors(out)
}

// linkedAuthors reads links that are marked rel=author, outside comments, menus and other articles.
func (r *reader) linkedAuthors() []corpus.Author {
	var out []corpus.Author
	for _, n := range r.doc.authors {
		if r.foreign(n) {
			continue
		}
		for _, a := range structuredNames(nodeText(n)) {
			a.URL = r.doc.absolute(attr(n, "href"))
			out = append(out, a)
		}
		if len(out) >= 4 {
			break
		}
	}
	return uniqueAuthors(out)
}

// foreign reports whether a node stands in a comment, a menu or a list of other articles.
func (r *reader) foreign(n *html.Node) bool {
	for depth := 0; n != nil && depth < 12; n, depth = n.Parent, depth+1 {
		if n.Type != html.ElementNode || n.DataAtom == atom.Body {
			continue
		}
		own := r.cues.cues(n)
		if own.has(cueComment) || own.has(cueNav) || own.has(cueRelated) && !own.has(cueBody) || n.DataAtom == atom.Footer {
			return true
		}
	}
	return false
}

// printedAuthors reads the byline that is printed near the headline.
func (r *reader) printedAuthors() []corpus.Author {
	if r.head < 0 {
		return nil
	}
	lo, hi := max(0, r.head-bylineBefore), min(len(r.layout.blocks), r.head+bylineAfter)
	for i := r.head; i < hi; i++ {
		if out := r.bylineOf(i); len(out) > 0 {
			return out
		}
	}
	for i := r.head - 1; i >= lo; i-- {
		if out := r.bylineOf(i); len(out) > 0 {
			return out
		}
	}
	return nil
}

// bylineOf reads block i as a byline: it is marked as the author's, or begins with "By".
func (r *reader) bylineOf(i int) []corpus.Author {
	b := &r.layout.blocks[i]
	if b.words > 40 {
		return nil
	}
	near := &r.layout.elems[b.elem].near
	if near[cueComment] < farAway || near[cueRelated] < 3 || near[cueNav] < 4 || near[cueCaption] < 3 {
		return nil
	}
	lead := bylineLead.MatchString(b.text)
	if !lead && near[cueAuthor] > 2 {
		return nil
	}
	if b.words <= 2 && lead && i+1 < len(r.layout.blocks) && countWords(bylineLead.ReplaceAllString(b.text+" ", "")) == 0 {
		return parseByline(r.layout.blocks[i+1].text) // "By" stands alone, the name in the next block
	}
	out := parseByline(b.text)
	if !lead && b.words > 12 {
		return nil
	}
	return out
}
