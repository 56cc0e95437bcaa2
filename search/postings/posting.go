package postings

import (
	"math"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Posting is one document of a list.
type Posting struct {
	Doc uint32
	// Freq is how often the term of a positional field occurs in it; of other fields it means nothing.
	Freq uint32
	// Length is how many words the positional field has.
	Length uint32
}

// fieldLength recovers the number of words from the norm, which is one over its square root.
func fieldLength(norm float64) uint32 {
	if norm <= 0 {
		return 1
	}
	return uint32(math.Round(1 / (norm * norm)))
}

// filePosting is a posting of a file in the form that the engine would give it, with its location: so package schema
// alone knows what their numbers mean.
type filePosting struct {
	freq     uint64
	location []byte // empty where there is none
	numbers  [4]uint64
	rest     []uint64
	self     [1]segment.Location
}

// Locations implements segment.Posting: it reads the only location.
func (p *filePosting) Locations() []segment.Location {
	if len(p.location) == 0 {
		return nil
	}
	r := bytesReader{p.location}
	for i := range p.numbers { // the number of the field, and three of the location's own
		p.numbers[i] = r.number()
	}
	p.rest = p.rest[:0]
	for n := r.number(); n > 0 && len(r.rest) > 0; n-- {
		p.rest = append(p.rest, r.number())
	}
	p.self[0] = p
	return p.self[:]
}

// Frequency implements segment.Posting.
func (p *filePosting) Frequency() uint64 { return p.freq }

// Pos implements segment.Location.
func (p *filePosting) Pos() uint64 { return p.numbers[1] }

// Start implements segment.Location.
func (p *filePosting) Start() uint64 { return p.numbers[2] }

// End implements segment.Location.
func (p *filePosting) End() uint64 { return p.numbers[3] }

// ArrayPositions implements segment.Location.
func (p *filePosting) ArrayPositions() []uint64 { return p.rest }

// Number implements segment.Posting. Nobody asks for it.
func (p *filePosting) Number() uint64 { return 0 }

// Norm implements segment.Posting. Nobody asks for it.
func (p *filePosting) Norm() float64 { return 0 }

// Field implements segment.Location. Nobody asks for it.
func (p *filePosting) Field() string { return "" }

// Size implements segment.Posting and segment.Location. Nobody asks for it.
func (p *filePosting) Size() int { return 0 }
