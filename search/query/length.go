package query

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

var (
	lengthNumber = regexp.MustCompile(`^\d{1,9}$`)
	lengthRange  = regexp.MustCompile(`^(\d{1,9})(?:\.\.|-)(\d{1,9})$`)
)

// length reads what stands behind LENGTH: a comparison, a number or a range of numbers.
func (p *parser) length(name token) (Node, *fault) {
	op := "="
	if p.peek().kind == tCompare {
		op = p.next().name
	}
	t := p.next()
	at := name.Span.to(t.Span)
	if f := p.clause(at); f != nil {
		return nil, f
	}
	if t.kind == tWord && lengthNumber.MatchString(t.text()) {
		n, err := strconv.Atoi(t.text())
		if err == nil && n > 0 {
			return Compare{at, op, n}, nil
		}
	}
	if m := lengthRange.FindStringSubmatch(t.text()); m != nil && t.kind == tWord && op == "=" {
		low, _ := strconv.Atoi(m[1])
		high, _ := strconv.Atoi(m[2])
		if low, high = min(low, high), max(low, high); low > 0 {
			return And{Span: at, Parts: []Node{Compare{at, ">=", low}, Compare{at, "<=", high}}}, nil
		}
	}
	if t.kind != tWord {
		at = name.Span
	}
	return nil, faultAt(at, fmt.Sprintf("%s takes a number of words", p.text[name.Start:name.End]), "as in LENGTH>800", fix{edit{at, "LENGTH>800"}}, fix{remove(at)})
}

// special reads the items that begin with a word and mean more than it: date is 2018, length > 800, last 30 days.
func (p *parser) special() (Node, bool, *fault) {
	if !p.opensSpecial() {
		return nil, false, nil
	}
	t := p.peek()
	name := t.keyword()
	if name == "LAST" || name == "PAST" {
		n, f := p.lastDays()
		return n, true, f
	}
	p.next()
	if slices.Contains([]string{"DATE", "PUBLISHED"}, name) {
		n, f := p.dateTerm(t)
		return n, true, f
	}
	n, f := p.length(t)
	return n, true, f
}

// opensSpecial reports whether the word that comes begins a date or a length.
func (p *parser) opensSpecial() bool {
	switch p.peek().keyword() {
	case "DATE", "PUBLISHED":
		next := p.ahead(1)
		return next.kind == tCompare || next.kind == tWord && dateWords[next.keyword()] != "" && dateLike(p.ahead(2)) || p.lastAt(1)
	case "LENGTH", "WC", "WORDS":
		return p.ahead(1).kind == tCompare
	case "LAST", "PAST":
		return p.lastAt(0) && p.before().keyword() != "THE"
	}
	return false
}
