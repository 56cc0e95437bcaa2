package query

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// minLetters is how many letters must stand before a "!" or "*": fewer would mean most of the dictionary.
const minLetters = 3

// edges cuts off the signs that cling to a word and mean nothing there. The tail is what of the signs behind it may mean
// something: "!" for any ending, "~" and what follows for fuzzy words.
func edges(cs []char) (body []char, tail string) {
	for len(cs) > 0 && !wordRune(cs[0].r) && !cs[0].in("*?") {
		cs = cs[1:]
	}
	for i := len(cs) - 1; i > 0; i-- {
		if cs[i].is('~') && fuzziness.MatchString(spell(cs[i:])) {
			return trimRight(cs[:i]), spell(cs[i:])
		}
	}
	whole := cs
	body = trimRight(cs)
	if len(body) < len(whole) && whole[len(body)].is('!') && strings.Trim(spell(whole[len(body)+1:]), `.,;:'")]}`) == "" {
		return body, "!"
	}
	return body, ""
}

var fuzziness = regexp.MustCompile(`^~[0-9.]*[,;:]?$`)

// trimRight cuts off the signs behind a word, but for wildcards, the last point of initials and the signs of C++ and C#.
func trimRight(cs []char) []char {
	n := len(cs)
	for n > 0 && !wordRune(cs[n-1].r) && !isMark(cs[n-1].r) && !cs[n-1].in("*?") {
		n--
	}
	if n < len(cs) && cs[n].r == '.' && initials(spell(cs[:n])) {
		return cs[:n+1]
	}
	for _, signs := range []string{"++", "#"} {
		if n == 1 && strings.HasPrefix(spell(cs[n:]), signs) {
			return cs[:n+len(signs)]
		}
	}
	return cs[:n]
}

// initials reports whether a word is letters between points, as "U.S" and "EE.UU" are.
func initials(s string) bool {
	parts := strings.Split(s, ".")
	for _, part := range parts {
		if n := len([]rune(part)); n < 1 || n > 2 || strings.ContainsFunc(part, notLetter) {
			return false
		}
	}
	return len(parts) > 1
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// word reads one bare word, pattern or fuzzy word.
func (p *parser) word(t token) (Node, *fault) {
	if f := p.clause(t.Span); f != nil {
		return nil, f
	}
	if t.address {
		return Word{Span: t.Span, Text: spell(trimAddress(t.chars))}, nil
	}
	if starsOnly(t.chars) {
		return nil, faultAt(t.Span, "a * by itself means something only inside quotation marks", `as in "a * b", where it stands for one or more words`, fix{remove(t.Span)})
	}
	return p.leaf(t.Span, t.chars, false)
}

// trimAddress cuts punctuation off the ends of a web address.
func trimAddress(cs []char) []char {
	for len(cs) > 0 && notWord(cs[0].r) {
		cs = cs[1:]
	}
	for len(cs) > 0 && strings.ContainsRune(".,;:!?'", cs[len(cs)-1].r) {
		cs = cs[:len(cs)-1]
	}
	return cs
}

// leaf makes a node of the characters of one word.
func (p *parser) leaf(at Span, cs []char, exact bool) (Node, *fault) {
	if !exact && len(cs) > 1 && cs[0].is('!') && wordRune(cs[1].r) {
		word := p.text[cs[1].at:at.End]
		return nil, faultAt(at, "! stands at the end of a word only", "to leave out articles with a word, put a minus before it", fix{edit{at, "-" + word}}, fix{edit{at, word}})
	}
	cs = p.boost(cs)
	body, tail := edges(cs)
	text := spell(body)
	if !hasWord(text) {
		return nil, faultAt(at, fmt.Sprintf("there is no letter or digit in %s", p.text[at.Start:at.End]), "type a word", fix{remove(at)})
	}
	wild := wildcards(body)
	switch {
	case strings.HasPrefix(tail, "~"):
		return fuzzy(at, body, tail, wild)
	case !wild && tail == "":
		return Word{Span: at, Text: text, Exact: exact}, nil
	}
	return p.pattern(at, body, tail)
}

var boosted = regexp.MustCompile(`.(\^[0-9]{1,3}(\.[0-9]{1,3})?)$`)

// boost leaves out Lucene's weight behind a word.
func (p *parser) boost(cs []char) []char {
	m := boosted.FindStringSubmatch(spell(cs))
	if m == nil || !cs[len(cs)-len(m[1])].is('^') {
		return cs
	}
	p.note("Weights such as "+m[1]+" are not known here; it was left out.", "")
	return cs[:len(cs)-len(m[1])]
}

// wildcards reports whether any character is a wildcard.
func wildcards(cs []char) bool {
	for i, c := range cs {
		if c.in("*?") || c.is('!') && i > 0 {
			return true
		}
	}
	return false
}

// Bounds of fuzzy words: shorter ones are within one edit of half the dictionary.
const (
	minFuzzy    = 3
	minTwoEdits = 5
)

func fuzzy(at Span, body []char, tail string, wild bool) (Node, *fault) {
	text := spell(body)
	edits := strings.TrimRight(tail[1:], ".,;:")
	n := letters(body)
	switch {
	case wild || !oneWord(text):
		return nil, faultAt(at, "~ stands after one whole word", "as in zelensky~1", fix{edit{at, strings.TrimFunc(text, notWord)}})
	case n < minFuzzy:
		return nil, faultAt(at, fmt.Sprintf("a fuzzy word has at least %d letters, here are %d", minFuzzy, n), "give the whole word", fix{edit{at, text}})
	case edits == "" || edits == "1":
		return Fuzzy{at, text, 1}, nil
	case edits == "2" && n < minTwoEdits:
		return nil, faultAt(at, fmt.Sprintf("~2 needs a word of at least %d letters, here are %d", minTwoEdits, n), "allow one other letter", fix{edit{at, text + "~1"}})
	case edits == "2":
		return Fuzzy{at, text, 2}, nil
	}
	near := text + "~1"
	if n >= minTwoEdits && edits > "2" {
		near = text + "~2"
	}
	return nil, faultAt(at, "the number after ~ is 1 or 2: how many letters may differ", "write "+near, fix{edit{at, near}})
}

// oneWord reports whether analysis will surely keep text one word.
func oneWord(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return notWord(r) && r != '\'' })
}

func notWord(r rune) bool { return !wordRune(r) && !isMark(r) }

// pattern makes a word with wildcards. Signs that part words part patterns too, and each piece must be fit by itself.
func (p *parser) pattern(at Span, body []char, tail string) (Node, *fault) {
	whole := edit{at, plainWord(body)}
	for _, c := range body {
		if c.is('!') {
			stars := strings.ReplaceAll(spell(body), "!", "*") + tail
			return nil, faultAt(at, "! stands at the end of a word only", "write * inside a word", fix{edit{at, stars}}, fix{whole})
		}
	}
	if tail == "!" {
		body = append(body[:len(body):len(body)], char{r: '*'})
	}
	for _, piece := range pieces(body) {
		if f := p.fitPattern(at, piece, whole); f != nil {
			return nil, f
		}
	}
	var text strings.Builder
	for i, c := range body {
		if c.is('*') && i > 0 && body[i-1].is('*') {
			continue
		}
		if notWord(c.r) && !c.in("*?") && c.r != '\'' {
			c.r = '-' // whatever sign parts the word, it does no more than that
		}
		text.WriteRune(c.r)
	}
	return Pattern{at, text.String()}, nil
}

// pieces cuts a word where signs part it.
func pieces(cs []char) [][]char {
	var out [][]char
	from := 0
	for i := 0; i <= len(cs); i++ {
		if i < len(cs) && (!notWord(cs[i].r) || cs[i].in("*?!") || cs[i].r == '\'') {
			continue
		}
		if i > from {
			out = append(out, cs[from:i])
		}
		from = i + 1
	}
	return out
}

// fitPattern says why a word with wildcards cannot be searched for; whole is the repair that leaves them out.
func (p *parser) fitPattern(at Span, cs []char, whole edit) *fault {
	before := letters(untilStar(cs))
	switch first := cs[0]; {
	case !wildcards(cs):
		return nil
	case first.in("*?") && letters(cs) > 0 && !p.options.LeadingWildcards:
		return faultAt(at, "a word cannot begin with a wildcard", "give its first letters", fix{whole})
	case first.in("*?"):
		before = letters(cs)
	}
	if before >= minLetters || before > 0 && !hasStar(cs) {
		return nil
	}
	there := fmt.Sprintf("are %d", before)
	if before < 2 {
		there = []string{"is none", "is 1"}[before]
	}
	return faultAt(at, fmt.Sprintf("at least %d letters must stand before ! or *, and in %s there %s", minLetters, p.text[at.Start:at.End], there),
		"give more letters, or the whole word", fix{whole})
}

// plainWord is a word without its wildcards, a space if nothing else is left.
func plainWord(cs []char) string {
	s := strings.Map(func(r rune) rune {
		if strings.ContainsRune("*?!", r) {
			return -1
		}
		return r
	}, spell(cs))
	return " " + s + " "
}

func hasStar(cs []char) bool { return len(untilStar(cs)) < len(cs) }

// untilStar is what stands before the first "*".
func untilStar(cs []char) []char {
	for i, c := range cs {
		if c.is('*') {
			return cs[:i]
		}
	}
	return cs
}

// letters counts the letters and digits.
func letters(cs []char) int {
	n := 0
	for _, c := range cs {
		if wordRune(c.r) {
			n++
		}
	}
	return n
}
