package schema

import (
	"sync"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// What an article is turned into on its way to the index takes fifty times the room of its text, and is needed for a moment
// only. Release and Recycle say that the moment has passed, so that the next article can use the same memory. Whoever
// does not call them loses nothing else.

// Bounds of what is kept for the next article: a few times what a long one needs.
const (
	maxKeptTokens = 1 << 14
	maxKeptTerms  = 1 << 13
)

var tokenMemory sync.Pool // of *[]Token

// takeTokens is an empty slice with room for so many tokens.
func takeTokens(room int) []Token {
	if room > smallText && room <= maxKeptTokens {
		if kept, ok := tokenMemory.Get().(*[]Token); ok && cap(*kept) >= room {
			return (*kept)[:0]
		}
		room += room / 4
	}
	return make([]Token, 0, room)
}

// smallText is the number of tokens up to which a slice of them is not worth keeping.
const smallText = 256

// Release gives the memory of the tokens back. Neither d.Tokens nor a slice of them may be used any more; what Bleve made
// may.
func (d *Document) Release() {
	for s, tokens := range d.Tokens {
		if Segment(s) == Lead || cap(tokens) <= smallText || cap(tokens) > 2*maxKeptTokens {
			continue
		}
		clear(tokens)
		tokenMemory.Put(&tokens)
	}
	d.Tokens = [numSegments][]Token{}
}

// fieldMemory is what the terms of a positional field are made of.
type fieldMemory struct {
	terms     index.TokenFrequencies
	freqs     []index.TokenFreq // of the repeated terms; those after them are free
	locations []index.TokenLocation
	pointers  []*index.TokenLocation
	steps     []uint64
}

// fieldMemories are kept by segment, as a walk over a map takes the time of the largest it ever was.
var fieldMemories [numSegments]sync.Pool // of *fieldMemory

// takeMemory is the memory for a field of so many terms.
func takeMemory(s Segment, terms int) *fieldMemory {
	if m, ok := fieldMemories[s].Get().(*fieldMemory); ok {
		return m
	}
	return &fieldMemory{terms: make(index.TokenFrequencies, terms)}
}

// locate makes room for so many repeated terms and steps between their occurrences.
func (m *fieldMemory) locate(repeated, steps int) {
	if cap(m.locations) < repeated {
		m.freqs = make([]index.TokenFreq, 0, repeated)
		m.locations = make([]index.TokenLocation, 0, repeated)
		m.pointers = make([]*index.TokenLocation, 0, repeated)
	}
	if cap(m.steps) < steps {
		m.steps = make([]uint64, 0, steps)
	}
	m.freqs, m.locations, m.pointers, m.steps = m.freqs[:0], m.locations[:0], m.pointers[:0], m.steps[:0]
}

// repeated is the frequency of a term that occurs more than once; o becomes the place where its positions are added.
func (m *fieldMemory) repeated(o *occurrences, count int) *index.TokenFreq {
	n := len(m.freqs)
	m.locations = append(m.locations, index.TokenLocation{})
	o.location = &m.locations[n]
	m.pointers = append(m.pointers, o.location)
	m.freqs = append(m.freqs, index.TokenFreq{Locations: m.pointers[n : n+1 : n+1]})
	m.freqs[n].SetFrequency(2 * count)
	if more := count - locationRoom; more > 0 {
		from := len(m.steps)
		m.steps = m.steps[:from+more]
		o.location.ArrayPositions = m.steps[from:from:len(m.steps)]
	}
	return &m.freqs[n]
}

// sharedFreqs are the frequencies of terms that occur once, by position. The engine only reads them, so all documents
// share them.
var sharedFreqs = func() []index.TokenFreq {
	f := make([]index.TokenFreq, 4096)
	for i := range f {
		f[i].SetFrequency(2*i + 1)
	}
	return f
}()

// once is the frequency of a term that occurs once, at a position.
func once(position int32) *index.TokenFreq {
	if int(position) < len(sharedFreqs) {
		return &sharedFreqs[position]
	}
	f := &index.TokenFreq{}
	f.SetFrequency(2*int(position) + 1)
	return f
}

// Recycle gives the memory of a document that Bleve made back, once an index holds it. The document may not be used any
// more.
func Recycle(doc *document.Document) {
	for _, each := range doc.Fields {
		f, ok := each.(*field)
		if !ok || f.memory == nil {
			continue
		}
		if len(f.terms) <= maxKeptTerms && f.length <= maxKeptTokens {
			clear(f.memory.terms)
			fieldMemories[f.segment].Put(f.memory)
		}
		f.memory, f.terms = nil, nil
	}
}
