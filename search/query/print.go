package query

import (
	"fmt"
	"slices"
	"strings"
)

// Print writes a tree in canonical form: operators in capitals, every group in brackets, dates as days. Parsed, what Print
// writes of a tree that Parse made gives an Equal tree.
func Print(n Node) string {
	var text string
	for _, care := range []care{plainly, phrases, openers, everything} {
		text = printer{needsNexis(n), care}.root(n)
		if same(n, text) {
			break
		}
	}
	return text
}

// care is how much is done to keep words from being taken for more than they are. Print takes the least that will do.
type care int

const (
	plainly    care = iota
	phrases         // phrases of bare words are marked as such
	openers         // and words that may open a date, length or segment
	everything      // and every bare word
)

// same reports whether a text is read as the tree n.
func same(n Node, text string) bool {
	l, f := lex(text)
	if f != nil {
		return false
	}
	p := &parser{text: text, tokens: l.out, nexis: l.nexis, options: Options{LeadingWildcards: true}}
	root, f := p.whole()
	return f == nil && Equal(root, n)
}

// printer writes in one of two manners.
type printer struct {
	nexis bool // bare words side by side are a phrase
	care  care
}

// needsNexis reports whether a tree is to be written in the manner of Nexis: it has what nothing else can say, or W/n and no
// words side by side that would become a phrase.
func needsNexis(n Node) bool {
	must, near, run := false, false, false
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case Near:
			near, must = true, must || n.Ordered || n.Negated
		case Within, AtLeast, Case:
			must = true
		case Phrase:
			must = must || !inQuotes(n)
		case And:
			run = run || n.Implied && slices.ContainsFunc(n.Parts, bare)
		}
		return !must
	})
	return must || near && !run
}

// inQuotes reports whether a phrase can stand in quotation marks: none of its words is to be stemmed.
func inQuotes(n Phrase) bool {
	for _, part := range n.Parts {
		if word, ok := part.(Word); ok && !word.Exact {
			return false
		}
	}
	return true
}

func (p printer) root(n Node) string {
	switch n := n.(type) {
	case nil, All:
		return "*"
	case Not:
		return "NOT " + p.item(n.X)
	}
	return p.node(n)
}

// node writes n as it may stand between brackets or alone.
func (p printer) node(n Node) string {
	switch n := n.(type) {
	case And:
		return p.and(n)
	case Or:
		return p.join(n.Parts, " OR ")
	case Near:
		op := fmt.Sprintf("%s%d", distanceName(n.Ordered), n.Distance)
		if !p.nexis {
			op = fmt.Sprintf("AROUND(%d)", n.Distance)
		}
		return p.pair(n.Left, n.Right, op, n.Negated)
	case Within:
		return p.pair(n.Left, n.Right, "/"+string(n.Unit), n.Negated)
	case Phrase:
		return p.phrase(n)
	}
	return p.item(n)
}

// item writes n so that it stands for itself anywhere, in brackets if it must be.
func (p printer) item(n Node) string {
	switch n := n.(type) {
	case nil, All:
		return "*"
	case Word:
		return p.word(n)
	case Pattern:
		return p.pattern(n)
	case Fuzzy:
		return fmt.Sprintf("%s~%d", escape(n.Text), n.Edits)
	case Gap:
		return "*"
	case Phrase:
		if inQuotes(n) || p.care >= phrases {
			return p.phrase(n)
		}
	case Not:
		if _, twice := n.X.(Not); twice {
			return "-(" + p.item(n.X) + ")"
		}
		return "-" + p.item(n.X)
	case Case:
		return string(n.Letters) + "(" + p.node(n.X) + ")"
	case AtLeast:
		return fmt.Sprintf("ATLEAST%d(%s)", n.N, p.node(n.X))
	case In:
		return p.in(n)
	case Compare:
		return fmt.Sprintf("LENGTH%s%d", n.Op, n.Value)
	case Dates:
		return dateText(n)
	case Has:
		return "has:" + n.What
	}
	return "(" + p.node(n) + ")"
}

func (p printer) join(parts []Node, sign string) string {
	out := make([]string, len(parts))
	for i, part := range parts {
		out[i] = p.item(part)
	}
	return strings.Join(out, sign)
}

func (p printer) pair(left, right Node, op string, negated bool) string {
	if negated {
		op = "NOT " + op
	}
	return p.item(left) + " " + op + " " + p.item(right)
}

// and writes parts side by side where they stood so, else joined by AND. NOT rules out all behind it, so only the last
// parts are written with it, others with a minus.
func (p printer) and(n And) string {
	if n.Implied {
		return p.sideBySide(n.Parts)
	}
	tail := len(n.Parts)
	for tail > 0 {
		if _, ok := n.Parts[tail-1].(Not); !ok {
			break
		}
		tail--
	}
	var b strings.Builder
	for i, part := range n.Parts {
		if i > 0 {
			b.WriteString(" AND ")
		}
		if i >= tail {
			b.WriteString("NOT " + p.item(part.(Not).X))
		} else {
			b.WriteString(p.item(part))
		}
	}
	return b.String()
}

// sideBySide writes the parts of an AND that is not written. In the manner of Nexis neighbours that are bare words need
// brackets, else they would be a phrase.
func (p printer) sideBySide(parts []Node) string {
	out := make([]string, len(parts))
	for i, part := range parts {
		out[i] = p.item(part)
		neighbour := i > 0 && bare(parts[i-1]) || i+1 < len(parts) && bare(parts[i+1])
		if p.nexis && bare(part) && neighbour {
			out[i] = "(" + p.node(part) + ")"
		}
	}
	return strings.Join(out, " ")
}

// bare reports whether a node is written as words without any sign around them.
func bare(n Node) bool {
	switch n := n.(type) {
	case Word:
		return !n.Exact
	case Pattern, Fuzzy:
		return true
	}
	return false
}

func (p printer) phrase(n Phrase) string {
	var words []string
	quotes := inQuotes(n)
	for _, part := range n.Parts {
		switch part := part.(type) {
		case Word:
			if quotes {
				words = append(words, escape(part.Text))
				continue
			}
			words = append(words, p.word(part))
		case Pattern:
			words = append(words, printer{nexis: p.nexis && !quotes}.pattern(part))
		default:
			words = append(words, p.item(part))
		}
	}
	text := strings.Join(words, " ")
	switch {
	case quotes:
		return `"` + text + `"`
	case p.care >= phrases:
		return strings.ToUpper(phraseName) + "(" + text + ")"
	}
	return text
}

// in writes a segment with brackets in the manner of Nexis, else a field with a colon.
func (p printer) in(n In) string {
	phrase, isPhrase := n.X.(Phrase)
	bracket := p.nexis && n.Field.Positional() || isPhrase && !inQuotes(phrase)
	if bracket {
		return n.Field.segmentName() + "(" + p.node(n.X) + ")"
	}
	if not, ok := n.X.(Not); ok {
		return n.Field.name() + ":(" + p.item(not) + ")"
	}
	return n.Field.name() + ":" + p.item(n.X)
}

func dateText(n Dates) string {
	if n.From == n.To {
		return "date:" + string(n.From)
	}
	return "date:" + string(n.From) + ".." + string(n.To)
}

func (p printer) pattern(n Pattern) string {
	text := n.Text
	if p.nexis && strings.HasSuffix(text, "*") && strings.Count(text, "*") == 1 {
		text = strings.TrimSuffix(text, "*") + "!"
	}
	return text
}

// word writes one word; a bare one that would be taken for something else gets a backslash.
func (p printer) word(n Word) string {
	if n.Exact {
		return `"` + escape(n.Text) + `"`
	}
	if isAddress(chars(n.Text)) && !strings.Contains(n.Text, `\`) && same(n, n.Text) {
		return n.Text
	}
	text := escape(n.Text)
	if p.care == everything || p.care == openers && opener(n.Text) || !ordinary(text, p.nexis) {
		return strings.TrimSuffix(`\`+text, `\`)
	}
	return text
}

// ordinary reports whether a text by itself is one word and nothing else.
func ordinary(text string, nexis bool) bool {
	l, f := lex(text)
	if f != nil || len(l.out) != 2 || l.out[0].kind != tWord {
		return false
	}
	switch key := l.out[0].keyword(); key {
	case "AND", "OR", "NOT":
		return !nexis && key != text
	}
	return true
}

// opener reports whether a word means more than itself before some others.
func opener(text string) bool {
	name := strings.ToLower(text)
	return callable(name) || ordinal(name) || name == "last" || name == "past" || name == "atleast"
}

// special are the signs that have a meaning in or around words.
const special = `*?!~^\"()|<>≤≥`

// escape puts a backslash before every sign that has a meaning.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(special, plain(r)) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
