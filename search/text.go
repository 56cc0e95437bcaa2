package search

import (
	"slices"

	"oped/indexer/schema"
	"oped/search/match"
)

// textSource gives an evaluator the positions in some documents of a segment, out of the postings. It reads forward only:
// each batch of documents lies after the one before.
type textSource struct {
	*executor
	evaluator *match.Evaluator
	docs      []uint32 // the batch
	current   int      // the document of the moment, in docs
	streams   []stream // by leaf and segment, then by mark and segment
	err       error    // the first failure; positions are then missing
}

// stream is where a leaf or a mark stands in one segment.
type stream struct {
	open   bool
	terms  []positions
	loaded bool // at holds the batch
	at     [][]int32
}

// marks are schema's marks in the order of their streams.
var marks = []string{schema.SentenceEnd, schema.ParagraphEnd, schema.CapitalMark, schema.AllCapsMark}

func newTextSource(x *executor) *textSource {
	t := &textSource{executor: x, streams: make([]stream, (len(x.program.Leaves)+len(marks))*schema.NumSegments)}
	t.evaluator = match.NewEvaluator(x.program, t)
	return t
}

// begin turns to a batch of documents, ascending. They are read when the evaluator asks.
func (t *textSource) begin(docs []uint32) {
	t.docs, t.current = docs, 0
	for i := range t.streams {
		t.streams[i].loaded = false
	}
}

// Positions implements match.Source.
func (t *textSource) Positions(leaf int, s schema.Segment) []int32 {
	return t.read(leaf, s)
}

// Marks implements match.Source.
func (t *textSource) Marks(mark string, s schema.Segment) []int32 {
	return t.read(len(t.program.Leaves)+slices.Index(marks, mark), s)
}

// Condition implements match.Source. Conditions are decided from lists and columns, never here.
func (t *textSource) Condition(*match.Node) bool { return false }

func (t *textSource) read(n int, s schema.Segment) []int32 {
	st := &t.streams[n*schema.NumSegments+int(s)]
	if !st.loaded {
		if err := t.load(st, n, s); err != nil && t.err == nil {
			t.err = err
		}
	}
	if t.err != nil {
		return nil
	}
	return st.at[t.current]
}

// load reads the positions of one stream in the whole batch.
func (t *textSource) load(st *stream, n int, s schema.Segment) error {
	if !st.open {
		var err error
		if st.terms, err = t.openStream(n, s); err != nil {
			return err
		}
		st.open = true
	}
	st.loaded = true
	st.at = append(st.at[:0], make([][]int32, len(t.docs))...)
	if len(st.terms) > fewTerms {
		return t.loadByTerm(st)
	}
	var arena []int32
	for i, doc := range t.docs {
		start := len(arena)
		for _, p := range st.terms {
			var err error
			if arena, err = p.read(doc, arena); err != nil {
				return err
			}
		}
		st.at[i] = arena[start:]
		if len(st.terms) > 1 {
			st.at[i] = distinct(st.at[i])
		}
	}
	return nil
}

// fewTerms is up to how many terms are asked about each document; of more, each is asked for its documents.
const fewTerms = 8

// loadByTerm does load's work for a word with many spellings, most of which are in few documents.
func (t *textSource) loadByTerm(st *stream) error {
	for _, p := range st.terms {
		for i := 0; i < len(t.docs); i++ {
			doc, ok, err := p.seek(t.docs[i])
			if err != nil {
				return err
			}
			if !ok {
				break
			}
			if i += from(t.docs[i:], doc); i == len(t.docs) || t.docs[i] != doc {
				i--
				continue
			}
			if st.at[i], err = p.read(doc, st.at[i]); err != nil {
				return err
			}
		}
	}
	for i := range st.at {
		st.at[i] = distinct(st.at[i])
	}
	return nil
}

// distinct sorts positions and drops the repeated ones.
func distinct(positions []int32) []int32 {
	if len(positions) > 1 {
		slices.Sort(positions)
		positions = slices.Compact(positions)
	}
	return positions
}

func (t *textSource) openStream(n int, s schema.Segment) ([]positions, error) {
	if n >= len(t.program.Leaves) {
		p, err := t.positions(s, marks[n-len(t.program.Leaves)])
		if p == nil || err != nil {
			return nil, err
		}
		return []positions{p}, nil
	}
	var out []positions
	for i := range t.terms[n][s] {
		term := &t.terms[n][s][i]
		p, err := t.positions(s, term.Text)
		if err != nil {
			return nil, err
		}
		if p != nil && term.Langs != nil {
			p = someDocs{p, func(doc uint32) bool { return term.In(t.columns.lang(doc)) }}
		}
		if p != nil {
			out = append(out, p)
		}
	}
	return out, nil
}
