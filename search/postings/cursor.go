package postings

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/indexer/schema"
)

// Cursor walks over a list with the positions of the term. It is for one goroutine.
type Cursor struct {
	// Doc is the document of the moment; OK is false before the first call of Seek and after the last document.
	Doc uint32
	OK  bool

	list    *List
	over    bool     // there is no document
	none    uint32   // from this one on
	lengths []uint32 // of the leads of the documents, where nothing else counts
	// of a file: the documents from the next one on, and what is left of the chunk
	docs   roaring.IntPeekable
	end    uint32 // the document after the last of the chunk
	freqs  bytesReader
	places bytesReader
	chunks struct{ freqs, places chunks }
	file   filePosting // of the document of the moment, with the code alone where the segment is no file
	// of a segment that is no file
	engine  segment.PostingsIterator
	posting segment.Posting
}

// Cursor begins a walk.
func (l *List) Cursor() *Cursor { return &Cursor{list: l} }

// Seek goes to the first document that is at least doc. It may go back.
func (c *Cursor) Seek(doc uint32) error {
	if c.OK && c.Doc == doc || c.over && doc >= c.none {
		return nil
	}
	c.over = false
	err := c.seek(doc)
	if err == nil {
		err = c.skip()
	}
	c.over, c.none = err == nil && !c.OK, doc
	return err
}

// skip goes on to a document that counts.
func (c *Cursor) skip() (err error) {
	if !c.list.lead() {
		return nil
	}
	if c.lengths == nil {
		c.lengths, err = c.list.lengths()
		c.OK = c.OK && c.lengths != nil
	}
	for err == nil && c.OK && c.list.inLead(c.file.code, c.lengths[c.Doc]) == 0 {
		err = c.next()
	}
	return err
}

func (c *Cursor) seek(doc uint32) error {
	switch {
	case c.list.engine != nil:
		if c.engine == nil || !c.OK || c.Doc > doc {
			c.engine = c.list.engine.Iterator(true, true, true, nil)
		}
		var err error
		c.posting, err = c.engine.Advance(uint64(doc))
		return c.met(err)
	case c.list.docs == nil:
		c.Doc, c.OK, c.file.code = c.list.one, c.list.code > 0 && c.list.one >= doc, c.list.code
		return nil
	}
	if c.docs == nil {
		c.chunks.freqs, c.chunks.places = newChunks(c.list.data, c.list.freqs), newChunks(c.list.data, c.list.places)
	}
	if !c.OK || doc < c.Doc || doc >= c.end {
		c.docs = c.list.docs.Iterator()
		c.docs.AdvanceIfNeeded(doc / c.list.chunk * c.list.chunk)
		c.end = 0
	}
	for {
		if err := c.step(); err != nil || !c.OK || c.Doc >= doc {
			return err
		}
	}
}

// Next goes to the next document.
func (c *Cursor) Next() error {
	if !c.OK {
		return nil
	}
	c.none = c.Doc + 1
	err := c.next()
	if err == nil {
		err = c.skip()
	}
	c.over = err == nil && !c.OK
	return err
}

// next goes to the next document of the list.
func (c *Cursor) next() error {
	switch {
	case c.engine != nil:
		var err error
		c.posting, err = c.engine.Next()
		return c.met(err)
	case c.docs == nil:
		c.OK = false
		return nil
	default:
		return c.step()
	}
}

// step goes to the next document of a file's list.
func (c *Cursor) step() error {
	if c.OK = c.docs.HasNext(); !c.OK {
		return nil
	}
	c.Doc = c.docs.Next()
	if c.Doc >= c.end {
		if err := c.load(c.Doc / c.list.chunk); err != nil {
			c.OK = false
			return err
		}
	}
	var located bool
	c.file.code, located = fileCode(&c.freqs)
	c.file.location = nil
	if located {
		size := min(c.places.number(), uint64(len(c.places.rest)))
		c.file.location, c.places.rest = c.places.rest[:size], c.places.rest[size:]
	}
	return nil
}

func (c *Cursor) load(chunk uint32) (err error) {
	c.end = (chunk + 1) * c.list.chunk
	if c.freqs.rest, err = c.chunks.freqs.chunk(chunk); err != nil {
		return err
	}
	c.places.rest, err = c.chunks.places.chunk(chunk)
	return err
}

// met takes over what the engine's iterator has met.
func (c *Cursor) met(err error) error {
	if c.OK = err == nil && c.posting != nil; c.OK {
		c.Doc, c.file.code = uint32(c.posting.Number()), codeOf(c.posting)
	}
	return err
}

// Positions appends where the term stands in the field of the document of the moment, ascending.
func (c *Cursor) Positions(to []int32) []int32 {
	first := len(to)
	if c.posting != nil {
		to = schema.AppendPositions(to, c.file.code, c.posting)
	} else {
		to = schema.AppendPositions(to, c.file.code, &c.file)
	}
	if !c.list.lead() {
		return to
	}
	last := int32(c.lengths[c.Doc])
	n, found := slices.BinarySearch(to[first:], last)
	if to = to[:first+n]; found || c.list.endsLead {
		to = append(to, last)
	}
	return to
}
