package extract

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth bounds the tree that is built: the parser itself refuses more than 512 open elements.
const maxDepth = 400

// parse builds the tree of a page. A page nested too deeply for the parser is parsed again with the elements beyond
// maxDepth left out and their text kept, so that every later walk of the tree may recurse.
func parse(text string) (*html.Node, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err == nil {
		return root, nil
	}
	root, err = html.Parse(strings.NewReader(flatten(text)))
	if err != nil {
		return nil, fmt.Errorf("extract: parse html: %w", err)
	}
	return root, nil
}

// flatten rewrites a page so that no more than a safe number of elements is ever open: container elements lose
// their tags, which leaves paragraphs, headings and links; and of those, too many open ones lose theirs too.
func flatten(text string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	open := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if !errors.Is(z.Err(), io.EOF) {
				return "" // only a broken reader gives another error, and a string is none
			}
			return out.String()
		}
		raw := z.Raw()
		name, _ := z.TagName()
		switch tag := atom.Lookup(name); kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			if !flatElement(tag) {
				out.WriteByte(' ')
				continue
			}
			if !emptyElement(tag) {
				if open++; open > maxDepth/4 {
					out.WriteString("</p></a><p>")
					open = 0
				}
			}
		case html.EndTagToken:
			if !flatElement(tag) {
				continue
			}
			open = max(0, open-1)
		}
		out.Write(raw)
	}
}

// flatElement reports whether flatten keeps the tag. Of those kept only scripts, titles and links hold text that an
// unclosed tag could swallow, and none of them nests in itself.
func flatElement(a atom.Atom) bool {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Li, atom.A, atom.Title, atom.Script, atom.Style, atom.Time:
		return true
	}
	return emptyElement(a)
}

func emptyElement(a atom.Atom) bool {
	return a == atom.Br || a == atom.Meta || a == atom.Link || a == atom.Hr
}
