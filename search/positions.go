package search

import (
	"encoding/binary"
	"fmt"
	"sync/atomic"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/indexer/schema"
)

// positions reads where a term stands in the documents of a field. Documents must be asked for in ascending order.
type positions interface {
	// read appends the positions in a document, ascending.
	read(doc uint32, to []int32) ([]int32, error)
	// seek is the first document from doc on that has the term; ok is false where there is none.
	seek(doc uint32) (next uint32, ok bool, err error)
}

// positions opens the positions of a term in a field, nil where the field has no such term. They are read from the
// postings until a good part of them has been asked for; then all are unpacked once and kept.
func (r *reader) positions(s schema.Segment, term string) (positions, error) {
	key := cacheKey{r.id, "places " + s.String() + " " + term}
	kept := r.lists.get(key)
	if packed, ok := kept.(*packedPositions); ok {
		return &packedReader{list: packed}, nil
	}
	dict, err := r.Dictionary(s.String())
	if err != nil {
		return nil, fmt.Errorf("search: read positions in %v: %w", s, err)
	}
	list, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, fmt.Errorf("search: read positions of %q in %v: %w", term, s, err)
	}
	if list.Count() == 0 {
		return nil, nil
	}
	it := list.Iterator(true, true, true, nil)
	before, ok := kept.(*askedBefore)
	if !ok {
		before = &askedBefore{}
		r.lists.put(key, before)
	}
	if before.docs.Load() < int64(list.Count()/unpackShare) {
		p := &postingPositions{it: it, asked: before}
		p.next, err = it.Next()
		return p, err
	}
	packed, err := pack(it, int(list.Count()))
	if err != nil {
		return nil, fmt.Errorf("search: read positions of %q in %v: %w", term, s, err)
	}
	r.lists.replace(key, packed)
	return &packedReader{list: packed}, nil
}

// unpackShare is the part of a list, as one in so many, that has been asked for when the whole is worth keeping.
const unpackShare = 8

// askedBefore stands in the cache for positions that are not kept yet, and counts how often they were asked for.
type askedBefore struct{ docs atomic.Int64 }

func (*askedBefore) bytes() int { return 64 }

// postingPositions are read from the index as they are asked for.
type postingPositions struct {
	it    segment.PostingsIterator
	next  segment.Posting // read ahead; nil at the end
	asked *askedBefore
}

func (p *postingPositions) seek(doc uint32) (uint32, bool, error) {
	if p.next != nil && p.next.Number() < uint64(doc) {
		var err error
		if p.next, err = p.it.Advance(uint64(doc)); err != nil {
			return 0, false, err
		}
	}
	if p.next == nil {
		return 0, false, nil
	}
	return uint32(p.next.Number()), true, nil
}

func (p *postingPositions) read(doc uint32, to []int32) ([]int32, error) {
	if next, ok, err := p.seek(doc); err != nil || !ok || next != doc {
		return to, err
	}
	p.asked.docs.Add(1)
	return schema.AppendPositions(to, p.next), nil
}

// packedPositions are all positions of a term in a field, as differences that mostly take one byte each.
type packedPositions struct {
	docs   []uint32
	starts []uint32 // of each document's differences in packed, and one more for the end
	packed []byte
}

func (p *packedPositions) bytes() int { return 4*len(p.docs) + 4*len(p.starts) + len(p.packed) + 96 }

func pack(it segment.PostingsIterator, docs int) (*packedPositions, error) {
	p := &packedPositions{docs: make([]uint32, 0, docs), starts: make([]uint32, 0, docs+1)}
	var places []int32
	for {
		next, err := it.Next()
		if err != nil {
			return nil, err
		}
		p.starts = append(p.starts, uint32(len(p.packed)))
		if next == nil {
			return p, nil
		}
		p.docs = append(p.docs, uint32(next.Number()))
		places = schema.AppendPositions(places[:0], next)
		last := int32(0)
		for _, at := range places {
			p.packed = binary.AppendUvarint(p.packed, uint64(at-last))
			last = at
		}
	}
}

// packedReader walks over packedPositions.
type packedReader struct {
	list *packedPositions
	at   int
}

func (p *packedReader) seek(doc uint32) (uint32, bool, error) {
	p.at += from(p.list.docs[p.at:], doc)
	if p.at == len(p.list.docs) {
		return 0, false, nil
	}
	return p.list.docs[p.at], true, nil
}

func (p *packedReader) read(doc uint32, to []int32) ([]int32, error) {
	if next, ok, _ := p.seek(doc); !ok || next != doc {
		return to, nil
	}
	position := int32(0)
	for rest := p.list.packed[p.list.starts[p.at]:p.list.starts[p.at+1]]; len(rest) > 0; {
		step, n := uint64(rest[0]), 1
		if step >= 0x80 {
			step, n = binary.Uvarint(rest)
		}
		position += int32(step)
		to, rest = append(to, position), rest[n:]
	}
	return to, nil
}

// someDocs passes over the documents that are not ok.
type someDocs struct {
	positions
	ok func(doc uint32) bool
}

func (p someDocs) read(doc uint32, to []int32) ([]int32, error) {
	if !p.ok(doc) {
		return to, nil
	}
	return p.positions.read(doc, to)
}
