package segment

import "strings"

// Lexicon numbers terms from 0 in the order in which they are met. It is not safe for concurrent use, but fields that
// were made with it may be read while it goes on learning.
type Lexicon struct {
	numbers map[string]uint32
	texts   []string
}

// NewLexicon returns an empty Lexicon.
func NewLexicon() *Lexicon { return &Lexicon{numbers: map[string]uint32{}} }

// Number is the number of a term, which is learnt if it is new. Nothing of term is kept.
func (l *Lexicon) Number(term string) uint32 {
	n, known := l.numbers[term]
	if !known {
		n = uint32(len(l.texts))
		term = strings.Clone(term)
		l.numbers[term] = n
		l.texts = append(l.texts, term)
	}
	return n
}

// Text is the term of a number that Number gave.
func (l *Lexicon) Text(n uint32) string { return l.texts[n] }

// Len is how many terms are known.
func (l *Lexicon) Len() int { return len(l.texts) }
