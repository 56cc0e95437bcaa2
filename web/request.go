package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"oped/search"
	"oped/search/query"
)

// ParamError says which parameter of an address cannot be understood, and what it should be.
type ParamError struct {
	Param, Value string
	// Problem completes the sentence "page is ..." or says what to do.
	Problem string
}

// Error names the parameter, its value and the problem.
func (e *ParamError) Error() string {
	return fmt.Sprintf("web: read parameter %s=%q: %s", e.Param, e.Value, e.Problem)
}

// Bounds of an address. They are far above what pages make and keep a hostile address cheap.
const (
	maxAddressBytes = 16 << 10
	maxValues       = 300
	maxWithin       = 20
	maxShownOffset  = 1_000_000_000 // with a cursor the offset only numbers the hits shown
)

// facetParams gives the parameter of each facet, in the order Encode writes them.
var facetParams = []struct {
	field search.FacetField
	param string
}{
	{search.FacetPublication, "pub"},
	{search.FacetAuthor, "author"},
	{search.FacetType, "type"},
	{search.FacetSection, "section"},
	{search.FacetLanguage, "lang"},
	{search.FacetYear, "year"},
	{search.FacetLength, "length"},
	{search.FacetAccess, "access"},
}

// aliases are names that users of the Guardian's API bring along.
var aliases = map[string]string{
	"from-date": "from", "to-date": "to", "page-size": "per_page", "order-by": "sort",
}

// ParseRequest reads a search out of the parameters of an address. It is the only such reader: pages, API, feeds and exports
// use it. Unknown and empty parameters are ignored, repeated ones mean OR, a value that cannot be understood is a
// *ParamError. The query itself is not parsed.
func ParseRequest(v url.Values) (search.Request, error) {
	p := paramReader{values: resolveAliases(v)}
	r := search.Request{
		Query:   p.last("q"),
		Within:  p.within(),
		Filters: p.filters(),
		From:    p.day("from", false),
		To:      p.day("to", true),
		Sort:    p.sort(),
		Limit:   p.number("per_page", 1, search.MaxLimit),
		Cursor:  p.last("cursor"),
	}
	r.Offset = p.offset(r)
	r.Facets = p.facets()
	r.FacetLimit = p.number("facet_limit", 1, search.MaxFacetLimit)
	r.NoSnippets = p.choice("snippets", "no")
	r.Explain = p.choice("explain", "yes")
	r.NoVariants = p.off("variants")
	r.NoFold = p.off("fold")
	if r.From != "" && r.To != "" && r.From > r.To {
		p.fail("to", string(r.To), "is before from ("+string(r.From)+")")
	}
	if p.err != nil {
		return search.Request{}, p.err
	}
	return r, nil
}

func resolveAliases(v url.Values) url.Values {
	resolved := make(url.Values, len(v))
	for name, values := range v {
		if canonical, ok := aliases[name]; ok {
			name = canonical
		}
		resolved[name] = append(resolved[name], values...)
	}
	return resolved
}

// paramReader reads typed values and keeps the first error.
type paramReader struct {
	values url.Values
	err    error
}

func (p *paramReader) fail(param, value, problem string) {
	if p.err == nil {
		p.err = &ParamError{Param: param, Value: value, Problem: problem}
	}
}

// all returns the values of a parameter that are not blank, without repetitions; nil if there are none.
func (p *paramReader) all(param string) []string {
	var kept []string
	for _, value := range p.values[param] {
		if strings.TrimSpace(value) != "" && !slices.Contains(kept, value) {
			kept = append(kept, value)
		}
		if len(kept) > maxValues {
			p.fail(param, value, fmt.Sprintf("has more than %d values", maxValues))
			return nil
		}
	}
	return kept
}

func (p *paramReader) last(param string) string {
	values := p.all(param)
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}

func (p *paramReader) within() []string {
	within := p.all("within")
	if len(within) > maxWithin {
		p.fail("within", within[maxWithin], fmt.Sprintf("is given more than %d times", maxWithin))
	}
	return within
}

func (p *paramReader) filters() map[search.FacetField]search.Filter {
	filters := map[search.FacetField]search.Filter{}
	for _, f := range facetParams {
		filter := search.Filter{Include: p.all(f.param), Exclude: p.all("-" + f.param)}
		if f.field == search.FacetYear {
			p.years(f.param, filter.Include)
			p.years("-"+f.param, filter.Exclude)
		}
		if len(filter.Include)+len(filter.Exclude) > 0 {
			filters[f.field] = filter
		}
	}
	if len(filters) == 0 {
		return nil
	}
	return filters
}

func (p *paramReader) years(param string, values []string) {
	for _, value := range values {
		if _, err := time.Parse("2006", value); err != nil && value != search.NoValue {
			p.fail(param, value, "is not a year of four digits")
		}
	}
}

func (p *paramReader) day(param string, last bool) query.Day {
	value := strings.TrimSpace(p.last(param))
	if value == "" {
		return ""
	}
	day, ok := readDay(value, last)
	if !ok {
		p.fail(param, value, "is not a date; write 2018, 2018-03 or 2018-03-05")
	}
	return day
}

// readDay reads a year, a month or a day as the first or the last day of it.
func readDay(value string, last bool) (query.Day, bool) {
	for _, form := range []struct {
		layout        string
		years, months int
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(form.layout, value)
		if err != nil {
			continue
		}
		if last && form.years+form.months > 0 {
			t = t.AddDate(form.years, form.months, -1)
		}
		return query.Day(t.Format(time.DateOnly)), true
	}
	// A time of day, as the Guardian's clients send it, is understood and cut off.
	if t, err := time.Parse(time.RFC3339, value); err == nil {
		return query.Day(t.Format(time.DateOnly)), true
	}
	return "", false
}

func (p *paramReader) sort() search.Sort {
	value := search.Sort(p.last("sort"))
	if value != "" && !slices.Contains(sorts, value) {
		p.fail("sort", string(value), "is not one of relevance, newest, oldest, longest")
		return ""
	}
	return value
}

// sorts are the orders in the order pages offer them.
var sorts = []search.Sort{search.SortRelevance, search.SortNewest, search.SortOldest, search.SortLongest}

func (p *paramReader) number(param string, least, most int) int {
	value := strings.TrimSpace(p.last(param))
	if value == "" {
		return 0
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		p.fail(param, value, fmt.Sprintf("is not a number from %d to %d", least, most))
		return 0
	}
	return n
}

func (p *paramReader) offset(r search.Request) int {
	limit, most := limitOf(r), search.MaxOffset
	if r.Cursor != "" {
		most = maxShownOffset
	}
	page := p.number("page", 1, most/limit+1)
	return max(page-1, 0) * limit
}

// limitOf is the number of hits that r asks for.
func limitOf(r search.Request) int {
	if r.Limit == 0 {
		return search.DefaultLimit
	}
	return r.Limit
}

func (p *paramReader) facets() []search.FacetField {
	var fields []search.FacetField
	for _, list := range p.all("facets") {
		if list == "none" {
			return []search.FacetField{}
		}
		for name := range strings.SplitSeq(list, ",") {
			field := search.FacetField(strings.TrimSpace(name))
			if !slices.Contains(search.FacetFields(), field) {
				p.fail("facets", list, "is not a list of facets; they are "+facetNames())
				return nil
			}
			fields = append(fields, field)
		}
	}
	return fields
}

func facetNames() string {
	var names []string
	for _, f := range search.FacetFields() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// choice reads a parameter that has one meaningful value.
func (p *paramReader) choice(param, value string) bool {
	given := p.last(param)
	if given != "" && given != "yes" && given != "no" {
		p.fail(param, given, "is not yes or no")
	}
	return given == value
}

// off reads a parameter that turns something off.
func (p *paramReader) off(param string) bool {
	switch given := p.last(param); given {
	case "", "on", "yes":
		return false
	case "off", "no":
		return true
	default:
		p.fail(param, given, "is not on or off")
		return false
	}
}

// parseParams splits the query part of an address as url.ParseQuery does, but takes a broken escape or a semicolon as it
// stands: a hand-typed "100%" is a search, not a fault.
func parseParams(raw string) url.Values {
	v := url.Values{}
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, value = unescape(name), unescape(value)
		v[name] = append(v[name], value)
	}
	return v
}

func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return strings.ReplaceAll(s, "+", " ")
}
