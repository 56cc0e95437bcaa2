package match

import (
	"fmt"
	"math"
	"strings"

	"oped/indexer/schema"
	"oped/search/query"
)

// Bounds of a program. A query that needs more is no query a reader wrote.
const (
	maxGap    = 10   // words that one gap of a phrase may stand for
	maxLeaves = 2048 // words, patterns and fuzzy words; a compound is up to three
	maxDepth  = 100
)

// Compile gives a tree its meaning in documents of the given languages (primary tags; "" for an unknown language). It
// fails with an *Error where the tree has no meaning or is too large.
func Compile(root query.Node, langs []string) (*Program, error) {
	if len(langs) == 0 {
		langs = []string{""}
	}
	c := compiler{langs: langs, program: &Program{}}
	n, err := c.node(root, context{scope: Text, ranked: true})
	if err != nil {
		return nil, err
	}
	c.program.Root = n
	return c.program, nil
}

type compiler struct {
	langs   []string
	program *Program
	depth   int
}

// context is what the brackets around a node demand of it.
type context struct {
	scope   Scope
	letters query.Letters
	ranked  bool
	operand bool // of proximity: only stretches of text will do
}

func fault(n query.Node, format string, args ...any) error {
	return &Error{Span: n.Where(), Problem: fmt.Sprintf(format, args...)}
}

func (c *compiler) node(n query.Node, in context) (*Node, error) {
	c.depth++
	defer func() { c.depth-- }()
	if c.depth > maxDepth {
		return nil, fault(n, "brackets nest deeper than %d", maxDepth)
	}
	out, err := c.stretch(n, in)
	if err != nil || out != nil {
		if out != nil && out.Of == nil {
			out.Of = n
		}
		return out, err
	}
	if in.operand {
		return nil, fault(n, "proximity needs words, phrases or groups joined by OR on both sides")
	}
	out, err = c.condition(n, in)
	if out != nil && out.Of == nil {
		out.Of = n
	}
	return out, err
}

// stretch compiles the nodes that may be operands of proximity; for others it returns nil.
func (c *compiler) stretch(n query.Node, in context) (*Node, error) {
	switch n := n.(type) {
	case query.Word:
		return c.word(n, in)
	case query.Pattern:
		return c.pattern(n, in)
	case query.Fuzzy:
		return c.fuzzy(n, in)
	case query.Phrase:
		return c.phrase(n, in)
	case query.Near:
		return c.pair(n.Left, n.Right, Node{Op: OpNear, Distance: n.Distance, Ordered: n.Ordered, Negated: n.Negated}, in)
	case query.Within:
		return c.pair(n.Left, n.Right, Node{Op: OpWithin, Unit: n.Unit, Negated: n.Negated}, in)
	case query.Or:
		if one, err := c.spellings(n, in); one != nil || err != nil {
			return one, err
		}
		return c.kids(OpOr, n.Parts, in)
	case query.Case:
		in.letters = n.Letters
		return c.node(n.X, in)
	case query.In:
		if scope, ok := segments(n.Field); ok {
			in.scope = in.scope.intoField(scope)
			return c.node(n.X, in)
		}
	}
	return nil, nil
}

// intoField narrows a scope to a field's segments; only inurl: leads out of the text.
func (s Scope) intoField(field Scope) Scope {
	if s == Text {
		return field
	}
	return s.within(field)
}

// condition compiles the nodes that only hold or do not hold.
func (c *compiler) condition(n query.Node, in context) (*Node, error) {
	switch n := n.(type) {
	case query.And:
		out, err := c.kids(OpAnd, n.Parts, in)
		if out != nil {
			out.Implied = n.Implied
		}
		return out, err
	case query.Not:
		in.ranked = false
		out, err := c.kids(OpNot, []query.Node{n.X}, in)
		if out != nil && empty(out.Kids[0]) {
			out = &Node{Op: OpAll}
		}
		return out, err
	case query.AtLeast:
		return c.atLeast(n, in)
	case query.In:
		return c.value(n, in)
	case query.Compare:
		low, high := bounds(n.Op, n.Value)
		return &Node{Op: OpWords, Low: low, High: high}, nil
	case query.Dates:
		return &Node{Op: OpDays, From: n.From, To: n.To}, nil
	case query.Has:
		return &Node{Op: OpValue, Field: schema.FieldHas, value: equalTo(n.What)}, nil
	case query.All, nil:
		return &Node{Op: OpAll}, nil
	default:
		return nil, fault(n, "a %T cannot stand here", n)
	}
}

func (c *compiler) kids(op Op, parts []query.Node, in context) (*Node, error) {
	out := &Node{Op: op, Scope: in.scope}
	for _, part := range parts {
		kid, err := c.node(part, in)
		if err != nil {
			return nil, err
		}
		if !empty(kid) || op == OpNot {
			out.Kids = append(out.Kids, kid)
		}
	}
	if len(out.Kids) == 0 {
		return &Node{Op: OpAll}, nil
	}
	return out, nil
}

// empty reports whether a node was made from signs without letters or digits, which ask for nothing.
func empty(n *Node) bool {
	if n.Op != OpAll {
		return false
	}
	_, all := n.Of.(query.All)
	return !all
}

func (c *compiler) pair(left, right query.Node, out Node, in context) (*Node, error) {
	in.operand = true
	l, err := c.node(left, in)
	if err != nil {
		return nil, err
	}
	in.ranked = in.ranked && !out.Negated
	r, err := c.node(right, in)
	if err != nil {
		return nil, err
	}
	if l.Op == OpAll || r.Op == OpAll {
		return nil, fault(left, "proximity needs a word with letters or digits on both sides")
	}
	out.Kids, out.Scope = []*Node{l, r}, in.scope
	return &out, nil
}

// atLeast counts every part of an AND by itself: no stretch of text is an occurrence of two words that may stand anywhere.
func (c *compiler) atLeast(n query.AtLeast, in context) (*Node, error) {
	if and, ok := n.X.(query.And); ok {
		parts := make([]query.Node, len(and.Parts))
		for i, part := range and.Parts {
			parts[i] = query.AtLeast{Span: n.Span, N: n.N, X: part}
		}
		return c.kids(OpAnd, parts, in)
	}
	in.operand = true
	out, err := c.kids(OpAtLeast, []query.Node{n.X}, in)
	if err != nil {
		return nil, err
	}
	out.N = n.N
	return out, nil
}

func bounds(op string, value int) (low, high int) {
	switch op {
	case "<":
		return 0, value - 1
	case "<=":
		return 0, value
	case ">":
		return value + 1, math.MaxInt
	case ">=":
		return value, math.MaxInt
	default:
		return value, value
	}
}

// segments is the scope of a field that holds text.
func segments(f query.Field) (Scope, bool) {
	switch f {
	case query.FieldHeadline:
		return 1 << schema.Headline, true
	case query.FieldStandfirst:
		return 1 << schema.Standfirst, true
	case query.FieldLead:
		return 1 << schema.Lead, true
	case query.FieldHlead:
		return 1<<schema.Headline | 1<<schema.Standfirst | 1<<schema.Lead, true
	case query.FieldBody:
		return 1 << schema.Body, true
	case query.FieldByline:
		return 1 << schema.Byline, true
	case query.FieldBio:
		return 1 << schema.Bio, true
	case query.FieldCorrection:
		return 1 << schema.Correction, true
	case query.FieldURL:
		return 1 << schema.URL, true
	default:
		return 0, false
	}
}

// phrase compiles a phrase; gaps at its ends ask for nothing and are left out.
func (c *compiler) phrase(n query.Phrase, in context) (*Node, error) {
	in.operand = true
	out := &Node{Op: OpPhrase, Scope: in.scope}
	var gap Gap
	for _, part := range n.Parts {
		if _, ok := part.(query.Gap); ok {
			gap.Min, gap.Max = gap.Min+1, gap.Max+maxGap
			continue
		}
		kid, err := c.node(part, in)
		if err != nil {
			return nil, err
		}
		if kid.Op == OpAll {
			continue // a sign without letters, such as the dash in "war - peace"
		}
		out.Kids, out.Gaps, gap = append(out.Kids, kid), append(out.Gaps, gap), Gap{}
	}
	switch len(out.Kids) {
	case 0:
		return &Node{Op: OpAll}, nil
	case 1:
		return out.Kids[0], nil
	}
	return out, nil
}

func (c *compiler) leaf(l Leaf, of query.Node, in context) (*Node, error) {
	if len(c.program.Leaves) >= maxLeaves {
		return nil, fault(of, "more than %d words", maxLeaves)
	}
	l.Scope, l.Letters, l.Ranked, l.Parts = in.scope, in.letters, in.ranked, 1
	c.program.Leaves = append(c.program.Leaves, l)
	return &Node{Op: OpLeaf, Leaf: len(c.program.Leaves) - 1, Scope: in.scope, Of: of}, nil
}

// part notes that the leaves from the first one on are parts of one word.
func (c *compiler) part(first int) {
	leaves := c.program.Leaves[first:]
	for i := range leaves {
		leaves[i].Parts = len(leaves)
	}
}

func (c *compiler) fuzzy(n query.Fuzzy, in context) (*Node, error) {
	word := []rune(schema.Fold(n.Text))
	if len(word) == 0 || len(word) > maxPatternRunes {
		return nil, fault(n, "a fuzzy word has 1 to %d letters", maxPatternRunes)
	}
	return c.leaf(Leaf{Word: n.Text, rules: edits{word: word, max: min(max(n.Edits, 0), 2)}}, n, in)
}

// pattern compiles a word with wildcards. Where signs divide it ("state-of-the-ar*"), its pieces mean a phrase.
func (c *compiler) pattern(n query.Pattern, in context) (*Node, error) {
	out, first := &Node{Op: OpPhrase, Scope: in.scope}, len(c.program.Leaves)
	defer c.part(first)
	for _, piece := range strings.FieldsFunc(n.Text, divides) {
		kid, err := c.piece(piece, n, in)
		if err != nil {
			return nil, err
		}
		out.Kids, out.Gaps = append(out.Kids, kid), append(out.Gaps, Gap{})
	}
	switch len(out.Kids) {
	case 0:
		return nil, fault(n, "a wildcard needs letters beside it")
	case 1:
		return out.Kids[0], nil
	}
	return out, nil
}

func (c *compiler) piece(piece string, n query.Pattern, in context) (*Node, error) {
	if !strings.ContainsAny(piece, "*?") {
		return c.word(query.Word{Span: n.Span, Text: piece, Exact: true}, in)
	}
	var pattern []rune
	for _, run := range splitWildcards(piece) {
		if run == "*" || run == "?" {
			pattern = append(pattern, []rune(run)...)
		} else {
			pattern = append(pattern, []rune(schema.Fold(run))...)
		}
	}
	if len(pattern) > maxPatternRunes {
		return nil, fault(n, "a word with wildcards has at most %d letters", maxPatternRunes)
	}
	return c.leaf(Leaf{Word: piece, rules: wildcard(pattern)}, n, in)
}
