package query

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// nasty are words that mean more than themselves in some place of a query, or are written oddly.
var nasty = []string{
	"and", "or", "not", "AND", "OR", "NOT", "Or", "w/5", "/s", "near/3", "+5", "NEAR", "same", "atleast5", "atleast", "around", "last", "past",
	"30", "days", "date", "is", "aft", "2018", "the", "length", "wc", "HEADLINE", "caps", "headline", "phrase", "DATE", "a:b", "hd=x", "10:30",
	"https://x.org/a?b=c*d", "www.x.org", "U.S.", "EE.UU.", "C++", "e-mail", "o'reilly", "x*y", "x?y", "x!y", "x~1", `x\\y`, `x"y`, "x(y", "x|y", "x<y",
	"kuril", "Japan", "é", "日本", "мир", "2018..2020", "3/4/2018", "march", "today", "x^2", "&&", "x=y", "to",
}

// grower makes random trees of the kinds that Parse makes.
type grower struct{ *rand.Rand }

func pick[T any](g grower, from ...T) T { return from[g.IntN(len(from))] }

func (g grower) wordText() string {
	for {
		if s := literalWord(pick(g, nasty...)); hasWord(s) {
			return s
		}
	}
}

// literalWord is a word as the parser keeps it where every sign in it is escaped.
func literalWord(s string) string {
	cs := chars(s)
	for i := range cs {
		cs[i].escaped = true
	}
	if isAddress(cs) {
		return spell(trimAddress(cs))
	}
	body, _ := edges(cs)
	return spell(body)
}

func (g grower) pattern() Node {
	return Pattern{Text: pick(g, "kuril*", "wom?n", "educat*", "col*r", "l?b?r", "nuclear-weap*", "o'reil*", "201?", "mon?y*")}
}

func (g grower) fuzzy() Node {
	return Fuzzy{Text: pick(g, "zelensky", "o'reilly", "kurile"), Edits: 1 + g.IntN(2)}
}

func (g grower) leaf() Node {
	switch g.IntN(8) {
	case 0:
		return g.pattern()
	case 1:
		return g.fuzzy()
	case 2:
		return g.phrase()
	}
	return Word{Text: g.wordText(), Exact: g.IntN(4) == 0}
}

func (g grower) phrase() Node {
	exact := g.IntN(2) == 0
	var parts []Node
	for range 2 + g.IntN(3) {
		switch k := g.IntN(8); {
		case k == 0:
			parts = append(parts, g.pattern())
		case k == 1:
			parts = append(parts, g.fuzzy())
		case k == 2 && exact && len(parts) > 0:
			parts = append(parts, Gap{}, Word{Text: g.wordText(), Exact: true})
		default:
			parts = append(parts, Word{Text: g.wordText(), Exact: exact})
		}
	}
	return Phrase{Parts: parts}
}

// stretch makes a node that can stand next to W/n.
func (g grower) stretch(depth int) Node {
	if depth <= 0 {
		return g.leaf()
	}
	switch g.IntN(9) {
	case 0, 1:
		return Near{Left: g.stretch(depth - 1), Right: g.stretch(depth - 1), Distance: 1 + g.IntN(255), Ordered: g.IntN(3) == 0, Negated: g.IntN(4) == 0}
	case 2:
		return Within{Left: g.stretch(depth - 1), Right: g.stretch(depth - 1), Unit: pick(g, Sentence, Paragr, SegmentOf), Negated: g.IntN(4) == 0}
	case 3, 4:
		return Or{Parts: g.several(func() Node { return g.stretch(depth - 1) }, isOr)}
	case 5:
		return Case{Letters: pick(g, Caps, AllCaps, NoCaps), X: g.stretch(depth - 1)}
	case 6:
		return In{Field: pick(g, FieldHeadline, FieldBody, FieldByline, FieldURL, FieldHlead), X: g.stretch(depth - 1)}
	}
	return g.leaf()
}

func isOr(n Node) bool { _, ok := n.(Or); return ok }

func isExplicit(n Node) bool { and, ok := n.(And); return ok && !and.Implied }

// several makes two to four nodes, none of a kind that would become one with its parent.
func (g grower) several(grow func() Node, merges func(Node) bool) []Node {
	var parts []Node
	for n := 2 + g.IntN(3); len(parts) < n; {
		if part := grow(); !merges(part) {
			parts = append(parts, part)
		}
	}
	return parts
}

func (g grower) tree(depth int) Node {
	if depth <= 0 {
		return g.leaf()
	}
	below := func() Node { return g.tree(depth - 1) }
	switch g.IntN(12) {
	case 0, 1:
		return And{Parts: g.several(below, isExplicit)}
	case 2, 3:
		return And{Parts: g.several(below, func(Node) bool { return false }), Implied: true}
	case 4:
		return Or{Parts: g.several(below, isOr)}
	case 5:
		return Not{X: below()}
	case 6:
		return AtLeast{N: 1 + g.IntN(255), X: g.stretch(depth - 1)}
	case 7:
		return In{Field: pick(g, FieldHeadline, FieldLead, FieldPublication, FieldSection, FieldTag, FieldURL), X: below()}
	case 8:
		return g.value()
	}
	return g.stretch(depth)
}

func (g grower) value() Node {
	return pick[Node](g,
		Dates{From: "2018-01-01", To: "2018-12-31"}, Dates{From: "2018-05-01"}, Dates{To: "2018-05-01"}, Dates{From: "2018-05-01", To: "2018-05-01"},
		Has{What: pick(g, hasValues...)}, Compare{Op: pick(g, "<", "<=", "=", ">", ">="), Value: 1 + g.IntN(5000)},
		In{Field: FieldType, X: Word{Text: pick(g, typeValues...)}}, In{Field: FieldLanguage, X: Word{Text: "fr"}},
		In{Field: FieldAccess, X: Or{Parts: []Node{Word{Text: "full"}, Word{Text: "partial"}}}}, In{Field: FieldSite, X: Word{Text: "a.example"}},
		In{Field: FieldID, X: Word{Text: "abcdefgh234567ab"}}, In{Field: FieldType, X: Not{X: Word{Text: "letter"}}},
	)
}

// TestPrintIsReadAsTheSameTree holds for every tree that the language can express.
func TestPrintIsReadAsTheSameTree(t *testing.T) {
	g := grower{rand.New(rand.NewPCG(1, 2))}
	count := 5000
	if testing.Short() {
		count = 500
	}
	tried := 0
	for tried < count {
		tree := g.tree(1 + g.IntN(4))
		if check(tree) != nil || len(Leaves(tree)) > 100 {
			continue
		}
		tried++
		text := Print(tree)
		q, err := Parse(text, Options{Now: now})
		if err != nil {
			t.Fatalf("Print gives %q, which cannot be read: %v\ntree: %#v", text, err, tree)
		}
		if !Equal(q.Root, tree) {
			t.Fatalf("Print gives %q, which is read as %q\ntree: %#v\ngot:  %#v", text, q, tree, q.Root)
		}
		if q.String() != text {
			t.Fatalf("printed twice: %q, then %q", text, q)
		}
		if Words(tree) == "" {
			t.Fatalf("no words for %q", text)
		}
	}
}

// TestWithoutAndBothStayReadable holds for the trees that pages make of what was typed.
func TestWithoutAndBothStayReadable(t *testing.T) {
	g := grower{rand.New(rand.NewPCG(3, 4))}
	for range 600 {
		a, b := g.tree(2), g.tree(2)
		if check(a) != nil || check(b) != nil {
			continue
		}
		made := []Node{Both(a, b)}
		for i := range Conjuncts(a) {
			made = append(made, Without(a, i))
		}
		made = append(made, Leaves(a)...)
		for _, n := range made {
			text := Print(n)
			q, err := Parse(text, Options{Now: now})
			if err != nil || !Equal(q.Root, n) {
				t.Fatalf("%q made of %q and %q is read as %v, %v", text, Print(a), Print(b), q, err)
			}
		}
	}
}

func TestLeavesAreInTheOrderOfTheText(t *testing.T) {
	q, err := Parse(`kuril! w/5 (japan or "south * islands") and headline(talks) and not type:letter and date:2018`, Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, leaf := range Leaves(q.Root) {
		at := leaf.Where()
		got = append(got, q.Input[at.Start:at.End])
	}
	want := []string{"kuril!", "japan", `"south * islands"`, "talks", "letter", "date:2018"}
	if !slices.Equal(got, want) {
		t.Errorf("leaves = %q, want %q", got, want)
	}
}
