package similar

import (
	"encoding/binary"
	"slices"
)

const (
	// longWords is the length of the shingles that sketches are made of. They are longer than those that texts are compared
	// by, as unrelated texts share "at the end of" but seldom more.
	longWords = 6
	// minima is how many hashes a sketch has.
	minima = 16
	// leastShared is how many of them two texts must share to be worth comparing: one may be a common phrase.
	leastShared = 2
)

// MaxKeys is how many keys a sketch has at most.
const MaxKeys = 6

// Sketch is what is kept of a text to find its copies by: the least hashes of its longer shingles, ascending. That of a short
// text is the one hash of all its words. The zero Sketch is of no text.
type Sketch struct {
	least [minima]uint64
	n     int
}

// Sketch makes the sketch of a text.
func (t *Text) Sketch() Sketch {
	if t.words < shortWords {
		return Sketch{least: [minima]uint64{t.whole}, n: 1}
	}
	return t.sketch
}

// add takes in the hash of a shingle.
func (s *Sketch) add(h uint64) {
	if s.n == minima && h >= s.least[minima-1] {
		return
	}
	i, known := slices.BinarySearch(s.least[:s.n], h)
	if known {
		return
	}
	s.n = min(s.n+1, minima)
	copy(s.least[i+1:s.n], s.least[i:])
	s.least[i] = h
}

// Keys are what copies share at least one of, in all likelihood: the least of all.
func (s *Sketch) Keys() []int64 {
	keys := make([]int64, min(s.n, MaxKeys))
	for i := range keys {
		keys[i] = int64(s.least[i])
	}
	return keys
}

// Shared is how many hashes two sketches share, and whether that is enough for their texts to be worth comparing. It counts
// for nothing unless a key is among them.
func (s *Sketch) Shared(o *Sketch) (n int, enough bool) {
	key := false
	for i, j := 0, 0; i < s.n && j < o.n; {
		switch {
		case s.least[i] < o.least[j]:
			i++
		case s.least[i] > o.least[j]:
			j++
		default:
			n++
			key = key || i < MaxKeys && j < MaxKeys
			i++
			j++
		}
	}
	return n, key && n >= min(leastShared, s.n, o.n)
}

// Bytes writes a sketch; ReadSketch reads it.
func (s *Sketch) Bytes() []byte {
	b := make([]byte, 0, 8*s.n)
	for _, h := range s.least[:s.n] {
		b = binary.BigEndian.AppendUint64(b, h)
	}
	return b
}

// ReadSketch reads what Bytes wrote. Anything else gives some sketch, which is like no other.
func ReadSketch(b []byte) (s Sketch) {
	for ; len(b) >= 8 && s.n < minima; b = b[8:] {
		s.least[s.n] = binary.BigEndian.Uint64(b)
		s.n++
	}
	return s
}
