package search

import (
	"context"
	"fmt"
	"slices"

	"oped/search/match"
	"oped/search/query"
	"oped/search/spelling"
)

// name is a word of a query that is searched for in other spellings as well.
type name struct {
	word   string   // as typed
	others []string // folded
}

// expand lets the bare words of a plan find their other spellings too. What stands in quotation marks, wildcards, fuzzy words
// and the values of fields are left alone. Where the reader wants no variants, the names among the words mean the
// spelling typed and no other form, so that all that was shown as also searched is gone.
func (p *plan) expand(v *spelling.Variants) {
	if v.Len() == 0 {
		return
	}
	p.variants = v
	p.tree = query.Rewrite(p.tree, func(n query.Node) (query.Node, bool) {
		switch n := n.(type) {
		case query.In:
			return n, n.Field.Positional() && n.Field != query.FieldURL
		case query.Word:
			return p.expandWord(n), false
		}
		return n, true
	})
}

func (p *plan) expandWord(w query.Word) query.Node {
	if w.Exact {
		return w
	}
	others := p.variants.Of(w.Text)
	if len(others) == 0 {
		return w
	}
	if p.NoVariants {
		w.Exact = true
		return w
	}
	if !slices.ContainsFunc(p.names, func(n name) bool { return n.word == w.Text }) {
		p.names = append(p.names, name{w.Text, others})
	}
	parts := []query.Node{w}
	for _, other := range others {
		parts = append(parts, query.Word{Span: w.Span, Text: other})
	}
	return query.Or{Span: w.Span, Parts: parts}
}

// countNames counts the articles that have each spelling that was searched for unasked, or that a fuzzy word has found.
func (q *search) countNames(ctx context.Context) error {
	for _, n := range q.names {
		v := Variant{Word: n.word}
		for _, other := range n.others {
			articles, err := q.articlesWith(ctx, other)
			if err != nil {
				return err
			}
			if articles > 0 {
				v.Also = append(v.Also, Count{Word: q.variants.Written(other), Articles: articles})
			}
		}
		if len(v.Also) > 0 {
			q.reading.AlsoSearched = append(q.reading.AlsoSearched, v)
		}
	}
	return q.tellFuzzy(ctx)
}

// articlesWith counts the articles whose text has a word in exactly one spelling.
func (q *search) articlesWith(ctx context.Context, word string) (int, error) {
	program, err := match.Compile(query.Word{Text: word, Exact: true}, q.snapshot.langs)
	if err != nil || program.Root.Op != match.OpLeaf {
		return 0, nil // no single word, which no name is
	}
	n := 0
	for _, x := range q.segments {
		list, err := x.reader.leaf(ctx, &program.Leaves[0], program.Leaves[0].Key())
		if err != nil {
			return 0, fmt.Errorf("search: count %q: %w", word, err)
		}
		n += list.live(x.segmentView.live)
	}
	return n, nil
}
