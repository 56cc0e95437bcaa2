package extract

import (
	"hash/maphash"
	"strings"
)

// groupBlocks sorts blocks by the tags and classes of their innermost elements.
func (p *profile) groupBlocks() {
	var h maphash.Hash
	h.SetSeed(shingleSeed)
	for i := range p.layout.blocks {
		b := &p.layout.blocks[i]
		h.Reset()
		at := b.elem
		for range 3 {
			n := p.layout.elems[at].node
			h.WriteString(n.Data)
			h.WriteByte(' ')
			h.WriteString(attr(n, "class"))
			h.WriteByte('/')
			if at = p.layout.elems[at].parent; at < 0 {
				break
			}
		}
		path := h.Sum64()
		p.pathOf[i] = path
		g := p.groups[path]
		if g == nil {
			g = &group{}
			p.groups[path] = g
		}
		g.blocks++
		g.words += b.words
		g.linked += b.linked
		if p.shapes[i].sentence {
			g.sentences++
		}
	}
}

// findRepeats marks texts that stand on the page twice, whole or in part: pull quotes, captions, teasers.
func (p *profile) findRepeats() {
	p.repeats = make([]repeat, len(p.layout.blocks))
	whole := map[string]int{}
	first := map[uint64]int32{} // shingle -> first block that holds it
	final := map[uint64]int32{}
	own := make([][]uint64, len(p.layout.blocks))
	for i := range p.layout.blocks {
		b := &p.layout.blocks[i]
		if j, ok := whole[b.text]; ok {
			p.repeats[i].earlier = true
			p.repeats[j].later = true
		}
		whole[b.text] = i
		own[i] = hashShingles(b.text)
		for _, s := range own[i] {
			if _, ok := first[s]; !ok {
				first[s] = int32(i)
			}
			final[s] = int32(i)
		}
	}
	for i, list := range own {
		early, late := 0, 0
		for _, s := range list {
			if first[s] < int32(i) {
				early++
			}
			if final[s] > int32(i) {
				late++
			}
		}
		p.repeats[i].partEarlier = float32(early) / float32(len(list)+1)
		p.repeats[i].partLater = float32(late) / float32(len(list)+1)
	}
}

// shingleSeed is one for the process: shingles are compared only within it.
var shingleSeed = maphash.MakeSeed()

// shingleWords is the length of a shingle, and maxShingles how many of a block are made.
const (
	shingleWords = 5
	maxShingles  = 400
)

// hashShingles are the hashes of every run of shingleWords words of a text, case folded as written.
func hashShingles(s string) []uint64 {
	var starts [shingleWords]int
	var out []uint64
	words := 0
	in := false
	for i := 0; i <= len(s); i++ {
		blank := i == len(s) || s[i] == ' '
		switch {
		case !blank && !in:
			starts[words%shingleWords] = i
			words++
			in = true
		case blank && in:
			in = false
			if words >= shingleWords {
				out = append(out, maphash.String(shingleSeed, s[starts[words%shingleWords]:i]))
				if len(out) >= maxShingles {
					return out
				}
			}
		}
	}
	return out
}

func shingles(s string) map[uint64]int {
	set := map[uint64]int{}
	for len(s) > 0 {
		// A long text is taken in parts, for hashShingles is bounded; the seam loses a few shingles.
		cut := min(len(s), 2000)
		if cut < len(s) {
			if i := strings.LastIndexByte(s[:cut], ' '); i > 0 {
				cut = i
			}
		}
		for _, h := range hashShingles(s[:cut]) {
			set[h]++
		}
		s = s[cut:]
	}
	return set
}

// coverage is the share of a text's shingles that are in set; -1 for a text that has none.
func coverage(set map[uint64]int, s string) float32 {
	if len(set) == 0 {
		return -1
	}
	list := hashShingles(s)
	if len(list) == 0 {
		return -1
	}
	n := 0
	for _, h := range list {
		if set[h] > 0 {
			n++
		}
	}
	return float32(n) / float32(len(list))
}
