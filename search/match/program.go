package match

import (
	"fmt"

	"oped/indexer/schema"
	"oped/search/query"
)

// Scope is a set of segments.
type Scope uint16

// Text is the scope of words that stand outside any segment.
const Text = Scope(1<<schema.Headline | 1<<schema.Standfirst | 1<<schema.Body | 1<<schema.Byline | 1<<schema.Bio | 1<<schema.Correction)

// Has reports whether the scope holds a segment.
func (s Scope) Has(segment schema.Segment) bool { return s&(1<<segment) != 0 }

// within narrows s to what it shares with t. The lead is a part of the body.
func (s Scope) within(t Scope) Scope {
	both := s & t
	if s.Has(schema.Lead) && t.Has(schema.Body) || s.Has(schema.Body) && t.Has(schema.Lead) {
		both |= 1 << schema.Lead
	}
	if both.Has(schema.Body) {
		both &^= 1 << schema.Lead
	}
	return both
}

// Op says what a Node means.
type Op uint8

// The operations. The occurrences of OpLeaf to OpWithin are stretches of text; OpAnd and OpNot have none of their own, and
// those of OpOr are the occurrences of its kids.
const (
	OpAll     Op = iota // every document
	OpNone              // no document
	OpLeaf              // the positions of Program.Leaves[Leaf]
	OpPhrase            // kids in a row, Gaps words apart
	OpNear              // two kids at most Distance apart
	OpWithin            // two kids in one Unit
	OpAnd               // every kid
	OpOr                // any kid
	OpNot               // not the kid
	OpAtLeast           // N occurrences of the kid
	OpValue             // a keyword field has a value that Accepts
	OpWords             // the body's length in [Low, High]
	OpDays              // a day of publication in [From, To]
	OpID                // the document's identifier is ID
)

// Node is one node of a Program. Which fields are set depends on Op.
type Node struct {
	Op    Op
	Kids  []*Node
	Leaf  int
	Scope Scope
	// Implied is true for an OpAnd of parts that merely stood side by side.
	Implied bool

	Gaps     []Gap // OpPhrase: before each kid, the first unused
	Distance int   // OpNear
	Unit     query.Unit
	Ordered  bool
	Negated  bool // OpNear and OpWithin: the occurrences of the first kid that have no second one so near

	N         int // OpAtLeast
	Low, High int // OpWords, both included
	From, To  query.Day
	Field     string // OpValue: the keyword field of the index
	ID        string
	value     *valueTest
	// Of is the node of the query that this one was made from.
	Of query.Node
}

// Gap says how many words stand between two parts of a phrase.
type Gap struct{ Min, Max int }

// Positional reports whether the node's truth needs positions: for others it follows from which leaves a document has.
func (n *Node) Positional(p *Program) bool {
	switch n.Op {
	case OpLeaf:
		return p.Leaves[n.Leaf].Letters != ""
	case OpPhrase, OpNear, OpWithin, OpAtLeast:
		return true
	default:
		return false
	}
}

// Term is an index term that a leaf accepts.
type Term struct {
	Text string
	// Stem is true for terms that hold only where words have stems (see schema.Segment.Stemmed).
	Stem bool
	// Doubled is true for the exact form of a word whose occurrences a stem of the same leaf meets as well, where words
	// have stems.
	Doubled bool
	// Langs are the languages of the documents in which the term counts; nil means all.
	Langs []string
}

// In reports whether the term counts in documents of a language.
func (t *Term) In(lang string) bool {
	if t.Langs == nil {
		return true
	}
	for _, l := range t.Langs {
		if l == lang {
			return true
		}
	}
	return false
}

// Leaf is a predicate on the terms at one position: one of Terms, or else an exact form that the automaton accepts.
type Leaf struct {
	// Word is the word as it was typed.
	Word  string
	Terms []Term
	// Scope is where the leaf is looked for.
	Scope Scope
	// Letters is a demand on how the word is written.
	Letters query.Letters
	// Parts is how many leaves the word as it was typed has become: "e-mail" is "email", or "e" and then "mail".
	Parts int
	// Ranked is false for leaves under a negation, which say nothing of what a document is about.
	Ranked bool
	rules  rules
}

// Expands reports whether the leaf is a wildcard or fuzzy word, whose terms are found in a dictionary.
func (l *Leaf) Expands() bool { return l.rules != nil }

// Automaton returns a new automaton over exact forms for a leaf that Expands.
func (l *Leaf) Automaton() *Automaton { return newAutomaton(l.rules) }

// Key names the leaf's meaning: two leaves of the same key have the same positions in every document, but for Letters.
func (l *Leaf) Key() string {
	if l.Expands() {
		return fmt.Sprintf("%x %T%v", l.Scope, l.rules, l.rules)
	}
	key := fmt.Appendf(nil, "%x", l.Scope)
	for _, t := range l.Terms {
		key = fmt.Appendf(key, " %q%t%q", t.Text, t.Stem, t.Langs)
	}
	return string(key)
}

// Program is a compiled query tree.
type Program struct {
	Root   *Node
	Leaves []Leaf
}

// Error reports a tree that has no meaning, such as the nearness of two dates.
type Error struct {
	// Span is the part of the query that is at fault.
	Span    query.Span
	Problem string
}

func (e *Error) Error() string { return "match: compile query: " + e.Problem }
