package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"oped/search"
)

// advancedPage is the form that builds a query from its parts.
type advancedPage struct {
	frame
	Form     advancedForm
	Request  search.Request
	Keep     []param // constraints that the form has no input for
	Choices  []choices
	Sorts    []sortChoice
	PageSize []sizeChoice
}

// advancedForm is a query taken apart. compose puts it together again.
type advancedForm struct {
	All, Phrase, Any, None, Headline, Byline, Rest string
}

// choices are the values of one facet as check boxes.
type choices struct {
	Label, Param string
	Values       []valueChoice
}

type valueChoice struct {
	Value, Label string
	Count        int
	Chosen       bool
}

type sortChoice struct {
	Value, Label string
	Chosen       bool
}

type sizeChoice struct {
	Value  int
	Param  string // "" for the default, which addresses leave out
	Chosen bool
}

// maxChoices bounds the check boxes of one facet, beside those that are chosen.
const maxChoices = 40

// advanced shows the form for a search, filled in, or, when it is sent, leads to the search it describes.
func (s *server) advanced(w http.ResponseWriter, r *http.Request) error {
	params := parseParams(r.URL.RawQuery)
	req, err := ParseRequest(params)
	if err != nil {
		return err
	}
	if params.Has("go") {
		req.Query = formOf(params.Get).compose()
		http.Redirect(w, r, searchURL(firstPage(req)), http.StatusSeeOther)
		return nil
	}
	page := &advancedPage{frame: s.frame("Advanced search", req), Form: decompose(req.Query), Request: req}
	page.Box = false
	if err := s.choose(r, page); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "advanced", page)
}

func formOf(get func(string) string) advancedForm {
	return advancedForm{
		All: get("all"), Phrase: get("phrase"), Any: get("any"), None: get("none"),
		Headline: get("headline"), Byline: get("byline"), Rest: get("rest"),
	}
}

// choose fills in what the archive has to choose from.
func (s *server) choose(r *http.Request, page *advancedPage) error {
	fields := []search.FacetField{search.FacetType, search.FacetPublication, search.FacetLanguage}
	res, err := s.search(r.Context(), search.Request{Limit: 1, NoSnippets: true, Facets: fields, FacetLimit: maxChoices})
	if err != nil {
		return err
	}
	inputs := []string{"q", "from", "to", "sort", "per_page"}
	for _, facet := range res.Facets {
		chosen := page.Request.Filters[facet.Field].Include
		c := choices{Label: facetLabels[facet.Field], Param: paramOf(facet.Field)}
		// Chosen values come first and in their order, so that sending the form gives the same address again.
		for _, value := range chosen {
			c.Values = append(c.Values, valueChoice{value, valueLabel(facet.Field, value), countOf(facet, value), true})
		}
		for _, v := range facet.Values {
			if !slices.Contains(chosen, v.Value) {
				c.Values = append(c.Values, valueChoice{v.Value, valueLabel(facet.Field, v.Value), v.Count, false})
			}
		}
		if len(c.Values) > 0 {
			page.Choices, inputs = append(page.Choices, c), append(inputs, c.Param)
		}
	}
	page.Keep = hidden(page.Request, inputs...)
	page.order()
	return nil
}

func countOf(facet search.Facet, value string) int {
	for _, v := range facet.Values {
		if v.Value == value {
			return v.Count
		}
	}
	return 0
}

// order fills in the choices of order and page size.
func (page *advancedPage) order() {
	page.Sorts = []sortChoice{{"", "Best first, or newest where there are no words", page.Request.Sort == ""}}
	for _, order := range sorts {
		page.Sorts = append(page.Sorts, sortChoice{string(order), sortLabels[order], order == page.Request.Sort})
	}
	for _, n := range []int{10, 20, 50, 100} {
		param := strconv.Itoa(n)
		if n == search.DefaultLimit {
			param = ""
		}
		page.PageSize = append(page.PageSize, sizeChoice{n, param, n == limitOf(page.Request)})
	}
}

// compose writes the query that the form describes.
func (f advancedForm) compose() string {
	var parts []string
	add := func(part string) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	add(strings.Join(pieces(f.All), " "))
	add(phrase("", f.Phrase))
	switch words := pieces(f.Any); len(words) {
	case 0:
	case 1:
		add(words[0])
	default:
		add("(" + strings.Join(words, " OR ") + ")")
	}
	for _, word := range pieces(f.Headline) {
		add("headline:" + word)
	}
	add(phrase("author:", f.Byline))
	for _, word := range pieces(f.None) {
		add("-" + word)
	}
	add(f.Rest)
	return strings.Join(parts, " ")
}

// phrase quotes what stands in an input, wildcards and all; "" if nothing does.
func phrase(field, words string) string {
	words = strings.Join(strings.Fields(strings.ReplaceAll(words, `"`, " ")), " ")
	if words == "" {
		return ""
	}
	return field + `"` + words + `"`
}

// decompose takes a query apart into the inputs of the form. Only where compose gives the very same text again does it
// do so; any other query stands whole in Rest. So opening the form and sending it never changes a search.
func decompose(q string) advancedForm {
	var f advancedForm
	for _, piece := range pieces(q) {
		f.sort(piece)
	}
	if f.compose() != q {
		return advancedForm{Rest: q}
	}
	return f
}

// sort puts one piece of a query into the input it belongs to.
func (f *advancedForm) sort(piece string) {
	name, value, _ := strings.Cut(piece, ":")
	switch {
	case isPlainWord(piece):
		join(&f.All, piece)
	case f.Phrase == "" && isPhrase(piece):
		f.Phrase = strings.Trim(piece, `"`)
	case f.Any == "" && isChoice(piece):
		f.Any = strings.ReplaceAll(strings.Trim(piece, "()"), " OR ", " ")
	case name == "headline" && isPlainWord(value):
		join(&f.Headline, value)
	case f.Byline == "" && name == "author" && isPhrase(value):
		f.Byline = strings.Trim(value, `"`)
	case strings.HasPrefix(piece, "-") && (isPlainWord(piece[1:]) || isPhrase(piece[1:])):
		join(&f.None, piece[1:])
	default:
		join(&f.Rest, piece)
	}
}

func join(field *string, piece string) {
	if *field != "" {
		*field += " "
	}
	*field += piece
}

func isPhrase(s string) bool {
	return len(s) > 2 && s[0] == '"' && s[len(s)-1] == '"' && !strings.Contains(s[1:len(s)-1], `"`)
}

// isPlainWord reports a word that means nothing but itself.
func isPlainWord(s string) bool {
	return s != "" && !strings.ContainsAny(s, `"():-/!?*~<>=+ `) && s != "AND" && s != "OR" && s != "NOT"
}

// isChoice reports "(a OR b)" of plain words and phrases.
func isChoice(s string) bool {
	if len(s) < 3 || s[0] != '(' || s[len(s)-1] != ')' {
		return false
	}
	words := strings.Split(s[1:len(s)-1], " OR ")
	return len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool { return !isPlainWord(w) && !isPhrase(w) })
}

// pieces splits a text at spaces that are neither inside quotes nor inside brackets.
func pieces(s string) []string {
	var found []string
	depth, inQuotes, start := 0, false, 0
	for i, r := range s + " " {
		switch {
		case r == '"':
			inQuotes = !inQuotes
		case r == '(' && !inQuotes:
			depth++
		case r == ')' && !inQuotes:
			depth--
		case r == ' ' && (!inQuotes && depth <= 0 || i == len(s)):
			if i > start {
				found = append(found, s[start:i])
			}
			start = i + 1
		}
	}
	return found
}
