package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"oped/corpus"
	"oped/search"
)

// Encode writes r as the query part of an address that ParseRequest reads back to the same request. The order of parameters
// is fixed and defaults are left out, so that equal searches have equal addresses. The zero Request gives "".
func Encode(r search.Request) string {
	var b strings.Builder
	for _, p := range params(r) {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(p.Name)
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(p.Value))
	}
	return b.String()
}

// param is one parameter of an address, or one hidden field of a form.
type param struct{ Name, Value string }

// params lists the parameters of r in their fixed order.
func params(r search.Request) []param {
	var ps []param
	add := func(name string, values ...string) {
		for _, value := range values {
			if value != "" {
				ps = append(ps, param{name, value})
			}
		}
	}
	add("q", r.Query)
	add("within", r.Within...)
	for _, f := range facetParams {
		add(f.param, r.Filters[f.field].Include...)
		add("-"+f.param, r.Filters[f.field].Exclude...)
	}
	add("from", string(r.From))
	add("to", string(r.To))
	add("sort", string(r.Sort))
	if r.Offset > 0 {
		add("page", strconv.Itoa(r.Offset/limitOf(r)+1))
	}
	if r.Limit > 0 {
		add("per_page", strconv.Itoa(r.Limit))
	}
	add("cursor", r.Cursor)
	add("facets", facetsParam(r.Facets))
	if r.FacetLimit > 0 {
		add("facet_limit", strconv.Itoa(r.FacetLimit))
	}
	if r.NoSnippets {
		add("snippets", "no")
	}
	if r.Explain {
		add("explain", "yes")
	}
	if r.NoVariants {
		add("variants", "off")
	}
	if r.NoFold {
		add("fold", "off")
	}
	return ps
}

func facetsParam(fields []search.FacetField) string {
	if fields != nil && len(fields) == 0 {
		return "none"
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return strings.Join(names, ",")
}

// searchURL is the address of the results page of r.
func searchURL(r search.Request) string { return address("/search", r) }

// address joins a path and the parameters of r.
func address(path string, r search.Request) string {
	if enc := Encode(r); enc != "" {
		return path + "?" + enc
	}
	return path
}

// articleURL is the address of an article as one of the results of r, so that its page knows what to mark and what comes
// before and after. A search without any parameter says page=1, to differ from the bare permalink.
func articleURL(id corpus.ID, r search.Request) string {
	enc := Encode(r)
	if enc == "" {
		enc = "page=1"
	}
	return permalink(id) + "?" + enc
}

func permalink(id corpus.ID) string { return "/article/" + string(id) }

// firstPage is r from its first hit on.
func firstPage(r search.Request) search.Request {
	r.Offset, r.Cursor = 0, ""
	return r
}

// withFilter is r with the filter of one facet changed, from the first hit on; r keeps its own.
func withFilter(r search.Request, field search.FacetField, change func(*search.Filter)) search.Request {
	r = firstPage(r)
	f := search.Filter{
		Include: slices.Clone(r.Filters[field].Include),
		Exclude: slices.Clone(r.Filters[field].Exclude),
	}
	change(&f)
	filters := maps.Clone(r.Filters)
	if filters == nil {
		filters = map[search.FacetField]search.Filter{}
	}
	filters[field] = f
	if len(f.Include)+len(f.Exclude) == 0 {
		delete(filters, field)
	}
	if len(filters) == 0 {
		filters = nil
	}
	r.Filters = filters
	return r
}

// include is r with one more value of a facet chosen.
func include(r search.Request, field search.FacetField, value string) search.Request {
	return withFilter(r, field, func(f *search.Filter) {
		f.Exclude = without(f.Exclude, value)
		f.Include = append(without(f.Include, value), value)
	})
}

// exclude is r without the articles that have one value of a facet.
func exclude(r search.Request, field search.FacetField, value string) search.Request {
	return withFilter(r, field, func(f *search.Filter) {
		f.Include = without(f.Include, value)
		f.Exclude = append(without(f.Exclude, value), value)
	})
}

// release is r with one value of a facet neither chosen nor excluded.
func release(r search.Request, field search.FacetField, value string) search.Request {
	return withFilter(r, field, func(f *search.Filter) {
		f.Include, f.Exclude = without(f.Include, value), without(f.Exclude, value)
	})
}

func without(values []string, value string) []string {
	kept := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == value })
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// withQuery is r with another query, from the first hit on.
func withQuery(r search.Request, q string) search.Request {
	r = firstPage(r)
	r.Query = q
	return r
}

// withoutWithin is r without one of the searches within the results.
func withoutWithin(r search.Request, i int) search.Request {
	r = firstPage(r)
	r.Within = slices.Delete(slices.Clone(r.Within), i, i+1)
	if len(r.Within) == 0 {
		r.Within = nil
	}
	return r
}

// withoutDates is r without bounds on the date.
func withoutDates(r search.Request) search.Request {
	r = firstPage(r)
	r.From, r.To = "", ""
	return r
}

// withVariants is r with other spellings of names searched for, or not.
func withVariants(r search.Request, on bool) search.Request {
	r = firstPage(r)
	r.NoVariants = !on
	return r
}

// withFold is r with the copies of one text folded into one hit, or not.
func withFold(r search.Request, on bool) search.Request {
	r = firstPage(r)
	r.NoFold = !on
	return r
}

// withSnippets is r with extracts of the articles shown, or their headlines only.
func withSnippets(r search.Request, on bool) search.Request {
	r.NoSnippets = !on
	return r
}

// sorted is r in another order.
func sorted(r search.Request, order search.Sort) search.Request {
	r = firstPage(r)
	r.Sort = order
	return r
}

// hidden lists the parameters of r that a form must carry along, leaving out those that it has inputs for. Every form
// starts from the first hit again.
func hidden(r search.Request, inputs ...string) []param {
	return slices.DeleteFunc(params(firstPage(r)), func(p param) bool { return slices.Contains(inputs, p.Name) })
}

// facetURL is the address of the nth page of a facet's values.
func facetURL(req search.Request, field search.FacetField, prefix string, n int) string {
	v := url.Values{}
	if prefix != "" {
		v.Set("prefix", prefix)
	}
	if n > 1 {
		v.Set("values", strconv.Itoa(n))
	}
	path := "/facet/" + string(field)
	switch enc := Encode(firstPage(req)); {
	case len(v) == 0:
		return address(path, firstPage(req))
	case enc == "":
		return path + "?" + v.Encode()
	default:
		return path + "?" + enc + "&" + v.Encode()
	}
}
