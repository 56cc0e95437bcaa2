package schema

import (
	"math/bits"
	"math/rand/v2"
	"strings"
)

// vocabulary holds the forms of spellings. Nearly all words are short: such a spelling is a key of two numbers that stands
// in the table itself, so that one look into memory finds it, where a map would need three or four.
type vocabulary struct {
	slots []slot // a power of two of them, at least half of them free
	used  int
	seeds packed           // so that no text can be made to fill one part of the table
	long  map[string]*form // the other spellings
}

type slot struct {
	key  packed
	form *form // nil for a free slot
}

// packed is a spelling of up to maxPacked bytes, in their order, and zeros after them. No word has a zero byte.
type packed struct{ head, tail uint64 }

const maxPacked = 16

// firstSlots is the size of a new vocabulary.
const firstSlots = 1 << 8

func newVocabulary() *vocabulary {
	return &vocabulary{slots: make([]slot, firstSlots), seeds: packed{rand.Uint64(), rand.Uint64()}, long: map[string]*form{}}
}

// find is the form of a spelling, nil if it is not known.
func (v *vocabulary) find(s string) *form {
	if len(s) > maxPacked {
		return v.long[s]
	}
	return v.slot(pack(s)).form
}

// add adds a spelling that is not known, of which nothing is kept.
func (v *vocabulary) add(s string, f *form) {
	if len(s) > maxPacked {
		v.long[strings.Clone(s)] = f
		return
	}
	if v.used++; 2*v.used > len(v.slots) {
		old := v.slots
		v.slots = make([]slot, 2*len(old))
		for _, o := range old {
			if o.form != nil {
				*v.slot(o.key) = o
			}
		}
	}
	k := pack(s)
	*v.slot(k) = slot{k, f}
}

// slot is where a key is, or where it is to be.
func (v *vocabulary) slot(k packed) *slot {
	high, low := bits.Mul64(k.head^v.seeds.head, k.tail^v.seeds.tail)
	mask := uint64(len(v.slots) - 1)
	for i := high ^ low; ; i++ {
		s := &v.slots[i&mask]
		if s.key == k || s.form == nil {
			return s
		}
	}
}

// pack packs a spelling of 1 to maxPacked bytes.
func pack(s string) packed {
	n := len(s)
	switch {
	case n >= 8:
		return packed{eight(s), eight(s[n-8:]) >> (8 * (16 - n))}
	case n >= 4:
		return packed{head: four(s) | four(s[n-4:])<<(8*(n-4))}
	}
	var head uint64
	for i := range n {
		head |= uint64(s[i]) << (8 * i)
	}
	return packed{head: head}
}

// eight and four are the first bytes of s as a number.
func eight(s string) uint64 { return four(s) | four(s[4:8])<<32 }

func four(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
