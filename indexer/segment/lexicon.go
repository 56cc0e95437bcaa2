package segment

import (
	"hash/maphash"
	"strings"
	"sync"
)

// Lexicon numbers terms from 0 in the order in which they are met. It is safe for concurrent use. Documents that go into a
// segment together are best made with one Lexicon: then their terms need not be compared.
type Lexicon struct {
	mu    sync.Mutex
	seed  maphash.Seed
	slots []entry // a power of two of them, at least half of them free; a map would be searched twice to learn a term
	texts []string
	room  strings.Builder // for the texts to come, side by side
}

// entry is a term's hash, as far as it tells terms apart, and its number plus one; 0 for a free one.
type entry struct{ hash, number uint32 }

const (
	firstEntries = 1 << 10
	textRoom     = 1 << 16 // bytes
)

// NewLexicon returns an empty Lexicon.
func NewLexicon() *Lexicon {
	return &Lexicon{seed: maphash.MakeSeed(), slots: make([]entry, firstEntries)}
}

// Number is the number of a term, which is learnt if it is new. Nothing of term is kept.
func (l *Lexicon) Number(term string) uint32 {
	hash := uint32(maphash.String(l.seed, term))
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.slot(hash, term)
	if s.number == 0 {
		l.texts = append(l.texts, l.keep(term))
		*s = entry{hash, uint32(len(l.texts))}
		if 2*len(l.texts) > len(l.slots) {
			l.grow()
		}
		return uint32(len(l.texts) - 1)
	}
	return s.number - 1
}

// slot is where a term is, or where it is to be.
func (l *Lexicon) slot(hash uint32, term string) *entry {
	mask := uint32(len(l.slots) - 1)
	for i := hash; ; i++ {
		s := &l.slots[i&mask]
		if s.number == 0 || s.hash == hash && l.texts[s.number-1] == term {
			return s
		}
	}
}

func (l *Lexicon) grow() {
	old := l.slots
	l.slots = make([]entry, 2*len(old))
	mask := uint32(len(l.slots) - 1)
	for _, e := range old {
		i := e.hash & mask
		for ; e.number > 0 && l.slots[i].number > 0; i = (i + 1) & mask {
		}
		if e.number > 0 {
			l.slots[i] = e
		}
	}
}

// keep copies a text.
func (l *Lexicon) keep(text string) string {
	if l.room.Cap()-l.room.Len() < len(text) {
		l.room = strings.Builder{}
		l.room.Grow(max(textRoom, len(text)))
	}
	begin := l.room.Len()
	l.room.WriteString(text)
	return l.room.String()[begin:]
}

// Text is the term of a number that Number gave.
func (l *Lexicon) Text(n uint32) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.texts[n]
}

// Len is how many terms are known.
func (l *Lexicon) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.texts)
}

// known are the terms known so far, by number.
func (l *Lexicon) known() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.texts[:len(l.texts):len(l.texts)]
}
