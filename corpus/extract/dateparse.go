package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"oped/corpus"
)

// machineLayouts are the forms in which pages state a time for machines, after normalisation by parseStamp.
var machineLayouts = []struct {
	layout string
	clock  bool
}{
	{"2006-01-02T15:04:05Z07:00", true},
	{"2006-01-02T15:04:05-0700", true},
	{"2006-01-02T15:04:05-07", true},
	{"2006-01-02T15:04:05 MST", true},
	{"2006-01-02T15:04:05", true},
	{"2006-01-02T15:04Z07:00", true},
	{"2006-01-02T15:04-0700", true},
	{"2006-01-02T15:04", true},
	{"2006-01-02", false},
	{"20060102T150405Z0700", true},
	{"20060102150405", true},
	{"20060102", false},
	{time.RFC1123Z, true},
	{time.RFC1123, true},
	{"Mon, 2 Jan 2006 15:04:05 -0700", true},
	{"Mon Jan 2 15:04:05 MST 2006", true},
	{"Mon Jan 2 15:04:05 -0700 2006", true},
	{"Mon Jan 2 2006 15:04:05 GMT-0700", true},
}

var (
	spaceInStamp = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})\s+(\d{1,2}:\d{2})`)
	zoneSpace    = regexp.MustCompile(`(T\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)\s+([+-]\d{2}:?\d{2}|Z)$`)
	zoneName     = regexp.MustCompile(`\s*\([A-Za-z ]+\)$|\[[A-Za-z/_]+\]$`)
	slashDay     = regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})`)
)

// parseStamp reads a time that was written for machines, else one that was written for people.
func parseStamp(s string) (corpus.Date, bool) {
	s = strings.Trim(s, " \t\r\n\\\"'")
	if s == "" || len(s) > 80 {
		return corpus.Date{}, false
	}
	s = zoneName.ReplaceAllString(s, "")
	s = slashDay.ReplaceAllString(s, "$1-$2-$3")
	s = spaceInStamp.ReplaceAllString(s, "${1}T${2}")
	s = zoneSpace.ReplaceAllString(s, "$1$2")
	for _, l := range machineLayouts {
		t, err := time.Parse(l.layout, s)
		if err == nil && sane(t) {
			return corpus.Date{Time: t, HasClock: l.clock}, true
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return parseUnix(n)
	}
	return parseWritten(s)
}

// parseUnix reads seconds or milliseconds since 1970.
func parseUnix(n int64) (corpus.Date, bool) {
	if n > 1e11 {
		n /= 1000
	}
	if n < 3e8 || n > 1e11 { // before mid-1979 it is some other number
		return corpus.Date{}, false
	}
	return corpus.Date{Time: time.Unix(n, 0).UTC(), HasClock: true}, true
}

// sane keeps out the epochs of broken publishing systems.
func sane(t time.Time) bool { return t.Year() >= 1800 && t.Year() < 2200 && t.Unix() != 0 }

var (
	dayMonthYear = regexp.MustCompile(`(?i)(?:^|[^\d])(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+(?:de\s+|of\s+)?(\p{L}{3,12})\.?(?:/\p{L}+(?: \p{L}+)?)?,?[\s-]+(?:de\s+|del\s+)?(\d{4})(?:[^\d]|$)`)
	monthDayYear = regexp.MustCompile(`(?i)(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[^\d]|$)`)
	yearFirst    = regexp.MustCompile(`(?:^|[^\d])(\d{4})(?:[-/.]|年\s?)(\d{1,2})(?:[-/.]|月\s?)(\d{1,2})(?:[^\d]|日|$)`)
	dottedDay    = regexp.MustCompile(`(?:^|[^\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[^\d]|$)`)
	slashedDay   = regexp.MustCompile(`(?:^|[^\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?:[^\d]|$)`)
)

// maxDateLine is how many characters of a line are looked through for a date.
const maxDateLine = 200

// parseWritten finds the first date in a line that was written for people; the day is all that is read of it. A
// date of only figures whose order is open ("03/04/2020") is not known.
func parseWritten(s string) (corpus.Date, bool) {
	s = cutRunes(s, maxDateLine)
	if !hasYear(s) {
		return corpus.Date{}, false // for nearly all texts; the expressions below are slow
	}
	s = splitMonth(s)
	if m := dayMonthYear.FindStringSubmatch(s); m != nil {
		if d, ok := makeDay(m[3], monthNumber(m[2]), m[1]); ok {
			return d, true
		}
	}
	if m := monthDayYear.FindStringSubmatch(s); m != nil {
		if d, ok := makeDay(m[3], monthNumber(m[1]), m[2]); ok {
			return d, true
		}
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return makeDay(m[1], number(m[2]), m[3])
	}
	if m := dottedDay.FindStringSubmatch(s); m != nil {
		return makeDay(m[3], number(m[2]), m[1])
	}
	return parseSlashed(s, openOrder)
}

// dateOrder is how a page writes dates of only figures.
type dateOrder uint8

const (
	openOrder dateOrder = iota // not known
	dayFirst
	monthFirst
)

// orderIn is the order that a language tag implies: Americans put the month first, all others the day. English without a
// region says nothing, and Canada and the Philippines use both.
func orderIn(tag string) dateOrder {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	lang, region, _ := strings.Cut(tag, "-")
	switch {
	case tag == "en-us":
		return monthFirst
	case lang == "" || region == "ca" || region == "ph" || region == "us" || lang == "en" && region == "":
		return openOrder
	}
	return dayFirst
}

// parseSlashed reads a day of only figures with slashes, in an order that they do not leave open or that is known.
func parseSlashed(s string, order dateOrder) (corpus.Date, bool) {
	m := slashedDay.FindStringSubmatch(s)
	if m == nil {
		return corpus.Date{}, false
	}
	a, b := number(m[1]), number(m[2])
	switch {
	case a > 12 || a == b || b <= 12 && order == dayFirst:
		return makeDay(m[3], b, m[1])
	case b > 12 || order == monthFirst:
		return makeDay(m[3], a, m[2])
	}
	return corpus.Date{}, false
}

// writtenDays are the days written in a line, each once, at most two.
func writtenDays(s string) []string {
	var out []string
	for len(out) < 2 {
		d, ok := parseWritten(s)
		if !ok {
			break
		}
		if day := d.Day(); len(out) == 0 || out[0] != day {
			out = append(out, day)
		}
		at := strings.Index(s, strconv.Itoa(d.Time.Year()))
		if at < 0 {
			break
		}
		s = s[at+4:]
	}
	return out
}

var gluedMonth = regexp.MustCompile(`(\p{Ll})((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{Ll}{0,6}\.?\s+\d)`)

// splitMonth parts an English month from the word that markup glued it to: "Jane DoeMay 4".
func splitMonth(s string) string { return gluedMonth.ReplaceAllString(s, "$1 $2") }

// hasYear reports whether four figures stand in a row.
func hasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return false
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func makeDay(year string, month int, day string) (corpus.Date, bool) {
	y, d := number(year), number(day)
	if month < 1 || month > 12 || d < 1 || d > 31 || y < 1800 || y > 2200 {
		return corpus.Date{}, false
	}
	t := time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || !sane(t) {
		return corpus.Date{}, false
	}
	return corpus.Date{Time: t}, true
}

// monthNames lists for each month how it begins in the languages that are read, folded to lower case. A name matches
// if it begins with one of them and is no longer than a month's name is.
var monthNames = [12]string{
	"jan ene gen янв січ يناير",
	"feb fév fev février лют фев فبراير شباط",
	"mar mär mrt бер мар مارس آذار",
	"apr avr abr апр кві أبريل إبريل ابريل نيسان",
	"may mai mei mag maj май мая тра مايو أيار",
	"jun juin giu июн чер يونيو حزيران",
	"jul juil lug июл лип يوليو تموز",
	"aug aoû aou ago авг сер أغسطس اغسطس",
	"sep set sett сен вер سبتمبر أيلول",
	"oct okt out ott окт жов أكتوبر اكتوبر",
	"nov ноя лис نوفمبر",
	"dec déc des dez dic дек гру ديسمبر",
}

// monthNumber is 1 to 12, or 0 for a word that is no month.
func monthNumber(word string) int {
	word = strings.ToLower(word)
	if !strings.Contains(monthWords, " "+word+" ") {
		return 0
	}
	best, length := 0, 0
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if strings.HasPrefix(word, name) && len(name) > length {
				best, length = i+1, len(name)
			}
		}
	}
	return best
}

// monthWords are all full and short names of months that are read; parsing must not take "marching 10, 2020".
const monthWords = " january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec " +
	"janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre janv févr fév avr juil déc " +
	"januar jänner februar märz juni juli oktober dezember mär okt dez maerz " +
	"enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago set dic " +
	"gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug sett ott " +
	"janeiro fevereiro março marco maio junho julho setembro outubro novembro dezembro fev out " +
	"januari februari maart mei augustus mrt maj marts juni august augusti oktober desember " +
	"يناير فبراير شباط مارس آذار أبريل إبريل ابريل نيسان مايو أيار يونيو حزيران يوليو تموز أغسطس اغسطس سبتمبر أيلول أكتوبر اكتوبر نوفمبر ديسمبر " +
	"января февраля марта апреля мая июня июля августа сентября октября ноября декабря январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь янв фев мар апр июн июл авг сен сент окт ноя нояб дек " +
	"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня січ лют бер кві тра чер лип сер вер жов лис гру "
