package match

import (
	"slices"

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

// Article is one article under one program. It is for one goroutine.
type Article struct {
	// Outline is the article as the program sees it.
	Outline   *schema.Outline
	program   *Program
	source    *tokenSource
	evaluator *Evaluator
}

// New puts an article that was analysed whole under a program that was compiled for its language, among others. A Reader
// does the same faster.
func New(p *Program, d *schema.Document) *Article {
	a := newArticle(p)
	a.put(d.Outline(), newVocabulary(p, d.Language))
	return a
}

func newArticle(p *Program) *Article {
	source := &tokenSource{program: p}
	return &Article{program: p, source: source, evaluator: NewEvaluator(p, source)}
}

func (a *Article) put(o *schema.Outline, v *vocabulary) {
	a.Outline = o
	a.source.read(o, v)
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
	if !a.Matches() {
		return nil
	}
	a.evaluator.parts = true
	defer func() { a.evaluator.parts = false }()
	g := gatherer{evaluator: a.evaluator, source: a.source}
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
	source    *tokenSource
	out       []Occurrence
	marks     []Range // of all in out
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
	first := len(g.marks)
	g.marks = marksOf(g.marks, &o)
	marks := g.marks[first:len(g.marks):len(g.marks)]
	for i := range marks {
		if slices.Contains(g.source.joined[s], int32(marks[i].To)) {
			marks[i].To++
		}
	}
	if len(marks) > 1 {
		slices.SortFunc(marks, func(x, y Range) int { return x.From - y.From })
	}
	return Occurrence{Segment: s, Range: Range{int(o.start), int(o.end)}, Marks: marks, Part: g.part}
}

func marksOf(marks []Range, o *occurrence) []Range {
	if o.left == nil {
		return append(marks, Range{int(o.start), int(o.end)})
	}
	return marksOf(marksOf(marks, o.left), o.right)
}
