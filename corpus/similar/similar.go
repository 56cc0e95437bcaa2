package similar

import (
	"encoding/binary"
	"slices"
)

const (
	// shingleWords is the length of a shingle. Shorter ones are shared by texts that have nothing else in common, longer
	// ones do not survive that a word here and there is changed.
	shingleWords = 4
	// shortWords is the length below which a text is only a copy of one that is equal: two letters of a few lines share
	// half of their shingles when they share a salutation.
	shortWords = 50
	// leastWords is the length below which a text is a copy of nothing: captions and notices are equal by the thousand.
	leastWords = 10

	// leastResemblance and leastContainment are what two texts must share to be copies; see the package comment.
	leastResemblance = 0.5
	leastContainment = 0.7
)

// Text is a text made ready to be compared. It is not safe for concurrent use.
type Text struct {
	words    int
	whole    uint64   // hash of all words in their order
	shingles []uint64 // hashes, in the order of the text until sorted
	sorted   bool
}

// wordBytes is about the length of a word with the space after it, for room.
const wordBytes = 5

// Read makes the parts of a text ready, which are read as one after the other.
func Read(parts ...string) *Text {
	bytes := 0
	for _, part := range parts {
		bytes += len(part)
	}
	t := &Text{shingles: make([]uint64, 0, bytes/wordBytes+1)}
	r := reader{text: t}
	for _, part := range parts {
		r.read(part)
	}
	return t
}

// Words is the number of words. In scripts without spaces every character counts as one.
func (t *Text) Words() int { return t.words }

// Comparable reports whether the text is long enough to be a copy of another.
func (t *Text) Comparable() bool { return t.words >= leastWords }

// CopyOf reports whether two texts are copies of one another. It is symmetric, but not transitive: the first and the last
// of a chain of copies may have little in common.
func (t *Text) CopyOf(o *Text) bool {
	if !t.Comparable() || !o.Comparable() {
		return false
	}
	if t.whole == o.whole && t.words == o.words {
		return true
	}
	if t.words < shortWords || o.words < shortWords {
		return false
	}
	resemblance, containment := t.Compare(o)
	return resemblance >= leastResemblance && containment >= leastContainment
}

// Compare gives the share of the shingles of both that are in both (resemblance), and the share of the shingles of the
// one with fewer that are in the other (containment). Texts of fewer words than a shingle share nothing.
func (t *Text) Compare(o *Text) (resemblance, containment float64) {
	t.sort()
	o.sort()
	a, b := t.shingles, o.shingles
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both), float64(both) / float64(min(len(a), len(b)))
}

// sort makes a set of the shingles.
func (t *Text) sort() {
	if !t.sorted {
		slices.Sort(t.shingles)
		t.shingles = slices.Compact(t.shingles)
		t.sorted = true
	}
}

const (
	bandRows = 2 // minima that make one key
	minima   = MaxKeys * bandRows

	// leastEqual of all minima must be equal for two texts to be worth comparing: five of 24 are missed once in a
	// thousand times at a resemblance of 0.5.
	leastEqual = 5
)

// MaxKeys is how many keys a sketch has at most.
const MaxKeys = 12

// Sketch is what is kept of a text to find its copies by: the least values of its shingles' hashes, each under another
// function. The zero Sketch is of no text.
type Sketch struct {
	least [minima]uint32
	whole uint64 // of a short text, which has nothing else
}

// Sketch makes the sketch of a text.
func (t *Text) Sketch() Sketch {
	var s Sketch
	if t.words < shortWords {
		s.whole = t.whole
		return s
	}
	var least [minima]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for _, h := range t.shingles {
		for i := range least {
			least[i] = min(least[i], (h^functions[i].flip)*functions[i].factor)
		}
	}
	for i := range least {
		s.least[i] = uint32(least[i] >> 32)
	}
	return s
}

// functions stand in for random orders of all hashes.
var functions = func() (f [minima]struct{ flip, factor uint64 }) {
	for i := range f {
		f[i].flip, f[i].factor = mix(uint64(2*i+1)), mix(uint64(2*i+2))|1
	}
	return f
}()

// Keys are what copies share at least one of, in all likelihood. A short text has one, that of its words.
func (s *Sketch) Keys() []int64 {
	if s.whole != 0 {
		return []int64{int64(s.whole)}
	}
	keys := make([]int64, MaxKeys)
	for i := range keys {
		key := uint64(i)
		for _, v := range s.least[i*bandRows : (i+1)*bandRows] {
			key = mix(key<<32 ^ key>>32 ^ uint64(v))
		}
		keys[i] = int64(key)
	}
	return keys
}

// Shared is how many minima two sketches share, and whether that is enough for their texts to be worth comparing. The
// share of shared minima estimates the resemblance.
func (s *Sketch) Shared(o *Sketch) (n int, enough bool) {
	if s.whole != 0 || o.whole != 0 {
		return 0, s.whole == o.whole
	}
	key := false
	for i := 0; i < minima; i += bandRows {
		equal := 0
		for j := i; j < i+bandRows; j++ {
			if s.least[j] == o.least[j] {
				equal++
			}
		}
		n += equal
		key = key || equal == bandRows
	}
	return n, key && n >= leastEqual
}

// Bytes writes a sketch; ReadSketch reads it.
func (s *Sketch) Bytes() []byte {
	if s.whole != 0 {
		return binary.BigEndian.AppendUint64(nil, s.whole)
	}
	b := make([]byte, 0, 4*minima)
	for _, v := range s.least {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// ReadSketch reads what Bytes wrote. Anything else gives the zero Sketch.
func ReadSketch(b []byte) (s Sketch) {
	switch len(b) {
	case 8:
		s.whole = binary.BigEndian.Uint64(b)
	case 4 * minima:
		for i := range s.least {
			s.least[i] = binary.BigEndian.Uint32(b[4*i:])
		}
	}
	return s
}
