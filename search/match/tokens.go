package match

import (
	"slices"
	"strings"

	"oped/indexer/schema"
	"oped/search/query"
)

// vocabulary tells which leaves of a program a word of one language meets.
type vocabulary struct {
	exact  map[string][]ref
	stems  map[string][]ref
	expand []expansion
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

func newVocabulary(p *Program, lang string) *vocabulary {
	v := &vocabulary{exact: map[string][]ref{}, stems: map[string][]ref{}}
	prefix := schema.StemTerm(lang, "")
	for i := range p.Leaves {
		leaf := &p.Leaves[i]
		if leaf.Expands() {
			v.expand = append(v.expand, expansion{i, leaf.Automaton()})
		}
		for _, term := range leaf.Terms {
			if !term.In(lang) {
				continue
			}
			if stem, ok := strings.CutPrefix(term.Text, prefix); ok {
				v.stems[stem] = append(v.stems[stem], ref{i, true})
			} else {
				v.exact[term.Text] = append(v.exact[term.Text], ref{i, term.Stem})
			}
		}
	}
	return v
}

// tokenSource is the Source of texts whose tokens are at hand.
type tokenSource struct {
	program    *Program
	vocabulary *vocabulary
	outline    *schema.Outline
	found      [schema.NumSegments][][]int32 // by leaf
	// joined are the positions of compounds that were met under their joined form, and so reach over the next word.
	joined   [schema.NumSegments][]int32
	keywords []schema.Keyword // once they are asked for
}

// read notes where the leaves stand in an outline, in place of the last one.
func (t *tokenSource) read(o *schema.Outline, v *vocabulary) {
	t.outline, t.vocabulary, t.keywords = o, v, nil
	for s := range o.Tokens {
		for leaf := range t.found[s] {
			t.found[s][leaf] = t.found[s][leaf][:0]
		}
		t.joined[s] = t.joined[s][:0]
		t.segment(schema.Segment(s), o.Tokens[s])
	}
}

func (t *tokenSource) segment(s schema.Segment, tokens []schema.Token) {
	if t.found[s] == nil && len(tokens) > 0 {
		t.found[s] = make([][]int32, len(t.program.Leaves))
	}
	for i := range tokens {
		token := &tokens[i]
		position := int32(token.Position)
		t.form(s, token.Exact, position)
		for j, also := range token.Also {
			if t.form(s, also, position) && token.Joined && j == len(token.Also)-1 {
				t.joined[s] = append(t.joined[s], position)
			}
		}
		if token.Stem != token.Exact {
			t.note(s, t.vocabulary.stems[token.Stem], position)
		}
	}
}

// form notes the leaves that an exact form meets and reports whether there are any.
func (t *tokenSource) form(s schema.Segment, form string, position int32) bool {
	met := t.note(s, t.vocabulary.exact[form], position)
	for _, x := range t.vocabulary.expand {
		if x.automaton.Matches(form) {
			met = t.note(s, []ref{{leaf: x.leaf}}, position) || met
		}
	}
	return met
}

func (t *tokenSource) note(s schema.Segment, refs []ref, position int32) bool {
	met := false
	for _, r := range refs {
		if !t.program.Leaves[r.leaf].Scope.Has(s) || r.stem && !s.Stemmed() {
			continue
		}
		met = true
		list := &t.found[s][r.leaf]
		if n := len(*list); n == 0 || (*list)[n-1] != position {
			*list = append(*list, position)
		}
	}
	return met
}

// Positions implements Source.
func (t *tokenSource) Positions(leaf int, s schema.Segment) []int32 {
	if t.found[s] == nil {
		return nil
	}
	return t.found[s][leaf]
}

// Marks implements Source. Capitals are told of the tokens only; no leaf stands anywhere else.
func (t *tokenSource) Marks(mark string, s schema.Segment) []int32 {
	var out []int32
	switch mark {
	case schema.CapitalMark, schema.AllCapsMark:
		for i := range t.outline.Tokens[s] {
			if token := &t.outline.Tokens[s][i]; mark == schema.CapitalMark && token.Capital || mark == schema.AllCapsMark && token.AllCaps {
				out = append(out, int32(token.Position))
			}
		}
	default:
		sentences := t.outline.Sentences[s]
		for i := range sentences {
			if mark == schema.SentenceEnd || i+1 == len(sentences) || sentences[i+1].Paragraph != sentences[i].Paragraph {
				out = append(out, int32(sentences[i].Last))
			}
		}
	}
	return out
}

// Condition implements Source. A bare text meets none.
func (t *tokenSource) Condition(n *Node) bool {
	if t.outline.Article == nil {
		return false
	}
	switch n.Op {
	case OpID:
		return string(t.outline.Article.ID) == n.ID
	case OpWords:
		words := t.outline.Words()
		return n.Low <= words && words <= n.High
	case OpDays:
		return t.hasKeyword(schema.FieldDay, n.hasDay)
	default:
		return t.hasKeyword(n.Field, n.Accepts)
	}
}

// hasKeyword reports whether the article has a value in a keyword field that is accepted.
func (t *tokenSource) hasKeyword(field string, accepts func(string) bool) bool {
	if t.keywords == nil {
		t.keywords = t.outline.Keywords()
	}
	return slices.ContainsFunc(t.keywords, func(k schema.Keyword) bool { return k.Field == field && accepts(k.Value) })
}

// hasDay reports whether a day "20060102" lies between From and To.
func (n *Node) hasDay(day string) bool {
	return (n.From == "" || compact(n.From) <= day) && (n.To == "" || day <= compact(n.To))
}

// compact writes a day as the index does.
func compact(d query.Day) string { return strings.ReplaceAll(string(d), "-", "") }
