package discover

import (
	"errors"
	"io"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/net/publicsuffix"

	"oped/corpus"
)

// links reads a web page: the feeds and sitemaps that its link elements name, then of its anchors those on the same
// site that look like articles (TargetPage) or like sections of opinion (TargetSite).
func links(r io.Reader, src Source, out *sink) error {
	label := ""
	if src.Charset != "" {
		label = "text/html; charset=" + src.Charset
	}
	decoded, err := charset.NewReader(&bounded{r: r, left: maxWholeBytes}, label)
	if err != nil {
		return err
	}
	p := linkReader{z: html.NewTokenizer(decoded), out: out, site: siteOf(out.base), seen: map[string]bool{}}
	p.z.SetMaxBuf(maxTokenBytes)
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			if err := p.z.Err(); !errors.Is(err, io.EOF) {
				return err
			}
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := p.tag(); err != nil {
				return err
			}
		}
	}
}

type linkReader struct {
	z    *html.Tokenizer
	out  *sink
	site string
	seen map[string]bool // no larger than maxEntries, which emit enforces
}

type linkTag struct{ href, rel, typ string }

func (p *linkReader) tag() error {
	name, more := p.z.TagName()
	kind := atom.Lookup(name)
	if kind != atom.A && kind != atom.Link && kind != atom.Base || !more {
		return nil
	}
	t := p.attributes()
	switch {
	case t.href == "":
		return nil
	case kind == atom.Base:
		if base, err := p.out.base.Parse(strings.TrimSpace(t.href)); err == nil {
			p.out.base = base
		}
		return nil
	case kind == atom.Link:
		return p.link(t)
	}
	return p.anchor(t)
}

func (p *linkReader) attributes() linkTag {
	var t linkTag
	for more := true; more; {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		switch string(key) {
		case "href":
			t.href = string(value)
		case "rel":
			t.rel = strings.ToLower(string(value))
		case "type":
			t.typ = strings.ToLower(strings.TrimSpace(string(value)))
		}
	}
	return t
}

// link takes what the page itself names as its feeds and sitemaps, on whatever host. Feeds of comments hold none of
// the publication's articles.
func (p *linkReader) link(t linkTag) error {
	rels := strings.Fields(t.rel)
	for _, rel := range rels {
		switch {
		case rel == "sitemap":
			return p.emit(t.href, corpus.TargetSitemap)
		case rel == "alternate" && feedType(t.typ) && !strings.Contains(t.href, "/comments/"):
			return p.emit(t.href, corpus.TargetFeed)
		}
	}
	return nil
}

func feedType(typ string) bool {
	switch typ {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml":
		return true
	}
	return false
}

func (p *linkReader) anchor(t linkTag) error {
	absolute, ok := resolve(p.out.base, t.href)
	if !ok || strings.Contains(t.rel, "nofollow") || strings.Contains(t.rel, "sponsored") {
		return nil
	}
	u, err := url.Parse(absolute)
	if err != nil || siteOf(u) != p.site {
		return nil
	}
	switch {
	case looksLikeSection(u):
		return p.emit(absolute, corpus.TargetSite)
	case looksLikeArticle(u):
		return p.emit(absolute, corpus.TargetPage)
	}
	return nil
}

// emit hands an address on the first time that it stands on the page.
func (p *linkReader) emit(href string, kind corpus.TargetKind) error {
	absolute, ok := resolve(p.out.base, href)
	if ok && p.seen[absolute] {
		return nil
	}
	p.seen[absolute] = true
	return p.out.emit(Entry{URL: href, Kind: kind})
}

// siteOf is what two addresses of one publication share: the registrable domain, or the host with its port where
// there is none (an IP address, a name of the local network).
func siteOf(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if _, err := netip.ParseAddr(host); err == nil {
		return strings.ToLower(u.Host)
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return strings.ToLower(u.Host)
	}
	return site
}
