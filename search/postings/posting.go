package postings

import segment "github.com/blevesearch/scorch_segment_api/v2"

// Posting is one document of a list.
type Posting struct {
	Doc uint32
	// Freq is how often the term of a positional field occurs in it; of other fields it means nothing. Of a mark in the lead
	// it may be one less.
	Freq uint32
	// Length is how many words the positional field has.
	Length uint32
}

// filePosting is a posting of a file with its location in the form that the engine would give it: so package schema alone
// knows what their numbers mean.
type filePosting struct {
	code     uint64
	location []byte // empty where there is none
	numbers  [4]uint64
	rest     []uint64
	self     [1]segment.Location
}

// Locations implements schema.Located: it reads the only location.
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

// Pos implements segment.Location.
func (p *filePosting) Pos() uint64 { return p.numbers[1] }

// Start implements segment.Location.
func (p *filePosting) Start() uint64 { return p.numbers[2] }

// End implements segment.Location.
func (p *filePosting) End() uint64 { return p.numbers[3] }

// ArrayPositions implements segment.Location.
func (p *filePosting) ArrayPositions() []uint64 { return p.rest }

// Field implements segment.Location. Nobody asks for it.
func (p *filePosting) Field() string { return "" }

// Size implements segment.Location. Nobody asks for it.
func (p *filePosting) Size() int { return 0 }
