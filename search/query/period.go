package query

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateFault says why a text is no date.
type dateFault struct {
	problem, expected string
	// nearest are the dates that may have been meant.
	nearest []string
	// certain is true where the text surely was meant as a date, so that fewer words need not be tried.
	certain bool
}

// Bounds of the years that are understood: nothing was printed before, and four digits are enough.
const (
	minYear = 1000
	maxYear = 9998
)

var (
	rangeSigns = regexp.MustCompile(`\s+(?:to|-|until|\.\.+)\s+|\.\.+`)
	yearRange  = regexp.MustCompile(`^(\d{4})-(\d{4})$`)
	isoDate    = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$`)
	compact    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	slashed    = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})$`)
	monthYear  = regexp.MustCompile(`^(\d{1,2})[/.](\d{4})$`)
	timeOfDay  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})t\d{2}:\d{2}[0-9:.z+-]*$`)
	duration   = regexp.MustCompile(`^p(?:(\d{1,5})y)?(?:(\d{1,5})m)?(?:(\d{1,5})w)?(?:(\d{1,5})d)?$`)
	clock      = regexp.MustCompile(`^p[0-9ymwd]*t[0-9hms.]+$`)
	lastSome   = regexp.MustCompile(`^(?:last|past)[ -](\d{1,5})[ -](day|week|month|year)s?$`)
	shortYear  = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})$`)
)

// parsePeriod reads a date, or a range of them, in any of the forms people write. Relative ones count from now.
func parsePeriod(text string, now time.Time) (period, *dateFault) {
	text = strings.ToLower(strings.Trim(strings.Join(strings.Fields(text), " "), "[]{},; "))
	if m := yearRange.FindStringSubmatch(text); m != nil {
		text = m[1] + ".." + m[2]
	}
	if at := rangeSigns.FindStringIndex(text); at != nil {
		if at[0] > 0 && strings.HasPrefix(text[at[1]:], " ") {
			return period{}, &dateFault{problem: fmt.Sprintf("%q is no date", text)} // an open range and a word behind it
		}
		return parseRange(text[:at[0]], text[at[1]:], now)
	}
	return parsePoint(text, now)
}

func parseRange(left, right string, now time.Time) (period, *dateFault) {
	var from, to period
	var bad *dateFault
	if left = strings.TrimSpace(left); left != "" && left != "*" {
		if from, bad = parsePoint(left, now); bad != nil {
			return period{}, bad.between("", ".."+right)
		}
	}
	if right = strings.TrimSpace(right); right != "" && right != "*" {
		if to, bad = parsePoint(right, now); bad != nil {
			return period{}, bad.between(left+"..", "")
		}
	}
	switch {
	case from.from == "" && to.to == "":
		return period{}, &dateFault{problem: "a range of dates needs an end", expected: "as in date:2018..2020"}
	case from.from != "" && to.to != "" && from.from > to.to:
		return period{}, &dateFault{problem: fmt.Sprintf("the range ends before it begins: %s is before %s", right, left),
			expected: "put the earlier date first", nearest: []string{right + ".." + left}, certain: true}
	}
	return period{from.from, to.to}, nil
}

// between puts the text around a date back around the nearest ones.
func (f *dateFault) between(before, after string) *dateFault {
	for i, text := range f.nearest {
		f.nearest[i] = before + text + after
	}
	return f
}

func parsePoint(text string, now time.Time) (period, *dateFault) {
	if d, bad, ok := parseRelative(text, now); ok {
		return d, bad
	}
	if m := timeOfDay.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if m := compact.FindStringSubmatch(text); m != nil {
		return calendar(m[1], m[2], m[3])
	}
	if m := isoDate.FindStringSubmatch(text); m != nil {
		return calendar(m[1], m[2], m[3])
	}
	if m := monthYear.FindStringSubmatch(text); m != nil {
		return calendar(m[2], m[1], "")
	}
	if m := slashed.FindStringSubmatch(text); m != nil {
		return parseSlashed(m[1], m[3], m[4], m[2] == ".")
	}
	if m := shortYear.FindStringSubmatch(text); m != nil {
		return period{}, &dateFault{problem: fmt.Sprintf("%s has a year of two digits", text), expected: "write the year with four, as in 2018-05-01", certain: true}
	}
	return parseNamed(text)
}

// parseSlashed reads 3/4/2018, which Americans read as 4 March and others as 3 April. With points the day is first.
func parseSlashed(a, b, year string, dayFirst bool) (period, *dateFault) {
	first, second := number(a), number(b)
	switch {
	case dayFirst || first > 12 && second <= 12:
		return calendar(year, b, a)
	case second > 12 || first == second:
		return calendar(year, a, b)
	}
	european, bad := calendar(year, b, a)
	american, worse := calendar(year, a, b)
	if bad != nil || worse != nil {
		return calendar(year, a, b)
	}
	return period{}, &dateFault{
		problem:  fmt.Sprintf("%s/%s/%s can be %s or %s", a, b, year, spellDay(european.from), spellDay(american.from)),
		expected: fmt.Sprintf("write %s or %s", european.from, american.from),
		nearest:  []string{string(american.from), string(european.from)}, certain: true,
	}
}

// calendar is the year, month or day of these numbers; empty ones are left open.
func calendar(year, month, day string) (period, *dateFault) {
	y := number(year)
	switch {
	case y < minYear || y > maxYear:
		return period{}, &dateFault{problem: fmt.Sprintf("the year %s is out of range", year),
			expected: fmt.Sprintf("years from %d to %d are understood", minYear, maxYear), certain: true}
	case month == "":
		return period{dayOf(date(y, 1, 1)), dayOf(date(y, 12, 31))}, nil
	}
	m := number(month)
	if m < 1 || m > 12 {
		return period{}, &dateFault{problem: fmt.Sprintf("there is no month %s", month),
			expected: "write year, month and day, as in 2018-05-01", nearest: []string{year}, certain: true}
	}
	last := date(y, m+1, 0)
	if day == "" {
		return period{dayOf(date(y, m, 1)), dayOf(last)}, nil
	}
	d := number(day)
	if d < 1 || d > last.Day() {
		return period{}, &dateFault{problem: fmt.Sprintf("%s %d has no day %s", time.Month(m), y, day), expected: fmt.Sprintf("it has %d days", last.Day()),
			nearest: []string{string(dayOf(date(y, m, min(max(d, 1), last.Day()))))}, certain: true}
	}
	only := dayOf(date(y, m, d))
	return period{only, only}, nil
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}

// parseRelative reads what counts from now: a duration back from today (P30D, last 30 days), today, this year.
func parseRelative(text string, now time.Time) (period, *dateFault, bool) {
	today := date(now.Year(), int(now.Month()), now.Day())
	switch text {
	case "today", "now":
		return period{dayOf(today), dayOf(today)}, nil, true
	case "yesterday":
		d := dayOf(today.AddDate(0, 0, -1))
		return period{d, d}, nil, true
	case "this week":
		monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
		return period{dayOf(monday), dayOf(today)}, nil, true
	case "this month":
		return period{dayOf(date(today.Year(), int(today.Month()), 1)), dayOf(today)}, nil, true
	case "this year":
		return period{dayOf(date(today.Year(), 1, 1)), dayOf(today)}, nil, true
	case "last week", "last month", "last year", "past week", "past month", "past year":
		d, bad := lastOne(strings.Fields(text)[1], today)
		return d, bad, true
	}
	if clock.MatchString(text) {
		return period{}, &dateFault{problem: fmt.Sprintf("%s counts hours or minutes", strings.ToUpper(text)),
			expected: "days are the smallest measure, as in P1D", nearest: []string{"P1D"}}, true
	}
	if m := lastSome.FindStringSubmatch(text); m != nil {
		n := map[string]string{"day": "d", "week": "w", "month": "m", "year": "y"}[m[2]]
		text = "p" + m[1] + n
	}
	m := duration.FindStringSubmatch(text)
	if m == nil || text == "p" {
		return period{}, nil, false
	}
	d, bad := backFrom(today, max(number(m[1]), 0), max(number(m[2]), 0), 7*max(number(m[3]), 0)+max(number(m[4]), 0))
	return d, bad, true
}

// lastOne is the fault of "last year", which can be the year before this one or the twelve months up to today.
func lastOne(unit string, today time.Time) (period, *dateFault) {
	back := map[string]string{"week": "P7D", "month": "P1M", "year": "P1Y"}[unit]
	var calendar string
	switch unit {
	case "week":
		monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7-7)
		calendar = fmt.Sprintf("%s..%s", dayOf(monday), dayOf(monday.AddDate(0, 0, 6)))
	case "month":
		calendar = date(today.Year(), int(today.Month())-1, 1).Format("2006-01")
	case "year":
		calendar = date(today.Year()-1, 1, 1).Format("2006")
	}
	return period{}, &dateFault{problem: fmt.Sprintf("last %s can be %s, or the %s up to today", unit, calendar, unit),
		expected: fmt.Sprintf("write %s or %s", calendar, back), nearest: []string{calendar, back}, certain: true}
}

// backFrom is the time from so long before today up to it, both days included. A month back from the 31st is the last day
// of the month before where that is shorter.
func backFrom(today time.Time, years, months, days int) (period, *dateFault) {
	first := date(today.Year()-years, int(today.Month())-months, 1)
	last := date(first.Year(), int(first.Month())+1, 0).Day()
	from := date(first.Year(), int(first.Month()), min(today.Day(), last)-days)
	if from.Year() < minYear {
		return period{}, &dateFault{problem: "that is longer ago than anything was printed",
			expected: "give a shorter time, as in P30D", nearest: []string{"P10Y"}, certain: true}
	}
	return period{dayOf(from), dayOf(today)}, nil
}

var (
	dayMonth  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]+)\.? (\d{4})$`)
	monthDay  = regexp.MustCompile(`^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
	monthOnly = regexp.MustCompile(`^([a-z]+)\.?,? (\d{4})$`)
)

// parseNamed reads dates with the month by its English name.
func parseNamed(text string) (period, *dateFault) {
	year, month, day := "", "", ""
	if m := dayMonth.FindStringSubmatch(text); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := monthDay.FindStringSubmatch(text); m != nil {
		month, day, year = m[1], m[2], m[3]
	} else if m := monthOnly.FindStringSubmatch(text); m != nil {
		month, year = m[1], m[2]
	}
	if n := monthOf(month); n > 0 {
		return calendar(year, strconv.Itoa(n), day)
	}
	return period{}, &dateFault{problem: fmt.Sprintf("%q is no date", text), expected: "write 2018, 2018-03, 2018-03-31, 2018..2020 or P30D for the last 30 days"}
}

// monthOf is the number of a month from its English name or the first three letters of it; 0 for other words.
func monthOf(name string) int {
	name = strings.TrimRight(name, ".,")
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if name == full || len(name) == 3 && strings.HasPrefix(full, name) || name == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}

// spellDay writes a day in words: 3 April 2018.
func spellDay(d Day) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("2 January 2006")
}
