package search

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
)

// cursor says where in an order to go on: after a document. It holds the document's place, not its number, so it stays good
// when the index changes or a new generation takes over: what was added before it is then not seen, nothing is seen twice.
type cursor struct {
	after found
	seen  uint32 // hits given out so far
}

// cursorBytes is the size of a cursor before it is written as text: version, digest, key, day, identifier, hits seen.
const cursorBytes = 1 + 8 + 8 + 4 + len(docID{}) + 4

const cursorVersion = 1

// text writes a cursor for the given request.
func (c cursor) text(r *Request) string {
	b := make([]byte, 0, cursorBytes)
	b = append(b, cursorVersion)
	b = binary.BigEndian.AppendUint64(b, digest(r))
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(c.after.key))
	b = binary.BigEndian.AppendUint32(b, uint32(c.after.day))
	b = append(b, c.after.id[:]...)
	b = binary.BigEndian.AppendUint32(b, c.seen)
	return base64.RawURLEncoding.EncodeToString(b)
}

// readCursor reads the cursor of a request; without one it returns nil.
func readCursor(r *Request) (*cursor, error) {
	if r.Cursor == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(r.Cursor)
	if err != nil || len(b) != cursorBytes || b[0] != cursorVersion {
		return nil, refuse("Cursor", r.Cursor, "is not a cursor; take it as it stands from the results before")
	}
	if binary.BigEndian.Uint64(b[1:]) != digest(r) {
		return nil, refuse("Cursor", r.Cursor, "belongs to another search; query, filters and order must stay the same")
	}
	c := &cursor{seen: binary.BigEndian.Uint32(b[cursorBytes-4:])}
	c.after.key = math.Float64frombits(binary.BigEndian.Uint64(b[9:]))
	c.after.day = int32(binary.BigEndian.Uint32(b[17:]))
	copy(c.after.id[:], b[21:])
	if math.IsNaN(c.after.key) {
		return nil, refuse("Cursor", r.Cursor, "is not a cursor; take it as it stands from the results before")
	}
	return c, nil
}

// digest names what a request finds and in which order.
func digest(r *Request) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q %q %q %q %q %t %t", r.Query, r.Within, r.From, r.To, r.Sort, r.NoVariants, r.NoFold)
	for _, f := range FacetFields() {
		filter := r.Filters[f]
		fmt.Fprintf(h, "%q %q", slices.Sorted(slices.Values(filter.Include)), slices.Sorted(slices.Values(filter.Exclude)))
	}
	return h.Sum64()
}
