package query

import (
	"strings"
	"testing"
	"time"
)

func TestDatesInEveryForm(t *testing.T) {
	for _, tt := range []struct {
		in       string
		from, to Day
	}{
		{"date:2018", "2018-01-01", "2018-12-31"},
		{"date:2018-03", "2018-03-01", "2018-03-31"},
		{"date:2018-02", "2018-02-01", "2018-02-28"},
		{"date:2016-02", "2016-02-01", "2016-02-29"},
		{"date:2001-05-25", "2001-05-25", "2001-05-25"},
		{"date:2001/05/25", "2001-05-25", "2001-05-25"},
		{"date:20010525", "2001-05-25", "2001-05-25"},
		{"date:2001-05-25T10:30:00Z", "2001-05-25", "2001-05-25"},
		{"date:2018-01..2018-03", "2018-01-01", "2018-03-31"},
		{"date:2018..2020", "2018-01-01", "2020-12-31"},
		{"date:2018...2020", "2018-01-01", "2020-12-31"},
		{"date:2018-2020", "2018-01-01", "2020-12-31"},
		{"date:2018 to 2020", "2018-01-01", "2020-12-31"},
		{"date:2018 – 2020", "2018-01-01", "2020-12-31"},
		{"date:[2018 TO 2020]", "2018-01-01", "2020-12-31"},
		{"date:2018-05-01..2018-05-01", "2018-05-01", "2018-05-01"},
		{"date:2018..", "2018-01-01", ""},
		{"date:..2018", "", "2018-12-31"},
		{"date:P30D", "2026-10-24", "2026-11-23"},
		{"date:p1w", "2026-11-16", "2026-11-23"},
		{"date:P1M", "2026-10-23", "2026-11-23"},
		{"date:P1Y2M10D", "2025-09-13", "2026-11-23"},
		{`date:"last 30 days"`, "2026-10-24", "2026-11-23"},
		{"date:last 2 weeks", "2026-11-09", "2026-11-23"},
		{"date:last-3-months", "2026-08-23", "2026-11-23"},
		{"last 30 days", "2026-10-24", "2026-11-23"},
		{"past 1 year", "2025-11-23", "2026-11-23"},
		{"date last 30 days", "2026-10-24", "2026-11-23"},
		{"date:today", "2026-11-23", "2026-11-23"},
		{"date:yesterday", "2026-11-22", "2026-11-22"},
		{"date:this year", "2026-01-01", "2026-11-23"},
		{"date:this week", "2026-11-23", "2026-11-23"},
		{"date is 2018-05-01", "2018-05-01", "2018-05-01"},
		{"date = 2018", "2018-01-01", "2018-12-31"},
		{"date aft 1/1/2018", "2018-01-02", ""},
		{"DATE AFT 2018", "2019-01-01", ""},
		{"date bef 2018", "", "2017-12-31"},
		{"date>2018", "2019-01-01", ""},
		{"date >= 2018", "2018-01-01", ""},
		{"date<2018-03", "", "2018-02-28"},
		{"date<=2018-03", "", "2018-03-31"},
		{"date:>2018", "2019-01-01", ""},
		{"date(geq 2018)", "2018-01-01", ""},
		{"DATE(> 12/31/2017)", "2018-01-01", ""},
		{"after:2018", "2018-01-01", ""},
		{"after:2018-05-01", "2018-05-01", ""},
		{"since:2018", "2018-01-01", ""},
		{"before:2018", "", "2017-12-31"},
		{"before:2018-05-01", "", "2018-04-30"},
		{"date:13/4/2018", "2018-04-13", "2018-04-13"},
		{"date:4/13/2018", "2018-04-13", "2018-04-13"},
		{"date:3/3/2018", "2018-03-03", "2018-03-03"},
		{"date:3.4.2018", "2018-04-03", "2018-04-03"},
		{"date:3/2018", "2018-03-01", "2018-03-31"},
		{"date:March 2018", "2018-03-01", "2018-03-31"},
		{"date:1 March 2018", "2018-03-01", "2018-03-01"},
		{`date:"1st of March 2018"`, "2018-03-01", "2018-03-01"},
		{"date is march 1, 2018", "2018-03-01", "2018-03-01"},
		{"date:1 mar 2018 to 3 sept. 2018", "2018-03-01", "2018-09-03"},
	} {
		q, err := Parse(tt.in, Options{Now: now})
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.in, err)
			continue
		}
		if want := (Dates{From: tt.from, To: tt.to}); !Equal(q.Root, want) {
			t.Errorf("Parse(%q) = %s, want %s", tt.in, q, Print(want))
		}
	}
}

func TestDatesAmongWords(t *testing.T) {
	reads(t, [][2]string{
		{"date:2018 kuril", "date:2018-01-01..2018-12-31 kuril"},
		{"date:1 march 2018 kuril 5", "date:2018-03-01 kuril 5"},
		{"kuril and date aft 2018 and japan!", "kuril AND date:2019-01-01.. AND japan*"},
		{"date:(2018 OR 2020)", "date:2018-01-01..2018-12-31 OR date:2020-01-01..2020-12-31"},
		{"DATE(aft 2018 and bef 2021)", "date:2019-01-01.. AND date:..2020-12-31"},
		{"date is set", "date is set"},
		{"a date in 2018", "a date in 2018"},
		{"after:2018 2020", "date:2018-01-01.. 2020"},
		{`date:2018-05-01 \to 2020`, `date:2018-05-01 \to \2020`},
		{"date:2018 .. 2020", "date:2018-01-01..2020-12-31"},
		{"the last 30 days of war", "the last 30 days of war"},
		{`"last 30 days"`, `"last 30 days"`},
		{`\last 30 days`, `\last 30 days`},
		{"2018..2020", "2018..2020"},
	})
}

func TestDatesCountFromTheDayOfTheClock(t *testing.T) {
	zone := time.FixedZone("", 10*3600)
	late := time.Date(2026, 3, 31, 23, 30, 0, 0, time.UTC)
	for _, tt := range []struct {
		now      time.Time
		from, to Day
	}{
		{late, "2026-02-28", "2026-03-31"},
		{late.In(zone), "2026-03-01", "2026-04-01"},
	} {
		q, err := Parse("date:P1M", Options{Now: tt.now})
		if err != nil || !Equal(q.Root, Dates{From: tt.from, To: tt.to}) {
			t.Errorf("P1M at %v = %v, %v, want %s to %s", tt.now, q, err, tt.from, tt.to)
		}
	}
}

func TestDatesThatCannotBeReadSayWhy(t *testing.T) {
	for _, tt := range []struct{ in, problem, nearest, other string }{
		{"date:3/4/2018", "3 April 2018 or 4 March 2018", "date:2018-03-04", "date:2018-04-03"},
		{"after:3/4/2018", "3 April 2018 or 4 March 2018", "date:2018-03-04..", "date:2018-04-03.."},
		{"date:3/4/2018..2019", "3 April 2018 or 4 March 2018", "date:2018-03-04..2019-12-31", "date:2018-04-03..2019-12-31"},
		{"date:2018-02-30", "has no day 30", "date:2018-02-28", ""},
		{"date:2018-13", "no month 13", "date:2018-01-01..2018-12-31", ""},
		{"date:2020..2018", "ends before it begins", "date:2018-01-01..2020-12-31", ""},
		{"date:5/6/18", "two digits", "", ""},
		{"kuril date:someday", "is no date", "kuril", ""},
		{"date:", "nothing stands after date:", "", ""},
		{"date:PT24H", "hours", "date:2026-11-22..2026-11-23", ""},
		{"date:P9999Y", "longer ago", "date:2016-11-23..2026-11-23", ""},
		{"date:0312", "out of range", "", ""},
		{"before:1000", "no article", "", ""},
		{"date:last year", "last year can be 2025", "date:2025-01-01..2025-12-31", "date:2025-11-23..2026-11-23"},
	} {
		_, err := Parse(tt.in, Options{Now: now})
		e, ok := err.(*SyntaxError)
		if !ok || !strings.Contains(e.Problem, tt.problem) {
			t.Errorf("Parse(%q): %v, want %q", tt.in, err, tt.problem)
			continue
		}
		if tt.nearest != "" && e.Nearest != tt.nearest {
			t.Errorf("Parse(%q): nearest %q, want %q", tt.in, e.Nearest, tt.nearest)
		}
		if got := strings.Join(e.Others, "|"); got != tt.other {
			t.Errorf("Parse(%q): others %q, want %q", tt.in, got, tt.other)
		}
	}
}
