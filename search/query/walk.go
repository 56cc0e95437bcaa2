package query

import (
	"slices"
	"strings"
)

// Children are the nodes that n was made of, in the order of the text.
func Children(n Node) []Node {
	switch n := n.(type) {
	case Phrase:
		return n.Parts
	case And:
		return n.Parts
	case Or:
		return n.Parts
	case Near:
		return []Node{n.Left, n.Right}
	case Within:
		return []Node{n.Left, n.Right}
	case Case:
		return []Node{n.X}
	case Not:
		return []Node{n.X}
	case AtLeast:
		return []Node{n.X}
	case In:
		return []Node{n.X}
	}
	return nil
}

// Walk calls visit for n and, where it returns true, for everything below.
func Walk(n Node, visit func(Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, child := range Children(n) {
		Walk(child, visit)
	}
}

// Leaves are the smallest parts of a tree that can be searched for by themselves, in the order of the text: words,
// phrases, patterns, fields of values, dates, lengths. A word within a segment comes as the segment with that word only.
func Leaves(n Node) []Node { return leaves(n, "") }

func leaves(n Node, field Field) []Node {
	switch n := n.(type) {
	case nil, All:
		return nil
	case Word, Pattern, Fuzzy, Phrase, Case:
		if field != "" {
			return []Node{In{n.Where(), field, n}}
		}
		return []Node{n}
	case In:
		return leaves(n.X, n.Field)
	}
	children := Children(n)
	if len(children) == 0 {
		return []Node{n}
	}
	var out []Node
	for _, child := range children {
		out = append(out, leaves(child, field)...)
	}
	return out
}

// Conjuncts are the parts of a query that an article must each match: those of an AND, else the whole.
func Conjuncts(n Node) []Node {
	switch n := n.(type) {
	case nil, All:
		return nil
	case And:
		return n.Parts
	}
	return []Node{n}
}

// Without is the tree without its conjunct i; All if nothing is left.
func Without(n Node, i int) Node {
	parts := slices.Clone(Conjuncts(n))
	if i < 0 || i >= len(parts) {
		return n
	}
	parts = slices.Delete(parts, i, i+1)
	switch len(parts) {
	case 0:
		return All{}
	case 1:
		return parts[0]
	}
	and := n.(And)
	and.Parts = parts
	return and
}

// Both is the tree of all that two trees ask for: search within results.
func Both(a, b Node) Node {
	if len(Conjuncts(a)) == 0 {
		return b
	}
	if len(Conjuncts(b)) == 0 {
		return a
	}
	return conjunction(Span{}, []Node{a, b}, false)
}

// Free reports whether a tree has words to rank articles by, not ruled out, and not of a byline, address or value.
func Free(n Node) bool {
	switch n := n.(type) {
	case Word, Pattern, Fuzzy, Phrase, Near, Within, Case, AtLeast:
		return true
	case In:
		return n.Field.Positional() && n.Field != FieldByline && n.Field != FieldURL && Free(n.X)
	case And:
		return slices.ContainsFunc(n.Parts, Free)
	case Or:
		return slices.ContainsFunc(n.Parts, Free)
	}
	return false
}

// Equal reports whether two trees are the same, whatever their spans.
func Equal(a, b Node) bool {
	if len(Children(a)) != len(Children(b)) || label(a) != label(b) {
		return false
	}
	others := Children(b)
	for i, child := range Children(a) {
		if !Equal(child, others[i]) {
			return false
		}
	}
	return true
}

// label is a node without its span and children, to compare it.
func label(n Node) any {
	switch n := n.(type) {
	case Word:
		n.Span = Span{}
		return n
	case Pattern:
		n.Span = Span{}
		return n
	case Fuzzy:
		n.Span = Span{}
		return n
	case Gap:
		return Gap{}
	case Near:
		return Near{Distance: n.Distance, Ordered: n.Ordered, Negated: n.Negated}
	case Within:
		return Within{Unit: n.Unit, Negated: n.Negated}
	case Case:
		return Case{Letters: n.Letters}
	case AtLeast:
		return AtLeast{N: n.N}
	case In:
		return In{Field: n.Field}
	case Compare:
		n.Span = Span{}
		return n
	case Dates:
		n.Span = Span{}
		return n
	case Has:
		n.Span = Span{}
		return n
	case And:
		return [2]any{"and", n.Implied}
	}
	return kindOf(n)
}

// kindOf tells the nodes apart that have nothing to compare but their children.
func kindOf(n Node) string {
	switch n.(type) {
	case Phrase:
		return "phrase"
	case Or:
		return "or"
	case Not:
		return "not"
	case All:
		return "all"
	}
	return ""
}

// Quote writes a value so that it stands behind a field's colon as one phrase, whatever it holds. A value without any
// letter or digit gives `""`, which is no query.
func Quote(value string) string {
	words := split(chars(value))
	var out []string
	for _, cs := range words {
		text := strings.Map(func(r rune) rune {
			if strings.ContainsRune(special, r) {
				return ' '
			}
			return r
		}, spell(trimRight(cs)))
		for _, word := range strings.Fields(text) {
			if hasWord(word) {
				out = append(out, word)
			}
		}
	}
	return `"` + strings.Join(out, " ") + `"`
}
