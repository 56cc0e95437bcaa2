package match

import (
	"slices"
	"strings"

	"oped/indexer/schema"
	"oped/search/query"
)

// Range is a stretch of positions of a segment, both ends included.
type Range struct{ From, To int }

// Occurrence is one place where an article meets a part of a query: a word, a phrase, a pair of words near each other.
type Occurrence struct {
	// Segment is where it lies; what lies in the lead lies in the body.
	Segment schema.Segment
	// Range reaches from its first word to its last; Marks are the stretches in it that are to be marked, in order.
	Range
	Marks []Range
	// Part numbers the part of the query that occurs: occurrences of the same part have the same number.
	Part int
}

// Article is one article under one program.
type Article struct {
	program   *Program
	evaluator *Evaluator
}

// New puts an article under a program that was compiled for its language, among others. The Article is for one
// goroutine.
func New(p *Program, d *schema.Document) *Article {
	source := newTokenSource(p, d.Language)
	source.document = d
	for s, tokens := range d.Tokens {
		source.add(schema.Segment(s), tokens)
	}
	return &Article{program: p, evaluator: NewEvaluator(p, source)}
}

// Matches reports whether an article matches a tree: what the executor of package search decides from an index, decided from
// the text. It fails with an *Error where the tree has no meaning.
func Matches(root query.Node, d *schema.Document) (bool, error) {
	p, err := Compile(root, []string{d.Language})
	if err != nil {
		return false, err
	}
	return New(p, d).Matches(), nil
}

// Matches reports whether the article meets the whole query.
func (a *Article) Matches() bool { return a.evaluator.Holds(a.program.Root) }

// Occurrences are all places that made the article match, by segment and position; none where it does not match. A
// part of the query that does not hold, or stands under NOT, has none.
func (a *Article) Occurrences() []Occurrence {
	e := a.evaluator
	if !e.Holds(a.program.Root) {
		return nil
	}
	e.arena, e.parts = nil, true
	defer func() { e.arena, e.parts = nil, false }()
	g := gatherer{evaluator: e}
	g.gather(a.program.Root)
	slices.SortStableFunc(g.out, func(x, y Occurrence) int {
		if x.Segment != y.Segment {
			return int(x.Segment) - int(y.Segment)
		}
		if x.From != y.From {
			return x.From - y.From
		}
		return x.To - y.To
	})
	return g.out
}

// gatherer collects the occurrences of the parts of a query that hold.
type gatherer struct {
	evaluator *Evaluator
	out       []Occurrence
	part      int
}

func (g *gatherer) gather(n *Node) {
	switch n.Op {
	case OpAnd, OpOr:
		for _, k := range n.Kids {
			if g.evaluator.holds(k) {
				g.gather(k)
			}
		}
	case OpAtLeast:
		g.gather(n.Kids[0])
	case OpLeaf, OpPhrase, OpNear, OpWithin:
		g.part++
		for s := range schema.Segment(schema.NumSegments) {
			for _, o := range g.evaluator.occurrences(n, s, false) {
				g.out = append(g.out, g.occurrence(o, s))
			}
		}
	}
}

func (g *gatherer) occurrence(o occurrence, s schema.Segment) Occurrence {
	if s == schema.Lead {
		s = schema.Body
	}
	marks := marksOf(nil, &o)
	for i := range marks {
		if source, ok := g.evaluator.source.(*tokenSource); ok && source.joined[s][int32(marks[i].To)] {
			marks[i].To++
		}
	}
	slices.SortFunc(marks, func(x, y Range) int { return x.From - y.From })
	return Occurrence{Segment: s, Range: Range{int(o.start), int(o.end)}, Marks: marks, Part: g.part}
}

func marksOf(marks []Range, o *occurrence) []Range {
	if o.left == nil {
		return append(marks, Range{int(o.start), int(o.end)})
	}
	return marksOf(marksOf(marks, o.left), o.right)
}

// tokenSource is the Source of texts whose tokens are at hand.
type tokenSource struct {
	program  *Program
	document *schema.Document // nil for a bare text
	exact    map[string][]ref
	stems    map[string][]ref
	expand   []expansion
	found    [schema.NumSegments]map[int][]int32
	// joined are the positions of compounds that were met under their joined form, and so reach over the next word.
	joined [schema.NumSegments]map[int32]bool
	tokens [schema.NumSegments][]schema.Token
}

// ref says that a term belongs to a leaf.
type ref struct {
	leaf int
	stem bool
}

type expansion struct {
	leaf      int
	automaton *Automaton
}

func newTokenSource(p *Program, lang string) *tokenSource {
	t := &tokenSource{program: p, exact: map[string][]ref{}, stems: map[string][]ref{}}
	prefix := schema.StemTerm(lang, "")
	for i := range p.Leaves {
		leaf := &p.Leaves[i]
		if leaf.Expands() {
			t.expand = append(t.expand, expansion{i, leaf.Automaton()})
		}
		for _, term := range leaf.Terms {
			if !term.In(lang) {
				continue
			}
			if stem, ok := strings.CutPrefix(term.Text, prefix); ok {
				t.stems[stem] = append(t.stems[stem], ref{i, true})
			} else {
				t.exact[term.Text] = append(t.exact[term.Text], ref{i, term.Stem})
			}
		}
	}
	return t
}

// add notes where the leaves stand in the tokens of a segment.
func (t *tokenSource) add(s schema.Segment, tokens []schema.Token) {
	t.tokens[s] = tokens
	t.found[s], t.joined[s] = map[int][]int32{}, map[int32]bool{}
	for i := range tokens {
		token := &tokens[i]
		t.form(s, token.Exact, token.Position)
		for _, also := range token.Also {
			if t.form(s, also, token.Position) && i+1 < len(tokens) && also == token.Exact+tokens[i+1].Exact {
				t.joined[s][int32(token.Position)] = true
			}
		}
		if token.Stem != token.Exact {
			t.note(s, t.stems[token.Stem], token.Position)
		}
	}
}

// form notes the leaves that an exact form meets and reports whether there are any.
func (t *tokenSource) form(s schema.Segment, form string, position int) bool {
	any := t.note(s, t.exact[form], position)
	for _, x := range t.expand {
		if x.automaton.Matches(form) {
			any = t.note(s, []ref{{leaf: x.leaf}}, position) || any
		}
	}
	return any
}

func (t *tokenSource) note(s schema.Segment, refs []ref, position int) bool {
	any := false
	for _, r := range refs {
		if !t.program.Leaves[r.leaf].Scope.Has(s) || r.stem && !s.Stemmed() {
			continue
		}
		any = true
		list := t.found[s][r.leaf]
		if n := len(list); n == 0 || list[n-1] != int32(position) {
			t.found[s][r.leaf] = append(list, int32(position))
		}
	}
	return any
}

// Positions implements Source.
func (t *tokenSource) Positions(leaf int, s schema.Segment) []int32 { return t.found[s][leaf] }

// Marks implements Source.
func (t *tokenSource) Marks(mark string, s schema.Segment) []int32 {
	tokens := t.tokens[s]
	var out []int32
	for i := range tokens {
		token := &tokens[i]
		last := i+1 == len(tokens)
		var has bool
		switch mark {
		case schema.CapitalMark:
			has = token.Capital
		case schema.AllCapsMark:
			has = token.AllCaps
		case schema.SentenceEnd:
			has = last || tokens[i+1].Sentence != token.Sentence
		case schema.ParagraphEnd:
			has = last || tokens[i+1].Paragraph != token.Paragraph
		}
		if has {
			out = append(out, int32(token.Position))
		}
	}
	return out
}

// Condition implements Source. A bare text meets none.
func (t *tokenSource) Condition(n *Node) bool {
	if t.document == nil {
		return false
	}
	switch n.Op {
	case OpID:
		return string(t.document.Article.ID) == n.ID
	case OpWords:
		return n.Low <= t.document.Words && t.document.Words <= n.High
	case OpDays:
		return slices.ContainsFunc(t.document.Keywords, func(k schema.Keyword) bool {
			return k.Field == schema.FieldDay && n.hasDay(k.Value)
		})
	default:
		return slices.ContainsFunc(t.document.Keywords, func(k schema.Keyword) bool {
			return k.Field == n.Field && n.Accepts(k.Value)
		})
	}
}

// hasDay reports whether a day "20060102" lies between From and To.
func (n *Node) hasDay(day string) bool {
	return (n.From == "" || compact(n.From) <= day) && (n.To == "" || day <= compact(n.To))
}

// compact writes a day as the index does.
func compact(d query.Day) string { return strings.ReplaceAll(string(d), "-", "") }
