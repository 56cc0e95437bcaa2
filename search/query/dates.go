package query

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// dateWords are the words of Nexis for comparing dates, with the signs they stand for.
var dateWords = map[string]string{
	"IS": "=", "EQ": "=", "AFT": ">", "AFTER": ">", "GT": ">", "BEF": "<", "BEFORE": "<", "LT": "<", "GEQ": ">=", "LEQ": "<=",
	"SINCE": ">=", "UNTIL": "<=", "FROM": ">=",
}

// maxDateWords is how many words a date takes at most: "from 1 March 2018 to 3 April 2018" without "from".
const maxDateWords = 7

var lastWords = regexp.MustCompile(`^(?i:day|week|month|year)s?$`)

// dateLike reports whether a token may begin a date.
func dateLike(t token) bool {
	if t.kind == tQuote {
		return true
	}
	word := strings.ToLower(t.text())
	return t.kind == tWord && word != "" && (strings.ContainsAny(word[:1], "0123456789") || monthOf(word) > 0 || word == "today" || word == "yesterday")
}

// lastAt reports whether "last 30 days" stands n tokens ahead.
func (p *parser) lastAt(n int) bool {
	last, number, unit := p.ahead(n), p.ahead(n+1), p.ahead(n+2)
	if last.kind != tWord || number.kind != tWord || unit.kind != tWord || last.keyword() != "LAST" && last.keyword() != "PAST" {
		return false
	}
	return numeral.MatchString(number.text()) && lastWords.MatchString(strings.TrimRight(unit.text(), ".,;"))
}

// lastDays reads "last 30 days" where no field asks for a date.
func (p *parser) lastDays() (Node, *fault) {
	start := p.pos
	n, f := p.dateValue(p.peek(), "=")
	if f == nil {
		at := p.since(start)
		words := p.text[at.Start:at.End]
		p.note("“"+words+"” is read as a time; in quotes it is searched for as words.", p.text[:at.Start]+`"`+words+`"`+p.text[at.End:])
	}
	return n, f
}

// dateField reads after:x, before:x and date:x.
func (p *parser) dateField(name token) (Node, *fault) {
	switch {
	case p.peek().kind == tEnd || p.atOperator():
		return nil, p.noValue(name)
	case p.peek().kind == tOpen:
		return p.bracketed(p.next(), p.dateGroup)
	case name.name == "after" || name.name == "since":
		return p.dateValue(name, ">=")
	case name.name == "before":
		return p.dateValue(name, "<")
	case name.name == "until":
		return p.dateValue(name, "<=")
	case p.peek().kind == tWord && starsOnly(p.peek().chars):
		t := p.next()
		return Has{name.Span.to(t.Span), "date"}, p.clause(t.Span)
	}
	return p.dateTerm(name)
}

// dateTerm reads an optional comparison and a date.
func (p *parser) dateTerm(name token) (Node, *fault) {
	op := "="
	if t := p.peek(); t.kind == tCompare {
		op = p.next().name
	} else if sign := dateWords[t.keyword()]; t.kind == tWord && sign != "" {
		p.next()
		if op = sign; t.keyword() == "FROM" && p.rangeAhead() {
			op = "="
		}
	}
	if p.peek().kind == tOpen { // DATE(GEQ (1/31/2014)), as Nexis writes it
		return p.bracketed(p.next(), func() (Node, *fault) { return p.dateValue(name, op) })
	}
	return p.dateValue(name, op)
}

// rangeAhead reports whether the date that comes has a second end: "1/31/2018 to 2/28/2018", as Factiva writes it.
func (p *parser) rangeAhead() bool {
	for n := 1; n < p.dateWordsAhead(); n++ {
		if p.ahead(n).keyword() == "TO" {
			return dateLike(p.ahead(n + 1))
		}
	}
	return false
}

// dateGroup reads the dates between brackets: one, or several joined by OR, or two ends joined by AND.
func (p *parser) dateGroup() (Node, *fault) {
	start := p.pos
	var parts []Node
	op := tOr
	for {
		n, f := p.dateTerm(p.peek())
		if f != nil {
			return nil, f
		}
		parts = append(parts, n)
		t := p.peek()
		if t.kind != tOr && t.kind != tAnd {
			break
		}
		if len(parts) > 1 && t.kind != op {
			return nil, faultAt(t.Span, "dates in brackets are joined by OR or by AND, not by both", "write date: for each", fix{edit{t.Span, "OR"}})
		}
		op = t.kind
		p.next()
	}
	switch {
	case len(parts) == 1:
		return parts[0], nil
	case op == tAnd:
		return And{Span: p.since(start), Parts: parts}, nil
	}
	return Or{p.since(start), parts}, nil
}

// dateValue reads a date, of as many words as can be read as one, and compares by op. The node's span begins with from.
func (p *parser) dateValue(from token, op string) (Node, *fault) {
	first := p.peek()
	if first.kind != tWord && first.kind != tQuote {
		before := p.before().Span
		return nil, faultAt(first.Span, "a date is missing here", "as in date:2018 or date:2018-03-31", fix{remove(before)}, fix{remove(before), remove(first.Span)})
	}
	if f := p.clause(first.Span); f != nil {
		return nil, f
	}
	taken := 1
	var days period
	var bad *dateFault
	for n := p.dateWordsAhead(); n > 0; n-- {
		if days, bad = parsePeriod(p.dateText(n), p.options.Now); bad == nil || bad.certain {
			taken = n
			break
		}
	}
	at := first.Span.to(p.ahead(taken - 1).Span)
	if bad == nil {
		days, bad = days.compared(op)
	}
	if bad != nil {
		f := bad.at(at)
		f.fixes = append(f.fixes, fix{remove(from.Span.to(at))})
		return nil, f
	}
	p.pos += taken
	return Dates{from.Span.to(at), days.from, days.to}, nil
}

// dateWordsAhead is how many words the date that comes may take.
func (p *parser) dateWordsAhead() int {
	if p.peek().kind == tQuote {
		return 1
	}
	n := 1
	for n < maxDateWords && p.ahead(n).kind == tWord && p.ahead(n).keyword() != "" {
		n++
	}
	return n
}

// dateText is the text of the next n words, with the signs between them.
func (p *parser) dateText(n int) string {
	if t := p.peek(); t.kind == tQuote {
		return spell(t.chars)
	}
	return spell(chars(p.text[p.peek().Start:p.ahead(n-1).End]))
}

// at makes a fault of f: the fixes replace the date where it stands.
func (f *dateFault) at(at Span) *fault {
	out := faultAt(at, f.problem, f.expected)
	for _, text := range f.nearest {
		out.fixes = append(out.fixes, fix{edit{at, text}})
	}
	out.readings = f.certain && len(f.nearest) > 1
	return out
}

// period is a range of days; an empty end is open.
type period struct{ from, to Day }

// compared is the period that lies as op says beside d.
func (d period) compared(op string) (period, *dateFault) {
	var out period
	switch {
	case op == "=":
		return d, nil
	case op == ">=" && d.from != "":
		out.from = d.from
	case op == "<=" && d.to != "":
		out.to = d.to
	case op == ">" && d.to != "":
		out.from = d.to.add(1)
	case op == "<" && d.from != "":
		out.to = d.from.add(-1)
	default:
		return d, &dateFault{problem: "a comparison needs a date with both ends", expected: "give a day, month or year", certain: true}
	}
	if year := number(string(out.from + out.to)[:4]); year < minYear || year > maxYear {
		return d, &dateFault{problem: "no article was printed then", expected: fmt.Sprintf("years from %d to %d are understood", minYear, maxYear), certain: true}
	}
	return out, nil
}

// add is the day n days later.
func (d Day) add(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return dayOf(t.AddDate(0, 0, n))
}

func dayOf(t time.Time) Day { return Day(t.Format(time.DateOnly)) }
