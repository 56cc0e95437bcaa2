package ingest

import (
	"encoding/json"
	"html"
	"slices"
	"strings"

	"oped/corpus"
)

// texts reads a value as a list of strings: a string, a number, an object with a name, or a list of those.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case json.Number:
		return []string{v.String()}
	case map[string]any:
		for _, name := range []string{"name", "rendered", "text", "value", "title"} {
			if s, ok := v[name].(string); ok {
				return []string{s}
			}
		}
	case []any:
		var list []string
		for _, each := range v {
			if _, nested := each.([]any); !nested {
				list = append(list, texts(each)...)
			}
		}
		return list
	}
	return nil
}

// oneLine reads a value as one line of plain text.
func oneLine(v any) string {
	s := strings.Join(texts(v), ", ")
	if isHTML(s) {
		s = strings.Join(lines(htmlBlocks(s)), " ")
	}
	return fold(html.UnescapeString(s))
}

// fold makes white space single spaces, and bytes that are no UTF-8 U+FFFD.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
}

func lines(blocks []corpus.Block) []string {
	list := make([]string, len(blocks))
	for i, b := range blocks {
		list[i] = b.Text
	}
	return list
}

// tags reads a list of tags, or one string with commas or semicolons between them.
func tags(v any) []string {
	list := texts(v)
	if s, ok := v.(string); ok {
		list = strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' })
	}
	var out []string
	for _, tag := range list {
		if tag = oneLine(tag); tag != "" && !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	return out
}

// kinds are what data calls the types of articles, as plainName gives them.
var kinds = map[string]corpus.Type{
	"oped": corpus.TypeOpEd, "opinion": corpus.TypeOpEd, "guestcolumn": corpus.TypeOpEd, "guestessay": corpus.TypeOpEd,
	"commentary": corpus.TypeOpEd, "column": corpus.TypeColumn, "columnist": corpus.TypeColumn, "editorial": corpus.TypeEditorial,
	"leader": corpus.TypeEditorial, "letter": corpus.TypeLetter, "letters": corpus.TypeLetter, "lettertotheeditor": corpus.TypeLetter,
	"letterstotheeditor": corpus.TypeLetter, "interview": corpus.TypeInterview, "analysis": corpus.TypeAnalysis,
	"newsanalysis": corpus.TypeAnalysis, "review": corpus.TypeReview, "report": corpus.TypeReport, "news": corpus.TypeReport,
	"newsarticle": corpus.TypeReport, "opinionnewsarticle": corpus.TypeOpEd, "analysisnewsarticle": corpus.TypeAnalysis,
	"reportagenewsarticle": corpus.TypeReport, "reviewnewsarticle": corpus.TypeReview,
}

// kind reads a type and says why. Names that are no kind of journalism ("post", "article") give none.
func kind(s string) (corpus.Type, string) {
	t, ok := kinds[plainName(s)]
	if !ok {
		return "", ""
	}
	return t, "the data calls it " + `"` + s + `"`
}
