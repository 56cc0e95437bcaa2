package query

// WithChildren is n made of other children, as many as Children gives and in the same order; n itself where it has none.
func WithChildren(n Node, children []Node) Node {
	switch n := n.(type) {
	case Phrase:
		n.Parts = children
		return n
	case And:
		n.Parts = children
		return n
	case Or:
		n.Parts = children
		return n
	case Near:
		n.Left, n.Right = children[0], children[1]
		return n
	case Within:
		n.Left, n.Right = children[0], children[1]
		return n
	case Case:
		n.X = children[0]
		return n
	case Not:
		n.X = children[0]
		return n
	case AtLeast:
		n.X = children[0]
		return n
	case In:
		n.X = children[0]
		return n
	}
	return n
}

// Rewrite is the tree with f applied to every node from the root down. Where f is done with a node it returns what stands in
// its place and false; where it returns true, its node is kept and its children are rewritten. The tree given is left as
// it is.
func Rewrite(n Node, f func(Node) (Node, bool)) Node {
	if n == nil {
		return nil
	}
	to, further := f(n)
	children := Children(to)
	if !further || len(children) == 0 {
		return to
	}
	out := make([]Node, len(children))
	for i, child := range children {
		out[i] = Rewrite(child, f)
	}
	return WithChildren(to, out)
}
