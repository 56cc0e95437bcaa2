package extract

import (
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// document is one parsed page with what its fact readers look for, gathered in one walk.
type document struct {
	page *corpus.Page
	here string   // the page's address as text, "" if none
	base *url.URL // what relative links are resolved against, never nil
	root *html.Node
	dom  *goquery.Document

	lang      string // of the html element
	title     string
	canonical string
	amp       bool
	meta      map[string][]string
	ld        ldGraph
	article   ldNode // the JSON-LD node of the page's article, or nil

	h1, h2 []*html.Node // h2 holds h3 as well, at most maxSubheads
	times  []*html.Node
	home   []string                // how links to the site's front page are called
	folder string                  // how a link to the first folder of the address is called
	props  map[string][]*html.Node // by itemprop
}

// Bounds on what is kept of one page's statements.
const (
	maxTitleRunes = 1000
	maxMetaRunes  = 4000
	maxMetas      = 50 // of one name
)

// maxSubheads is how many headings below h1 are looked at for a headline.
const maxSubheads = 30

// newDocument parses and indexes the text of a page.
func newDocument(p *corpus.Page, text string) (*document, error) {
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	d := &document{
		page: p, here: p.Location(), root: root, dom: goquery.NewDocumentFromNode(root),
		meta: map[string][]string{}, props: map[string][]*html.Node{}, base: &url.URL{},
	}
	if u, err := url.Parse(d.here); err == nil {
		d.base = u
	}
	d.index(root)
	if d.here == "" {
		d.here = d.statedAddress()
	}
	d.article = d.ld.article(d.here)
	return d, nil
}

// statedAddress is the address that a page without one gives for itself.
func (d *document) statedAddress() string {
	for _, s := range []string{d.canonical, d.first("og:url")} {
		if u, err := url.Parse(s); err == nil && u.IsAbs() && u.Host != "" {
			d.base = u
			return s
		}
	}
	return ""
}

// index walks the tree once, without recursion, and keeps what the fact readers need.
func (d *document) index(root *html.Node) {
	for n := root; n != nil; {
		if n.Type == html.ElementNode {
			d.visit(n)
		}
		n = following(n, root, n.Type == html.ElementNode && opaque(n.DataAtom))
	}
}

// following is the next node after n in document order below root; with skip, the one after n's whole subtree.
func following(n, root *html.Node, skip bool) *html.Node {
	if !skip && n.FirstChild != nil {
		return n.FirstChild
	}
	for n != nil && n != root {
		if n.NextSibling != nil {
			return n.NextSibling
		}
		n = n.Parent
	}
	return nil
}

// opaque elements hold no text of the page.
func opaque(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Canvas,
		atom.Select, atom.Textarea, atom.Audio, atom.Video, atom.Map, atom.Math, atom.Noframes:
		return true
	}
	return false
}

func (d *document) visit(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		d.lang = attr(n, "lang")
		if d.lang == "" {
			d.lang = attr(n, "xml:lang")
		}
		d.amp = hasAttr(n, "amp") || hasAttr(n, "⚡")
	case atom.Title:
		if d.title == "" {
			d.title = cutRunes(squeeze(nodeText(n)), maxTitleRunes)
		}
	case atom.Meta:
		d.visitMeta(n)
	case atom.Link:
		if d.canonical == "" && strings.EqualFold(attr(n, "rel"), "canonical") {
			d.canonical = d.absolute(attr(n, "href"))
		}
	case atom.Base:
		if u, err := d.base.Parse(attr(n, "href")); err == nil && d.here != "" {
			d.base = u
		}
	case atom.Script:
		if n.FirstChild != nil && strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
			d.ld.add(n.FirstChild.Data)
		}
	case atom.A:
		d.visitLink(n)
	case atom.H1:
		d.h1 = append(d.h1, n)
	case atom.H2, atom.H3:
		if len(d.h2) < maxSubheads {
			d.h2 = append(d.h2, n)
		}
	case atom.Time:
		d.times = append(d.times, n)
	}
	if p := attr(n, "itemprop"); p != "" {
		for _, name := range strings.Fields(strings.ToLower(p)) {
			d.props[name] = append(d.props[name], n)
		}
	}
}

// maxHomeLinks bounds the links to the front page that are kept.
const maxHomeLinks = 20

// visitLink keeps what the site's front page is called: the text of a link to it, or of the logo in it.
func (d *document) visitLink(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	d.visitFolder(n, href)
	if len(d.home) >= maxHomeLinks {
		return
	}
	if href != "/" {
		u, err := url.Parse(href)
		if err != nil || u.Host == "" || strings.Trim(u.Path, "/") != "" || !sameSite(u, d.base) {
			return
		}
	}
	name := squeeze(nodeText(n))
	for c := n; c != nil && name == ""; c = following(c, n, false) {
		if c.DataAtom == atom.Img {
			name = squeeze(attr(c, "alt"))
		}
	}
	if name = cutRunes(name, 100); name != "" {
		d.home = append(d.home, name)
	}
}

// visitFolder keeps the name of the folder that the page stands in: "Columns" for /columns/2024/ferry.
func (d *document) visitFolder(n *html.Node, href string) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(d.base.Path, "/"), "/")
	if d.folder != "" || len(first) < 4 || rest == "" || strings.Trim(first, "0123456789") == "" || !strings.Contains(href, first) {
		return
	}
	u, err := d.base.Parse(href)
	if err != nil || strings.Trim(u.Path, "/") != first || !sameSite(u, d.base) {
		return
	}
	if name := squeeze(nodeText(n)); countWords(name) <= 4 && len(name) < 60 {
		d.folder = name
	}
}

// prop is the first text of a microdata property.
func (d *document) prop(name string) string {
	for _, n := range d.props[name] {
		if s := plain(attr(n, "content")); s != "" {
			return s
		}
		if s := squeeze(nodeText(n)); s != "" {
			return s
		}
	}
	return ""
}

// visitMeta keeps a meta element under each of its names, lower case.
func (d *document) visitMeta(n *html.Node) {
	content := cutRunes(plain(attr(n, "content")), maxMetaRunes)
	if content == "" {
		content = cutRunes(plain(attr(n, "value")), maxMetaRunes) // not HTML, but written so
	}
	if content == "" {
		return
	}
	for _, a := range []string{"property", "name", "itemprop", "http-equiv"} {
		if k := strings.ToLower(strings.TrimSpace(attr(n, a))); k != "" && len(d.meta[k]) < maxMetas {
			d.meta[k] = append(d.meta[k], content)
		}
	}
}

// first is the first non-empty meta value under any of the names, tried in order.
func (d *document) first(names ...string) string {
	for _, name := range names {
		for _, v := range d.meta[name] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// absolute resolves a link of the page; "" if it is none.
func (d *document) absolute(href string) string {
	href = strings.TrimSpace(href)
	if href == "" {
		return ""
	}
	u, err := d.base.Parse(href)
	if err != nil {
		return ""
	}
	return u.String()
}

func attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return true
		}
	}
	return false
}

// nodeText is the raw text below n, without that of opaque elements; block elements and line breaks part words.
func nodeText(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n)
	return b.String()
}

func writeText(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	if n.Type == html.ElementNode {
		if opaque(n.DataAtom) {
			return
		}
		if n.DataAtom == atom.Br || isBlockElement(n) {
			b.WriteByte('\n')
			defer b.WriteByte('\n')
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeText(b, c)
	}
}

// samePath reports whether two addresses name the same page, whatever their scheme, "www", query or last slash.
func samePath(a, b string) bool {
	return a != "" && b != "" && barePath(a) == barePath(b)
}

func barePath(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	host := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Host), "www."), "m.")
	return host + strings.TrimSuffix(u.Path, "/")
}
