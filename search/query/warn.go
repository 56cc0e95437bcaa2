package query

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// maxWarnings is how many warnings a reader will read.
const maxWarnings = 5

// warnings tells what a reader might not expect of the reading, most important first.
func (p *parser) warnings(q *Query) []Warning {
	w := &warner{parser: p, query: q}
	w.mixed()
	w.lowerCase()
	for _, note := range p.notes {
		w.add(note.Text, note.Alternative)
	}
	for i, t := range p.tokens {
		switch t.kind {
		case tWord:
			w.word(i, t)
			w.unread(i, t)
		case tQuote:
			w.question(t)
		case tNear:
			w.near(t)
		case tUnit:
			w.unit(t)
		case tField:
			w.field(i, t)
		}
	}
	w.apostrophes()
	w.minusesApart()
	if len(p.ignored) > 0 {
		w.add("Passed over, as it is no word: "+strings.Join(p.ignored[:min(len(p.ignored), 5)], " "), "")
	}
	w.list = w.list[:min(len(w.list), maxWarnings)]
	for i := range w.list {
		w.list[i].Text = tidy(w.list[i].Text)
	}
	return w.list
}

// warner gathers the warnings of one query.
type warner struct {
	*parser
	query *Query
	list  []Warning
}

// add adds a warning with another text for the query, which is offered where it can be read and means another thing.
func (w *warner) add(text, other string) {
	alternative := ""
	if other != "" {
		if q, _, f := read(other, w.options, standard); f == nil && !Equal(q.Root, w.query.Root) {
			alternative = q.canonical
		}
	}
	if !slices.ContainsFunc(w.list, func(known Warning) bool { return known.Text == text }) {
		w.list = append(w.list, Warning{text, alternative})
	}
}

// with is the text with a token replaced.
func (w *warner) with(t token, text string) string {
	return w.text[:t.Start] + text + w.text[t.End:]
}

// without is the query without a word that an AND joins to others; "" where none does.
func (w *warner) without(t token) string {
	found := false
	tree := Rewrite(w.query.Root, func(n Node) (Node, bool) {
		and, ok := n.(And)
		if !ok {
			return n, true
		}
		rest := slices.DeleteFunc(slices.Clone(and.Parts), func(part Node) bool { return part.Where() == t.Span })
		found = found || len(rest) < len(and.Parts)
		return conjunction(and.Span, rest, and.Implied), true
	})
	if !found {
		return ""
	}
	return Print(tree)
}

// mixed warns where AND and OR stand side by side without brackets, as others bind AND first.
func (w *warner) mixed() {
	if !slices.ContainsFunc(w.tokens, func(t token) bool { return t.kind == tOr }) {
		return
	}
	other, _, f := read(w.text, w.options, andBefore)
	if f != nil || Equal(other.Root, w.query.Root) {
		return
	}
	text := fmt.Sprintf("OR was read before AND, as in Nexis and Google: %s. Read with AND first, as in Factiva and Lucene, it would be %s.", w.query.canonical, other.canonical)
	w.list = append(w.list, Warning{text, other.canonical})
}

// lowerCase warns where "and", "or" and "not" were searched for as words.
func (w *warner) lowerCase() {
	if w.nexis {
		return
	}
	var words []string
	other := w.text
	for i := len(w.tokens) - 1; i >= 0; i-- {
		t := w.tokens[i]
		value := i > 0 && w.tokens[i-1].kind == tField && t.glued
		if key := t.keyword(); t.kind == tWord && !value && (key == "AND" || key == "OR" || key == "NOT") && t.text() == strings.ToLower(key) {
			other = other[:t.Start] + key + other[t.End:]
			if !slices.Contains(words, t.text()) {
				words = append(words, t.text())
			}
		}
	}
	slices.Sort(words)
	switch len(words) {
	case 0:
	case 1:
		w.add(fmt.Sprintf("“%s” was searched for as a word; in capitals it is an operator.", words[0]), other)
	default:
		w.add(fmt.Sprintf("“%s” were searched for as words; in capitals they are operators.", strings.Join(words, "” and “")), other)
	}
}

var (
	bareRange  = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?\.\.(\d{4}(-\d\d(-\d\d)?)?)?$|^\d{4}-\d\d-\d\d$`)
	factivaTag = regexp.MustCompile(`^(?i:rst|ns|co|re|in|fds|pd|an|cr|ct|clm)=`)
)

// word warns of words that look like more than they are here.
func (w *warner) word(i int, t token) {
	value := i > 0 && w.tokens[i-1].kind == tField
	text := t.text()
	switch {
	case value:
	case t.address:
		w.add("An address is searched for as words; inurl: finds the article at that address.", w.with(t, "inurl:"+text))
	case bareRange.MatchString(text) && w.isWord(t):
		w.add(text+" was searched for as words; date: searches by the day of publication.", w.with(t, "date:"+text))
	case factivaTag.MatchString(text):
		w.add(text+" is an index code of Factiva, which articles here do not have; it was searched for as words.", w.without(t))
	case strings.EqualFold(text, "same") && w.nexis && i > 0:
		w.add("“same” was searched for as a word; for the same paragraph write /p.", w.with(t, "/p"))
	}
	if !t.address {
		w.question(t)
	}
}

// isWord reports whether a token is searched for as a word, and is no part of a date.
func (w *warner) isWord(t token) bool {
	found := false
	Walk(w.query.Root, func(n Node) bool {
		_, word := n.(Word)
		found = found || word && n.Where().Start == t.Start
		return !found
	})
	return found
}

// question warns of a question mark at the end of a word, which stands for one letter.
func (w *warner) question(t token) {
	for _, cs := range split(t.chars) {
		body, _ := edges(cs)
		if n := len(body); n > 1 && body[n-1].is('?') && !isAddress(cs) {
			at := extent(body[n-1:])
			for n > 1 && body[n-1].is('?') {
				n--
				at.Start = body[n].at
			}
			word := spell(body[:n])
			w.add(fmt.Sprintf("Each ? stands for exactly one letter, so %s does not find “%s” itself.", spell(body), word), w.text[:at.Start]+w.text[at.End:])
		}
	}
}

// near warns of operators that mean another thing elsewhere.
func (w *warner) near(t token) {
	text := t.text()
	switch {
	case strings.HasPrefix(text, "+"):
		w.add(fmt.Sprintf("%s was read as an operator: at most %d words before.", text, t.n), w.with(t, `"`+text+`"`))
	case strings.HasPrefix(strings.ToLower(text), "w/") && w.factiva():
		w.add(fmt.Sprintf("In Factiva %s keeps the order of the words; here it does not, and PRE/%d does.", text, t.n), w.with(t, fmt.Sprintf("PRE/%d", t.n)))
	}
}

// unit warns of a word that was taken for an operator.
func (w *warner) unit(t token) {
	if text := t.text(); strings.EqualFold(text, "same") {
		w.add(fmt.Sprintf("“%s” was read as Factiva's operator: in the same paragraph.", text), w.with(t, `"`+text+`"`))
	}
}

// factiva reports whether the text holds signs that only Factiva has.
func (w *warner) factiva() bool {
	return slices.ContainsFunc(w.tokens, func(t token) bool {
		switch t.kind {
		case tField:
			return strings.HasSuffix(w.text[t.Start:t.End], "=")
		case tWord:
			return factivaTag.MatchString(t.text()) || strings.EqualFold(t.text(), "same")
		}
		return false
	})
}

// field warns of fields that reach further, or are typed otherwise, elsewhere.
func (w *warner) field(i int, t token) {
	value := w.tokens[i+1]
	if strings.HasPrefix(t.name, "allin") && value.kind == tWord && w.tokens[i+2].kind == tWord {
		last := i + 2
		for w.tokens[last+1].kind == tWord {
			last++
		}
		words := w.text[value.Start:w.tokens[last].End]
		w.add(fmt.Sprintf("%s: reaches only the word after the colon; brackets make it reach more.", t.name),
			w.text[:t.Start]+t.name+":("+words+")"+w.text[w.tokens[last].End:])
	}
	if !value.glued && !slices.Contains(dateNames, t.name) {
		w.add(fmt.Sprintf("“%s” was read as the field of that name.", strings.TrimSpace(w.text[t.Start:t.End])), w.with(t, `"`+t.text()+`"`))
	}
}

// apostrophes warns of 'single quotes', which do not make a phrase.
func (w *warner) apostrophes() {
	for i, t := range w.tokens {
		if t.kind != tWord || !t.chars[0].is('\'') {
			continue
		}
		for _, end := range w.tokens[i+1:] {
			if end.kind != tWord {
				break
			}
			if last := end.chars[len(end.chars)-1]; last.is('\'') {
				inner := w.text[t.Start+t.chars[0].size : last.at]
				w.add("Single quotation marks do not make a phrase; double ones do.", w.text[:t.Start]+`"`+inner+`"`+w.text[end.End:])
				break
			}
		}
	}
}
