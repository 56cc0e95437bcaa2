package match

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/query"
)

// naive gives the meaning of proximity by trying every pair of places: the definition, without any cleverness.
type naive struct{ d *schema.Document }

func (v naive) holds(n query.Node) bool {
	switch n := n.(type) {
	case query.And:
		return !slices.ContainsFunc(n.Parts, func(p query.Node) bool { return !v.holds(p) })
	case query.Or:
		return slices.ContainsFunc(n.Parts, v.holds)
	case query.Not:
		return !v.holds(n.X)
	case query.AtLeast:
		if and, ok := n.X.(query.And); ok {
			return !slices.ContainsFunc(and.Parts, func(p query.Node) bool { return !v.holds(query.AtLeast{N: n.N, X: p}) })
		}
		return v.count(n.X) >= n.N
	}
	return slices.ContainsFunc(schema.Segments(), func(s schema.Segment) bool { return len(v.places(n, s)) > 0 })
}

// count is the largest number of occurrences that do not overlap, found by taking what ends first.
func (v naive) count(n query.Node) int {
	total := 0
	for _, s := range schema.Segments() {
		places := v.places(n, s)
		for last := 0; ; {
			best := Range{}
			for _, p := range places {
				if p.From > last && (best.To == 0 || p.To < best.To) {
					best = p
				}
			}
			if best.To == 0 {
				break
			}
			total, last = total+1, best.To
		}
	}
	return total
}

func (v naive) places(n query.Node, s schema.Segment) []Range {
	if !Text.Has(s) {
		return nil
	}
	switch n := n.(type) {
	case query.Word:
		var out []Range
		for _, t := range v.d.Tokens[s] {
			if t.Exact == n.Text {
				out = append(out, Range{t.Position, t.Position})
			}
		}
		return out
	case query.Or:
		var out []Range
		for _, p := range n.Parts {
			out = append(out, v.places(p, s)...)
		}
		return out
	case query.Phrase:
		return v.phrase(n, s)
	case query.Near:
		return v.pairs(n.Left, n.Right, s, n.Negated, func(l, r Range) bool {
			return l.To < r.From && r.From-l.To <= n.Distance || !n.Ordered && r.To < l.From && l.From-r.To <= n.Distance
		})
	case query.Within:
		return v.pairs(n.Left, n.Right, s, n.Negated, func(l, r Range) bool {
			whole := Range{min(l.From, r.From), max(l.To, r.To)}
			return (l.To < r.From || r.To < l.From) && v.unit(whole.From, s, n.Unit) == v.unit(whole.To, s, n.Unit)
		})
	}
	return nil
}

func (v naive) pairs(left, right query.Node, s schema.Segment, negated bool, ok func(l, r Range) bool) []Range {
	var out []Range
	for _, l := range v.places(left, s) {
		alone := true
		for _, r := range v.places(right, s) {
			if ok(l, r) {
				alone = false
				if !negated {
					out = append(out, Range{min(l.From, r.From), max(l.To, r.To)})
				}
			}
		}
		if negated && alone {
			out = append(out, l)
		}
	}
	return out
}

func (v naive) phrase(n query.Phrase, s schema.Segment) []Range {
	so, gaps := []Range(nil), 0
	for i, part := range n.Parts {
		if _, ok := part.(query.Gap); ok {
			gaps++
			continue
		}
		next := v.places(part, s)
		if i == 0 {
			so = next
			continue
		}
		var out []Range
		for _, a := range so {
			for _, b := range next {
				if between := b.From - a.To - 1; between >= gaps && between <= gaps*maxGap {
					out = append(out, Range{a.From, b.To})
				}
			}
		}
		so, gaps = out, 0
	}
	return so
}

func (v naive) unit(position int, s schema.Segment, u query.Unit) int {
	for _, t := range v.d.Tokens[s] {
		if t.Position == position {
			switch u {
			case query.Sentence:
				return t.Sentence
			case query.Paragr:
				return t.Paragraph
			}
		}
	}
	return 0
}

// generator makes random documents and trees of a few words, so that everything meets everything.
type generator struct{ *rand.Rand }

func (g generator) word() query.Node {
	return query.Word{Text: string(rune('q' + g.IntN(5))), Exact: true}
}

func (g generator) text(words int) string {
	var b strings.Builder
	for range words {
		b.WriteString(strings.ToUpper(g.word().(query.Word).Text) + []string{" ", " ", " ", ". "}[g.IntN(4)])
	}
	return b.String()
}

func (g generator) document() *schema.Document {
	a := &corpus.Article{Headline: g.text(3), Standfirst: g.text(2)}
	for range 1 + g.IntN(3) {
		a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: g.text(1 + g.IntN(12))})
	}
	return schema.Analyze(a)
}

func (g generator) operand(depth int) query.Node {
	if depth == 0 {
		return g.word()
	}
	switch g.IntN(7) {
	case 0:
		return or(g.operand(depth-1), g.operand(depth-1))
	case 1:
		return ph(g.word(), or(g.word(), g.word()), g.word())
	case 2:
		return ph(g.word(), query.Gap{}, g.word())
	case 3:
		return ph(g.word(), or(g.word(), ph(g.word(), g.word())))
	case 4:
		return query.Near{Left: g.operand(depth - 1), Right: g.operand(depth - 1), Distance: 1 + g.IntN(4),
			Ordered: g.IntN(2) == 0, Negated: g.IntN(4) == 0}
	case 5:
		return query.Within{Left: g.operand(depth - 1), Right: g.operand(depth - 1), Negated: g.IntN(4) == 0,
			Unit: []query.Unit{query.Sentence, query.Paragr, query.SegmentOf}[g.IntN(3)]}
	default:
		return g.word()
	}
}

func (g generator) tree(depth int) query.Node {
	if depth == 0 {
		return g.operand(2)
	}
	switch g.IntN(5) {
	case 0:
		return and(g.tree(depth-1), g.tree(depth-1))
	case 1:
		return or(g.tree(depth-1), g.tree(depth-1))
	case 2:
		return not(g.tree(depth - 1))
	case 3:
		return atLeast(1+g.IntN(4), g.operand(2))
	default:
		return g.operand(3)
	}
}

func TestMatchesAgreesWithTheDefinition(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(1, 2))}
	held := 0
	for range 20_000 {
		d, tree := g.document(), g.tree(2)
		got, err := Matches(tree, d)
		if err != nil {
			t.Fatalf("Matches(%+v): %v", tree, err)
		}
		want := naive{d}.holds(tree)
		if got != want {
			t.Fatalf("Matches(%+v) = %v, want %v, in %+v", tree, got, want, d.Article)
		}
		if got {
			held++
		}
	}
	if held < 5_000 || held > 17_000 {
		t.Errorf("%d of 20000 trees matched: too few or too many to test anything", held)
	}
}

// TestMarksAreOperands checks that what is marked for a pair is in an occurrence of one of its operands.
func TestMarksAreOperands(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(3, 4))}
	for range 5_000 {
		d := g.document()
		tree := near(1+g.IntN(4), g.word(), ph(g.word(), g.word()))
		p, err := Compile(tree, []string{""})
		if err != nil {
			t.Fatalf("Compile: %v", err)
		}
		want := map[Range]bool{}
		for _, s := range schema.Segments() {
			for _, o := range (naive{d}).places(tree, s) {
				for _, operand := range []query.Node{tree.Left, tree.Right} {
					for _, place := range (naive{d}).places(operand, s) {
						if o.From == place.From || o.To == place.To {
							want[place] = true
						}
					}
				}
			}
		}
		for _, o := range New(p, d).Occurrences() {
			for _, m := range o.Marks {
				if !want[m] {
					t.Fatalf("%+v marks %v, want one of %v", tree, m, want)
				}
			}
		}
	}
}

func TestAutomatonIsLevenshteinsDistance(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	word := func() []rune {
		out := make([]rune, r.IntN(6))
		for i := range out {
			out[i] = []rune("abé漢")[r.IntN(4)]
		}
		return out
	}
	for range 20_000 {
		a, b, limit := word(), word(), r.IntN(3)
		got := newAutomaton(edits{word: a, max: limit}).Matches(string(b))
		if want := distance(a, b) <= limit; got != want {
			t.Fatalf("%q within %d of %q = %v, want %v", string(b), limit, string(a), got, want)
		}
	}
}

func distance(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	cost := 1
	if a[0] == b[0] {
		cost = 0
	}
	return min(distance(a[1:], b[1:])+cost, distance(a[1:], b)+1, distance(a, b[1:])+1)
}

func TestAutomatonOfWildcards(t *testing.T) {
	for _, tt := range []struct {
		pattern, term string
		want          bool
	}{
		{"recycl*", "recycling", true}, {"recycl*", "recycl", true}, {"recycl*", "recyc", false},
		{"wom?n", "women", true}, {"wom?n", "womn", false}, {"wom?n", "womén", true}, {"caf?", "café", true},
		{"*ism", "socialism", true}, {"*ism", schema.StemTerm("en", "socialism"), false}, {"a*b*c", "axxbxxc", true},
		{"?", "漢", true}, {"??", "漢", false}, {"a*", "a\xff", false},
	} {
		if got := newAutomaton(wildcard(tt.pattern)).Matches(tt.term); got != tt.want {
			t.Errorf("%q matches %q = %v, want %v", tt.pattern, tt.term, got, tt.want)
		}
	}
}
