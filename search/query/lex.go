package query

import (
	"strings"
	"unicode"
)

// kind is the kind of a token.
type kind int

const (
	tEnd     kind = iota
	tOpen         // (
	tClose        // )
	tQuote        // "..."; chars are what stands between the marks
	tWord         // a run of anything else
	tMinus        // the - before an item
	tAnd          // AND
	tOr           // OR or |
	tNot          // NOT
	tNear         // W/n, PRE/n, AROUND(n): n and ordered are set
	tUnit         // /s, /p, /seg: unit is set
	tField        // name: or name=
	tCall         // NAME( with its bracket: a segment, CAPS and its like
	tAtLeast      // ATLEASTn: n is set
	tCompare      // <, <=, =, >=, >
)

// token is one piece of the text with what it means by itself.
type token struct {
	Span
	kind  kind
	chars []char // of a word or of what is quoted
	// glued is true where no space stands before it.
	glued   bool
	name    string // of tField and tCall, in lower case; the sign of tCompare
	n       int
	ordered bool
	unit    Unit
	address bool // a word that is a web address: no sign in it means anything
	loose   bool // a tNear that does not by itself make a query one in the manner of Nexis: AROUND(n)
}

// operand reports whether what stands before an operator may end in the token.
func (t token) operand() bool { return t.kind == tWord || t.kind == tQuote || t.kind == tClose }

// text is a word as typed, in plain characters.
func (t token) text() string { return spell(t.chars) }

// keyword is a word in capitals, to compare with; words with an escaped sign are none.
func (t token) keyword() string {
	for _, c := range t.chars {
		if c.escaped {
			return ""
		}
	}
	return strings.ToUpper(t.text())
}

// lexer cuts characters into tokens.
type lexer struct {
	chars []char
	pos   int
	end   int // bytes of text
	out   []token
	// nexis is true once a token was seen that only the manner of Nexis has; marked, once it was another one than a word that
	// ends in "!".
	nexis, marked bool
	// factiva is true once a sign was seen that only Factiva has, as hd= is.
	factiva bool
	// ignored are the signs passed over that a reader might have meant.
	ignored []string
	// minuses are the places where a minus stands that leaves nothing out.
	minuses []int
}

// lex cuts a text into tokens, of which the last is a tEnd.
func lex(text string) (*lexer, *fault) {
	l := &lexer{chars: chars(text), end: len(text)}
	for l.pos < len(l.chars) {
		if f := l.next(); f != nil {
			return nil, f
		}
	}
	l.emit(token{Span: Span{l.end, l.end}, kind: tEnd})
	l.settle()
	return l, nil
}

func (l *lexer) emit(t token) {
	if n := len(l.out); n > 0 {
		t.glued = l.out[n-1].End == t.Start
	}
	l.out = append(l.out, t)
}

// peek is the character n places ahead; a space stands for the end.
func (l *lexer) peek(n int) char {
	if l.pos+n >= len(l.chars) {
		return char{r: ' ', at: l.end}
	}
	return l.chars[l.pos+n]
}

// single emits the token of the next n characters.
func (l *lexer) single(k kind, n int) {
	at := extent(l.chars[l.pos : l.pos+n])
	l.pos += n
	l.emit(token{Span: at, kind: k})
}

func (l *lexer) next() *fault {
	switch c := l.peek(0); {
	case c.is(' '):
		l.pos++
	case c.is('('):
		l.single(tOpen, 1)
	case c.is(')'):
		l.single(tClose, 1)
	case c.is('|'):
		n := 1
		for l.peek(n).is('|') {
			n++
		}
		l.single(tOr, n)
	case c.is('"'):
		return l.quoted()
	case c.in("<>=≤≥"):
		l.compare()
	case c.is('-') && l.prefix():
		l.single(tMinus, 1)
	default:
		return l.word()
	}
	return nil
}

// prefix reports whether the minus here stands before something to rule out, and not within a word.
func (l *lexer) prefix() bool {
	if n := len(l.out); n > 0 && l.out[n-1].End == l.peek(0).at {
		if k := l.out[n-1].kind; k == tQuote || k == tClose || k == tField {
			return false
		}
	}
	if l.peek(1).in(`"(`) {
		return true
	}
	for n := 1; !l.breaks(n); n++ {
		if l.peek(1).is('-') {
			return false
		}
		if c := l.peek(n); wordRune(c.r) || c.is('*') {
			return true
		}
	}
	return false
}

// breaks reports whether a word ends before the character n places ahead.
func (l *lexer) breaks(n int) bool { return l.peek(n).in(` ()"|<>≤≥`) }

func (l *lexer) quoted() *fault {
	start := l.pos
	for n := 1; l.pos+n < len(l.chars); n++ {
		if l.peek(n).is('"') {
			inner := l.chars[start+1 : start+n]
			l.pos += n + 1
			l.emit(token{Span: extent(l.chars[start:l.pos]), kind: tQuote, chars: inner})
			return nil
		}
	}
	mark := extent(l.chars[start : start+1])
	return faultAt(mark, "these quotation marks are never closed", `add " where the phrase ends`,
		fix{insert(l.end, `"`)}, fix{remove(mark)})
}

// compare reads <, <=, = and so on.
func (l *lexer) compare() {
	n := 1
	if l.peek(1).is('=') {
		n = 2
	}
	sign := spell(l.chars[l.pos : l.pos+n])
	sign = strings.NewReplacer("≤", "<=", "≥", ">=", "==", "=").Replace(sign)
	at := extent(l.chars[l.pos : l.pos+n])
	l.pos += n
	l.emit(token{Span: at, kind: tCompare, name: strings.ReplaceAll(sign, "==", "=")})
}

// settle gives the words and signs their meaning that needs the whole text: "and", "or" and "not" in lower case are
// operators in the manner of Nexis, "same" is one in that of Factiva, and < and > are mere signs where nothing can be
// compared.
func (l *lexer) settle() {
	if l.factiva {
		l.nexis, l.marked = true, true
	}
	operators := map[string]kind{"AND": tAnd, "OR": tOr, "NOT": tNot}
	kept := l.out[:0]
	for i, t := range l.out {
		value := i > 0 && l.out[i-1].kind == tField && t.glued
		if op, ok := operators[t.keyword()]; ok && t.kind == tWord && !value && (l.nexis || t.keyword() == t.text()) {
			t.kind = op
		}
		if l.factiva && !value && t.kind == tWord && t.keyword() == "SAME" && len(kept) > 0 && kept[len(kept)-1].operand() {
			t.kind, t.unit = tUnit, Paragr
		}
		if t.kind == tCompare && (len(kept) == 0 || !comparable(kept[len(kept)-1])) {
			continue
		}
		kept = append(kept, t)
	}
	l.out = kept
}

// comparable reports whether < and the like may follow a token.
func comparable(t token) bool {
	switch t.kind {
	case tField:
		return ordinal(t.name)
	case tWord:
		return ordinal(strings.ToLower(t.text()))
	case tCall:
		return ordinal(t.name)
	}
	return false
}

// pass goes over signs that are no word.
func (l *lexer) pass(cs []char) {
	if cs[0].is('-') && cs[0].size == 1 && len(cs) == 1 { // a longer dash parts words, as in print
		l.minuses = append(l.minuses, cs[0].at)
	}
	s := strings.TrimFunc(spell(cs), func(r rune) bool {
		return unicode.IsPunct(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("+=~^`´$|<>", r)
	})
	if s != "" {
		l.ignored = append(l.ignored, s)
	}
}
