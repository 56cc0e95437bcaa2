package cite

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"oped/corpus"
)

// RIS is the article as a newspaper article in RIS, with its last line.
func RIS(a *corpus.Article, permalink string) string {
	var b strings.Builder
	add := func(tag string, values ...string) {
		for _, value := range values {
			if value = line(value); value != "" {
				fmt.Fprintf(&b, "%s  - %s\r\n", tag, value)
			}
		}
	}
	add("TY", "NEWS")
	add("TI", a.Headline)
	add("AU", Creators(a)...)
	add("T2", a.Publication)
	add("SE", a.Section)
	if !a.Published.IsZero() {
		add("PY", a.Published.Time.Format("2006"))
		add("DA", a.Published.Time.Format("2006/01/02"))
	}
	add("N2", a.Standfirst)
	add("KW", a.Tags...)
	add("LA", a.Language)
	add("UR", address(a, permalink))
	add("L2", permalink)
	add("ID", string(a.ID))
	if !a.Captured.IsZero() {
		add("Y2", a.Captured.UTC().Format("2006/01/02"))
	}
	b.WriteString("ER  - \r\n\r\n")
	return b.String()
}

// cslName is a name in CSL-JSON; one that can not be taken apart is literal.
type cslName struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

type cslArticle struct {
	ID             string    `json:"id"`
	Type           string    `json:"type"`
	Title          string    `json:"title,omitempty"`
	Author         []cslName `json:"author,omitempty"`
	ContainerTitle string    `json:"container-title,omitempty"`
	Section        string    `json:"section,omitempty"`
	Issued         *cslDate  `json:"issued,omitempty"`
	Accessed       *cslDate  `json:"accessed,omitempty"`
	Abstract       string    `json:"abstract,omitempty"`
	Keyword        string    `json:"keyword,omitempty"`
	Language       string    `json:"language,omitempty"`
	URL            string    `json:"URL,omitempty"`
}

// CSL is the article as the one element of a CSL-JSON array, of type article-newspaper.
func CSL(a *corpus.Article, permalink string) ([]byte, error) {
	c := cslArticle{
		ID: string(a.ID), Type: "article-newspaper", Title: line(a.Headline), ContainerTitle: line(a.Publication),
		Section: line(a.Section), Abstract: line(a.Standfirst), Keyword: line(strings.Join(a.Tags, ", ")),
		Language: a.Language, URL: address(a, permalink), Issued: cslDay(a.Published.Time), Accessed: cslDay(a.Captured.UTC()),
	}
	for _, author := range a.Authors {
		switch family, given := SplitName(author.Name); {
		case family == "":
		case given == "":
			c.Author = append(c.Author, cslName{Literal: family})
		default:
			c.Author = append(c.Author, cslName{Family: family, Given: given})
		}
	}
	text, err := json.MarshalIndent([]cslArticle{c}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("cite: encode %q: %w", a.ID, err)
	}
	return append(text, '\n'), nil
}

func cslDay(t time.Time) *cslDate {
	if t.IsZero() {
		return nil
	}
	return &cslDate{Parts: [][]int{{t.Year(), int(t.Month()), t.Day()}}}
}

// bibtexEscapes are the characters that mean something to TeX.
var bibtexEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `%`, `\%`, `#`, `\#`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)

// bibtexAddress keeps an address from ending its braces; the rest of it is for \url.
var bibtexAddress = strings.NewReplacer(`{`, `%7B`, `}`, `%7D`, `\`, `%5C`)

// BibTeX is the article as an @article whose journal is the newspaper; BibTeX has no type of its own for those.
func BibTeX(a *corpus.Article, permalink string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "@article{%s,\n", a.ID)
	add := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", name, value)
		}
	}
	add("title", braced(a.Headline))
	add("author", bibtexEscapes.Replace(strings.Join(Creators(a), " and ")))
	add("journal", bibtexEscapes.Replace(line(a.Publication)))
	if !a.Published.IsZero() {
		add("year", a.Published.Time.Format("2006"))
		add("month", strings.ToLower(a.Published.Time.Format("Jan")))
		add("date", a.Published.Day())
	}
	add("abstract", bibtexEscapes.Replace(line(a.Standfirst)))
	add("url", bibtexAddress.Replace(address(a, permalink)))
	if !a.Captured.IsZero() {
		add("urldate", a.Captured.UTC().Format(time.DateOnly))
	}
	b.WriteString("}\n")
	return b.String()
}

// braced keeps the capitals of a title as they are printed.
func braced(title string) string {
	if title = line(title); title == "" {
		return ""
	}
	return "{" + bibtexEscapes.Replace(title) + "}"
}

// Text is the citation as a line of plain text: authors, headline, publication, date, address.
func Text(a *corpus.Article, permalink string) string {
	var parts []string
	add := func(s string) {
		if s = line(s); s != "" {
			parts = append(parts, s)
		}
	}
	add(strings.Join(a.AuthorNames(), ", "))
	if a.Headline != "" {
		add("“" + a.Headline + "”")
	}
	add(a.Publication)
	if !a.Published.IsZero() {
		add(a.Published.Time.Format("2 January 2006"))
	}
	add(address(a, permalink))
	return strings.Join(parts, ", ")
}
