package extract

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// neighbours is how many blocks before and after a block its features look at.
const neighbours = 4

// numFeatures is the length of every vector of the first model.
const numFeatures = 222

// vector is the features of one block, in an order that the model was trained on. Features are only ever appended
// with a new model.
type vector []float32

func (v *vector) add(x ...float32) { *v = append(*v, x...) }

func (v *vector) flag(b bool) {
	if b {
		*v = append(*v, 1)
	} else {
		*v = append(*v, 0)
	}
}

// profile is what the features of a page share.
type profile struct {
	*reader
	words  int       // of all blocks
	before []int     // words before each block
	linear []float64 // score
	chosen selection // by that score
	lo, hi int       // first and last chosen block
	// keptBefore[i] is how many blocks before i are chosen.
	keptBefore []int
	shapes     []shape
	groups     map[uint64]*group
	pathOf     []uint64
	repeats    []repeat
	body       map[uint64]int // shingles of the stated articleBody, nil if none is stated
	summary    map[uint64]int // of the description
	heading    []int          // the last heading before each block, -1 if none
	marks      landmarks
	parent     int32 // the element that holds most chosen words directly or in its children
}

// shape is what can be said of a block by itself.
type shape struct {
	counts     [numTextCues]uint8
	lead       uint32
	sentence   bool
	commas     int
	digits     float32
	capitals   float32 // share of words that begin with a capital
	shout      bool
	tag        float32
	avg        float32 // letters a word
	density    float32
	strong     float32
	cued       int     // words of all hints
	small      float32 // share of words that carry grammar rather than meaning
	quote, low bool
}

// group is the blocks whose elements have the same classes.
type group struct {
	blocks, words, linked, sentences int
}

// repeat says how often a block's text stands elsewhere on the page.
type repeat struct {
	earlier, later bool
	partEarlier    float32 // share of its shingles that stand in an earlier block
	partLater      float32
}

// features are one vector for each block of the page.
func (p *profile) features() []vector {
	out := make([]vector, len(p.layout.blocks))
	for i := range out {
		v := make(vector, 0, numSecond)
		p.own(&v, i)
		p.place(&v, i)
		p.around(&v, i)
		p.main(&v, i)
		p.stated(&v, i)
		p.beside(&v, i)
		p.beyond(&v, i)
		out[i] = v
	}
	return out
}

func (r *reader) profile() *profile {
	n := len(r.layout.blocks)
	p := &profile{reader: r, before: make([]int, n), shapes: make([]shape, n), pathOf: make([]uint64, n), heading: make([]int, n), groups: map[uint64]*group{}}
	last := -1
	for i := range r.layout.blocks {
		b := &r.layout.blocks[i]
		p.before[i] = p.words
		p.words += b.words
		p.shapes[i] = shapeOf(b)
		p.heading[i] = last
		if isHeadingTag(b.tag) {
			last = i
		}
	}
	p.marks = r.landmarks()
	p.linear = r.layout.score()
	p.chosen = r.layout.choose(p.linear)
	p.lo, p.hi = span(p.chosen.keep)
	p.keptBefore = make([]int, n+1)
	for i, k := range p.chosen.keep {
		p.keptBefore[i+1] = p.keptBefore[i]
		if k {
			p.keptBefore[i+1]++
		}
	}
	p.parent = p.mainParent()
	p.groupBlocks()
	p.findRepeats()
	if s := text(r.doc.article["articleBody"]); len(s) > 200 {
		p.body = shingles(s)
	}
	p.summary = shingles(r.doc.first("og:description", "description") + " . " + text(r.doc.article["description"]))
	return p
}

// span is the first and last kept block; 0 and -1 if none is.
func span(keep []bool) (lo, hi int) {
	lo, hi = -1, -1
	for i, k := range keep {
		if k {
			if lo < 0 {
				lo = i
			}
			hi = i
		}
	}
	return max(lo, 0), hi
}

func isHeadingTag(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func shapeOf(b *block) shape {
	var s shape
	s.counts, s.lead = textCues(b.text)
	s.sentence = endsSentence(b.text)
	s.small = smallWords(b.text)
	s.shout = isShout(b.text)
	s.tag = tagCode(b.tag)
	letters, digits, capitals, words := 0, 0, 0, 0
	start := true
	for _, r := range b.text {
		switch {
		case unicode.IsLetter(r):
			letters++
			if start {
				words++
				if unicode.IsUpper(r) {
					capitals++
				}
			}
			start = false
		case unicode.IsDigit(r):
			digits++
			start = false
		default:
			start = r == ' ' || r == '-' || start
			if r == ',' || r == '，' || r == '、' {
				s.commas++
			}
		}
	}
	s.digits = float32(digits) / float32(letters+digits+1)
	s.capitals = float32(capitals) / float32(words+1)
	s.avg = float32(letters) / float32(b.words+1)
	s.density = float32(b.linked) / float32(b.words+1)
	s.strong = float32(b.strong) / float32(b.words+1)
	for _, c := range s.counts {
		s.cued += int(c)
	}
	if r, ok := firstRune(b.text); ok {
		s.low = unicode.IsLower(r)
	}
	s.quote = strings.ContainsAny(b.text[:min(4, len(b.text))], "\"“«'‘")
	return s
}

func tagCode(a atom.Atom) float32 {
	switch a {
	case atom.P:
		return 0
	case atom.Div, atom.Section, atom.Article, atom.Main, atom.Center, atom.Body:
		return 1
	case atom.Li:
		return 2
	case atom.H1:
		return 3
	case atom.H2:
		return 4
	case atom.H3:
		return 5
	case atom.H4, atom.H5, atom.H6:
		return 6
	case atom.Blockquote:
		return 7
	case atom.Td, atom.Th, atom.Tr, atom.Caption:
		return 8
	case atom.Figcaption, atom.Figure:
		return 9
	case atom.Pre:
		return 10
	case atom.Dt, atom.Dd:
		return 11
	case atom.Button, atom.Form, atom.Fieldset, atom.Summary:
		return 12
	}
	return 13
}

// log1 squeezes a count, which may be of any size.
func log1(n int) float32 { return float32(math.Log1p(float64(max(n, 0)))) }

// own are the features of the block itself.
func (p *profile) own(v *vector, i int) {
	b, s := &p.layout.blocks[i], &p.shapes[i]
	v.add(s.tag, float32(min(b.words, 200)), log1(len(b.text)), s.avg, s.density, log1(b.links), s.strong)
	v.flag(s.sentence)
	v.flag(s.quote)
	v.flag(s.low)
	v.flag(s.shout)
	v.flag(strings.HasSuffix(b.text, ":"))
	v.flag(strings.HasSuffix(b.text, "?"))
	v.add(float32(min(s.commas, 20)), s.digits, s.capitals, float32(min(s.cued, 20)))
	for c := range s.counts {
		v.add(float32(min(s.counts[c], 6)))
		v.flag(s.lead&(1<<c) != 0)
	}
	v.flag(strings.ContainsAny(b.text, "|•·"))
	v.flag(strings.ContainsRune(b.text, '@'))
	v.flag(strings.ContainsRune(b.text, '©'))
	v.add(float32(p.linear[i]), p.repeats[i].partEarlier, p.repeats[i].partLater)
	v.flag(p.repeats[i].earlier)
	v.flag(p.repeats[i].later)
	v.add(s.small, p.smallAt(i-1), p.smallAt(i+1))
}

func (p *profile) smallAt(i int) float32 {
	if i < 0 || i >= len(p.shapes) {
		return -1
	}
	return p.shapes[i].small
}

// place are the features of where the block stands on the page.
func (p *profile) place(v *vector, i int) {
	n := len(p.layout.blocks)
	b := &p.layout.blocks[i]
	v.add(float32(i)/float32(n), float32(p.before[i])/float32(p.words+1), log1(n), log1(p.words))
	v.flag(p.head >= 0)
	v.add(float32(clamp(i-p.head, -50, 100)))
	v.flag(p.chosen.keep[i])
	v.add(float32(clamp(i-p.lo, -30, 60)), float32(clamp(p.hi-i, -30, 60)), log1(p.chosen.words), float32(p.chosen.sure))
	g := p.groups[p.pathOf[i]]
	v.add(log1(g.blocks), float32(g.words)/float32(p.words+1), float32(g.words)/float32(g.blocks), float32(g.linked)/float32(g.words+1), float32(g.sentences)/float32(g.blocks))
	h := p.heading[i]
	v.add(float32(min(i-h, 30)))
	if h >= 0 {
		s := &p.shapes[h]
		v.add(s.tag, float32(s.counts[sayMore]), float32(s.counts[sayComment]), float32(s.counts[sayLetter]+s.counts[sayShare]), p.linearAt(h))
		v.flag(p.layout.blocks[h].elem == b.elem || p.layout.elems[p.layout.blocks[h].elem].parent == p.layout.elems[b.elem].parent)
	} else {
		v.add(-1, 0, 0, 0, 0, 0)
	}
}

func clamp(x, lo, hi int) int { return max(lo, min(x, hi)) }

func (p *profile) linearAt(i int) float32 {
	if i < 0 || i >= len(p.linear) {
		return -9
	}
	return float32(p.linear[i])
}

// around are the features of the elements around the block: hints by distance, and what else they hold.
func (p *profile) around(v *vector, i int) {
	e := &p.layout.elems[p.layout.blocks[i].elem]
	for _, d := range e.near {
		v.add(float32(d))
	}
	depth := 0
	for at := e.parent; at >= 0; at = p.layout.elems[at].parent {
		depth++
	}
	v.add(float32(depth))
	at := p.layout.blocks[i].elem
	for level := range 4 {
		if level > 0 && at > 0 {
			at = p.layout.elems[at].parent
		}
		p.holder(v, at, i)
	}
}

// main are the features of where the block stands to the element that holds most of what the linear scorer chose.
func (p *profile) main(v *vector, i int) {
	m := &p.layout.elems[p.parent]
	steps, at := 0, p.layout.blocks[i].elem
	for at > p.parent {
		at = p.layout.elems[at].parent
		steps++
	}
	if at != p.parent {
		steps = -1
	}
	words := 0
	if m.last > m.first {
		words = p.before[m.last-1] + p.layout.blocks[m.last-1].words - p.before[m.first]
	}
	v.add(float32(steps), float32(clamp(i-int(m.first), -30, 60)), float32(clamp(int(m.last)-i, -30, 60)), float32(words)/float32(p.words+1), log1(int(m.last-m.first)))
	v.flag(p.layout.elems[p.layout.blocks[i].elem].parent == p.parent)
}

// mainParent is the element whose children hold most words that the linear scorer chose.
func (p *profile) mainParent() int32 {
	words := map[int32]int{}
	best := int32(0)
	for i, keep := range p.chosen.keep {
		if !keep {
			continue
		}
		parent := max(0, p.layout.elems[p.layout.blocks[i].elem].parent)
		words[parent] += p.layout.blocks[i].words
		if words[parent] > words[best] || words[parent] == words[best] && parent < best {
			best = parent
		}
	}
	return best
}

// holder are the features of one element that holds block i.
func (p *profile) holder(v *vector, at int32, i int) {
	e := &p.layout.elems[at]
	first, last := int(e.first), int(e.last)
	if last <= first || i < first || i >= last {
		first, last = i, i+1
	}
	end := p.words
	if last < len(p.before) {
		end = p.before[last]
	}
	words := end - p.before[first]
	kept := p.keptBefore[last] - p.keptBefore[first]
	v.add(log1(last-first), float32(words)/float32(p.words+1), float32(words)/float32(last-first),
		float32(kept)/float32(last-first), float32(i-first)/float32(last-first))
}

// stated are the features of how the block agrees with what the page states of its article.
func (p *profile) stated(v *vector, i int) {
	b := &p.layout.blocks[i]
	if p.body == nil {
		v.add(-1)
	} else {
		v.add(coverage(p.body, b.text))
	}
	v.add(coverage(p.summary, b.text))
	named, same := false, false
	if b.words <= 60 {
		k := key(b.text)
		same = k == key(p.article.Headline)
		for _, a := range p.article.Authors {
			named = named || containsWord(k, key(a.Name))
		}
	}
	v.flag(named)
	v.flag(same)
	dated := false
	if b.words <= 20 {
		_, dated = parseWritten(b.text)
	}
	v.flag(dated)
}

// beside are the features of the blocks before and after.
func (p *profile) beside(v *vector, i int) {
	for d := -neighbours; d <= neighbours; d++ {
		j := i + d
		if d == 0 {
			continue
		}
		if j < 0 || j >= len(p.shapes) {
			v.add(-1, -1, -1, -9, 0, 0, -1)
			continue
		}
		b, s := &p.layout.blocks[j], &p.shapes[j]
		v.add(s.tag, float32(min(b.words, 100)), s.density, float32(p.linear[j]), float32(min(s.cued, 10)))
		v.flag(s.sentence)
		v.flag(p.pathOf[j] == p.pathOf[i])
	}
}
