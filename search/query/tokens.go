package query

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// maxDistance is the greatest n of W/n and of ATLEASTn, as in Nexis.
const maxDistance = 255

var (
	anyOrder  = regexp.MustCompile(`^(?i:w/(\d{0,6})|(?:near/?|/)(\d{1,6}))$`)
	leftFirst = regexp.MustCompile(`^(?i:pre/(\d{0,6})|(?:onear/?|adj/?|\+)(\d{1,6}))$`)
	unitOp    = regexp.MustCompile(`^(?i:w?/(seg|s|p))$`)
	atLeastOp = regexp.MustCompile(`^(?i:atleast)(\d{0,6})$`)
	numeral   = regexp.MustCompile(`^\d{1,6}$`)
)

// word reads a run of characters up to a space or bracket, which may be an operator, the name of a field or segment, or
// a word.
func (l *lexer) word() *fault {
	n := 0
	for n == 0 || !l.breaks(n) {
		n++
	}
	cs := l.chars[l.pos : l.pos+n]
	if f := l.regexp(); f != nil {
		return f
	}
	value := l.valueHere()
	if !value {
		if taken, f := l.field(cs); taken || f != nil {
			return f
		}
	}
	if !value || l.peek(n).is('(') {
		if taken, f := l.operator(cs); taken || f != nil {
			return f
		}
		if taken, f := l.call(cs); taken || f != nil {
			return f
		}
	}
	l.pos += n
	t := token{Span: extent(cs), kind: tWord, chars: cs, address: isAddress(cs)}
	if !hasWord(spell(cs)) && !starsOnly(cs) {
		if value {
			l.emit(t) // the parser says what is wrong with it
			return nil
		}
		l.pass(cs)
		return nil
	}
	if !t.address && endsInBang(cs) {
		l.nexis = true
	}
	l.emit(t)
	return nil
}

// valueHere reports whether what comes is the value of the field named just before it.
func (l *lexer) valueHere() bool {
	n := len(l.out)
	return n > 0 && l.out[n-1].kind == tField && l.out[n-1].End == l.peek(0).at
}

func starsOnly(cs []char) bool {
	for _, c := range cs {
		if !c.is('*') && !(c.is(':') && len(cs) == 3) {
			return false
		}
	}
	return true
}

// isAddress reports whether a word is the address of a page on the web.
func isAddress(cs []char) bool {
	s := strings.ToLower(strings.TrimLeftFunc(spell(cs), notWord))
	for _, scheme := range []string{"http://", "https://", "ftp://", "www."} {
		if rest, ok := strings.CutPrefix(s, scheme); ok && hasWord(rest) {
			return true
		}
	}
	return false
}

// endsInBang reports whether a word ends in the "!" that means any ending.
func endsInBang(cs []char) bool {
	body, tail := edges(cs)
	return tail == "!" && letters(body) >= minLetters
}

// field reads the name before a colon, or before the = of known names.
func (l *lexer) field(cs []char) (bool, *fault) {
	colon := -1
	for i, c := range cs {
		if c.escaped {
			return false, nil
		}
		if c.r == ':' || c.r == '=' {
			colon = i
			break
		}
	}
	if colon <= 0 || isAddress(cs) {
		return false, nil
	}
	name := strings.ToLower(spell(cs[:colon]))
	if knownName(name) {
		l.factiva = l.factiva || cs[colon].r == '=' && factivaCodes[name]
		at := extent(cs[:colon+1])
		l.pos += colon + 1
		l.emit(token{Span: at, kind: tField, name: name, chars: cs[:colon]})
		return true, nil
	}
	l.factiva = l.factiva || factivaTag.MatchString(spell(cs))
	last := colon == len(cs)-1 && !l.peek(len(cs)).in(`("`)
	if cs[colon].r == '=' || last || !fieldLike(name) {
		return false, nil
	}
	return false, unknownField(cs, colon)
}

// textPrefixes end in a colon within texts.
var textPrefixes = map[string]bool{"mailto": true, "doi": true, "tel": true, "urn": true, "isbn": true, "issn": true}

// fieldLike reports whether what stands before a colon looks like the name of a field: one word of letters.
func fieldLike(name string) bool {
	odd := func(r rune) bool { return !unicode.IsLetter(r) && r != '_' && r != '-' }
	return !strings.ContainsFunc(name, odd) && unicode.IsLetter(firstRune(name)) && !textPrefixes[name]
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func unknownField(cs []char, colon int) *fault {
	at, name := extent(cs[:colon]), spell(cs[:colon])
	sign := extent(cs[colon : colon+1])
	fixes := []fix{{edit{sign, " "}}}
	expected := "fields are headline:, author:, publication:, section:, type:, date: and others; to search for the words, put them in quotes"
	if near := nearestName(name, knownNames()); near != "" {
		fixes = append([]fix{{edit{at, near}}}, fixes...)
		expected = fmt.Sprintf("did you mean %s:? To search for the words, put them in quotes", near)
	}
	return faultAt(at, fmt.Sprintf("there is no field %q", name), expected, fixes...)
}

// operator reads W/n, PRE/n, AROUND(n), /s, /p, /seg, ATLEASTn and &&.
func (l *lexer) operator(cs []char) (bool, *fault) {
	for _, c := range cs {
		if c.escaped {
			return false, nil
		}
	}
	text := spell(cs)
	t, number, ok := operatorOf(text)
	if !ok {
		return false, nil
	}
	t.chars, t.Span = cs, extent(cs)
	n := len(cs)
	if number == "" && (t.kind == tNear || t.kind == tAtLeast) {
		if number, n = l.numberAfter(t.loose, n); number == "" {
			return false, nil
		}
		t.End = l.peek(n - 1).end()
	}
	var f *fault
	if number != "" {
		t.n, f = quantity(t, number)
	}
	if t.kind != tAnd && !t.loose {
		l.nexis, l.marked = true, true
	}
	l.pos += n
	l.emit(t)
	return true, f
}

// operatorOf reads the text of an operator. Its number is empty where it is typed apart.
func operatorOf(text string) (t token, number string, ok bool) {
	if text == "&&" {
		return token{kind: tAnd}, "", true
	}
	if strings.EqualFold(text, "around") {
		return token{kind: tNear, loose: true}, "", true
	}
	if !strings.ContainsAny(text, "/0123456789") && !strings.EqualFold(text, "atleast") {
		return token{}, "", false // most words, for which the patterns below would cost too much
	}
	if m := unitOp.FindStringSubmatch(text); m != nil {
		return token{kind: tUnit, unit: Unit(strings.ToLower(m[1]))}, "", true
	}
	if m := anyOrder.FindStringSubmatch(text); m != nil {
		return token{kind: tNear}, m[1] + m[2], true
	}
	if m := leftFirst.FindStringSubmatch(text); m != nil {
		return token{kind: tNear, ordered: true}, m[1] + m[2], true
	}
	if m := atLeastOp.FindStringSubmatch(text); m != nil {
		return token{kind: tAtLeast}, m[1], true
	}
	return token{}, "", false
}

// numberAfter reads the number of an operator that is typed apart from it: "w/ 5", "atleast 5", "AROUND(5)". It returns
// the number of characters up to its end.
func (l *lexer) numberAfter(around bool, n int) (string, int) {
	if around && !l.peek(n).is('(') {
		return "", 0
	}
	if around {
		n++
	}
	for l.pos+n < len(l.chars) && l.peek(n).is(' ') {
		n++
	}
	from := n
	for unicode.IsDigit(l.peek(n).r) {
		n++
	}
	number := spell(l.chars[l.pos+from : l.pos+n])
	if !numeral.MatchString(number) {
		return "", 0
	}
	if around {
		if !l.peek(n).is(')') {
			return "", 0
		}
		return number, n + 1
	}
	if !l.breaks(n) {
		return "", 0
	}
	return number, n
}

func quantity(t token, number string) (int, *fault) {
	n, err := strconv.Atoi(number)
	if err == nil && n >= 1 && n <= maxDistance {
		return n, nil
	}
	nearest := strconv.Itoa(min(max(n, 1), maxDistance))
	if t.kind == tAtLeast {
		return 0, faultAt(t.Span, "ATLEAST takes a number from 1 to 255", "write ATLEAST5( ), for example", fix{edit{t.Span, "ATLEAST" + nearest}})
	}
	return 0, faultAt(t.Span, "a distance is a number of words from 1 to 255", "write W/10, for example", fix{edit{t.Span, distanceName(t.ordered) + nearest}})
}

func distanceName(ordered bool) string {
	if ordered {
		return "PRE/"
	}
	return "W/"
}

// call reads NAME( where NAME is a segment, a field or one of CAPS, ALLCAPS, NOCAPS and PHRASE.
func (l *lexer) call(cs []char) (bool, *fault) {
	text, n := spell(cs), len(cs)
	name := strings.ToLower(text)
	shout := text == strings.ToUpper(text)
	for shout && callable(name) && l.pos+n < len(l.chars) && l.peek(n).is(' ') {
		n++
	}
	for _, c := range cs {
		if c.escaped {
			return false, nil
		}
	}
	if !l.peek(n).is('(') {
		return false, nil
	}
	if !callable(name) {
		return false, misspelt(cs, shout)
	}
	l.nexis, l.marked = true, true
	t := token{Span: extent(l.chars[l.pos : l.pos+n+1]), kind: tCall, name: name, chars: cs}
	l.pos += n + 1
	l.emit(t)
	return true, nil
}

// misspelt is the fault of a name before a bracket that nearly is that of a segment, or that of one that only others have.
func misspelt(cs []char, shout bool) *fault {
	name := strings.ToLower(spell(cs))
	near := closestName(name, callNames())
	if !shout && near != "" && near[0] != name[0] {
		near = "" // a word, and the bracket behind it another part of the query
	}
	if shout && foreignSegments[name] {
		near = ""
	} else if near == "" || len(name) < 4 {
		return nil
	}
	at := extent(cs)
	if name == "atleast" {
		return faultAt(at, "ATLEAST takes a number from 1 to 255", "write ATLEAST5( ), for example", fix{edit{at, "ATLEAST2"}})
	}
	if near == "" {
		return faultAt(at, fmt.Sprintf("there is no segment %s here", spell(cs)), "leave it out, or search the whole text", fix{edit{at, phraseName}})
	}
	near = strings.ToUpper(near)
	return faultAt(at, fmt.Sprintf("there is no segment %s", spell(cs)), fmt.Sprintf("did you mean %s( )?", near), fix{edit{at, near}})
}
