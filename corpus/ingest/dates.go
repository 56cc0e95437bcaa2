package ingest

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"

	"oped/corpus"
)

// An article is not older than newspapers, and not younger than the record it came in; the day and a half is for zones.
const (
	firstYear = 1600
	slack     = 36 * time.Hour
)

// Layouts are those of package time, after tidy has taken commas, weekdays, ordinals and zone names out.
var (
	clockLayouts = []string{
		"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05", "2006-01-02 15:04",
		"2006/01/02 15:04:05", "2006/01/02 15:04",
		"2 January 2006 15:04:05 Z0700", "2 January 2006 15:04:05", "2 January 2006 15:04 Z0700", "2 January 2006 15:04", "2 January 2006 3:04 PM Z0700", "2 January 2006 3:04 PM",
		"January 2 2006 15:04:05", "January 2 2006 15:04", "January 2 2006 3:04 PM Z0700", "January 2 2006 3:04 PM",
		"January 2 15:04:05 2006", "January 2 15:04:05 Z0700 2006",
	}
	dayLayouts = []string{
		"2006-01-02", "2006-1-2", "2006/01/02", "2006/1/2", "2006.01.02", "20060102", "January 2 2006", "2 January 2006", "2.1.2006", "2 January, 2006",
	}
)

var (
	weekday   = regexp.MustCompile(`(?i)^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+`)
	ordinal   = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`)
	month     = regexp.MustCompile(`(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`)
	zoneName  = regexp.MustCompile(`\b[A-Z]{2,5}$`)
	meridiem  = regexp.MustCompile(`(?i)(\d)\s*([ap])\.?m\b\.?`)
	slashDate = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b`)
	months    = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
)

// zones are the abbreviations that mean one offset only to nearly everybody; "BST" and "IST" do not.
var zones = map[string]string{
	"UTC": "+0000", "GMT": "+0000", "EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600",
	"PST": "-0800", "PDT": "-0700", "CET": "+0100", "CEST": "+0200", "MSK": "+0300",
}

// date reads a date in a record that was received at the given time. What cannot be, or can be read in two ways, is
// unknown.
func date(v any, received time.Time) corpus.Date {
	var d corpus.Date
	switch v := v.(type) {
	case json.Number:
		d = numberDate(v.String())
	case string:
		if d = numberDate(strings.TrimSpace(v)); d.IsZero() && len(v) < 100 {
			d = textDate(tidy(v))
		}
	case map[string]any:
		return date(v["$date"], received)
	}
	if d.IsZero() || d.Time.Year() < firstYear || !received.IsZero() && d.Time.After(received.Add(slack)) {
		return corpus.Date{}
	}
	d.Source = "field"
	return d
}

// numberDate reads seconds or milliseconds since 1970, or the digits of a day ("20180501").
func numberDate(s string) corpus.Date {
	n, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
		return corpus.Date{}
	case len(s) == 8 && n < 1e8:
		return textDate(s)
	case n >= 1e8 && n < 1e11:
		return corpus.Date{Time: time.Unix(int64(n), 0).UTC(), HasClock: true}
	case n >= 1e11 && n < 1e14:
		return corpus.Date{Time: time.UnixMilli(int64(n)).UTC(), HasClock: true}
	}
	return corpus.Date{}
}

func textDate(s string) corpus.Date {
	for _, layout := range clockLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			// Midnight to the second is how systems write a day whose hour they do not know.
			midnight := t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && t.Nanosecond() == 0
			return corpus.Date{Time: t, HasClock: !midnight}
		}
	}
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return corpus.Date{Time: t}
		}
	}
	return slashed(s)
}

// tidy takes out of a date what layouts cannot say.
func tidy(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = weekday.ReplaceAllString(s, "")
	s = ordinal.ReplaceAllString(s, "$1")
	s = month.ReplaceAllStringFunc(s, fullMonth)
	s = meridiem.ReplaceAllStringFunc(s, func(m string) string {
		return m[:1] + " " + strings.ToUpper(strings.NewReplacer(".", "", " ", "").Replace(m[1:]))
	})
	if name := zoneName.FindString(s); name != "" && name != "AM" && name != "PM" {
		offset, known := zones[name]
		if !known {
			offset = ""
		}
		s = strings.TrimSuffix(s, name) + offset
	}
	s = strings.NewReplacer(",", " ", " at ", " ", " - ", " ", " | ", " ").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// fullMonth is the whole name of a month by its first three letters.
func fullMonth(s string) string {
	for _, name := range months {
		if strings.EqualFold(s[:3], name[:3]) {
			return name
		}
	}
	return s
}

// slashed reads day and month as numbers where only one order can be meant: 25/12/2018 and 12/25/2018, but not 03/04/2018.
func slashed(s string) corpus.Date {
	m := slashDate.FindStringSubmatch(s)
	if m == nil {
		return corpus.Date{}
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	if a > 12 {
		a, b = b, a
	} else if b <= 12 && a != b {
		return corpus.Date{}
	}
	t := time.Date(year, time.Month(a), b, 0, 0, 0, 0, time.UTC)
	if t.Day() != b || int(t.Month()) != a {
		return corpus.Date{}
	}
	return corpus.Date{Time: t}
}
