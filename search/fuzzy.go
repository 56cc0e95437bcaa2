package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"oped/search/match"
	"oped/search/query"
)

// Bounds of telling what a fuzzy word has found.
const (
	maxSpelt   = 8  // spellings told, the commonest
	maxCounted = 64 // whose articles are counted; of more, only their number is told
)

// tellFuzzy adds to the reading under which spellings the fuzzy words were found, as nobody can guess them.
func (q *search) tellFuzzy(ctx context.Context) error {
	told := map[string]bool{}
	for _, n := range fuzzyWords(nil, q.program.Root) {
		fuzzy := n.Of.(query.Fuzzy)
		typed := fmt.Sprintf("%s~%d", fuzzy.Text, fuzzy.Edits)
		if told[typed] {
			continue
		}
		told[typed] = true
		found, err := q.spelt(ctx, &q.program.Leaves[n.Leaf])
		if err != nil {
			return err
		}
		if found != "" {
			q.reading.Words += "; " + typed + " found as " + found
		}
	}
	return nil
}

// fuzzyWords are the nodes of fuzzy words.
func fuzzyWords(to []*match.Node, n *match.Node) []*match.Node {
	if _, ok := n.Of.(query.Fuzzy); ok && n.Op == match.OpLeaf {
		return append(to, n)
	}
	for _, kid := range n.Kids {
		to = fuzzyWords(to, kid)
	}
	return to
}

// spelt lists the forms of a leaf with how many articles have each: "kurils (7), kuril (5) and 3 others".
func (q *search) spelt(ctx context.Context, leaf *match.Leaf) (string, error) {
	forms := map[string]bool{}
	for _, x := range q.segments {
		for _, s := range segmentsOf(leaf.Scope) {
			list, err := x.expand(ctx, leaf, s)
			if err != nil {
				return "", err
			}
			for _, form := range list {
				forms[form] = true
			}
		}
	}
	if len(forms) > maxCounted {
		return fmt.Sprintf("%d spellings", len(forms)), nil
	}
	var counts []Count
	for form := range forms {
		n, err := q.articlesWith(ctx, form)
		if err != nil {
			return "", err
		}
		if n > 0 {
			counts = append(counts, Count{form, n})
		}
	}
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Word, b.Word))
	})
	var texts []string
	for _, c := range counts[:min(len(counts), maxSpelt)] {
		texts = append(texts, fmt.Sprintf("%s (%d)", c.Word, c.Articles))
	}
	if more := len(counts) - maxSpelt; more > 0 {
		return fmt.Sprintf("%s and %d others", strings.Join(texts, ", "), more), nil
	}
	return strings.Join(texts, ", "), nil
}
