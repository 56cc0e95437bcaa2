package schema

import (
	"strings"

	"oped/corpus"
)

// Token is one word of a text.
type Token struct {
	// Exact is the folded word as it is written.
	Exact string
	// Stem is the stem of Exact in the language of the text; Exact itself where there is no other.
	Stem string
	// Also are further exact forms under which the word is found, mostly none. Joined is true where the last of them
	// is the word together with the next: whoever finds it so has found both.
	Also   []string
	Joined bool
	// Block says which of the segment's texts the word is of (see Texts), and Start and End which bytes of it.
	Block, Start, End int
	// Position counts words from 1 through the segment. It ascends by one, but by two from one value to the next where
	// the segment is a list of values (Byline, Correction, URL): no phrase reaches from one author into another.
	Position int
	// Sentence and Paragraph are counted from 0 through the segment; those without words do not count.
	Sentence, Paragraph int
	// Capital is true where any letter is a capital, AllCaps where all are.
	Capital, AllCaps bool
}

// Document is an article made ready for an index, and for matching.
type Document struct {
	Article *corpus.Article
	// Language is the article's as the analysis knows it: the primary tag in lower case, "" if unknown.
	Language string
	// Tokens are the words of each segment.
	Tokens [numSegments][]Token
	// Words is the length of the body, headings included.
	Words int
	// Keywords are the values for the keyword fields.
	Keywords []Keyword
	// Truncated is true where the article exceeds maxWords in a segment and the rest was left out.
	Truncated bool
}

// maxWords bounds a segment: about two long novels. Beyond it an "article" is a fault of whoever made it.
const maxWords = 400_000

// Analyze reads the words out of an article. It is a pure function of a and keeps a; it may run concurrently.
func Analyze(a *corpus.Article) *Document {
	d := &Document{Article: a, Language: PrimaryLanguage(a.Language)}
	an := borrow()
	defer an.giveBack()
	for s := range numSegments {
		if s == Lead {
			continue
		}
		texts := Texts(a, s)
		an.text.begin(an, s, d.Language)
		d.Tokens[s] = an.text.tokens(texts)
		d.Truncated = d.Truncated || an.text.full
	}
	d.Words = len(d.Tokens[Body])
	d.Tokens[Lead] = lead(a, d.Tokens[Body])
	d.Keywords = keywords(d)
	return d
}

// isList reports whether the texts of a segment are the values of a list.
func isList(s Segment) bool { return s == Byline || s == Correction || s == URL }

// AnalyzeText reads the words out of one text in a language ("" means none known).
func AnalyzeText(s, lang string) []Token {
	an := borrow()
	defer an.giveBack()
	an.text.begin(an, Body, PrimaryLanguage(lang))
	return an.text.tokens([]string{s})
}

// QueryTerms reads a typed word as a text of the given language would have it. The result is a list of alternatives,
// any of which means the word; each is one or more tokens that mean consecutive positions. "e-mail" gives [[e mail]
// [email]], "O’Reilly" gives [[o'reilly] [oreilly]], most words give [[word]], and a word without letters and digits
// gives none.
func QueryTerms(word, lang string) [][]Token {
	tokens := AnalyzeText(word, lang)
	if len(tokens) == 0 {
		return nil
	}
	terms := [][]Token{tokens}
	if joined := joinedForm(word, tokens); joined != "" {
		terms = append(terms, AnalyzeText(joined, lang))
	}
	return terms
}

// Texts are the texts of one segment of an article, as Token.Block counts them: body blocks, authors' names,
// corrections, or the URL and its aliases; otherwise the one text of the segment. The texts of Lead are those of Body.
func Texts(a *corpus.Article, s Segment) []string {
	switch s {
	case Headline:
		return []string{a.Headline}
	case Standfirst:
		return []string{a.Standfirst}
	case Lead, Body:
		texts := make([]string, len(a.Body))
		for i := range a.Body {
			texts[i] = a.Body[i].Text
		}
		return texts
	case Byline:
		return a.AuthorNames()
	case Bio:
		return []string{a.AuthorNote}
	case Correction:
		return a.Corrections
	case URL:
		return append([]string{a.URL}, a.Aliases...)
	default:
		return nil
	}
}

// PrimaryLanguage is the primary tag of a BCP 47 tag in lower case: "en" for "en-GB". The written forms of Norwegian
// are one.
func PrimaryLanguage(tag string) string {
	primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	primary, _, _ = strings.Cut(primary, "_")
	if primary == "nb" || primary == "nn" {
		return "no"
	}
	return primary
}
