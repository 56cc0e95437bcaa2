package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"oped/corpus"
	"oped/search"
)

// maxTerms is how many marked wordings an article's page counts one by one: a wildcard may find any number.
const maxTerms = 12

// termView is a wording that is marked in an article, with the address at which its marks are off, or on again.
type termView struct {
	Text  string
	Count int
	URL   string
	Off   bool
}

// termsOf counts the wordings that are marked, whatever their capitals, the commonest first; none where there is but one.
func termsOf(m *search.Marked) []termView {
	var terms []termView
	at := map[string]int{}
	for _, spans := range segmentsOf(m) {
		for _, span := range spans {
			if !span.Match {
				continue
			}
			key := termKey(span.Text)
			if _, ok := at[key]; !ok {
				at[key] = len(terms)
				terms = append(terms, termView{Text: key})
			}
			terms[at[key]].Count++
		}
	}
	if len(terms) < 2 {
		return nil
	}
	slices.SortStableFunc(terms, func(a, b termView) int { return cmp.Compare(b.Count, a.Count) })
	return terms[:min(len(terms), maxTerms)]
}

func termKey(text string) string { return strings.Join(strings.Fields(strings.ToLower(text)), " ") }

// unmark takes the marks of some wordings off.
func unmark(m *search.Marked, off []string) {
	for _, spans := range segmentsOf(m) {
		for i := range spans {
			if spans[i].Match && slices.Contains(off, termKey(spans[i].Text)) {
				spans[i].Match = false
			}
		}
	}
}

// linkTerms gives each wording the address that turns its marks off, or on where they are in off.
func linkTerms(terms []termView, id corpus.ID, req search.Request, version int, off []string) {
	base := articleURL(id, req)
	if version > 0 {
		base += "&version=" + strconv.Itoa(version)
	}
	for i := range terms {
		t := &terms[i]
		t.Off = slices.Contains(off, t.Text)
		others := slices.DeleteFunc(slices.Clone(off), func(o string) bool { return o == t.Text })
		if !t.Off {
			others = append(others, t.Text)
		}
		t.URL = base
		for _, o := range others {
			t.URL += "&unmark=" + url.QueryEscape(o)
		}
	}
}
