package doctor

import (
	"slices"

	"oped/search"
	"oped/search/query"
)

// Bounds of what is listed; a reader looks at no more.
const (
	maxParts  = 12 // of the query
	maxInside = 6
)

// parts counts what each part of the request finds.
func (x *examination) parts() []Part {
	if len(x.demands) == 1 {
		return x.inside(x.demands[0].node)
	}
	var parts []Part
	for i, d := range x.demands {
		if len(parts) == maxParts || !x.trials.more() {
			x.trials.cut = true
			break
		}
		if p, ok := x.part(i, d); ok {
			parts = append(parts, p)
		}
	}
	x.blame(parts)
	return parts
}

// part counts one part; ok is false where it cannot be searched for by itself.
func (x *examination) part(i int, d demand) (p Part, ok bool) {
	p = Part{Kind: d.kind, Without: -1}
	if p.Text, p.Request, ok = x.alone(d); !ok {
		return p, false
	}
	if p.Alone, ok = x.trials.count(p.Request); !ok {
		return p, false
	}
	if r, ok := x.without(i); ok {
		if n, ok := x.trials.count(r); ok {
			p.Without = n
		}
	}
	p.Parts = x.inside(d.node)
	return p, true
}

// inside counts the words and phrases that a part of the query consists of, where there are several.
func (x *examination) inside(n query.Node) []Part {
	leaves := query.Leaves(n)
	if phrase, ok := n.(query.Phrase); ok {
		leaves = wordsOf(phrase)
	}
	if len(leaves) < 2 {
		return nil
	}
	var parts []Part
	for _, leaf := range leaves[:min(len(leaves), maxInside)] {
		text, ok := x.write(leaf)
		if !ok || slices.ContainsFunc(parts, func(p Part) bool { return p.Text == text }) {
			continue
		}
		r := search.Request{Query: text, NoVariants: x.request.NoVariants}
		if n, ok := x.trials.count(r); ok {
			inside := x.insidePhrase(leaf)
			parts = append(parts, Part{Kind: InQuery, Text: text, Request: r, Alone: n, Without: -1, Culprit: n == 0, Parts: inside})
		}
	}
	return parts
}

// insidePhrase counts the words of a phrase within a larger part.
func (x *examination) insidePhrase(n query.Node) []Part {
	if phrase, ok := n.(query.Phrase); ok {
		return x.inside(phrase)
	}
	return nil
}

// wordsOf are the words of a phrase, without its gaps.
func wordsOf(phrase query.Phrase) []query.Node {
	return slices.DeleteFunc(slices.Clone(phrase.Parts), func(n query.Node) bool {
		_, gap := n.(query.Gap)
		return gap
	})
}

// blame finds the culprits among parts. Where parts weigh the same it is the last: a filter is sooner forgotten than a word.
func (x *examination) blame(parts []Part) {
	most := -1
	for i := range parts {
		parts[i].Culprit = parts[i].Alone == 0
		if parts[i].Without > x.total && (most < 0 || parts[i].Without >= parts[most].Without) {
			most = i
		}
	}
	if most >= 0 && !slices.ContainsFunc(parts, func(p Part) bool { return p.Culprit }) {
		parts[most].Culprit = true
	}
}
