package segment

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// perChunk is about how many postings the engine reads to come to one of them.
const perChunk = 1024

// chunkSize is how many successive documents share a chunk in the list of a term with so many postings, in a segment of
// so many documents: that of zap's default chunk mode, by which the engine finds the chunk of a document.
func chunkSize(postings, docs uint64) uint64 { return docs / (postings/perChunk + 1) }

// chunks collects the numbers of a term's postings, in chunks by document.
type chunks struct {
	size  uint64
	data  []byte
	ends  []uint64 // of the chunks in data
	count int      // chunks
}

// begin begins a list.
func (c *chunks) begin(size, docs uint64) {
	c.size, c.count = size, int((docs-1)/size)+1
	c.data, c.ends = c.data[:0], c.ends[:0]
}

// at says that what follows is of a document. They must come in ascending order.
func (c *chunks) at(doc uint32) {
	if c.count > 1 {
		c.until(int(uint64(doc) / c.size))
	}
}

// until ends all chunks before a number.
func (c *chunks) until(chunk int) {
	for len(c.ends) < chunk {
		c.ends = append(c.ends, uint64(len(c.data)))
	}
}

func (c *chunks) add(n uint64) { c.data = binary.AppendUvarint(c.data, n) }

// location adds a location, after the number of bytes that it takes.
func (c *chunks) location(numbers []uint32, field uint64) {
	arrays := uint64(len(numbers) - locationHead)
	n := uvarintBytes(field) + uvarintBytes(arrays)
	for _, number := range numbers {
		n += uvarintBytes(uint64(number))
	}
	c.data = slices.Grow(c.data, n+binary.MaxVarintLen64)
	c.add(uint64(n))
	c.add(field)
	for _, number := range numbers[:locationHead] {
		c.add(uint64(number))
	}
	c.add(arrays)
	for _, number := range numbers[locationHead:] {
		c.add(uint64(number))
	}
}

// uvarintBytes is how many bytes AppendUvarint appends.
func uvarintBytes(n uint64) int { return (bits.Len64(n|1) + 6) / 7 }

// write writes the chunks and returns where; 0 stands for none.
func (c *chunks) write(f *file) uint64 {
	if len(c.data) == 0 {
		return 0
	}
	c.until(c.count)
	at := f.at()
	f.number(uint64(c.count))
	for _, end := range c.ends {
		f.number(end)
	}
	f.bytes = append(f.bytes, c.data...)
	return at
}
