package query

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// seeds are queries and faults of every kind.
var seeds = []string{
	"", "*", "carbon tax", `"carbon tax" -site:example.com after:2019`, "headline(putin or) w/5 (poutine “peace treaty”",
	"bankrupt! w/25 discharg! and student or college or education! w/5 loan", "a AND NOT b OR c", "date:3/4/2018", "date aft 1/1/2018",
	"putin last 30 days", "HLEAD(kuril) and LENGTH>800 and BYLINE(smith)", "(((((((", "))))", `"`, `\`, "feild:x", "a*", "wom?n",
	"zelensky~1", "CAPS(a b)", "ATLEAST3(kuril or kurile)", "https://example.com/a?b=c", "10:30", "type:opinion", "has:dat", "-has:date",
	"PHRASE(a b)", "x AROUND(5) y", "title: x", "date:[2018 TO 2020]", "wc>=800", "a NOT /p b", "\xff\x00\u202e", "- -a --b", "x|y||z", "a^2 b~",
	"inurl:https://x.example/?a=*", "date:(2018 or 2020)", "DATE(aft 2018 and bef 2020)", "length:1..5", `"a"~5 b`, `\and \"x`, "not not not",
	"0.0?.", `"A:000!"`, "w/\x001", "NOT /1", "dAte>1000 0000", "after:2018 2020", "0ATE(aAA 1000 And Bef 1000",
}

// FuzzParse: whatever is typed gives a query that is read again as the same, or an error that can be shown and whose
// nearest query can be read.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text, Options{Now: now})
		if err != nil {
			checkError(t, text, err)
			return
		}
		again, err := Parse(q.String(), Options{Now: now})
		if err != nil {
			t.Fatalf("%q prints as %q, which cannot be read: %v", text, q, err)
		}
		if !Equal(q.Root, again.Root) || again.String() != q.String() {
			t.Fatalf("%q prints as %q, which is read as %q", text, q, again)
		}
		if q.Words() == "" || !utf8.ValidString(q.Words()) || !utf8.ValidString(q.String()) {
			t.Fatalf("%q: words %q, printed %q", text, q.Words(), q)
		}
		for _, w := range q.Warnings {
			checkReadable(t, text, w.Alternative)
		}
		checkSpans(t, q)
	})
}

func checkError(t *testing.T, text string, err error) {
	t.Helper()
	var e *SyntaxError
	if !errors.As(err, &e) {
		t.Fatalf("Parse(%q) gives a %T", text, err)
	}
	if e.Input != strings.ToValidUTF8(text, "\ufffd") || e.Offset < 0 || e.Offset > e.End || e.End > len(e.Input) || e.Problem == "" || strings.Contains(e.Error(), "\x00") {
		t.Fatalf("Parse(%q) = %#v", text, e)
	}
	_ = e.Caret()
	checkReadable(t, text, append(e.Others, e.Nearest)...)
}

func checkReadable(t *testing.T, text string, queries ...string) {
	t.Helper()
	for _, q := range queries {
		if _, err := Parse(q, Options{Now: now}); err != nil {
			t.Fatalf("for %q it offers %q: %v", text, q, err)
		}
	}
}

// checkSpans: a node lies within the text and, but for values that were rewritten, within its parent.
func checkSpans(t *testing.T, q *Query) {
	t.Helper()
	Walk(q.Root, func(n Node) bool {
		at := n.Where()
		if at.Start < 0 || at.Start > at.End || at.End > len(q.Input) {
			t.Fatalf("%q: span %v of %s", q.Input, at, Print(n))
		}
		for _, child := range Children(n) {
			if in := child.Where(); in.Start < at.Start || in.End > at.End {
				t.Fatalf("%q: span %v of %s is outside %v", q.Input, in, Print(child), at)
			}
		}
		return true
	})
}

// FuzzPeriod: any text is a range of days in order, or none.
func FuzzPeriod(f *testing.F) {
	for _, s := range []string{"2018", "2018-03", "3/4/2018", "13.4.2018", "P30D", "last 2 weeks", "1 March 2018", "march 2018", "2018..", "..2018", "p1y2m10d", "2018-02-30", "20180101"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, bad := parsePeriod(text, now)
		if bad != nil {
			return
		}
		for _, day := range []Day{d.from, d.to} {
			if day != "" && len(day) != len("2006-01-02") {
				t.Fatalf("%q: %q to %q", text, d.from, d.to)
			}
		}
		if d.from == "" && d.to == "" || d.from != "" && d.to != "" && d.from > d.to {
			t.Fatalf("%q: %q to %q", text, d.from, d.to)
		}
	})
}

// FuzzQuote: a quoted value is one word or phrase.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"Jane Doe", `O"Reilly`, "Who? Weekly!", "a*b", "AND", "(x)", `\`, "w/5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		quoted := Quote(value)
		if quoted == `""` || len(value) > 1000 {
			return
		}
		q, err := Parse("publication:"+quoted, Options{Now: now})
		if err != nil {
			t.Fatalf("Quote(%q) = %s: %v", value, quoted, err)
		}
		in, ok := q.Root.(In)
		if !ok {
			t.Fatalf("Quote(%q) = %s is read as %s", value, quoted, q)
		}
		switch in.X.(type) {
		case Word, Phrase:
		default:
			t.Fatalf("Quote(%q) = %s is read as %T", value, quoted, in.X)
		}
	})
}
