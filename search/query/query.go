package query

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of a query; each has an error of its own.
const (
	MaxBytes   = 8 << 10 // a screenful of query is four
	MaxDepth   = 50      // brackets within brackets, and operators within operators
	MaxClauses = 256     // words, phrases, values and dates
)

// Options are what a query's meaning depends on beside its text. The zero value is fine.
type Options struct {
	// Now is what relative dates count from; its day is taken in its own zone. The zero value means the present, in UTC.
	Now time.Time
	// LeadingWildcards allows words that begin with "*" or "?"; they cost a walk over the whole dictionary.
	LeadingWildcards bool
}

// Query is a text that was understood. It is immutable and safe for concurrent use.
type Query struct {
	// Input is what was typed.
	Input string
	Root  Node
	// Warnings tell what a reader might not expect of the reading, most important first.
	Warnings []Warning
	// Nexis is true where the text was read in the manner of Nexis: bare words side by side are then a phrase, and
	// "and", "or" and "not" are operators in lower case too.
	Nexis bool

	canonical string
}

// String is the query in canonical form: every bracket and date written out. Parsed again, it gives an equal tree.
func (q *Query) String() string { return q.canonical }

// Words says in plain words what the query asks for.
func (q *Query) Words() string { return Words(q.Root) }

// Free reports whether the query has words to rank articles by. Bylines, addresses and values are none.
func (q *Query) Free() bool { return Free(q.Root) }

// Parse reads a query. Any error is a *SyntaxError. An empty text means every article.
func Parse(text string, o Options) (*Query, error) {
	if o.Now.IsZero() {
		o.Now = time.Now().UTC()
	}
	q, p, f := read(text, o, standard)
	if f != nil {
		return nil, syntaxError(text, f, o)
	}
	q.Warnings = p.warnings(q)
	return q, nil
}

// read parses without warnings and without looking for repairs.
func read(text string, o Options, order precedence) (*Query, *parser, *fault) {
	if len(text) > MaxBytes {
		return nil, nil, tooLong(text, Span{MaxBytes, len(text)})
	}
	if f := unreadable(text); f != nil {
		return nil, nil, f
	}
	l, f := lex(text)
	if f != nil {
		return nil, nil, f
	}
	p := &parser{text: text, tokens: l.out, options: o, nexis: l.nexis, banged: l.nexis && !l.marked, order: order, ignored: l.ignored, minuses: l.minuses}
	root, f := p.whole()
	if f != nil {
		return nil, nil, f
	}
	if f := check(root); f != nil {
		return nil, nil, f
	}
	q := &Query{Input: text, Root: root, Nexis: l.nexis, canonical: Print(root)}
	if len(q.canonical) > MaxBytes {
		return nil, nil, tooLong(text, Span{0, len(text)})
	}
	return q, p, nil
}

// unreadable is the fault of bytes that are no text. To leave them out unsaid would be to search for something else.
func unreadable(text string) *fault {
	for at, r := range text {
		if r != utf8.RuneError || strings.HasPrefix(text[at:], string(utf8.RuneError)) {
			continue
		}
		return faultAt(Span{at, at + utf8.RuneLen(utf8.RuneError)}, "this is no character: the query is not in UTF-8", "type it anew, or send it in UTF-8",
			fix{edit{Span{0, len(text)}, strings.ToValidUTF8(text, " ")}})
	}
	return nil
}

func tooLong(text string, at Span) *fault {
	problem := fmt.Sprintf("the query is too long: %d bytes, and at most %d can be read", len(text), MaxBytes)
	return faultAt(at, problem, "search for the part that matters most")
}
