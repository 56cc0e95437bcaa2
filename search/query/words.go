package query

import (
	"fmt"
	"slices"
	"strings"
)

// Words says in plain words what a tree asks for, with every date, bracket and expansion: "articles with a form of carbon
// and a form of tax, published from 1 to 31 March 2018".
func Words(n Node) string {
	switch n := n.(type) {
	case nil, All:
		return "all articles"
	case And:
		return "articles " + whole(n)
	}
	return "articles " + clause(n)
}

// whole puts the words of an AND first and what else it demands behind them.
func whole(and And) string {
	var texts []Node
	var rest []string
	for _, part := range and.Parts {
		if textual(part) {
			texts = append(texts, part)
		} else {
			rest = append(rest, clause(part))
		}
	}
	switch len(texts) {
	case 0:
	case 1:
		rest = append([]string{"with " + said(texts[0])}, rest...)
	default:
		rest = append([]string{"with " + saidList(texts, "and")}, rest...)
	}
	return strings.Join(rest, ", ")
}

// textual reports whether a node is about words in the text and so can be said with "with".
func textual(n Node) bool {
	switch n := n.(type) {
	case Word, Pattern, Fuzzy, Phrase, Near, Within, Case, AtLeast:
		return true
	case In:
		return n.Field.Positional() && textual(n.X)
	case And:
		return !slices.ContainsFunc(n.Parts, func(part Node) bool { return !textual(part) })
	case Or:
		return !slices.ContainsFunc(n.Parts, func(part Node) bool { return !textual(part) })
	}
	return false
}

// clause says a condition as it follows "articles".
func clause(n Node) string {
	if textual(n) {
		return "with " + said(n)
	}
	switch n := n.(type) {
	case And:
		return "(" + clauses(n.Parts, "and") + ")"
	case Or:
		return "(" + clauses(n.Parts, "or") + ")"
	case Not:
		return without(n.X)
	case In:
		return inValue(n)
	case Compare:
		return "of " + compared(n)
	case Dates:
		return "published " + daysInWords(n)
	case Has:
		return "with " + hasInWords(n)
	}
	return "of any kind"
}

func clauses(parts []Node, joint string) string {
	out := make([]string, len(parts))
	for i, part := range parts {
		out[i] = clause(part)
	}
	return list(out, joint)
}

func without(n Node) string {
	switch x := n.(type) {
	case Dates, Compare:
		return "not " + clause(n)
	case Has:
		return "without " + hasInWords(x)
	case In:
		if !textual(x) {
			return "not " + clause(n)
		}
	}
	if textual(n) {
		return "without " + said(n)
	}
	return "not " + clause(n)
}

// list joins phrases by commas and, before the last one, a word.
func list(parts []string, joint string) string {
	last := len(parts) - 1
	if last < 1 {
		return strings.Join(parts, "")
	}
	if last == 1 {
		return parts[0] + " " + joint + " " + parts[1]
	}
	return strings.Join(parts[:last], ", ") + " " + joint + " " + parts[last]
}

// said says what has to occur in a text.
func said(n Node) string {
	switch n := n.(type) {
	case Word:
		return saidWord(n)
	case Pattern:
		return saidPattern(n)
	case Fuzzy:
		return fmt.Sprintf("a word within %s of %s", plural(n.Edits, "letter"), n.Text)
	case Phrase:
		return saidPhrase(n)
	case Near:
		return saidNear(n)
	case Within:
		return saidWithin(n)
	case Case:
		return saidItem(n.X) + " " + map[Letters]string{Caps: "with a capital letter", AllCaps: "in capital letters only", NoCaps: "without capital letters"}[n.Letters]
	case And:
		return "(" + saidList(n.Parts, "and") + ")"
	case Or:
		return "(" + saidList(n.Parts, "or") + ")"
	case AtLeast:
		return fmt.Sprintf("%s at least %s", saidItem(n.X), times(n.N))
	case In:
		return saidItem(n.X) + " in the " + place(n.Field)
	case Not:
		return "not " + saidItem(n.X)
	case Gap:
		return "any words"
	}
	return clause(n)
}

// saidItem is what said gives, in brackets where it is a relation that another word would blur.
func saidItem(n Node) string {
	switch n.(type) {
	case Near, Within, Case, AtLeast, In:
		return "(" + said(n) + ")"
	}
	return said(n)
}

func saidList(parts []Node, joint string) string {
	out := make([]string, len(parts))
	for i, part := range parts {
		out[i] = saidItem(part)
	}
	return list(out, joint)
}

func saidWord(n Word) string {
	switch {
	case n.Exact:
		return "exactly “" + n.Text + "”"
	case !strings.ContainsFunc(n.Text, func(r rune) bool { return wordRune(r) && (r < '0' || r > '9') }):
		return n.Text
	}
	return "a form of " + n.Text
}

func saidPattern(n Pattern) string {
	stem, ok := strings.CutSuffix(n.Text, "*")
	if ok && !strings.ContainsAny(stem, "*?") {
		return "a word that begins with " + stem
	}
	return "a word like " + n.Text + " (" + legend(n.Text) + ")"
}

// legend says what the wildcards in a text stand for.
func legend(text string) string {
	var signs []string
	if strings.Contains(text, "?") {
		signs = append(signs, "? is one letter")
	}
	if strings.Contains(text, "*") {
		signs = append(signs, "* is any letters or none")
	}
	return strings.Join(signs, ", ")
}

func saidPhrase(n Phrase) string {
	var words []string
	gap, wild := false, ""
	for _, part := range n.Parts {
		switch part := part.(type) {
		case Word:
			words = append(words, part.Text)
		case Pattern:
			words, wild = append(words, part.Text), wild+part.Text
		case Gap:
			words, gap = append(words, "…"), true
		default:
			words = append(words, said(part))
		}
	}
	text := "the phrase “" + strings.Join(words, " ") + "”"
	var notes []string
	if !inQuotes(n) {
		notes = append(notes, "in any form of its words")
	}
	if wild != "" {
		notes = append(notes, legend(wild))
	}
	if gap {
		notes = append(notes, "… is one or more words")
	}
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

func saidNear(n Near) string {
	left, right, far := saidItem(n.Left), saidItem(n.Right), plural(n.Distance, "word")
	switch {
	case n.Negated && n.Ordered:
		return fmt.Sprintf("%s without %s in the %s after it", left, right, far)
	case n.Negated:
		return fmt.Sprintf("%s without %s within %s of it", left, right, far)
	case n.Ordered:
		return fmt.Sprintf("%s at most %s before %s", left, far, right)
	}
	return fmt.Sprintf("%s within %s of %s", left, far, right)
}

func saidWithin(n Within) string {
	left, right := saidItem(n.Left), saidItem(n.Right)
	unit := map[Unit]string{Sentence: "sentence", Paragr: "paragraph", SegmentOf: "part of the article"}[n.Unit]
	if n.Negated {
		return fmt.Sprintf("%s without %s in the same %s", left, right, unit)
	}
	return fmt.Sprintf("%s in the same %s as %s", left, unit, right)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
