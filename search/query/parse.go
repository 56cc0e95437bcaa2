package query

import (
	"fmt"
	"strings"
)

// precedence is the order in which AND and OR bind.
type precedence int

const (
	standard  precedence = iota // OR first, as in Nexis and Google
	andBefore                   // AND first, as in Lucene and Factiva; read only to tell a reader of it
)

// parser reads tokens by recursive descent, a method for each line of the grammar. All of them leave the parser behind
// what they read.
type parser struct {
	text    string
	tokens  []token // the last one is tEnd
	pos     int
	options Options
	nexis   bool
	banged  bool // nothing but a word that ends in "!" makes the query one in the manner of Nexis
	order   precedence
	depth   int
	clauses int
	ignored []string
	minuses []int     // that leave nothing out
	notes   []Warning // found on the way
}

func (p *parser) peek() token { return p.tokens[p.pos] }

// ahead is the token n places further; the last token stands for all behind it.
func (p *parser) ahead(n int) token { return p.tokens[min(p.pos+n, len(p.tokens)-1)] }

func (p *parser) next() token {
	t := p.peek()
	if t.kind != tEnd {
		p.pos++
	}
	return t
}

// since is the stretch of text from a token to the last one read.
func (p *parser) since(pos int) Span {
	return Span{p.tokens[pos].Start, p.tokens[max(p.pos-1, pos)].End}
}

// before is the token just read.
func (p *parser) before() token {
	if p.pos == 0 {
		return token{kind: tOpen}
	}
	return p.tokens[p.pos-1]
}

// whole reads all of the text.
func (p *parser) whole() (Node, *fault) {
	if p.peek().kind == tEnd {
		if len(p.text) > 0 && hasInk(p.text) {
			return nil, faultAt(Span{0, len(p.text)}, "there is no letter or digit to search for", "type a word")
		}
		return All{}, nil
	}
	if len(p.tokens) == 2 && p.peek().kind == tWord && starsOnly(p.peek().chars) {
		return All{p.peek().Span}, nil
	}
	n, f := p.query()
	if f != nil {
		return nil, f
	}
	if t := p.peek(); t.kind == tClose {
		return nil, faultAt(t.Span, "this bracket closes nothing", "remove it, or open one before", fix{remove(t.Span)})
	}
	return n, nil
}

// hasInk reports whether a text is more than white space.
func hasInk(text string) bool { return strings.TrimSpace(text) != "" }

// query = [ "NOT" ] all { [ "AND" ] "NOT" all }
func (p *parser) query() (Node, *fault) {
	if p.order == andBefore {
		return p.alternatives(p.exclusion)
	}
	return p.exclusion()
}

func (p *parser) exclusion() (Node, *fault) {
	start := p.pos
	var parts []Node
	implied := false
	if p.peek().kind != tNot || !p.notNext() {
		and, joint, f := p.all()
		if f != nil {
			return nil, f
		}
		parts, implied = and, joint
	}
	for p.notNext() {
		from := p.pos
		if p.peek().kind == tAnd {
			p.next()
		}
		p.next()
		if p.atOperator() {
			return nil, p.dangling(p.since(from))
		}
		first := p.pos
		excluded, joint, f := p.all()
		if f != nil {
			return nil, f
		}
		if len(excluded) > 1 {
			p.farReach(Span{p.tokens[from].Start, p.tokens[first].Start}, p.since(first))
		}
		parts = append(parts, Not{p.since(from), conjunction(p.since(first), excluded, joint)})
	}
	return conjunction(p.since(start), parts, implied), nil
}

// farReach notes that a NOT rules out more than the next thing.
func (p *parser) farReach(op, excluded Span) {
	p.note(fmt.Sprintf("NOT leaves out what has all of this: %s. A minus reaches the next thing only.", p.text[excluded.Start:excluded.End]),
		p.text[:op.Start]+"-"+p.text[op.End:])
}

// notNext reports whether NOT or AND NOT comes next, and not the NOT of NOT W/n.
func (p *parser) notNext() bool {
	n := 0
	if p.peek().kind == tAnd {
		n = 1
	}
	after := p.ahead(n + 1).kind
	return p.ahead(n).kind == tNot && after != tNear && after != tUnit
}

// conjunction joins parts by AND. Explicit ANDs within explicit ones are one.
func conjunction(at Span, parts []Node, implied bool) Node {
	if len(parts) == 1 {
		return parts[0]
	}
	if !implied {
		var all []Node
		for _, part := range parts {
			if and, ok := part.(And); ok && !and.Implied {
				all = append(all, and.Parts...)
			} else {
				all = append(all, part)
			}
		}
		parts = all
	}
	return And{Span: at, Parts: parts, Implied: implied}
}

// all = near { [ "AND" ] near }. Its parts are implied where they all just stood side by side.
func (p *parser) all() (parts []Node, implied bool, f *fault) {
	explicit := false
	for {
		n, f := p.near()
		if f != nil {
			return nil, false, f
		}
		parts = append(parts, n)
		switch t := p.peek(); {
		case t.kind == tAnd && !p.notNext():
			explicit = true
			p.next()
		case !p.startsItem():
			return parts, len(parts) > 1 && !explicit, nil
		}
	}
}

// startsItem reports whether a word or whatever else can stand for one comes next.
func (p *parser) startsItem() bool {
	switch p.peek().kind {
	case tWord, tQuote, tOpen, tMinus, tField, tCall, tAtLeast, tCompare:
		return true
	}
	return false
}

// atOperator reports whether an operator, a closing bracket or the end comes next, where an item should stand.
func (p *parser) atOperator() bool { return !p.startsItem() }

// either = item { "OR" item }
func (p *parser) either() (Node, *fault) {
	if p.order == andBefore {
		return p.item()
	}
	return p.alternatives(p.item)
}

// alternatives reads parts joined by OR; a single part is returned as it is, and an Or within an Or becomes one with it.
func (p *parser) alternatives(read func() (Node, *fault)) (Node, *fault) {
	start := p.pos
	var parts []Node
	for {
		n, f := read()
		if f != nil {
			return nil, f
		}
		parts = append(parts, n)
		if p.peek().kind != tOr {
			break
		}
		p.next()
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	var all []Node
	for _, part := range parts {
		if or, ok := part.(Or); ok {
			all = append(all, or.Parts...)
		} else {
			all = append(all, part)
		}
	}
	return Or{p.since(start), all}, nil
}

// bothSides is what was expected around an operator.
const bothSides = "an operator needs something on both sides; to search for the word itself, put it in quotes"

// dangling is the fault of operators that have nothing on the side where the parser stands.
func (p *parser) dangling(op Span) *fault {
	name := p.text[op.Start:op.End]
	f := faultAt(op, fmt.Sprintf("nothing stands after %s", name), bothSides)
	if moved := p.nextOperand(op); moved != nil {
		f.fixes = append(f.fixes, moved)
	}
	f.fixes = append(f.fixes, fix{remove(op)}, fix{edit{op, `"` + name + `"`}})
	return f
}

// nextOperand mends "(a OR) b" by moving b to where it seems to belong, which is behind the operator.
func (p *parser) nextOperand(op Span) fix {
	if p.peek().kind != tClose {
		return nil
	}
	for n := 1; p.ahead(n).kind != tEnd; n++ {
		switch t := p.ahead(n); t.kind {
		case tWord, tQuote:
			return fix{insert(op.End, " "+p.text[t.Start:t.End]), remove(t.Span)}
		case tOpen, tClose, tNear, tUnit, tAnd, tOr:
		default:
			return nil
		}
	}
	return nil
}
