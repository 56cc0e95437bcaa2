package query

import (
	"fmt"
	"strings"
)

// maxRecursion bounds how deep brackets may stand. It is above MaxDepth because brackets that group nothing add no depth to a tree.
const maxRecursion = 2*MaxDepth + 10

// item = "-" item | words side by side, in the manner of Nexis | primary
func (p *parser) item() (Node, *fault) {
	if p.peek().kind == tMinus {
		return p.exclude()
	}
	if p.nexis && p.bareWord() {
		return p.phraseOfWords()
	}
	return p.primary()
}

// exclude reads a minus and the one item that it rules out.
func (p *parser) exclude() (Node, *fault) {
	start := p.pos
	sign := p.next()
	if f := p.enter(sign); f != nil {
		return nil, f
	}
	defer p.leave()
	x, f := p.primary()
	if f != nil {
		return nil, f
	}
	return Not{p.since(start), x}, nil
}

func (p *parser) enter(t token) *fault {
	if p.depth++; p.depth > maxRecursion {
		return tooDeep(t.Span)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

func tooDeep(at Span) *fault {
	return faultAt(at, fmt.Sprintf("the query is nested more than %d deep", MaxDepth), "write it with fewer brackets and operators")
}

// clause counts one more word, phrase, value or date.
func (p *parser) clause(at Span) *fault {
	if p.clauses++; p.clauses > MaxClauses {
		return faultAt(Span{at.Start, len(p.text)}, fmt.Sprintf("the query has more than %d words, phrases and values", MaxClauses), "search for fewer at a time")
	}
	return nil
}

// primary reads one word, phrase, bracket, field, function, date or length.
func (p *parser) primary() (Node, *fault) {
	switch t := p.peek(); t.kind {
	case tOpen:
		p.next()
		return p.bracketed(t, p.query)
	case tQuote:
		p.next()
		return p.quoted(t)
	case tField:
		return p.field()
	case tCall:
		return p.call()
	case tAtLeast:
		return p.atLeast()
	case tWord:
		if n, ok, f := p.special(); ok || f != nil {
			return n, f
		}
		return p.word(p.next())
	default:
		return nil, p.misplaced(t)
	}
}

// misplaced is the fault of a token that stands where an item should.
func (p *parser) misplaced(t token) *fault {
	switch before := p.before(); {
	case before.kind == tAnd || before.kind == tOr || before.kind == tNot || before.kind == tMinus:
		if t.kind == tNot && before.kind != tMinus {
			return faultAt(before.Span.to(t.Span), fmt.Sprintf("NOT cannot stand after %s", p.text[before.Start:before.End]),
				"put a minus before what is not wanted, or brackets around it", fix{{Span{t.Start, p.ahead(1).Start}, "-"}}, fix{remove(before.Span)})
		}
		return p.dangling(before.Span)
	case t.kind == tEnd || t.kind == tClose:
		return faultAt(t.Span, "something is missing here", "type a word")
	}
	name := p.text[t.Start:t.End]
	return faultAt(t.Span, fmt.Sprintf("nothing stands before %s", name), bothSides, fix{remove(t.Span)}, fix{edit{t.Span, `"` + name + `"`}})
}

// to is the stretch from s to the end of another.
func (s Span) to(other Span) Span { return Span{s.Start, other.End} }

// bracketed reads up to the closing bracket what read reads; the opening one was read.
func (p *parser) bracketed(open token, read func() (Node, *fault)) (Node, *fault) {
	if f := p.enter(open); f != nil {
		return nil, f
	}
	defer p.leave()
	switch t := p.peek(); t.kind {
	case tClose:
		at := open.Span.to(t.Span)
		return nil, faultAt(at, "nothing stands between these brackets", "put a word there, or remove them", fix{remove(at)})
	case tEnd:
		return nil, faultAt(open.Span, "nothing stands after this bracket", "put a word there, or remove it", fix{remove(open.Span)})
	}
	n, f := read()
	if f != nil {
		return nil, f
	}
	if p.peek().kind != tClose {
		mark := Span{open.End - 1, open.End}
		return nil, faultAt(mark, "this bracket is never closed", "add ) where the group ends", fix{insert(len(p.text), ")")}, fix{remove(mark)})
	}
	p.next()
	return n, nil
}

// call reads NAME(...): a segment or field, CAPS and its like, LENGTH, DATE.
func (p *parser) call() (Node, *fault) {
	start := p.pos
	t := p.next()
	if t.name == phraseName {
		return p.bracketed(t, p.query)
	}
	if ordinal(t.name) {
		return p.bracketed(t, func() (Node, *fault) { return p.ordinals(t) })
	}
	x, f := p.bracketed(t, p.query)
	if f != nil {
		return nil, f
	}
	if field, ok := fieldNames[t.name]; ok {
		return p.in(p.since(start), field, x)
	}
	return Case{p.since(start), Letters(strings.ToUpper(t.name)), x}, nil
}

// ordinals reads what stands in DATE(...) or LENGTH(...).
func (p *parser) ordinals(t token) (Node, *fault) {
	if t.name == "date" || t.name == "published" {
		return p.dateGroup()
	}
	return p.length(t)
}

// atLeast reads ATLEASTn(...) or ATLEASTn and one item.
func (p *parser) atLeast() (Node, *fault) {
	start := p.pos
	t := p.next()
	if f := p.enter(t); f != nil {
		return nil, f
	}
	defer p.leave()
	if p.atOperator() || p.peek().kind == tMinus {
		name := p.text[t.Start:t.End]
		return nil, faultAt(t.Span, "nothing stands after "+name, "put a word or phrase in brackets after it, as in ATLEAST5(word)",
			fix{remove(t.Span)}, fix{edit{t.Span, `"` + name + `"`}})
	}
	x, f := p.primary()
	if f != nil {
		return nil, f
	}
	return AtLeast{p.since(start), t.n, x}, nil
}
