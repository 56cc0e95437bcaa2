package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"oped/search"
	"oped/search/query"
)

// errorPage tells what went wrong and what to do.
type errorPage struct {
	frame
	Fault  fault
	Syntax *syntaxView
}

// syntaxView shows the place in a query that can not be read, with a caret under it.
type syntaxView struct {
	Before, Bad, After string
	Caret              string // spaces, then as many carets as Bad is long
	Position           int    // in characters, from 1
	Expected           string
	Nearest            *example
}

// writeErrorPage is the last resort: it does not fail, and where its template does it answers in plain text.
func (s *server) writeErrorPage(w http.ResponseWriter, r *http.Request, f fault) {
	req, err := ParseRequest(parseParams(r.URL.RawQuery))
	if err != nil {
		req = search.Request{Query: parseParams(r.URL.RawQuery).Get("q")}
	}
	if len(Encode(req)) > maxAddressBytes {
		req = search.Request{}
	}
	page := &errorPage{frame: s.frame(f.Title, req), Fault: f}
	if f.Syntax != nil {
		page.Syntax = syntaxOf(req, f.Syntax)
	}
	if err := s.render(w, r, f.Status, "error", page); err != nil {
		s.Log.Error("error page failed", "error", private(err.Error(), r))
		http.Error(w, f.Title, f.Status)
	}
}

// caretContext is how many characters of a long query stand on each side of its fault.
const caretContext = 48

func syntaxOf(req search.Request, e *query.SyntaxError) *syntaxView {
	start := min(max(e.Offset, 0), len(e.Input))
	end := min(max(e.End, start), len(e.Input))
	before, bad, after := visible(e.Input[:start]), visible(e.Input[start:end]), visible(e.Input[end:])
	view := &syntaxView{
		Before: lastRunes(before, caretContext), Bad: firstRunes(bad, caretContext), After: firstRunes(after, caretContext),
		Position: utf8.RuneCountInString(before) + 1, Expected: capital(e.Expected),
	}
	view.Caret = strings.Repeat(" ", utf8.RuneCountInString(view.Before)) +
		strings.Repeat("^", max(utf8.RuneCountInString(view.Bad), 1))
	if e.Nearest != "" && e.Nearest != e.Input {
		view.Nearest = &example{e.Nearest, searchURL(repaired(req, e))}
	}
	return view
}

// repaired is req with the text that can not be read replaced by the nearest that can, wherever it stands.
func repaired(req search.Request, e *query.SyntaxError) search.Request {
	req = firstPage(req)
	if i := slices.Index(req.Within, e.Input); i >= 0 && req.Query != e.Input {
		req.Within = slices.Clone(req.Within)
		req.Within[i] = e.Nearest
		return req
	}
	req.Query = e.Nearest
	return req
}

// visible keeps every character one column wide, so that the caret stands under the fault.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return '\uFFFD'
		}
		return r
	}, utf8Only(s))
}

func firstRunes(s string, n int) string { return clip(s, n) }

func lastRunes(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return "…" + string(runes[len(runes)-n:])
}
