package similar

import (
	"unicode"
	"unicode/utf8"
)

// reader cuts a text into words and words into shingles.
type reader struct {
	text *Text
	last [shingleWords]uint64 // hashes of the last words, a ring
	word uint64               // hash of the word being read, 0 between words
}

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
	r.last[t.words%shingleWords] = r.word
	t.words++
	t.whole = mix(t.whole ^ r.word)
	r.word = 0
	if t.words < shingleWords {
		return
	}
	var h uint64
	for i := range shingleWords {
		h = h*fnvPrime + r.last[(t.words+i)%shingleWords]
	}
	t.shingles = append(t.shingles, mix(h))
}

// mix spreads what is in any bit over all bits: the last step of MurmurHash3.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
