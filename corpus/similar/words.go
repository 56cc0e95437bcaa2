package similar

import (
	"unicode"
	"unicode/utf8"
)

// reader cuts a text into words and words into shingles.
type reader struct {
	text        *Text
	word        uint64            // hash of the word being read, 0 between words
	last        [lastWords]uint64 // hashes of the last words, a ring
	short, long uint64            // hashes of the last shingleWords and longWords words together
}

// lastWords is a power of two above the length of any shingle.
const lastWords = 8

const (
	fnvOffset = 14695981039346656037 // FNV-1a, 64 bits
	fnvPrime  = 1099511628211
)

// read reads a part of the text. Its end ends a word.
func (r *reader) read(part string) {
	for _, c := range part {
		switch kind := kindOf(c); kind {
		case letter:
			r.letter(c)
		case alone:
			r.end()
			r.letter(c)
			r.end()
		case between:
			r.end()
		case inside:
		}
	}
	r.end()
}

// kind is what a character does to words.
type kind uint8

const (
	between kind = iota // ends a word
	letter              // is a part of one
	alone               // is one: in scripts without spaces
	inside              // is passed over: apostrophes, accents written apart, marks of a break
)

// ascii are the kinds of the commonest characters.
var ascii = func() (kinds [utf8.RuneSelf]kind) {
	for c := range rune(utf8.RuneSelf) {
		kinds[c] = slowKind(c)
	}
	return kinds
}()

func kindOf(c rune) kind {
	if c < utf8.RuneSelf {
		return ascii[c]
	}
	return slowKind(c)
}

// withoutSpaces are the scripts that are written without spaces between words.
var withoutSpaces = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

func slowKind(c rune) kind {
	switch {
	case c == '\'' || c == '’' || c == 'ʼ' || c == '\u00ad' || c == '\u200b' || c == '\u200d' || unicode.IsMark(c):
		return inside
	case !unicode.IsLetter(c) && !unicode.IsNumber(c):
		return between
	case c >= 0x0e00 && unicode.In(c, withoutSpaces...):
		return alone
	}
	return letter
}

func (r *reader) letter(c rune) {
	if r.word == 0 {
		r.word = fnvOffset
	}
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	} else if c >= utf8.RuneSelf {
		c = unicode.ToLower(c)
	}
	r.word = (r.word ^ uint64(c)) * fnvPrime
}

// end ends a word, and with it a shingle.
func (r *reader) end() {
	if r.word == 0 {
		return
	}
	t := r.text
	r.short = roll(r.short, r.word, r.last[(t.words-shingleWords)&(lastWords-1)], shortPower)
	r.long = roll(r.long, r.word, r.last[(t.words-longWords)&(lastWords-1)], longPower)
	r.last[t.words&(lastWords-1)] = r.word
	t.words++
	t.whole = mix(t.whole ^ r.word)
	r.word = 0
	if t.words >= shingleWords {
		t.shingles = append(t.shingles, mix(r.short))
	}
	if t.words >= longWords {
		t.sketch.add(mix(r.long))
	}
}

// The factors with which the oldest word of a shingle stands in its hash, times fnvPrime.
var shortPower, longPower = power(shingleWords), power(longWords)

func power(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= fnvPrime
	}
	return p
}

// roll takes a word into the hash of a shingle and the oldest one out of it (Karp and Rabin, 1987).
func roll(hash, in, out, power uint64) uint64 { return hash*fnvPrime + in - out*power }

// mix spreads what is in any bit over all bits: the last step of MurmurHash3.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
