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
	lexicon  *Lexicon
	texts    []string // of the lexicon, as far as this field needs it
	postings []uint32
}

// NewField makes a field. Value is what is stored, if the options say so. Postings name each term once: its number in the
// lexicon, its code in two halves, the lower one first, and how many numbers follow, which is 0 or the number of those of its
// one location: position, start, end, array positions. Where the options skip frequencies the code counts for nothing. The
// slices are the field's from now on.
func NewField(name string, options index.FieldIndexingOptions, value []byte, l *Lexicon, postings []uint32) *Field {
	f := &Field{name: name, options: options, value: value, postings: postings}
	if l != nil {
		f.lexicon, f.texts = l, l.known()
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

// AnalyzedLength is 0: where the engine would keep lengths, codes stand.
func (f *Field) AnalyzedLength() int { return 0 }

// NumPlainTextBytes is 0: the engine only adds it up for its statistics.
func (f *Field) NumPlainTextBytes() uint64 { return 0 }

// Size is the number of bytes that the field takes in memory, roughly.
func (f *Field) Size() int { return 4*len(f.postings) + len(f.value) + len(f.name) }

// AnalyzedTokenFrequencies are the terms alone. What else there is of them the stock engine has no place for.
func (f *Field) AnalyzedTokenFrequencies() index.TokenFrequencies {
	terms := index.TokenFrequencies{}
	for p := f.postings; len(p) > 0; p = p[postingHead+p[3]:] {
		terms[f.texts[p[0]]] = &index.TokenFreq{}
	}
	return terms
}

// code is that of the posting at the front of p.
func code(p []uint32) uint64 { return uint64(p[1]) | uint64(p[2])<<32 }
