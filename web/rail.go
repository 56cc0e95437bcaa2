package web

import (
	"cmp"
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
	Years  *histogram
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

// valueView is one value of a facet. URL chooses it, or gives it up where it is chosen or excluded.
type valueView struct {
	Label              string
	Count              int
	URL, ExcludeURL    string
	Included, Excluded bool
}

func railOf(req search.Request, res *search.Results) rail {
	var r rail
	for _, facet := range res.Facets {
		switch {
		case facet.Field == search.FacetYear:
			r.Years = histogramOf(req, facet)
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
		Label: valueLabel(field, value.Value), Count: value.Count,
		Included: value.Included, Excluded: value.Excluded,
	}
	if value.Included || value.Excluded {
		view.URL = searchURL(release(req, field, value.Value))
		return view
	}
	view.URL = searchURL(include(req, field, value.Value))
	view.ExcludeURL = searchURL(exclude(req, field, value.Value))
	return view
}

func paramOf(field search.FacetField) string {
	for _, f := range facetParams {
		if f.field == field {
			return f.param
		}
	}
	return ""
}

// Measures of the drawing, in its own units; the style sheet stretches it to the column.
const (
	barWidth      = 10
	barGap        = 2
	histogramSize = 60
)

// histogram is the matches by year, as bars and as a table.
type histogram struct {
	Bars          []bar
	Width, Height int
	First, Last   int
	// Undated is the value for articles without a date, nil if there are none.
	Undated *valueView
}

// bar is one year. X, Y, W and H are in the units of the drawing; a year with matches is never flatter than one unit.
type bar struct {
	X, Y, W, H int
	Year       int
	Value      valueView
}

// histogramOf draws the year facet: like every facet it leaves its own constraint out, so the other years stay in sight
// when one is chosen.
func histogramOf(req search.Request, facet search.Facet) *histogram {
	h := &histogram{Height: histogramSize}
	byYear := map[int]search.FacetValue{}
	most := 0
	for _, value := range facet.Values {
		year, err := strconv.Atoi(value.Value)
		if err != nil {
			view := valueOf(req, facet.Field, value)
			h.Undated = &view
			continue
		}
		byYear[year], most = value, max(most, value.Count)
	}
	if len(byYear) == 0 {
		return orNil(h)
	}
	h.First, h.Last = yearSpan(byYear)
	for year := h.First; year <= h.Last; year++ {
		value, ok := byYear[year]
		if !ok {
			value = search.FacetValue{Value: strconv.Itoa(year)}
		}
		h.Bars = append(h.Bars, barOf(req, year-h.First, year, most, value))
	}
	h.Width = len(h.Bars)*barWidth - barGap
	return h
}

func orNil(h *histogram) *histogram {
	if h.Undated == nil {
		return nil
	}
	return h
}

// yearSpan is the first and the last year; a span wider than any archive keeps only its newest part.
func yearSpan(byYear map[int]search.FacetValue) (first, last int) {
	years := make([]int, 0, len(byYear))
	for year := range byYear {
		years = append(years, year)
	}
	first, last = slices.MinFunc(years, cmp.Compare[int]), slices.MaxFunc(years, cmp.Compare[int])
	return max(first, last-railFacetLimit), last
}

func barOf(req search.Request, i, year, most int, value search.FacetValue) bar {
	height := 0
	if value.Count > 0 {
		height = max(1, value.Count*histogramSize/max(most, 1))
	}
	return bar{
		X: i * barWidth, Y: histogramSize - height, W: barWidth - barGap, H: height,
		Year: year, Value: valueOf(req, search.FacetYear, value),
	}
}

// Newest lists the bars with matches, newest first, for the table.
func (h *histogram) Newest() []bar {
	var bars []bar
	for _, b := range slices.Backward(h.Bars) {
		if b.Linked() {
			bars = append(bars, b)
		}
	}
	return bars
}

// Linked reports whether the year leads anywhere: to its articles, or out of a choice.
func (b bar) Linked() bool { return b.Value.Count > 0 || b.Value.Included || b.Value.Excluded }
