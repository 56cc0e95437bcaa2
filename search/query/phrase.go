package query

import (
	"fmt"
	"strings"
	"unicode"
)

func isMark(r rune) bool { return unicode.Is(unicode.M, r) }

// bareWord reports whether a word comes that means only itself.
func (p *parser) bareWord() bool {
	t := p.peek()
	return t.kind == tWord && !starsOnly(t.chars) && !p.opensSpecial()
}

// phraseOfWords reads bare words side by side: in the manner of Nexis they are a phrase.
func (p *parser) phraseOfWords() (Node, *fault) {
	start := p.pos
	var parts []Node
	for p.bareWord() {
		part, f := p.word(p.next())
		if f != nil {
			return nil, f
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	p.banged = p.banged && p.bangedPhrase(start)
	return Phrase{p.since(start), parts}, nil
}

// bangedPhrase notes that a mere "!" has made a phrase of words, which surprises those who do not come from Nexis.
func (p *parser) bangedPhrase(start int) (again bool) {
	at := p.since(start)
	var words []string
	for _, t := range p.tokens[start:p.pos] {
		words = append(words, p.text[t.Start:t.End])
	}
	p.note(fmt.Sprintf("A word that ends in ! makes a query one in the manner of Nexis, so %s was read as a phrase; AND finds the words anywhere.", p.text[at.Start:at.End]),
		p.text[:at.Start]+"("+strings.Join(words, " AND ")+")"+p.text[at.End:])
	return false
}

// quoted reads what stands in quotation marks: exact words, patterns, and "*" for any words between.
func (p *parser) quoted(t token) (Node, *fault) {
	if next := p.peek(); next.kind == tWord && next.glued && next.chars[0].is('~') {
		return nil, sloppy(t, next)
	}
	var parts []Node
	for _, cs := range split(t.chars) {
		part, f := p.quotedWord(cs)
		if f != nil {
			return nil, f
		}
		if part != nil {
			parts = append(parts, part)
		}
	}
	if kept := trimGaps(parts); len(kept) < len(parts) && len(kept) > 0 {
		p.note("A * at the edge of quotation marks asks for nothing and was left out.", "")
		parts = kept
	}
	if len(trimGaps(parts)) == 0 {
		return nil, faultAt(t.Span, "there is no word between these quotation marks", "put one there, or remove them", fix{remove(t.Span)})
	}
	if len(parts) == 1 {
		return respan(parts[0], t.Span), nil
	}
	return Phrase{t.Span, parts}, nil
}

// split cuts characters into words at spaces and at brackets and bars, which mean nothing within quotation marks.
func split(cs []char) [][]char {
	var out [][]char
	from := 0
	for i := 0; i <= len(cs); i++ {
		if i < len(cs) && !cs[i].in(" ()|<>") {
			continue
		}
		if i > from {
			out = append(out, cs[from:i])
		}
		from = i + 1
	}
	return out
}

// quotedWord reads one word within quotation marks; nil for signs without meaning. Exclamation marks that cannot be
// wildcards are punctuation there.
func (p *parser) quotedWord(cs []char) (Node, *fault) {
	at := extent(cs)
	if starsOnly(cs) {
		return Gap{at}, nil
	}
	body, tail := edges(cs)
	if !hasWord(spell(body)) {
		return nil, nil
	}
	if f := p.clause(at); f != nil {
		return nil, f
	}
	if isAddress(cs) {
		return Word{Span: at, Text: spell(trimAddress(cs)), Exact: true}, nil
	}
	if tail == "!" && letters(body) < minLetters {
		cs = body
	}
	return p.leaf(at, cs, true)
}

// respan gives a leaf the span of its quotation marks too.
func respan(n Node, at Span) Node {
	switch n := n.(type) {
	case Word:
		n.Span = at
		return n
	case Pattern:
		n.Span = at
		return n
	case Fuzzy:
		n.Span = at
		return n
	}
	return n
}

// trimGaps leaves out gaps at the ends: they ask for nothing.
func trimGaps(parts []Node) []Node {
	isGap := func(n Node) bool { _, ok := n.(Gap); return ok }
	for len(parts) > 0 && isGap(parts[0]) {
		parts = parts[1:]
	}
	for len(parts) > 0 && isGap(parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	return parts
}

// sloppy is the fault of Lucene's "a b"~5, which has a clearer form.
func sloppy(t, tilde token) *fault {
	at := t.Span.to(tilde.Span)
	n := strings.Trim(tilde.text(), "~")
	if !numeral.MatchString(n) {
		n = "5"
	}
	words := strings.Fields(spell(t.chars))
	near := "(" + strings.Join(words, " W/"+n+" ") + ")"
	return faultAt(at, fmt.Sprintf("%s after a phrase is not known here", tilde.text()), "say how near the words must stand: "+near, fix{edit{at, near}}, fix{remove(tilde.Span)})
}

func (p *parser) note(text, alternative string) {
	p.notes = append(p.notes, Warning{Text: text, Alternative: alternative})
}
