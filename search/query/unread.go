package query

import (
	"fmt"
	"regexp"
	"strings"
)

// unreadOperators are words that other languages, or a slip, make of the operators here, with what each was meant for.
var unreadOperators = []struct {
	written *regexp.Regexp
	meant   string
}{
	{regexp.MustCompile(`^(?i:w?/(?:sen|sent|sentence|same))$`), "/s"},
	{regexp.MustCompile(`^(?i:w?/(?:par|para|paragraph))$`), "/p"},
	{regexp.MustCompile(`^(?i:(?:w|near)?/-?0*([1-9]\d{0,2})(?:[.,]\d+)?)$`), "W/$1"},
	{regexp.MustCompile(`^(?i:(?:pre|onear)/-?0*([1-9]\d{0,2})(?:[.,]\d+)?)$`), "PRE/$1"},
	{regexp.MustCompile(`^ADJ$`), "PRE/1"},
	{regexp.MustCompile(`^(?:NEAR|(?i:w|near)/)$`), "W/5"},
	{regexp.MustCompile(`^(?i:pre|onear)/$`), "PRE/5"},
}

// numbered are words that others write before the number of a distance.
var numbered = map[string]string{"near": "W/", "within": "W/", "adj": "PRE/"}

// unreadName is the name of a field, before the = that others write after it.
var unreadName = regexp.MustCompile(`^(\pL{2,16})=(.+)$`)

// unread warns of a word that elsewhere is an operator or the name of a field, and offers what it is here.
func (w *warner) unread(i int, t token) {
	text := t.text()
	if i > 0 && w.tokens[i-1].kind == tField || t.address || t.keyword() == "" {
		return
	}
	for _, o := range unreadOperators {
		if m := o.written.FindStringSubmatchIndex(text); m != nil {
			meant := string(o.written.ExpandString(nil, o.meant, text, m))
			w.add(fmt.Sprintf("%s was searched for as a word; the operator is written %s here.", text, meant), w.with(t, meant))
			return
		}
	}
	next := w.tokens[i+1]
	if op := numbered[strings.ToLower(text)]; op != "" && next.kind == tWord && numeral.MatchString(next.text()) {
		at := t.Span.to(next.Span)
		w.add(fmt.Sprintf("%s was searched for as words; the operator is written %s%s here.", w.text[at.Start:at.End], op, next.text()),
			w.text[:at.Start]+op+next.text()+w.text[at.End:])
		return
	}
	w.unreadName(t, text)
	if rest, ok := strings.CutPrefix(text, "--"); ok && hasWord(rest) {
		w.add(fmt.Sprintf("%s was searched for as a word; one minus right before a word leaves it out.", text), w.with(t, "-"+strings.TrimLeft(rest, "-")))
	}
}

// unreadName warns of name=value where no field has that name.
func (w *warner) unreadName(t token, text string) {
	m := unreadName.FindStringSubmatch(text)
	if m == nil || factivaTag.MatchString(text) {
		return
	}
	if near := nearestName(m[1], knownNames()); near != "" {
		w.add(fmt.Sprintf("%s= is the name of no field, so %s was searched for as words; did you mean %s:?", m[1], text, near), w.with(t, near+":"+m[2]))
	}
}

// minusesApart warns of a minus that stands apart from the word behind it.
func (w *warner) minusesApart() {
	for _, at := range w.minuses {
		rest := strings.TrimLeft(w.text[at+1:], " ")
		w.add("A minus leaves out a word only where it stands right before it.", w.text[:at]+"-"+rest)
	}
}

// signsOfRegexp are what a word between slashes holds where it is a regular expression.
const signsOfRegexp = "()[]{}|^$+*?"

// regexp is the fault of a regular expression between slashes.
func (l *lexer) regexp() *fault {
	if !l.peek(0).is('/') {
		return nil
	}
	end, odd := 0, false
	for n := 1; !l.peek(n).is(' '); n++ {
		if l.peek(n).is('/') {
			end = n
		}
		odd = odd || l.peek(n).in(signsOfRegexp)
	}
	if end < 2 || !odd || !l.peek(end+1).in(" )") {
		return nil
	}
	at := extent(l.chars[l.pos : l.pos+end+1])
	f := faultAt(at, "regular expressions are not known here", "write ? for one letter and * or ! for any ending, or join the forms by OR")
	first := 1
	for wordRune(l.peek(first).r) {
		first++
	}
	if l.peek(first).in("?*{") && first > 1 {
		first-- // the letter before the sign may be missing
	}
	if letters := l.chars[l.pos+1 : l.pos+first]; len(letters) >= minLetters {
		f.fixes = []fix{{edit{at, spell(letters) + "*"}}}
	}
	return f
}
