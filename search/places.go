package search

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync/atomic"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/indexer/schema"
	"oped/search/match"
)

// A place is a segment of an article and a position in it, in one number: those of an article are one ascending list, in
// which no two segments come near one another. No segment has as many words as a position has bits for (see package schema).
const (
	placeBits    = 20
	positionMask = 1<<placeBits - 1
)

// source reads where one term stands in one segment of articles. Documents are best asked for in ascending order.
type source struct {
	segment schema.Segment
	term    match.Term
	list    segment.PostingsList
	it      segment.PostingsIterator
	next    segment.Posting // read ahead; nil at the end
}

// seek goes to the first posting from a document on.
func (s *source) seek(doc uint32) (err error) {
	if s.it == nil || s.next != nil && s.next.Number() > uint64(doc) {
		s.it = s.list.Iterator(true, true, true, s.it)
		s.next, err = s.it.Advance(uint64(doc))
		return err
	}
	if s.next != nil && s.next.Number() < uint64(doc) {
		s.next, err = s.it.Advance(uint64(doc))
	}
	return err
}

// read appends the places of the posting that seek went to.
func (s *source) read(to []int32) []int32 {
	first := len(to)
	to = schema.AppendPositions(to, s.next)
	for i := range to[first:] {
		to[first+i] |= int32(s.segment) << placeBits
	}
	return to
}

// sources opens the postings of terms.
func (r *reader) sources(terms *leafTerms) ([]source, error) {
	var out []source
	for n := range terms {
		if len(terms[n]) == 0 {
			continue
		}
		s := schema.Segment(n)
		dict, err := r.Dictionary(s.String())
		if err != nil {
			return nil, fmt.Errorf("search: read positions in %v: %w", s, err)
		}
		for _, t := range terms[n] {
			list, err := dict.PostingsList([]byte(t.Text), nil, nil)
			if err != nil {
				return nil, fmt.Errorf("search: read positions of %q in %v: %w", t.Text, s, err)
			}
			if list.Count() > 0 {
				out = append(out, source{segment: s, term: t, list: list})
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
	place := int32(0)
	for rest := p.packed[p.starts[n]:p.starts[n+1]]; len(rest) > 0; {
		step, size := uint64(rest[0]), 1
		if step >= 0x80 {
			step, size = binary.Uvarint(rest)
		}
		place += int32(step)
		to, rest = append(to, place), rest[size:]
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
