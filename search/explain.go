package search

import (
	"fmt"
	"strconv"

	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/postings"
)

// explain tells how the score of a hit came about: word by word and segment by segment, then what the words are worth
// together.
func (q *search) explain(f *found) (*Explanation, error) {
	out := &Explanation{Value: f.key, Text: "score: the sum of what each word is worth, of its length, and of how close the words are"}
	x := q.segments[f.segment]
	sum := float32(0)
	for _, t := range q.terms {
		part, err := x.explainTerm(t, f.doc)
		if err != nil {
			return nil, err
		}
		if part != nil {
			sum += float32(part.Value)
			out.Parts = append(out.Parts, part)
		}
	}
	if float64(sum) == f.key {
		return out, nil // with nothing to add, or too far down to be looked at
	}
	r, text, words := q.newReranker(), newTextSource(x), int(x.columns.words[f.doc])
	text.begin([]uint32{f.doc})
	b := r.bonus(float64(sum), words, text.Positions)
	for _, part := range []Explanation{
		{Value: b.length, Text: fmt.Sprintf("length: %d words (mean %.0f) count less against an article in so short a query", words, r.mean)},
		{Value: b.closeness, Text: "closeness of words that stand side by side in the query"},
		{Value: b.passage, Text: fmt.Sprintf("passage: the rarity of all words that stand within %d words, at its best place, times %.1f", passageWords, passageWorth)},
	} {
		if part.Value > 0 {
			out.Parts = append(out.Parts, &part)
		}
	}
	return out, text.err
}

// explainTerm is nil where the document does not have the term.
func (x *executor) explainTerm(t rankedTerm, doc uint32) (*Explanation, error) {
	list, leaf := x.leaves[t.leaf], &x.program.Leaves[t.leaf]
	i, ok := list.place(doc)
	if !ok {
		return nil, nil
	}
	terms, err := x.reader.terms(x.ctx, leaf)
	if err != nil {
		return nil, err
	}
	weight := float64(list.weights[i])
	name := strconv.Quote(leaf.Word)
	if leaf.Parts > 1 {
		name = fmt.Sprintf("one of %d parts of %s", leaf.Parts, name)
	}
	out := &Explanation{Value: float64(t.idf * list.weights[i]),
		Text: fmt.Sprintf("%s: rarity %.3f (%d articles have it) times weight %.3f", name, t.idf, t.df, weight)}
	for _, s := range segmentsOf(leaf.Scope) {
		for _, field := range rankedFields(s) {
			part, err := x.explainField(terms[s], field, doc)
			if err != nil {
				return nil, err
			}
			if part != nil {
				out.Parts = append(out.Parts, part)
			}
		}
	}
	return out, nil
}

// explainField is nil where the field adds nothing.
func (x *executor) explainField(terms []match.Term, field schema.Segment, doc uint32) (*Explanation, error) {
	sum, length := float32(0), uint32(0)
	for i := range terms {
		list, err := x.fields[field.String()].List(terms[i].Text)
		if err == nil {
			err = list.Each(func(p postings.Posting) {
				if p.Doc == doc && terms[i].In(x.columns.lang(doc)) {
					sum, length = sum+fieldWeight(field, &terms[i], p, x.stats), p.Length
				}
			})
		}
		if err != nil {
			return nil, err
		}
	}
	if sum == 0 {
		return nil, nil
	}
	return &Explanation{Value: float64(sum), Text: fmt.Sprintf("in the %v of %d words (mean %.0f), before saturation",
		field, length, x.stats.mean[field])}, nil
}
