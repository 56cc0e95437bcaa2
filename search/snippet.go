package search

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"oped/indexer/schema"
	"oped/search/match"
)

// Bounds of snippets.
const (
	maxSnippets   = 3
	snippetBytes  = 300 // a snippet grows by whole sentences up to here
	longestBytes  = 600 // beyond, what lies between the matches is left out
	contextBytes  = 90  // what is then kept on each side of a match
	maxPassages   = 400 // places looked at in one article
	maxPieces     = 6   // matches shown in a snippet that leaves something out
	leftOut       = " … "
	betweenBlocks = " "
)

// passage is a run of sentences of one segment that may become a snippet.
type passage struct {
	segment     schema.Segment
	first, last int // sentences, both included
	parts       parts
	matches     int
	width       int // words from the first match to the last
}

// snippets are the extracts that show best why an article matched; without any match in the text, its beginning.
func (m *marker) snippets(occurrences []match.Occurrence) []Snippet {
	var texts [schema.NumSegments]sentences
	var all []passage
	for _, s := range []schema.Segment{schema.Body, schema.Bio, schema.Correction, schema.Byline} {
		here := inSegment(occurrences, s)
		if len(here) == 0 && s != schema.Body {
			continue
		}
		texts[s] = m.sentences(s)
		all = append(all, texts[s].passages(here)...)
	}
	var out []Snippet
	for _, p := range choose(all) {
		out = append(out, m.snippet(texts[p.segment], p))
	}
	if body := texts[schema.Body]; len(out) == 0 && len(body.list) > 0 {
		out = append(out, m.snippet(body, body.grow(passage{segment: schema.Body})))
	}
	return out
}

// inSegment are the occurrences in a segment, of all in their order.
func inSegment(occurrences []match.Occurrence, s schema.Segment) []match.Occurrence {
	from := sort.Search(len(occurrences), func(i int) bool { return occurrences[i].Segment >= s })
	to := sort.Search(len(occurrences), func(i int) bool { return occurrences[i].Segment > s })
	return occurrences[from:to]
}

// parts is a set of parts of a query: bit i of word i/64 stands for part i.
type parts []uint64

func (p parts) with(part int) parts {
	for len(p) <= part/64 {
		p = append(p, 0)
	}
	p[part/64] |= 1 << (part % 64)
	return p
}

// plus adds the parts of q.
func (p parts) plus(q parts) parts {
	for len(p) < len(q) {
		p = append(p, 0)
	}
	for i, word := range q {
		p[i] |= word
	}
	return p
}

// without is how many parts of p are not in q.
func (p parts) without(q parts) int {
	n := 0
	for i, word := range p {
		if i < len(q) {
			word &^= q[i]
		}
		n += bits.OnesCount64(word)
	}
	return n
}

// sentence is a stretch of one text, without the white space around it, and the words in it.
type sentence struct {
	byteRange
	firstPosition, lastPosition int
}

// sentences are those of one segment.
type sentences struct {
	segment schema.Segment
	texts   []string
	list    []sentence
}

// sentences cuts a segment into its sentences. Between two sentences of a text, signs belong to the first
// up to the white space, to the second after it.
func (m *marker) sentences(s schema.Segment) sentences {
	all := m.outline.Sentences[s]
	out := sentences{segment: s, texts: schema.Texts(m.outline.Article, s), list: make([]sentence, 0, len(all))}
	for i, x := range all {
		text := out.texts[x.Block]
		from, to := 0, len(text)
		if i > 0 && all[i-1].Block == x.Block {
			before := &out.list[i-1]
			from = before.to + border(text[before.to:x.Start])
			before.to = len(strings.TrimRightFunc(text[:from], unicode.IsSpace))
		}
		if i+1 < len(all) && all[i+1].Block == x.Block {
			to = x.End // until the next sentence tells where it begins
		}
		out.list = append(out.list, sentence{byteRange{x.Block, from, to}, x.First, x.Last})
	}
	return out
}

// border is where in the signs between two sentences the second begins.
func border(between string) int {
	i := strings.IndexFunc(between, unicode.IsSpace)
	if i < 0 {
		return len(between)
	}
	return i + len(between[i:]) - len(strings.TrimLeftFunc(between[i:], unicode.IsSpace))
}

// at is the sentence that holds a position.
func (t *sentences) at(position int) int {
	i, _ := slices.BinarySearchFunc(t.list, position, func(s sentence, p int) int { return cmp.Compare(s.lastPosition, p) })
	return min(i, len(t.list)-1)
}

// passages are the runs of sentences around occurrences, grown to a readable size, each with what it shows.
func (t *sentences) passages(occurrences []match.Occurrence) []passage {
	var out []passage
	for _, o := range occurrences {
		p := passage{segment: t.segment, first: t.at(o.From), last: t.at(o.To)}
		if n := len(out); n > 0 && out[n-1].first <= p.first && p.last <= out[n-1].last {
			continue
		}
		if len(out) == maxPassages {
			break
		}
		out = append(out, t.grow(p))
	}
	for i := range out {
		t.describe(&out[i], occurrences)
	}
	return out
}

// grow adds sentences of the same text while there is room, those after first.
func (t *sentences) grow(p passage) passage {
	size := func(first, last int) int { return t.list[last].to - t.list[first].from }
	block := t.list[p.first].block
	if t.list[p.last].block != block {
		return p
	}
	for p.last+1 < len(t.list) && t.list[p.last+1].block == block && size(p.first, p.last+1) <= snippetBytes {
		p.last++
	}
	for p.first > 0 && t.list[p.first-1].block == block && size(p.first-1, p.last) <= snippetBytes {
		p.first--
	}
	return p
}

// describe counts what lies wholly inside a passage.
func (t *sentences) describe(p *passage, occurrences []match.Occurrence) {
	from, to := t.list[p.first].firstPosition, t.list[p.last].lastPosition
	low, high := to, from
	start, _ := slices.BinarySearchFunc(occurrences, from, func(o match.Occurrence, p int) int { return cmp.Compare(o.From, p) })
	for _, o := range occurrences[start:] {
		if o.From > to {
			break
		}
		if o.To <= to {
			p.parts = p.parts.with(o.Part)
			p.matches++
			low, high = min(low, o.From), max(high, o.To)
		}
	}
	p.width = max(high-low, 0)
}

// choose takes the best passages that do not overlap: those that show most of what has not been shown yet, then most parts of the
// query, then the body, then the closest matches, then the earliest.
func choose(all []passage) []passage {
	var out []passage
	var shown parts
	for len(out) < maxSnippets {
		best := -1
		for i := range all {
			if !slices.ContainsFunc(out, all[i].overlaps) && (best < 0 || all[i].better(&all[best], shown)) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		out = append(out, all[best])
		shown = shown.plus(all[best].parts)
	}
	return out
}

func (p passage) overlaps(q passage) bool {
	return p.segment == q.segment && p.first <= q.last && q.first <= p.last
}

func (p *passage) better(q *passage, shown parts) bool {
	return cmp.Or(cmp.Compare(q.parts.without(shown), p.parts.without(shown)), cmp.Compare(q.parts.without(nil), p.parts.without(nil)),
		cmp.Compare(p.rank(), q.rank()), cmp.Compare(min(q.matches, 5), min(p.matches, 5)), cmp.Compare(p.width, q.width)) < 0
}

// rank puts the body before all other segments.
func (p *passage) rank() int {
	if p.segment == schema.Body {
		return 0
	}
	return 1
}

// snippet writes a passage out.
func (m *marker) snippet(t sentences, p passage) Snippet {
	first, last := t.list[p.first], t.list[p.last]
	out := Snippet{Segment: t.segment.String(), Block: -1, MoreBefore: first.from > 0, MoreAfter: last.to < len(t.texts[last.block])}
	if t.segment == schema.Body {
		out.Block = first.block
	}
	if first.block == last.block && last.to-first.from <= longestBytes {
		out.Spans = m.spans(t.segment, first.block, t.texts[first.block], first.from, last.to)
		return out
	}
	pieces := m.pieces(t, first, last)
	for i, piece := range pieces {
		if i > 0 {
			between := leftOut
			if before := pieces[i-1]; before.block+1 == piece.block && before.to == len(t.texts[before.block]) && piece.from == 0 {
				between = betweenBlocks
			}
			out.Spans = append(out.Spans, Span{Text: between})
		}
		out.Spans = append(out.Spans, m.spans(t.segment, piece.block, t.texts[piece.block], piece.from, piece.to)...)
	}
	if n := len(pieces); n > 0 {
		out.MoreBefore, out.MoreAfter = pieces[0].from > 0, pieces[n-1].to < len(t.texts[pieces[n-1].block])
	}
	return out
}

// pieces are the neighbourhoods of the first and last matches between two sentences that lie too far apart to be shown whole.
func (m *marker) pieces(t sentences, first, last sentence) []byteRange {
	var near []byteRange
	for _, r := range m.ranges[t.segment] {
		inside := (r.block > first.block || r.block == first.block && r.from >= first.from) &&
			(r.block < last.block || r.block == last.block && r.to <= last.to)
		if inside {
			near = append(near, around(t.texts[r.block], r))
		}
	}
	near = merge(near)
	if len(near) > maxPieces {
		near = append(near[:maxPieces-1:maxPieces-1], near[len(near)-1])
	}
	if len(near) == 0 { // nothing marked: one long sentence
		near = append(near, around(t.texts[first.block], byteRange{first.block, first.from, first.from}))
	}
	return near
}

// around widens a range on both sides, to whole words where the script has spaces.
func around(text string, r byteRange) byteRange {
	from, to := max(r.from-contextBytes, 0), min(r.to+contextBytes, len(text))
	for from > 0 && from < r.from && !utf8.RuneStart(text[from]) {
		from++
	}
	for to < len(text) && to > r.to && !utf8.RuneStart(text[to]) {
		to--
	}
	if _, rest, ok := strings.Cut(text[from:r.from], " "); ok && from > 0 {
		from = r.from - len(rest)
	}
	if i := strings.LastIndexByte(text[r.to:to], ' '); i >= 0 && to < len(text) {
		to = r.to + i
	}
	return byteRange{r.block, from, to}
}
