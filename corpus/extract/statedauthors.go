package extract

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

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
	if types := n.types(); len(types) > 0 && !slices.Contains(types, "Person") && !slices.Contains(types, "Thing") {
		return nil
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

// lastFirst matches a name that is written for sorting: "Doe, Jane".
var lastFirst = regexp.MustCompile(`^(\p{Lu}[\p{L}'’-]+),\s+(\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}\.)?)$`)

// structuredNames reads a value that is stated to be an author's name. A single word is believed here, unless it is
// an abbreviation.
func structuredNames(s string) []corpus.Author {
	s = plain(s)
	if strings.Contains(s, "://") || len(s) > 300 || len(s) < 5 && strings.ToUpper(s) == s {
		return nil
	}
	s = lastFirst.ReplaceAllString(s, "$2 $1")
	if out := parseByline(s); len(out) > 0 {
		return out
	}
	s = dropLead(handle.ReplaceAllString(s, ""))
	if a, ok := parseName(s, 1); ok {
		return []corpus.Author{a}
	}
	if words := strings.Fields(s); len(words) > 1 && len(words) < 4 && strings.ToLower(s) == s {
		for i := range words {
			words[i] = capitalize(words[i])
		}
		if a, ok := parseName(strings.Join(words, " "), 2); ok {
			return []corpus.Author{a}
		}
	}
	return nil
}

// metaAuthors reads the meta elements that name an author.
func (r *reader) metaAuthors() []corpus.Author {
	for _, name := range []string{"byl", "parsely-author", "sailthru.author", "article:author", "author", "dc.creator", "dcterms.creator", "cxenseparse:author", "article.author", "citation_author", "dc.contributor", "article:author_name", "twitter:data1"} {
		var out []corpus.Author
		for _, v := range r.doc.meta[name] {
			// A site that states another author, who is no person, labels who put the page up.
			if name == "twitter:data1" && (!strings.Contains(key(r.doc.first("twitter:label1")), "written by") || r.doc.first("author") != "") {
				continue
			}
			out = append(out, structuredNames(v)...)
		}
		if len(out) > 0 {
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
