package postings

import (
	"encoding/binary"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/indexer/schema"
)

// List is the documents of a term, deleted ones included, ascending, with what is known of each. The zero List is empty. It
// is safe for concurrent use.
type List struct {
	field    *Field
	endsLead bool // the term stands at the end of each lead, whether the body has it there or not

	engine segment.PostingsList // of a segment that is no file

	docs   *roaring.Bitmap
	chunk  uint32 // documents that share a chunk
	data   []byte
	freqs  uint64 // where in data the chunks are; 0 for none
	places uint64
	one    uint32 // the document of a term that only it has, where docs is nil
	code   uint64 // of the posting in that document; 0 where there is none
}

// of makes a list that of a term of a field.
func (l *List) of(f *Field, term string) *List {
	l.field, l.endsLead = f, f.lead && term == schema.ParagraphEnd
	return l
}

// lead reports whether only occurrences in the lead count.
func (l *List) lead() bool { return l.field != nil && l.field.lead }

// lengths are the numbers of words of the documents, nil where they have none.
func (l *List) lengths() ([]uint32, error) {
	if l.field == nil || l.field.lengths == nil {
		return nil, nil
	}
	return l.field.lengths()
}

// inLead is how often a posting with a code occurs in a lead of so many words.
func (l *List) inLead(code uint64, words uint32) int {
	n := schema.LeadFrequency(code, int(words))
	if n == 0 && l.endsLead && words > 0 {
		n = 1
	}
	return n
}

// The address of a term that one document has may say which, and the norm; others say where the postings are.
const (
	oneHit     = 1 << 63
	oneHitBits = 31
	oneHitMask = 1<<oneHitBits - 1
)

// at reads where the parts of a list are.
func (f *Field) at(address uint64) (*List, error) {
	if address&oneHit != 0 {
		return &List{one: uint32(address & oneHitMask), code: max(address>>oneHitBits&oneHitMask, 1)}, nil
	}
	r := bytesReader{f.data[address:]}
	freqs, places, size := r.number(), r.number(), r.number()
	l := &List{docs: roaring.New(), data: f.data, freqs: freqs, places: places}
	if size > uint64(len(r.rest)) {
		return nil, fmt.Errorf("postings: read list at %d: size %d does not fit", address, size)
	}
	if _, err := l.docs.FromBuffer(r.rest[:size]); err != nil {
		return nil, fmt.Errorf("postings: read list at %d: %w", address, err)
	}
	// Postings are cut into chunks of about 1,024, by document.
	if l.chunk = uint32(f.docs / (l.docs.GetCardinality()/1024 + 1)); l.chunk == 0 {
		return nil, fmt.Errorf("postings: read list at %d: %d postings of %d documents", address, l.docs.GetCardinality(), f.docs)
	}
	return l, nil
}

// Count is the number of documents; in the lead it is that of the body, which may be more.
func (l *List) Count() int {
	switch {
	case l.engine != nil:
		return int(l.engine.Count())
	case l.docs != nil:
		return int(l.docs.GetCardinality())
	case l.code > 0:
		return 1
	}
	return 0
}

// EachDoc calls fn for every document.
func (l *List) EachDoc(fn func(doc uint32)) error {
	switch {
	case l.lead():
		return l.Each(func(p Posting) { fn(p.Doc) })
	case l.engine != nil:
		it := l.engine.Iterator(false, false, false, nil)
		for {
			p, err := it.Next()
			if err != nil || p == nil {
				return err
			}
			fn(uint32(p.Number()))
		}
	case l.docs != nil:
		var docs [256]uint32
		for it := l.docs.ManyIterator(); ; {
			n := it.NextMany(docs[:])
			if n == 0 {
				return nil
			}
			for _, doc := range docs[:n] {
				fn(doc)
			}
		}
	case l.code > 0:
		fn(l.one)
	}
	return nil
}

// Each calls fn for every posting.
func (l *List) Each(fn func(p Posting)) error {
	lengths, err := l.lengths()
	switch {
	case err != nil || l.lead() && lengths == nil:
		return err
	case lengths == nil:
		return l.eachCode(func(doc uint32, code uint64) { fn(Posting{Doc: doc, Freq: uint32(schema.Frequency(code))}) })
	case l.lead():
		return l.eachCode(func(doc uint32, code uint64) {
			if n := l.inLead(code, lengths[doc]); n > 0 {
				fn(Posting{doc, uint32(n), lengths[doc]})
			}
		})
	}
	return l.eachCode(func(doc uint32, code uint64) { fn(Posting{doc, uint32(schema.Frequency(code)), lengths[doc]}) })
}

// EachWithLead calls fn for every posting of a field that is the body, with that of the lead, whose Freq may be 0.
func (l *List) EachWithLead(lead *Field, fn func(body, lead Posting)) error {
	lengths, err := l.lengths()
	if err != nil {
		return err
	}
	leads, err := lead.lengths()
	if err != nil {
		return err
	}
	return l.eachCode(func(doc uint32, code uint64) {
		words := at(leads, doc)
		fn(Posting{doc, uint32(schema.Frequency(code)), at(lengths, doc)},
			Posting{doc, uint32(schema.LeadFrequency(code, int(words))), words})
	})
}

// at is the length of a document; 0 where there are no lengths.
func at(lengths []uint32, doc uint32) uint32 {
	if int(doc) < len(lengths) {
		return lengths[doc]
	}
	return 0
}

// eachCode calls fn for every posting with its code.
func (l *List) eachCode(fn func(doc uint32, code uint64)) error {
	switch {
	case l.engine != nil:
		it := l.engine.Iterator(true, true, true, nil)
		for {
			p, err := it.Next()
			if err != nil || p == nil {
				return err
			}
			fn(uint32(p.Number()), codeOf(p))
		}
	case l.docs != nil:
		return l.eachInFile(fn)
	case l.code > 0:
		fn(l.one, l.code)
	}
	return nil
}

func (l *List) eachInFile(fn func(doc uint32, code uint64)) error {
	var docs [256]uint32
	var r bytesReader
	freqs := newChunks(l.data, l.freqs)
	end := uint32(0) // of the documents of the chunk
	for it := l.docs.ManyIterator(); ; {
		n := it.NextMany(docs[:])
		if n == 0 {
			return nil
		}
		for _, doc := range docs[:n] {
			if doc >= end {
				number := doc / l.chunk
				end = (number + 1) * l.chunk
				var err error
				if r.rest, err = freqs.chunk(number); err != nil {
					return err
				}
			}
			code, _ := fileCode(&r)
			fn(doc, code)
		}
	}
}

// chunks are a list's numbers, cut so that one need not read all of them.
type chunks struct {
	ends []uint64 // of each chunk, from the beginning of data
	data []byte
}

// maxChunks is more than the largest segment has; only a damaged file tells of more.
const maxChunks = 1 << 21

// newChunks finds the chunks at an address; 0 is that of none.
func newChunks(file []byte, address uint64) chunks {
	if address == 0 {
		return chunks{}
	}
	r := bytesReader{file[address:]}
	n := min(r.number(), uint64(len(r.rest)), maxChunks)
	c := chunks{ends: make([]uint64, 0, n)}
	for ; n > 0 && len(r.rest) > 0; n-- {
		c.ends = append(c.ends, r.number())
	}
	c.data = r.rest
	return c
}

// chunk is one of the chunks. That of none is empty.
func (c *chunks) chunk(number uint32) ([]byte, error) {
	if len(c.ends) == 0 {
		return nil, nil
	}
	if int(number) >= len(c.ends) {
		return nil, fmt.Errorf("postings: read chunk %d of %d: there is none", number, len(c.ends))
	}
	begin, end := uint64(0), c.ends[number]
	if number > 0 {
		begin = c.ends[number-1]
	}
	if begin > end || end > uint64(len(c.data)) {
		return nil, fmt.Errorf("postings: read chunk %d: it is from %d to %d of %d", number, begin, end, len(c.data))
	}
	return c.data[begin:end], nil
}

// bytesReader reads numbers of as many bytes as they need. Where there are no bytes left it reads 0.
type bytesReader struct{ rest []byte }

func (r *bytesReader) number() uint64 {
	if len(r.rest) > 0 && r.rest[0] < 0x80 {
		n := uint64(r.rest[0])
		r.rest = r.rest[1:]
		return n
	}
	return r.long()
}

func (r *bytesReader) long() uint64 {
	if len(r.rest) > 1 && r.rest[1] < 0x80 { // as most that need more than one
		n := uint64(r.rest[0]&0x7f) | uint64(r.rest[1])<<7
		r.rest = r.rest[2:]
		return n
	}
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.rest = nil
		return 0
	}
	r.rest = r.rest[size:]
	return n
}
