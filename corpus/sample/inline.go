package sample

import (
	"html/template"
	"regexp"
	"strings"
)

// inlinePattern finds the inline marks of a source: [words](target) and *words*.
var inlinePattern = regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)|\*([^*]+)\*`)

// plain is the text of a block as a reader sees it.
func (b block) plain() string { return inlinePattern.ReplaceAllString(b.source, "$1$3") }

// targets are the pieces that a block links to, as paper/slug.
func (b block) targets() []string {
	var ts []string
	for _, m := range inlinePattern.FindAllStringSubmatch(b.source, -1) {
		if m[2] != "" && m[2] != "#" {
			ts = append(ts, m[2])
		}
	}
	return ts
}

// html renders a block's inline marks; address turns a link's target into a URL.
func (b block) html(address func(target string) string) template.HTML {
	var out strings.Builder
	last := 0
	for _, m := range inlinePattern.FindAllStringSubmatchIndex(b.source, -1) {
		out.WriteString(template.HTMLEscapeString(b.source[last:m[0]]))
		last = m[1]
		if m[6] >= 0 {
			out.WriteString("<em>" + template.HTMLEscapeString(b.source[m[6]:m[7]]) + "</em>")
			continue
		}
		href := template.HTMLEscapeString(address(b.source[m[4]:m[5]]))
		out.WriteString(`<a href="` + href + `">` + template.HTMLEscapeString(b.source[m[2]:m[3]]) + "</a>")
	}
	out.WriteString(template.HTMLEscapeString(b.source[last:]))
	return template.HTML(out.String())
}
