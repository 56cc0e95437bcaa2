package search

import "math/bits"

// scorer works out the scores of documents of a stretch, a block at a time: of the blocks that may hold a good hit.
type scorer struct {
	terms  []scoredTerm
	scores [blockDocs]float32
	order  [blockDocs]float64 // what the order follows from
}

// scoredTerm is what documents are ranked by, in one segment.
type scoredTerm struct {
	*docList
	idf float32
	// of a short list: the documents in the stretch, and where the block of the moment begins in them
	part  []uint32
	place int // of part[0]
	at    int
}

// begin opens the lists of the terms in the stretch.
func (p *pass) begin() {
	for i := range p.terms {
		t := &p.terms[i]
		t.at = 0
		if t.bits == nil {
			t.part, t.place = p.part(t.docList)
		}
	}
}

// seek turns to a block. Blocks are ascending.
func (t *scoredTerm) seek(first uint32) {
	if t.bits == nil {
		t.at += from(t.part[t.at:], first)
	}
}

// boundScore is what no document of a block scores more than. The sum is made in the order of scoreBlock, so that
// rounding does not make it less than a score.
func (p *pass) boundScore(base uint32) float32 {
	first, sum := p.base+base, float32(0)
	for i := range p.terms {
		t := &p.terms[i]
		if t.bits != nil {
			sum += t.idf * t.tops[first/blockDocs]
			continue
		}
		t.seek(first)
		if t.at < len(t.part) && t.part[t.at] < first+blockDocs {
			sum += t.idf * t.top
		}
	}
	return sum
}

// scoreBlock gives the scores of documents of a block, by their place in it.
func (p *pass) scoreBlock(base uint32, docs docSet) *[blockDocs]float32 {
	clear(p.scores[:])
	first := p.base + base
	for i := range p.terms {
		t := &p.terms[i]
		if t.bits != nil {
			t.scoreLong(first/64, docs, &p.scores)
			continue
		}
		t.seek(first)
		for j := t.at; j < len(t.part) && t.part[j] < first+blockDocs; j++ {
			p.scores[t.part[j]-first] += t.idf * t.weights[t.place+j]
		}
	}
	return &p.scores
}

// scoreLong adds what the documents of a block, which begins at a word, have in a long list.
func (t *scoredTerm) scoreLong(word uint32, docs docSet, scores *[blockDocs]float32) {
	for i, wanted := range docs {
		have := t.bits[int(word)+i]
		weights := t.weights[t.ranks[int(word)+i]:]
		for both := wanted & have; both != 0; both &= both - 1 {
			bit := both & -both
			scores[i*64+bits.TrailingZeros64(bit)] += t.idf * weights[bits.OnesCount64(have&(bit-1))]
		}
	}
}
