package search

import (
	"cmp"
	"slices"
	"sort"

	"oped/indexer/schema"
	"oped/search/match"
)

// marker knows which bytes of an article's texts are part of a match.
type marker struct {
	outline *schema.Outline
	ranges  [schema.NumSegments][]byteRange
}

// byteRange is a stretch of one text of a segment.
type byteRange struct{ block, from, to int }

// newMarker turns the occurrences in an article into bytes. Marks that overlap become one.
func newMarker(o *schema.Outline, occurrences []match.Occurrence) *marker {
	m := &marker{outline: o}
	for _, o := range occurrences {
		for _, mark := range o.Marks {
			m.add(o.Segment, mark)
		}
	}
	for s := range m.ranges {
		m.ranges[s] = merge(m.ranges[s])
	}
	return m
}

// add marks the words from one position to another; over the border of two texts it makes a mark in each.
func (m *marker) add(s schema.Segment, mark match.Range) {
	first, last := m.token(s, mark.From), m.token(s, mark.To)
	sentences := m.outline.Sentences[s]
	part := byteRange{first.Block, first.Start, first.End}
	for _, sentence := range sentences[first.Sentence:last.Sentence] {
		if sentence.Block != part.block {
			m.ranges[s] = append(m.ranges[s], part)
			part.block, part.from = sentence.Block, sentence.Start
		}
		part.to = sentence.End
	}
	if last.Block != part.block {
		m.ranges[s] = append(m.ranges[s], part)
		part.block, part.from = last.Block, sentences[last.Sentence].Start
	}
	part.to = last.End
	m.ranges[s] = append(m.ranges[s], part)
}

// token is the one at a position where a mark begins or ends: those are in the outline, as a leaf stands there.
func (m *marker) token(s schema.Segment, position int) *schema.Token {
	tokens := m.outline.Tokens[s]
	return &tokens[sort.Search(len(tokens), func(i int) bool { return tokens[i].Position >= position })]
}

// merge sorts ranges and joins those that overlap.
func merge(ranges []byteRange) []byteRange {
	slices.SortFunc(ranges, func(a, b byteRange) int {
		return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	out := ranges[:0]
	for _, r := range ranges {
		if n := len(out); n > 0 && out[n-1].block == r.block && r.from < out[n-1].to {
			out[n-1].to = max(out[n-1].to, r.to)
			continue
		}
		out = append(out, r)
	}
	return out
}

// spans cuts the bytes [from, to) of a text into marked and unmarked pieces.
func (m *marker) spans(s schema.Segment, block int, text string, from, to int) []Span {
	var out []Span
	piece := func(from, to int, match bool) {
		if from < to {
			out = append(out, Span{Text: text[from:to], Match: match})
		}
	}
	ranges := m.ranges[s]
	first := sort.Search(len(ranges), func(i int) bool {
		return ranges[i].block > block || ranges[i].block == block && ranges[i].to > from
	})
	at := from
	for _, r := range ranges[first:] {
		if r.block != block || r.from >= to {
			break
		}
		piece(at, max(r.from, at), false)
		piece(max(r.from, at), min(r.to, to), true)
		at = min(r.to, to)
	}
	piece(at, to, false)
	return out
}

// whole cuts a whole text.
func (m *marker) whole(s schema.Segment, block int, text string) []Span {
	return m.spans(s, block, text, 0, len(text))
}

// marked marks a whole article.
func (m *marker) marked() *Marked {
	a := m.outline.Article
	out := &Marked{Article: a, Headline: m.whole(schema.Headline, 0, a.Headline),
		Standfirst: m.whole(schema.Standfirst, 0, a.Standfirst), AuthorNote: m.whole(schema.Bio, 0, a.AuthorNote)}
	all := func(s schema.Segment) (texts [][]Span) {
		for i, text := range schema.Texts(a, s) {
			texts = append(texts, m.whole(s, i, text))
		}
		return texts
	}
	out.Bylines, out.Blocks, out.Corrections = all(schema.Byline), all(schema.Body), all(schema.Correction)
	texts := slices.Concat(out.Bylines, out.Blocks, out.Corrections)
	for _, spans := range append(texts, out.Headline, out.Standfirst, out.AuthorNote) {
		for _, span := range spans {
			if span.Match {
				out.Count++
			}
		}
	}
	return out
}
