package match

import "oped/search/query"

// spellings compiles an OR of words that were all read from the same place: one word in several spellings. They are one leaf
// where each has one position, so that a rare spelling does not count for more than a common one; nil where they are not.
func (c *compiler) spellings(n query.Or, in context) (*Node, error) {
	var terms []Term
	first := query.Word{}
	for i, part := range n.Parts {
		w, ok := part.(query.Word)
		if !ok || w.Span == (query.Span{}) || i > 0 && w.Span != first.Span {
			return nil, nil
		}
		if i == 0 {
			first = w
		}
		ways := c.variants(w)
		if len(ways) != 1 || len(ways[0]) != 1 {
			return nil, nil
		}
		for _, t := range ways[0][0] {
			if !hasTerm(terms, t.Text) {
				terms = append(terms, t)
			}
		}
	}
	if len(terms) == 0 {
		return nil, nil
	}
	return c.leaf(Leaf{Word: first.Text, Terms: terms}, first, in)
}

func hasTerm(terms []Term, text string) bool {
	for i := range terms {
		if terms[i].Text == text && terms[i].Langs == nil {
			return true
		}
	}
	return false
}
