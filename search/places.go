package search

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync/atomic"

	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/postings"
)

// A place is a segment of an article and a position in it, in one number: those of an article are one ascending list, in
// which no two segments come near one another. No segment has as many words as a position has bits for (see package schema).
const (
	placeBits    = 20
	positionMask = 1<<placeBits - 1
)

// source reads where one term stands in one segment of articles.
type source struct {
	*postings.Cursor
	segment schema.Segment
	term    match.Term
	list    *postings.List
}

// read appends the places in the document that the cursor is at.
func (s *source) read(to []int32) []int32 {
	first := len(to)
	to = s.Positions(to)
	for i := range to[first:] {
		to[first+i] |= int32(s.segment) << placeBits
	}
	return to
}

// sources opens the postings of terms.
func (r *reader) sources(terms *leafTerms) ([]source, error) {
	var out []source
	for n := range terms {
		s := schema.Segment(n)
		for _, t := range terms[n] {
			list, err := r.fields[s.String()].List(t.Text)
			if err != nil {
				return nil, fmt.Errorf("search: read positions of %q in %v: %w", t.Text, s, err)
			}
			if list.Count() > 0 {
				out = append(out, source{Cursor: list.Cursor(), segment: s, term: t, list: list})
			}
		}
	}
	return out, nil
}

// unpackShare is the part of a list, as one in so many, that is asked for when all its places are worth keeping.
const unpackShare = 8

// askedBefore stands in the cache for places that are not kept yet, and counts how often they were asked for.
type askedBefore struct{ docs atomic.Int64 }

func (*askedBefore) bytes() int { return 64 }

// packedPlaces are all places of a list's documents in a stretch, as differences that mostly take one byte each.
type packedPlaces struct {
	starts []uint32 // of each document's differences in packed, and one more for the end
	packed []byte
}

func (p *packedPlaces) bytes() int { return 4*len(p.starts) + cap(p.packed) + 96 }

// read appends the places of a document, given by its number among the list's documents in the stretch.
func (p *packedPlaces) read(n int, to []int32) []int32 {
	rest, place := p.packed[p.starts[n]:p.starts[n+1]], int32(0)
	to = slices.Grow(to, len(rest))
	for i := 0; i < len(rest); i++ {
		step := int32(rest[i])
		if step >= 0x80 {
			long, size := binary.Uvarint(rest[i:])
			step, i = int32(long), i+size-1
		}
		place += step
		to = append(to, place)
	}
	return to
}

// packer gathers the places that sources have of a list's documents, source by source.
type packer struct {
	places  []int32
	entries []packerEntry
}

// packerEntry says that the next so many places are of a document, given as in packedPlaces.
type packerEntry struct{ doc, places uint32 }

// pack puts the places in order by document. Of docs documents each has an entry.
func (p *packer) pack(docs int) *packedPlaces {
	at := make([]uint32, docs+1)
	for _, e := range p.entries {
		at[e.doc+1] += e.places
	}
	for n := range docs {
		at[n+1] += at[n]
	}
	ends, sorted, rest := slices.Clone(at[:docs]), make([]int32, len(p.places)), p.places
	for _, e := range p.entries {
		ends[e.doc] += uint32(copy(sorted[ends[e.doc]:], rest[:e.places]))
		rest = rest[e.places:]
	}
	out := &packedPlaces{starts: make([]uint32, 0, docs+1), packed: make([]byte, 0, len(p.places)+len(p.places)/4+docs)}
	for n := range docs {
		out.starts = append(out.starts, uint32(len(out.packed)))
		last := int32(0)
		for _, place := range distinct(sorted[at[n]:at[n+1]]) {
			out.packed = binary.AppendUvarint(out.packed, uint64(place-last))
			last = place
		}
	}
	out.starts = append(out.starts, uint32(len(out.packed)))
	out.packed = slices.Clip(out.packed)
	return out
}

// distinct sorts places and drops the repeated ones.
func distinct(places []int32) []int32 {
	if !slices.IsSorted(places) {
		slices.Sort(places)
	}
	return slices.Compact(places)
}
