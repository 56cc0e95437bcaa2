package segment

import zap "github.com/blevesearch/zapx/v17"

// A code is all that a posting says without its location: one number, whose meaning is its maker's. The engine has a
// frequency and a norm for each posting, each in as many bytes as it needs. The last bits of a code are the norm, as many as
// one byte holds, and one more than the rest is the frequency, as that of 0 has no norm. For a posting with a location the
// engine takes memory by the frequency: there nearly all is in the norm.
const (
	codeBits    = 7
	locatedBits = 28
)

// Code is the code of a posting that has this frequency and this norm, and a location or not. A frequency of 0 has none.
func Code(frequency, norm uint64, located bool) uint64 {
	if frequency == 0 {
		return 0
	}
	return (frequency-1)<<normBits(located) + norm
}

func split(code uint64, located bool) (frequency, norm uint64) {
	n := normBits(located)
	return code>>n + 1, code & (1<<n - 1)
}

func normBits(located bool) int {
	if located {
		return locatedBits
	}
	return codeBits
}

// maxHit is the greatest number that goes into the dictionary itself: the engine has 31 bits for it, and takes it for the bits
// of a floating-point number on the way, of which those below are ordinary ones.
const maxHit = 1<<30 - 1

// oneHit is what stands in the dictionary for a term that one document has: the document and the code, where that is small
// enough to be the norm of a frequency of 1. The engine takes a norm of 0 for no such thing.
func oneHit(p posting) (entry uint64, ok bool) {
	if p.places > 0 || p.code == 0 || p.code > maxHit || p.doc > maxHit {
		return 0, false
	}
	return zap.FSTValEncode1Hit(uint64(p.doc), p.code), true
}
