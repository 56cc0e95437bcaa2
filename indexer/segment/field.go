package segment

import (
	index "github.com/blevesearch/bleve_index_api"
)

// Field is a field of a document whose terms are known already: nothing is left to analyse. A document that consists of
// Fields, and of the ID that bleve adds to it, is one that this package can index by itself.
type Field struct {
	name     string
	options  index.FieldIndexingOptions
	value    []byte
	length   int
	lexicon  *Lexicon
	texts    []string // of the lexicon, as far as this field needs it
	postings []uint32
}

// NewField makes a field. Value is what is stored, if the options say so. Length is the number of words, which the
// engine keeps beside each frequency. Postings name each term once: its number in the lexicon, its frequency in two halves,
// the lower one first, and how many numbers follow, which is 0 or the number of those of its one location: position, start,
// end, array positions. The frequency is 0 if and only if the options are to skip it. The slices are the field's from now
// on.
func NewField(name string, options index.FieldIndexingOptions, value []byte, length int, l *Lexicon, postings []uint32) *Field {
	f := &Field{name: name, options: options, value: value, length: length, postings: postings}
	if l != nil {
		f.lexicon, f.texts = l, l.texts[:len(l.texts):len(l.texts)]
	}
	return f
}

// postingHead is how many numbers a posting has before those of its location, locationHead how many a location has before
// its array positions.
const (
	postingHead  = 4
	locationHead = 3
)

// Name implements index.Field, as the other methods do.
func (f *Field) Name() string { return f.name }

// Value is what is stored.
func (f *Field) Value() []byte { return f.value }

// ArrayPositions are none.
func (f *Field) ArrayPositions() []uint64 { return nil }

// EncodedFieldType is that of a text.
func (f *Field) EncodedFieldType() byte { return 't' }

// Analyze does nothing.
func (f *Field) Analyze() {}

// Options are those that the field was made with.
func (f *Field) Options() index.FieldIndexingOptions { return f.options }

// AnalyzedLength is the number of words.
func (f *Field) AnalyzedLength() int { return f.length }

// NumPlainTextBytes is 0: the engine only adds it up for its statistics.
func (f *Field) NumPlainTextBytes() uint64 { return 0 }

// Size is the number of bytes that the field takes in memory, roughly.
func (f *Field) Size() int { return 4*len(f.postings) + len(f.value) + len(f.name) }

// AnalyzedTokenFrequencies are the terms as the stock engine takes them. This package does without.
func (f *Field) AnalyzedTokenFrequencies() index.TokenFrequencies {
	terms := index.TokenFrequencies{}
	for p := f.postings; len(p) > 0; {
		n := postingHead + int(p[3])
		freq := &index.TokenFreq{Locations: location(p[postingHead:n])}
		freq.SetFrequency(int(frequency(p)))
		terms[f.texts[p[0]]] = freq
		p = p[n:]
	}
	return terms
}

// frequency is that of the posting at the front of p.
func frequency(p []uint32) uint64 { return uint64(p[1]) | uint64(p[2])<<32 }

// location is the one location that numbers stand for, or none.
func location(numbers []uint32) []*index.TokenLocation {
	if len(numbers) == 0 {
		return nil
	}
	l := &index.TokenLocation{Position: int(numbers[0]), Start: int(numbers[1]), End: int(numbers[2])}
	for _, n := range numbers[locationHead:] {
		l.ArrayPositions = append(l.ArrayPositions, uint64(n))
	}
	return []*index.TokenLocation{l}
}
