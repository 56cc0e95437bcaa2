package query

// check refuses what the grammar allows but what has no meaning.
func check(root Node) *fault { return checker{}.node(root) }

// checker knows what stands around the node it checks.
type checker struct {
	depth int
	field Field // "" outside any field
	outer Span  // that of the field
	caps  bool
}

func (c checker) node(n Node) *fault {
	if c.depth++; c.depth > MaxDepth {
		return tooDeep(n.Where())
	}
	switch n := n.(type) {
	case And:
		return c.all(n.Parts)
	case Or:
		return c.all(n.Parts)
	case Not:
		return c.node(n.X)
	case In:
		return c.in(n)
	case Near:
		return c.pair(n, n.Left, n.Right, func(l, r Node) Node { n.Left, n.Right = l, r; return n })
	case Within:
		return c.pair(n, n.Left, n.Right, func(l, r Node) Node { n.Left, n.Right = l, r; return n })
	case AtLeast:
		return c.counted(n)
	case Case:
		return c.letters(n)
	case Dates, Has, Compare:
		return c.outside(n)
	}
	return nil
}

func (c checker) all(nodes []Node) *fault {
	for _, n := range nodes {
		if f := c.node(n); f != nil {
			return f
		}
	}
	return nil
}

func (c checker) in(n In) *fault {
	if c.field != "" {
		return c.outside(n)
	}
	c.field, c.outer = n.Field, n.Span
	return c.node(n.X)
}

// outside is the fault of a field, date or length within a field.
func (c checker) outside(n Node) *fault {
	if c.field == "" {
		return nil
	}
	f := faultAt(n.Where(), "a field, date or length cannot stand within "+c.field.name(), "join it by AND, outside the brackets")
	if in, ok := n.(In); ok {
		f.fixes = append(f.fixes, fix{edit{n.Where(), group(in.X)}})
	}
	f.fixes = append(f.fixes, fix{remove(n.Where()), insert(c.outer.End, group(n))}, fix{edit{c.outer, group(n)}})
	return f
}

// counted checks ATLEAST.
func (c checker) counted(n AtLeast) *fault {
	if c.field != "" && !c.field.Positional() {
		return faultAt(n.Where(), "ATLEAST counts words in a text, and "+c.field.name()+" has none", "leave it out", fix{edit{n.Where(), "(" + Print(n.X) + ")"}})
	}
	if stretch(n.X) {
		return c.node(n.X)
	}
	each := func(x Node) Node { return AtLeast{N: n.N, X: x} }
	return faultAt(n.Where(), "ATLEAST counts words and phrases, or groups of them joined by OR", "write ATLEAST for each part", spread(n.Where(), n.X, each)...)
}

// letters checks CAPS and its like.
func (c checker) letters(n Case) *fault {
	if c.caps {
		return faultAt(n.Where(), "CAPS, ALLCAPS and NOCAPS cannot stand within one another", "keep one of them", fix{edit{n.Where(), "(" + Print(n.X) + ")"}})
	}
	c.caps = true
	if stretch(n.X) {
		return c.node(n.X)
	}
	each := func(x Node) Node { return Case{Letters: n.Letters, X: x} }
	return faultAt(n.Where(), string(n.Letters)+" looks at words and phrases, or groups of them joined by OR", "write it for each part", spread(n.Where(), n.X, each)...)
}

// pair checks the operands of proximity. The function again makes the operator anew with other operands.
func (c checker) pair(n, left, right Node, again func(left, right Node) Node) *fault {
	for _, x := range []Node{left, right} {
		if !stretch(x) {
			return c.operand(n, left, right, x, again)
		}
		if f := c.node(x); f != nil {
			return f
		}
	}
	a, b := fieldOf(left), fieldOf(right)
	if a != "" && b != "" && !overlap(a, b) {
		return faultAt(n.Where(), "the "+a.name()+" and the "+b.name()+" are never near each other", "join them by AND", fix{edit{n.Where(), group(And{Parts: []Node{left, right}})}})
	}
	return nil
}

// operand is the fault of an operand x of proximity that is no stretch of text.
func (c checker) operand(n, left, right, x Node, again func(left, right Node) Node) *fault {
	f := faultAt(x.Where(), "only words, phrases and groups of them joined by OR can be near something", "")
	with := func(part Node) Node {
		if x == nil || left.Where() == x.Where() {
			return again(part, right)
		}
		return again(left, part)
	}
	replace := func(node Node) { f.fixes = append(f.fixes, fix{edit{n.Where(), group(node)}}) }
	switch x := x.(type) {
	case And:
		f.expected = "join the words by OR, or put them in quotes as a phrase"
		if phrase, ok := asPhrase(x); ok {
			replace(with(phrase))
		} else if !x.Implied {
			f.fixes = append(f.fixes, spread(n.Where(), x, with)...)
		}
		replace(with(Or{Parts: x.Parts}))
	case Not:
		f.expected = "to leave out what is near, write NOT before the operator, as in a NOT W/5 b"
		replace(And{Parts: []Node{left, right}})
		if stretch(x.X) && stretch(left) {
			f.fixes = append([]fix{{edit{n.Where(), group(negated(again(left, x.X)))}}}, f.fixes...)
		}
	default:
		f.expected = "join it by AND"
		replace(And{Parts: []Node{left, right}})
	}
	return f
}

func negated(n Node) Node {
	switch n := n.(type) {
	case Near:
		n.Negated = !n.Negated
		return n
	case Within:
		n.Negated = !n.Negated
		return n
	}
	return n
}

// spread is the repair that joins each part of an AND to what stood around all of it.
func spread(at Span, x Node, each func(Node) Node) []fix {
	and, ok := x.(And)
	if !ok {
		return []fix{{edit{at, group(x)}}}
	}
	var parts []Node
	for _, part := range and.Parts {
		if not, ok := part.(Not); ok {
			parts = append(parts, Not{X: each(not.X)})
		} else {
			parts = append(parts, each(part))
		}
	}
	return []fix{{edit{at, group(And{Parts: parts})}}}
}

func group(n Node) string { return " (" + Print(n) + ") " }

// asPhrase makes a phrase in quotation marks of bare words side by side.
func asPhrase(and And) (Node, bool) {
	var parts []Node
	for _, part := range and.Parts {
		word, ok := part.(Word)
		if !ok || word.Exact || !and.Implied {
			return nil, false
		}
		word.Exact = true
		parts = append(parts, word)
	}
	return Phrase{Parts: parts}, true
}

// stretch reports whether a node's matches are stretches of text.
func stretch(n Node) bool {
	switch n := n.(type) {
	case Word, Pattern, Fuzzy, Phrase, Near, Within, Case:
		return true
	case Or:
		for _, part := range n.Parts {
			if !stretch(part) {
				return false
			}
		}
		return true
	case In:
		return n.Field.Positional() && stretch(n.X)
	}
	return false
}

// fieldOf is the one field in which all matches of a stretch lie, "" if there is none.
func fieldOf(n Node) Field {
	if in, ok := n.(In); ok {
		return in.Field
	}
	return ""
}

// overlap reports whether two fields share text.
func overlap(a, b Field) bool {
	lead := func(f Field) bool { return f == FieldLead || f == FieldHlead }
	switch {
	case a == b:
		return true
	case a == FieldHlead && (b == FieldHeadline || b == FieldStandfirst), b == FieldHlead && (a == FieldHeadline || a == FieldStandfirst):
		return true
	}
	return (lead(a) || a == FieldBody) && (lead(b) || b == FieldBody)
}
