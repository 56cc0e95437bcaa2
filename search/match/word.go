package match

import (
	"slices"
	"unicode"

	"oped/indexer/schema"
	"oped/search/query"
)

// word compiles a word: every way in which analysis may have written it, in every language. A word without letters and
// digits asks for nothing.
func (c *compiler) word(n query.Word, in context) (*Node, error) {
	variants := c.variants(n)
	out, first := &Node{Op: OpOr, Scope: in.scope, Of: n}, len(c.program.Leaves)
	defer c.part(first)
	for _, v := range variants {
		kid, err := c.slots(v, n, in)
		if err != nil {
			return nil, err
		}
		out.Kids = append(out.Kids, kid)
	}
	switch len(out.Kids) {
	case 0:
		return &Node{Op: OpAll}, nil
	case 1:
		return out.Kids[0], nil
	}
	return out, nil
}

// slots makes a leaf of each slot of a variant and a phrase of several.
func (c *compiler) slots(v variant, n query.Word, in context) (*Node, error) {
	out := &Node{Op: OpPhrase, Scope: in.scope, Of: n}
	for _, terms := range v {
		kid, err := c.leaf(Leaf{Word: n.Text, Terms: terms}, n, in)
		if err != nil {
			return nil, err
		}
		out.Kids, out.Gaps = append(out.Kids, kid), append(out.Gaps, Gap{})
	}
	if len(out.Kids) == 1 {
		return out.Kids[0], nil
	}
	return out, nil
}

// variant is one way to write a word: the terms accepted at each of its positions.
type variant [][]Term

// variants gathers the ways to write a word in all languages. Ways with the same number of positions are one variant;
// its terms name their languages unless all share them.
func (c *compiler) variants(n query.Word) []variant {
	bySize := map[int]variant{}
	for _, lang := range c.langs {
		for _, tokens := range schema.QueryTerms(n.Text, lang) {
			v := bySize[len(tokens)]
			if v == nil {
				v = make(variant, len(tokens))
			}
			for i, t := range tokens {
				for _, term := range terms(t, lang, n.Exact) {
					v[i] = addTerm(v[i], term, lang)
				}
			}
			bySize[len(tokens)] = v
		}
	}
	var out []variant
	for size := range bySize {
		out = append(out, bySize[size])
	}
	slices.SortFunc(out, func(a, b variant) int { return len(a) - len(b) })
	for _, v := range out {
		for i := range v {
			c.settle(v[i])
		}
	}
	return out
}

// terms are the index terms that a token of a query accepts in a language. A stem is indexed by itself only where it
// differs from the word, so a word that is its own stem is met by its exact form.
func terms(t schema.Token, lang string, exact bool) []Term {
	out := []Term{{Text: t.Exact, Doubled: !exact && t.Stem != t.Exact}}
	if exact {
		return out
	}
	out = append(out, Term{Text: schema.StemTerm(lang, t.Stem), Stem: true})
	if t.Stem != t.Exact && isOwnStem(t.Stem, lang) {
		out = append(out, Term{Text: t.Stem, Stem: true})
	}
	return out
}

func isOwnStem(stem, lang string) bool {
	tokens := schema.AnalyzeText(stem, lang)
	return len(tokens) == 1 && tokens[0].Exact == stem && tokens[0].Stem == stem
}

func addTerm(all []Term, t Term, lang string) []Term {
	for i := range all {
		if all[i].Text == t.Text && all[i].Stem == t.Stem && all[i].Doubled == t.Doubled {
			if !slices.Contains(all[i].Langs, lang) {
				all[i].Langs = append(all[i].Langs, lang)
			}
			return all
		}
	}
	t.Langs = []string{lang}
	return append(all, t)
}

// settle lifts the restriction to languages from terms that all of them share, and from stems, which are written
// with their language.
func (c *compiler) settle(all []Term) {
	for i := range all {
		if len(all[i].Langs) == len(c.langs) || all[i].Text[0] < ' ' {
			all[i].Langs = nil
		}
	}
}

// divides reports whether a rune ends a word for sure.
func divides(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '*' && r != '?' && r != '\'' && r != '’'
}

// splitWildcards cuts a pattern into its wildcards and the runs between them.
func splitWildcards(s string) []string {
	var out []string
	from := 0
	for i, r := range s {
		if r != '*' && r != '?' {
			continue
		}
		if i > from {
			out = append(out, s[from:i])
		}
		out, from = append(out, string(r)), i+1
	}
	if from < len(s) {
		out = append(out, s[from:])
	}
	return out
}
