package cite

import (
	"strings"

	"oped/corpus"
)

// markdownEscapes are the characters that could make markup of plain text, raw HTML included.
var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `[`, `\[`, `]`, `\]`, `<`, `&lt;`, `>`, `&gt;`, `#`, `\#`, `|`, `\|`, `!`, `\!`,
	`~`, `\~`, `&`, `&amp;`,
)

// Markdown is the citation as one line with links, for lists of clippings.
func Markdown(a *corpus.Article, permalink string) string {
	headline := line(a.Headline)
	if headline == "" {
		headline = "Untitled"
	}
	parts := []string{"[" + escaped(headline) + "](" + link(permalink) + ")"}
	for _, s := range []string{strings.Join(a.AuthorNames(), ", "), a.Publication, a.Published.Day()} {
		if s = line(s); s != "" {
			parts = append(parts, escaped(s))
		}
	}
	if to := address(a, permalink); to != permalink {
		parts = append(parts, "[original]("+link(to)+")")
	}
	return strings.Join(parts, ", ")
}

// MarkdownArticle is the whole article as Markdown, with its citation at the end.
func MarkdownArticle(a *corpus.Article, permalink string) string {
	var b strings.Builder
	paragraph := func(before, text, after string) {
		if text = escapedLine(text); text != "" {
			b.WriteString(before + text + after + "\n\n")
		}
	}
	paragraph("# ", a.Headline, "")
	paragraph("*", a.Standfirst, "*")
	paragraph("", strings.Join(a.AuthorNames(), ", "), "")
	for _, block := range a.Body {
		paragraph(prefix(block), block.Text, "")
	}
	paragraph("*", a.AuthorNote, "*")
	for _, correction := range a.Corrections {
		paragraph("**Correction:** ", correction, "")
	}
	b.WriteString("---\n\n" + Markdown(a, permalink) + "\n")
	return b.String()
}

func prefix(block corpus.Block) string {
	switch block.Kind {
	case corpus.Heading:
		return strings.Repeat("#", min(max(block.Level, 2), 6)) + " "
	case corpus.Quote:
		return "> "
	case corpus.ListItem:
		return "- "
	default:
		return ""
	}
}

func escaped(s string) string { return markdownEscapes.Replace(s) }

// escapedLine escapes a text that begins a line, where a number, a plus or a minus would begin a list.
func escapedLine(s string) string {
	s = escaped(line(s))
	switch digits := strings.TrimLeft(s, "0123456789"); {
	case strings.HasPrefix(s, "-"), strings.HasPrefix(s, "+"), strings.HasPrefix(s, "="):
		return `\` + s
	case digits != s && (strings.HasPrefix(digits, ".") || strings.HasPrefix(digits, ")")):
		return strings.TrimSuffix(s, digits) + `\` + digits
	}
	return s
}

// link keeps an address inside the round brackets of a Markdown link.
func link(to string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", `\`, "%5C").Replace(to)
}

// TextArticle is the whole article as plain text, with its citation at the end.
func TextArticle(a *corpus.Article, permalink string) string {
	var parts []string
	for _, s := range []string{a.Headline, a.Standfirst, strings.Join(a.AuthorNames(), ", ")} {
		if s = line(s); s != "" {
			parts = append(parts, s)
		}
	}
	for _, block := range a.Body {
		parts = append(parts, line(block.Text))
	}
	for _, s := range append([]string{a.AuthorNote}, a.Corrections...) {
		if s = line(s); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(append(parts, "--", Text(a, permalink)), "\n\n") + "\n"
}
