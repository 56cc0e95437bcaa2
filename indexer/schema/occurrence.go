package schema

import segment "github.com/blevesearch/scorch_segment_api/v2"

// Where a term stands in a field of a document is written in the smallest form that the engine has for it, for an engine
// that keeps five numbers per location would spend half of an index on them:
//
//   - one occurrence, as most terms have: no location, and the frequency 2*position + 1;
//   - two to four, each less than 1,024 words after the one before: no location, and a frequency that holds the first
//     position, then the steps of ten bits each to the others, then two bits for the number of steps, then a zero;
//   - n occurrences otherwise: the frequency 8*n, and one location with the first position as its Position, the steps to
//     the second and third as its Start and End, and the steps to all others as its ArrayPositions.
//
// Frequency and AppendPositions read it. Only a posting of a positional field is so written.
const (
	stepBits     = 10
	maxSteps     = 3 // that a frequency holds
	tagBits      = 3
	locationRoom = 3 // positions that a location holds beside its ArrayPositions
)

// Frequency is how often a term of a positional field occurs in the document of p, at least once.
func Frequency(p segment.Posting) int {
	f := p.Frequency()
	if f%2 == 1 {
		return 1
	}
	if steps := f >> 1 & maxSteps; steps > 0 {
		return 1 + int(steps)
	}
	return int(f >> tagBits)
}

// AppendPositions appends the positions of a term of a positional field in the document of p, ascending. The posting must
// have been read with its locations.
func AppendPositions(to []int32, p segment.Posting) []int32 {
	f := p.Frequency()
	if f%2 == 1 {
		return append(to, int32(f/2))
	}
	if steps := int(f >> 1 & maxSteps); steps > 0 {
		at := int32(f >> (tagBits + steps*stepBits))
		to = append(to, at)
		for steps--; steps >= 0; steps-- {
			at += int32(f >> (tagBits + steps*stepBits) & (1<<stepBits - 1))
			to = append(to, at)
		}
		return to
	}
	locations := p.Locations()
	if len(locations) != 1 {
		return to
	}
	l := locations[0]
	at := int32(l.Pos())
	to = append(to, at, at+int32(l.Start()))
	if f>>tagBits < locationRoom {
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

// appendPosting appends the posting of a term with its positions, as segment.NewField takes it.
func appendPosting(to []uint32, term uint32, positions []uint32) []uint32 {
	if f, ok := packPositions(positions); ok {
		return append(to, term, uint32(f), uint32(f>>32), 0)
	}
	n := uint32(len(positions))
	to = append(to, term, n<<tagBits, 0, max(n, locationRoom), positions[0])
	for i, position := range positions[1:] {
		to = append(to, position-positions[i])
	}
	for ; n < locationRoom; n++ {
		to = append(to, 0)
	}
	return to
}

// packPositions is the frequency that holds positions, if one can.
func packPositions(positions []uint32) (uint64, bool) {
	f := uint64(positions[0])
	if len(positions) == 1 {
		return 2*f + 1, true
	}
	if len(positions) > 1+maxSteps {
		return 0, false
	}
	for i, position := range positions[1:] {
		step := position - positions[i]
		if step >= 1<<stepBits {
			return 0, false
		}
		f = f<<stepBits | uint64(step)
	}
	return f<<tagBits | uint64(len(positions)-1)<<1, true
}
