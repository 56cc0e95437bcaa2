package extract

import (
	"net/url"
	"sort"
	"strings"

	"golang.org/x/net/html/atom"

	"oped/corpus"
)

const (
	maxTags     = 30
	maxTagRunes = 80
)

// readPublication names the publication by its own word, else by the hint that came with the page.
func (d *document) readPublication() string {
	candidates := []string{d.first("og:site_name"), ""}
	for _, p := range list(d.article["publisher"]) {
		if m, ok := p.(map[string]any); ok {
			candidates = append(candidates, text(d.ld.resolve(m)["name"]))
		}
	}
	candidates = append(candidates, d.first("application-name", "apple-mobile-web-app-title", "cre", "dc.publisher", "publisher", "citation_journal_title"), d.prop("publisher"), d.titledSite())
	for _, s := range candidates {
		s = strings.Trim(s, " |-–—")
		if s != "" && !strings.Contains(s, "://") && !strings.Contains(s, "@") && countWords(s) <= 8 {
			return s
		}
	}
	return squeeze(d.page.Publication)
}

// titledSite is the beginning or end of the document's title that links to the front page are called by too.
func (d *document) titledSite() string {
	breaks := titleBreak.FindAllStringIndex(d.title, maxTitleBreaks)
	for i := len(breaks) - 1; i >= 0; i-- {
		for _, part := range []string{d.title[breaks[i][1]:], d.title[:breaks[i][0]]} {
			for _, name := range d.home {
				if key(name) == key(part) {
					return squeeze(part)
				}
			}
		}
	}
	return ""
}

// maxTitleBreaks is how many breaks of a title are tried; real ones have up to four.
const maxTitleBreaks = 8

// readAddress gives the canonical address and the others that the page was seen under. A rel=canonical is believed
// only within the page's own site, and never if it names the home page of it.
func (d *document) readAddress() (address string, aliases []string) {
	address = d.here
	if u, err := url.Parse(d.canonical); err == nil && u.IsAbs() && sameSite(u, d.base) && (strings.Trim(u.Path, "/") != "" || u.RawQuery != "") {
		address = d.canonical
	}
	address = canonicalURL(address)
	seen := map[string]bool{address: true, "": true}
	for _, raw := range append([]string{d.page.URL, d.page.FinalURL}, d.page.Via...) {
		if u := canonicalURL(raw); !seen[u] {
			seen[u] = true
			aliases = append(aliases, u)
		}
	}
	sort.Strings(aliases)
	return address, aliases
}

// sameSite reports whether two hosts belong to one site: equal but for "www", "m" and "amp".
func sameSite(a, b *url.URL) bool {
	return b.Host == "" || siteOf(a.Host) == siteOf(b.Host)
}

func siteOf(host string) string {
	host = strings.ToLower(host)
	for _, p := range []string{"www.", "m.", "amp.", "mobile."} {
		host = strings.TrimPrefix(host, p)
	}
	return host
}

// canonicalURL is address in canonical form, or as it is where that is refused.
func canonicalURL(address string) string {
	if address == "" {
		return ""
	}
	u, err := corpus.CanonicalURL(address)
	if err != nil {
		return ""
	}
	return u
}

// readSection gives the part of the publication that the article stands in.
func (d *document) readSection() string {
	candidates := []string{text(d.article["articleSection"]), d.first("article:section", "parsely-section", "article.section", "og:article:section", "cxenseparse:section", "section", "category", "dc.subject.section"), d.prop("articlesection"), d.crumb(), d.folder}
	for _, s := range candidates {
		if i := strings.LastIndexAny(s, "/>|;"); i >= 0 {
			s = s[:strings.IndexAny(s, "/>|;")]
		}
		s = squeeze(s)
		if s != "" && countWords(s) <= 6 && !strings.EqualFold(s, "home") && !strings.EqualFold(s, "uncategorized") && !isSiteName(s, key(d.readPublication())) {
			return s
		}
	}
	return ""
}

// crumb is the step above the article in the page's stated breadcrumb trail.
func (d *document) crumb() string {
	for _, n := range d.ld.nodes {
		isTrail := false
		for _, t := range n.types() {
			isTrail = isTrail || t == "BreadcrumbList"
		}
		if !isTrail {
			continue
		}
		names := crumbNames(n)
		if len(names) > 1 && (len(names) > 2 || !strings.EqualFold(names[0], "home")) {
			if len(names) == 2 {
				return names[0]
			}
			return names[len(names)-2]
		}
	}
	return ""
}

func crumbNames(trail ldNode) []string {
	var names []string
	for _, e := range list(trail["itemListElement"]) {
		m, ok := e.(map[string]any)
		if !ok {
			continue
		}
		name := plain(stringOf(m["name"]))
		if item, ok := m["item"].(map[string]any); ok && name == "" {
			name = plain(stringOf(item["name"]))
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

func stringOf(v any) string {
	s, _ := v.(string)
	return s
}

// readTags gives the article's tags as stated, in order, each once.
func (d *document) readTags() []string {
	var raw []string
	raw = append(raw, d.meta["article:tag"]...)
	for _, k := range list(d.article["keywords"]) {
		if s, ok := k.(string); ok {
			raw = append(raw, splitTags(s)...)
		}
	}
	if len(raw) == 0 {
		for _, name := range []string{"news_keywords", "parsely-tags", "sailthru.tags", "keywords"} {
			if s := d.first(name); s != "" {
				raw = splitTags(s)
				break
			}
		}
	}
	if len(raw) == 0 {
		for _, n := range d.props["keywords"] {
			raw = append(raw, splitTags(attr(n, "content")+","+squeeze(nodeText(n)))...)
		}
	}
	seen := map[string]bool{}
	var out []string
	for _, t := range raw {
		t = strings.Trim(plain(t), " #,;")
		if k := key(t); k != "" && !seen[k] && len(out) < maxTags && len([]rune(t)) <= maxTagRunes && !strings.Contains(t, "://") {
			seen[k] = true
			out = append(out, t)
		}
	}
	return out
}

func splitTags(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '，' || r == '、' })
}

// readAccess says what the page declares of its paywall.
func (d *document) readAccess() corpus.Access {
	nodes := []any{map[string]any(d.article)}
	nodes = append(nodes, list(d.article["hasPart"])...)
	stated := corpus.Access("")
	for _, v := range nodes {
		n, ok := v.(map[string]any)
		if !ok {
			continue
		}
		switch strings.ToLower(boolText(n["isAccessibleForFree"])) {
		case "false", "no", "0":
			return corpus.AccessPartial
		case "true", "yes", "1":
			stated = corpus.AccessFull
		}
	}
	if stated != "" {
		return stated
	}
	switch strings.ToLower(d.first("article:content_tier", "og:article:content_tier")) {
	case "locked", "metered":
		return corpus.AccessPartial
	case "free":
		return corpus.AccessFull
	}
	for _, n := range d.props["isaccessibleforfree"] {
		if n.DataAtom == atom.Meta && strings.EqualFold(attr(n, "content"), "false") {
			return corpus.AccessPartial
		}
	}
	return ""
}

// boolText is a truth value as publishers write it: a bool, a string, or a schema.org address of one.
func boolText(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "true"
		}
		return "false"
	case string:
		return strings.TrimSpace(v[strings.LastIndexByte(v, '/')+1:])
	}
	return ""
}
