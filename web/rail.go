package web

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strconv"

	"oped/search"
)

const (
	// railFacetLimit is enough for every year of an archive of three centuries, so that the histogram has no holes.
	railFacetLimit = 300
	// railValues is how many values of a facet the rail shows before "more"; chosen ones come on top.
	railValues = 8
)

// rail is the column beside the results.
type rail struct {
	Years *histogram
	// Dates are the months of the years chosen, or the days of a month; nil elsewhere.
	Dates  *histogram
	Facets []facetView
}

// facetView is one facet with its links.
type facetView struct {
	Label  string
	Param  string
	Values []valueView
	// More is how many further values MoreURL lists.
	More    int
	MoreURL string
}

// valueView is one value of a facet. URL chooses it, or gives it up where it is chosen or excluded. There are a hundred on
// a page and a template calls functions slowly, so that what it writes of a value is ready: Link and Not are the addresses
// that choose and that exclude it, as attributes, Number and Noun its count in words, State what there is to say of a
// choice. Value is the value itself, as the index has it.
type valueView struct {
	Label, Value        string
	Count               int
	URL                 string
	Included, Excluded  bool
	Link, Not           template.HTMLAttr
	Number, Noun, State string
}

func railOf(req search.Request, res *search.Results) rail {
	r := rail{Dates: datesOf(req, res)}
	for _, facet := range res.Facets {
		switch {
		case facet.Field == search.FacetYear:
			r.Years = yearsOf(req, facet)
		case len(facet.Values) > 0:
			r.Facets = append(r.Facets, facetOf(req, facet))
		}
	}
	return r
}

func facetOf(req search.Request, facet search.Facet) facetView {
	view := facetView{
		Label: facetLabels[facet.Field], Param: paramOf(facet.Field),
		MoreURL: address("/facet/"+string(facet.Field), firstPage(req)),
	}
	for i, value := range ordered(facet) {
		if i < railValues || value.Included || value.Excluded {
			view.Values = append(view.Values, valueOf(req, facet.Field, value))
		}
	}
	view.More = max(facet.Distinct, len(facet.Values)) - len(view.Values)
	return view
}

// ordered are the values of a facet as they are shown: commonest first, but lengths by length.
func ordered(facet search.Facet) []search.FacetValue {
	if facet.Field != search.FacetLength {
		return facet.Values
	}
	return slices.SortedStableFunc(slices.Values(facet.Values), func(a, b search.FacetValue) int {
		return cmp.Compare(leadingNumber(a.Value), leadingNumber(b.Value))
	})
}

// leadingNumber is the number that a label such as "400-799" or "2000+" begins with; labels without one come last.
func leadingNumber(label string) int {
	end := 0
	for end < len(label) && end < 9 && label[end] >= '0' && label[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(label[:end])
	if err != nil {
		return math.MaxInt
	}
	return n
}

func valueOf(req search.Request, field search.FacetField, value search.FacetValue) valueView {
	view := valueView{
		Label: valueLabel(field, value.Value), Value: value.Value, Count: value.Count,
		Included: value.Included, Excluded: value.Excluded,
	}
	if value.Included || value.Excluded {
		view.link(searchURL(release(req, field, value.Value)))
		return view
	}
	view.link(searchURL(include(req, field, value.Value)))
	view.Not = href(searchURL(exclude(req, field, value.Value)))
	return view
}

// link makes ready what is written of a value that leads to an address.
func (v *valueView) link(url string) {
	v.URL, v.Link = url, href(url)
	v.Number, v.Noun = count(v.Count), "articles"
	if v.Count == 1 {
		v.Noun = "article"
	}
	switch {
	case v.Included:
		v.State = ", selected"
	case v.Excluded:
		v.State = ", excluded"
	}
}

// href is an address made by searchURL as an attribute. Others must pass the template's own filters.
func href(url string) template.HTMLAttr {
	return template.HTMLAttr(`href="` + template.HTMLEscapeString(url) + `"`)
}

func paramOf(field search.FacetField) string {
	for _, f := range facetParams {
		if f.field == field {
			return f.param
		}
	}
	return ""
}
