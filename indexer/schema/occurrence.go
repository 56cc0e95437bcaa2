package schema

import (
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Where a term stands in a field of a document is written in the smallest form that the engine has for it, for an engine
// that keeps five numbers per location would spend half of an index on them:
//
//   - one occurrence, as most terms have: no location, and the frequency 2*position + 1;
//   - n occurrences: the frequency 2*n, and one location with the first position as its Position, the steps to the second
//     and third as its Start and End, and the steps to all others as its ArrayPositions.
//
// Frequency and AppendPositions read it. Only a posting of a positional field is so written.

// Frequency is how often a term of a positional field occurs in the document of p, at least once.
func Frequency(p segment.Posting) int {
	n := p.Frequency()
	if n%2 == 1 {
		return 1
	}
	return int(n / 2)
}

// AppendPositions appends the positions of a term of a positional field in the document of p, ascending. The posting must
// have been read with its locations.
func AppendPositions(to []int32, p segment.Posting) []int32 {
	n := p.Frequency()
	if n%2 == 1 {
		return append(to, int32(n/2))
	}
	locations := p.Locations()
	if len(locations) != 1 {
		return to
	}
	l := locations[0]
	at := int32(l.Pos())
	to = append(to, at, at+int32(l.Start()))
	if n < 2*locationRoom {
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

// locationRoom is how many positions a location holds beside its ArrayPositions.
const locationRoom = 3
