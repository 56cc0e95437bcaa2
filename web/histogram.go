package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"time"

	"oped/search"
	"oped/search/query"
)

// Measures of the drawing, in its own units; the style sheet stretches it to the column.
const (
	barWidth      = 10
	barGap        = 2
	histogramSize = 60
	fewBars       = 12 // fewer are not drawn any wider
)

// histogram is the matches by date, as bars and as a table.
type histogram struct {
	// Interval is what a bar stands for: "year", "month" or "day".
	Interval      search.Interval
	Bars          []bar
	Width, Height int
	// First and Last name the ends of the scale.
	First, Last string
	// Undated is the value for articles without a date, nil if there are none. Only years have it.
	Undated *valueView
}

// bar is one year, month or day.
type bar struct {
	Value valueView
	// H is its height in units of the drawing; one with matches is never flatter than one unit.
	H int
	// Box is the bar as attributes, Back the strip behind it, Title the value and its count.
	Box, Back template.HTMLAttr
	Title     string
}

// yearsOf draws the year facet: like every facet it leaves its own constraint out, so the other years stay in sight when
// one is chosen.
func yearsOf(req search.Request, facet search.Facet) *histogram {
	h := &histogram{Interval: search.IntervalYear}
	byYear := map[int]search.FacetValue{}
	for _, value := range facet.Values {
		year, err := strconv.Atoi(value.Value)
		if err != nil {
			view := valueOf(req, facet.Field, value)
			h.Undated = &view
			continue
		}
		byYear[year] = value
	}
	if len(byYear) == 0 {
		if h.Undated == nil {
			return nil
		}
		return h
	}
	first, last := yearSpan(byYear)
	for year := first; year <= last; year++ {
		value, ok := byYear[year]
		if !ok {
			value = search.FacetValue{Value: strconv.Itoa(year)}
		}
		h.Bars = append(h.Bars, bar{Value: valueOf(req, search.FacetYear, value)})
	}
	return h.draw(strconv.Itoa(first), strconv.Itoa(last))
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

// datesOf draws the months or days of a search that is limited to a few of them, nil where it is not.
func datesOf(req search.Request, res *search.Results) *histogram {
	if res.Interval != search.IntervalMonth && res.Interval != search.IntervalDay || res.Total == res.Undated {
		return nil
	}
	h, layout := &histogram{Interval: res.Interval}, "January 2006"
	if res.Interval == search.IntervalDay {
		layout = "2 January 2006"
	}
	for _, bin := range res.Histogram {
		from, to := daysOf(bin)
		narrowed := firstPage(req)
		narrowed.From, narrowed.To = max(req.From, asDay(from)), asDay(to)
		if req.To != "" {
			narrowed.To = min(req.To, narrowed.To)
		}
		value := valueView{Label: from.Format(layout), Count: bin.Count}
		if narrowed.From == req.From && narrowed.To == req.To {
			value.Included = true
			narrowed = withoutDates(req)
		}
		value.link(searchURL(narrowed))
		h.Bars = append(h.Bars, bar{Value: value})
	}
	return h.draw(h.Bars[0].Value.Label, h.Bars[len(h.Bars)-1].Value.Label)
}

// daysOf are the first and the last day of a month or day.
func daysOf(b search.Bin) (from, to time.Time) {
	from = time.Date(b.Year, time.Month(b.Month), max(b.Day, 1), 0, 0, 0, 0, time.UTC)
	if b.Day > 0 {
		return from, from
	}
	return from, from.AddDate(0, 1, -1)
}

func asDay(t time.Time) query.Day { return query.Day(t.Format(time.DateOnly)) }

// draw gives the bars their places and heights.
func (h *histogram) draw(first, last string) *histogram {
	h.First, h.Last, h.Height = first, last, histogramSize
	most := 1
	for _, b := range h.Bars {
		most = max(most, b.Value.Count)
	}
	for i := range h.Bars {
		b := &h.Bars[i]
		if b.Value.Count > 0 {
			b.H = max(1, b.Value.Count*histogramSize/most)
		}
		b.Box, b.Back = rectangle(i, b.H), rectangle(i, histogramSize)
		b.Title = b.Value.Label + ": " + b.Value.Number + " " + b.Value.Noun
	}
	h.Width = max(len(h.Bars), fewBars)*barWidth - barGap
	return h
}

// rectangle is bar i of a height, standing on the ground.
func rectangle(i, height int) template.HTMLAttr {
	return template.HTMLAttr(fmt.Sprintf(`x="%d" y="%d" width="%d" height="%d"`,
		i*barWidth, histogramSize-height, barWidth-barGap, height))
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

// Linked reports whether the bar leads anywhere: to its articles, or out of a choice.
func (b bar) Linked() bool { return b.Value.Count > 0 || b.Value.Included || b.Value.Excluded }

// Heading is the interval as a heading says it.
func (h *histogram) Heading() string {
	return map[search.Interval]string{search.IntervalYear: "Year", search.IntervalMonth: "Month", search.IntervalDay: "Day"}[h.Interval]
}
