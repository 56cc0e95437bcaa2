package doctor

import (
	"fmt"
	"slices"

	"oped/search/query"
)

// step is a tree that asks for less in one place, and what is different.
type step struct {
	text string
	tree query.Node
}

// loosen lists the trees that ask for a little less than n in one place. What is ruled out stays so: to loosen that would
// find fewer.
func loosen(n query.Node) []step {
	steps := loosenHere(n)
	switch n.(type) {
	case query.Not, query.Phrase:
		return steps
	}
	children := query.Children(n)
	for i, child := range children {
		for _, s := range loosen(child) {
			kids := slices.Clone(children)
			kids[i] = s.tree
			steps = append(steps, step{s.text, query.WithChildren(n, kids)})
		}
	}
	return steps
}

// loosenHere loosens the node itself.
func loosenHere(n query.Node) []step {
	switch n := n.(type) {
	case query.Word:
		if n.Exact {
			n.Exact = false
			return []step{{fmt.Sprintf("every form of “%s”", n.Text), n}}
		}
	case query.Phrase:
		return unquoted(n)
	case query.Near:
		return nearer(n)
	case query.Within:
		return widerUnit(n)
	case query.Case:
		return []step{{"whatever the capitals", n.X}}
	case query.AtLeast:
		if n.N > 1 {
			return []step{{"even where it occurs only once", n.X}}
		}
	case query.In:
		if n.Field == query.FieldByline {
			// Nexis has both in one segment.
			bio := n
			bio.Field = query.FieldBio
			return []step{{"in the author's note, not the byline", bio}, {"anywhere, not only in the byline", n.X}}
		}
		if n.Field.Positional() && n.Field != query.FieldURL {
			return []step{{fmt.Sprintf("anywhere, not only in the %s", fieldName(n.Field)), n.X}}
		}
	}
	return nil
}

// fieldName is a segment as readers call it.
func fieldName(f query.Field) string {
	if f == query.FieldHlead {
		return "headline and lead"
	}
	return string(f)
}

// unquoted asks for the words of a phrase, wherever they stand and in any form.
func unquoted(n query.Phrase) []step {
	words := wordsOf(n)
	for i, part := range words {
		if w, ok := part.(query.Word); ok {
			w.Exact = false
			words[i] = w
		}
	}
	if len(words) < 2 {
		return nil
	}
	return []step{{"the words of " + query.Print(n) + " anywhere", query.And{Parts: words, Implied: true}}}
}

// distances are the steps in which nearness is given up.
var distances = []int{5, 10, 25, 50, 100}

func nearer(n query.Near) []step {
	if n.Negated {
		return nil
	}
	var out []step
	if n.Ordered {
		either := n
		either.Ordered = false
		out = append(out, step{"in either order", either})
	}
	if i := slices.IndexFunc(distances, func(d int) bool { return d >= 2*n.Distance }); i >= 0 {
		wide := n
		wide.Distance = distances[i]
		out = append(out, step{fmt.Sprintf("at most %d words apart, not %d", wide.Distance, n.Distance), wide})
	}
	return append(out, step{"anywhere in the article, however far apart", query.And{Parts: []query.Node{n.Left, n.Right}}})
}

func widerUnit(n query.Within) []step {
	if n.Negated {
		return nil
	}
	var out []step
	if n.Unit == query.Sentence {
		paragraph := n
		paragraph.Unit = query.Paragr
		out = append(out, step{"in one paragraph, not one sentence", paragraph})
	}
	return append(out, step{"anywhere in the article, however far apart", query.And{Parts: []query.Node{n.Left, n.Right}}})
}
