package search

import (
	"slices"
	"strconv"
	"time"
)

// Interval is the time that one bar of the date histogram stands for.
type Interval string

// The intervals.
const (
	IntervalYear  Interval = "year"
	IntervalMonth Interval = "month"
	IntervalDay   Interval = "day"
)

// Days are drawn of up to two months, months of up to three years.
const (
	maxDayBins   = 62
	maxMonthBins = 36
)

// histogram counts documents by date, in bins as narrow as the dates of the request allow.
type histogram struct {
	interval Interval
	first    int32 // number of the first bin
	counts   []int32
	undated  int
}

// newHistogram chooses the interval from the days that a request is limited to.
func newHistogram(r *Request) *histogram {
	h := &histogram{interval: IntervalYear, counts: make([]int32, 10_000)}
	from, to := chosenDays(r)
	if from == 0 || to < from {
		return h
	}
	for _, fine := range []struct {
		interval Interval
		most     int32
	}{{IntervalDay, maxDayBins}, {IntervalMonth, maxMonthBins}} {
		f := &histogram{interval: fine.interval}
		f.first = f.number(from)
		if n := f.number(to) - f.first + 1; n <= fine.most {
			f.counts = make([]int32, n)
			return f
		}
	}
	return h
}

// chosenDays are the first and the last day, as the columns write them, that From, To and chosen years leave; 0 and 0
// where one end is open.
func chosenDays(r *Request) (from, to int32) {
	from, to = int32(dayNumber(r.From, 0)), int32(dayNumber(r.To, 0))
	var years []int
	for _, value := range r.Filters[FacetYear].Include {
		if year, err := strconv.Atoi(value); err == nil && year > 0 && year < 10_000 {
			years = append(years, year)
		}
	}
	if len(years) > 0 {
		from = max(from, int32(slices.Min(years)*10_000+101))
		if last := int32(slices.Max(years)*10_000 + 1231); to == 0 || last < to {
			to = last
		}
	}
	if from == 0 || to == 0 {
		return 0, 0
	}
	return from, to
}

// number is the bin of a day. Months are counted as if they all had 31 days: bins that no day falls into stay empty, and
// are left out in the end.
func (h *histogram) number(day int32) int32 {
	year, month, dayOfMonth := day/10_000, day/100%100, day%100
	switch h.interval {
	case IntervalDay:
		return (year*12+month-1)*31 + dayOfMonth - 1
	case IntervalMonth:
		return year*12 + month - 1
	default:
		return year
	}
}

// bin is the opposite of number; ok is false for a day that no calendar has.
func (h *histogram) bin(number int32) (b Bin, ok bool) {
	n := int(number)
	switch h.interval {
	case IntervalDay:
		b = Bin{Year: n / 372, Month: n/31%12 + 1, Day: n%31 + 1}
		return b, time.Date(b.Year, time.Month(b.Month), b.Day, 0, 0, 0, 0, time.UTC).Day() == b.Day
	case IntervalMonth:
		return Bin{Year: n / 12, Month: n%12 + 1}, true
	default:
		return Bin{Year: n}, true
	}
}

// add counts a document; day 0 is that of the undated.
func (h *histogram) add(day int32) {
	if day == 0 {
		h.undated++
		return
	}
	if n := h.number(day) - h.first; n >= 0 && int(n) < len(h.counts) {
		h.counts[n]++
	}
}

// addYears counts the hits by their years, out of the counts of facet values; a histogram of days or months has counted
// them one by one.
func (h *histogram) addYears(known *lexicon, hits []int32) {
	facet := facetNumber(slices.Index(FacetFields(), FacetYear))
	for n, count := range hits {
		if count == 0 || known.facets[n] != facet || h.interval != IntervalYear {
			continue
		}
		if year, err := strconv.Atoi(known.values[n]); err == nil && year > 0 && year < len(h.counts) {
			h.counts[year] += count
		} else {
			h.undated += int(count)
		}
	}
}

// merge takes over what another histogram of the same search has.
func (h *histogram) merge(o *histogram) {
	h.undated += o.undated
	addUp(h.counts, o.counts)
}

// bins are the bars without gaps: of years from the first that counts anything to the last, of months and days all that
// were chosen.
func (h *histogram) bins() []Bin {
	begin, end := 0, len(h.counts)
	if h.interval == IntervalYear {
		for begin < end && h.counts[begin] == 0 {
			begin++
		}
		for end > begin && h.counts[end-1] == 0 {
			end--
		}
	}
	var bins []Bin
	for n := begin; n < end; n++ {
		if bin, ok := h.bin(h.first + int32(n)); ok {
			bin.Count = int(h.counts[n])
			bins = append(bins, bin)
		}
	}
	return bins
}
