package schema

import (
	"math/bits"

	engine "github.com/blevesearch/scorch_segment_api/v2"

	"oped/indexer/segment"
)

// Where a term stands in a field of a document is written in its posting's code (see Code), as an engine that keeps
// five numbers per location would spend half of an index on them:
//
//   - one occurrence, as most terms have: 2*position + 1;
//   - two to four, each less than 1,024 words after the one before: the first position, then the steps of ten bits each to
//     the others, then two bits for the number of steps, then a zero;
//   - n occurrences otherwise: n and the number of those in the lead, side by side in as many bits each as n has, then
//     three zeros. A location has the first position as its Position, the steps to the second and third as its Start and
//     End, and the steps to all others as its ArrayPositions.
//
// The code of LengthMark and LeadMark is that of a term at the position that they stand for.
const (
	stepBits     = 10
	maxSteps     = 3 // that a code holds
	tagBits      = 3
	locationRoom = 3 // positions that a location holds beside its ArrayPositions
)

// Code is the code of a posting that the engine gives this frequency and this norm, and a location or not.
func Code(frequency, norm uint64, located bool) uint64 { return segment.Code(frequency, norm, located) }

// Frequency is how often a term of a positional field occurs in the document of a posting with this code, at least once.
func Frequency(code uint64) int {
	if code%2 == 1 {
		return 1
	}
	if steps := code >> 1 & maxSteps; steps > 0 {
		return 1 + int(steps)
	}
	return int(code >> tagBits >> countBits(code))
}

// countBits is how many bits the number of occurrences has, and that of those in the lead.
func countBits(code uint64) int { return bits.Len64(code>>tagBits) / 2 }

// LeadFrequency is how often a term of the body occurs in the lead, which has so many words.
func LeadFrequency(code uint64, words int) int {
	var room [1 + maxSteps]int32
	positions, ok := unpackPositions(room[:0], code)
	if !ok {
		return int(code >> tagBits & (1<<countBits(code) - 1))
	}
	n := 0
	for n < len(positions) && int(positions[n]) <= words {
		n++
	}
	return n
}

// Located has the locations of a posting: an engine's posting that was read with them.
type Located interface{ Locations() []engine.Location }

// AppendPositions appends the positions of a term of a positional field in the document of a posting, ascending.
func AppendPositions(to []int32, code uint64, p Located) []int32 {
	to, ok := unpackPositions(to, code)
	if ok {
		return to
	}
	locations := p.Locations()
	if len(locations) != 1 {
		return to
	}
	l := locations[0]
	at := int32(l.Pos())
	to = append(to, at, at+int32(l.Start()))
	if Frequency(code) < locationRoom {
		return to
	}
	at += int32(l.Start() + l.End())
	to = append(to, at)
	for _, step := range l.ArrayPositions() {
		at += int32(step)
		to = append(to, at)
	}
	return to
}

// unpackPositions appends the positions that a code holds; ok is false where there is a location.
func unpackPositions(to []int32, code uint64) (_ []int32, ok bool) {
	if code%2 == 1 {
		return append(to, int32(code/2)), true
	}
	steps := int(code >> 1 & maxSteps)
	if steps == 0 {
		return to, false
	}
	at := int32(code >> (tagBits + steps*stepBits))
	to = append(to, at)
	for steps--; steps >= 0; steps-- {
		at += int32(code >> (tagBits + steps*stepBits) & (1<<stepBits - 1))
		to = append(to, at)
	}
	return to, true
}

// appendPosting appends the posting of a term with its positions, as segment.NewField takes it. The lead has so many words.
func appendPosting(to []uint32, term uint32, positions []uint32, lead uint32) []uint32 {
	if code, ok := packPositions(positions); ok {
		return append(to, term, uint32(code), uint32(code>>32), 0)
	}
	n, inLead := uint32(len(positions)), 0
	for inLead < len(positions) && positions[inLead] <= lead {
		inLead++
	}
	code := (uint64(n)<<bits.Len32(n) | uint64(inLead)) << tagBits
	to = append(to, term, uint32(code), uint32(code>>32), max(n, locationRoom), positions[0])
	for i, position := range positions[1:] {
		to = append(to, position-positions[i])
	}
	for ; n < locationRoom; n++ {
		to = append(to, 0)
	}
	return to
}

// packPositions is the code that holds positions, if one can.
func packPositions(positions []uint32) (uint64, bool) {
	code := uint64(positions[0])
	if len(positions) == 1 {
		return 2*code + 1, true
	}
	if len(positions) > 1+maxSteps {
		return 0, false
	}
	for i, position := range positions[1:] {
		step := position - positions[i]
		if step >= 1<<stepBits {
			return 0, false
		}
		code = code<<stepBits | uint64(step)
	}
	return code<<tagBits | uint64(len(positions)-1)<<1, true
}
