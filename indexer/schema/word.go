package schema

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind says how a word was recognised.
type kind uint8

const (
	plain     kind = iota
	initials       // U.S. or J.K.
	ideograph      // one character of a script without spaces
	kinds          // their number
)

// word is a stretch of a text; the zero word means there is none.
type word struct {
	start, end int
	kind       kind
}

// nextWord finds the first word at or after byte i of s.
func nextWord(s string, i int) word {
	for i < len(s) {
		switch c := s[i]; {
		case asciiClass[c] == classSpace:
			i++
		case asciiClass[c] == classWord:
			if end := asciiWord(s, i); end > 0 {
				return word{start: i, end: end}
			}
			return slowWord(s, i)
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if isWordRune(r) {
				return slowWord(s, i)
			}
			i += size
		}
	}
	return word{}
}

// Classes of ASCII bytes: what begins or continues a word, what can do nothing but end one, and what may do either.
const (
	classOther = iota
	classWord
	classSpace
)

// asciiClass maps a byte to its class; bytes outside ASCII are classOther.
var asciiClass = func() (t [256]uint8) {
	for c := range 128 {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			t[c] = classWord
		case !strings.ContainsRune("'`.,_+#", rune(c)):
			t[c] = classSpace
		}
	}
	return t
}()

// asciiWord is the end of the word at i where it is a run of ASCII letters and digits that nothing after it can prolong;
// 0 means that slowWord must decide.
func asciiWord(s string, i int) int {
	start := i
	i = runEnd(s, i)
	if i == len(s) || asciiClass[s[i]] == classSpace {
		return i
	}
	// A comma or a full stop before white space prolongs nothing but an initial.
	if (s[i] == ',' || s[i] == '.') && i-start > 1 && (i+1 == len(s) || asciiClass[s[i+1]] == classSpace) {
		return i
	}
	return 0
}

// runEnd is the end of the run of ASCII letters and digits at i.
func runEnd(s string, i int) int {
	for ; i+8 <= len(s); i += 8 {
		if others := notInWords(eight(s[i:])); others != 0 {
			return i + bits.TrailingZeros64(others)/8
		}
	}
	for i < len(s) && asciiClass[s[i]] == classWord {
		i++
	}
	return i
}

// notInWords has the high bit of each of eight bytes set that is no ASCII letter or digit. Each sum carries into the high bit of
// its byte, and no further, where the byte is at least, or greater than, what was meant.
func notInWords(b uint64) uint64 {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	low := b &^ high
	small := low | asciiLower*ones
	letters := (small + (0x80-'a')*ones) &^ (small + (0x7f-'z')*ones)
	digits := (low + (0x80-'0')*ones) &^ (low + (0x7f-'9')*ones)
	return (b | ^(letters | digits)) & high
}

// slowWord is the word that begins at i, by all rules.
func slowWord(s string, i int) word {
	if end := initialsEnd(s, i); end > 0 {
		return word{start: i, end: possessiveEnd(s, end), kind: initials}
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if isIdeograph(r) {
		return word{start: i, end: marksEnd(s, i+size), kind: ideograph}
	}
	end := i + size
	for end < len(s) {
		next, size := utf8.DecodeRuneInString(s[end:])
		n := size
		if (!isWordRune(next) || isIdeograph(next)) && !unicode.Is(unicode.M, next) {
			n = linkSize(s, r, end, next, size)
		}
		if n == 0 {
			break
		}
		r, _ = utf8.DecodeLastRuneInString(s[:end+n])
		end += n
	}
	return word{start: i, end: signsEnd(s, i, end)}
}

// linkSize is the number of bytes by which a word goes on after prev, where next (of the given size, at i) is no letter:
// an apostrophe, point, comma or underscore that has the right neighbours, or an invisible character inside the word.
func linkSize(s string, prev rune, i int, next rune, size int) int {
	after, afterSize := utf8.DecodeRuneInString(s[i+size:])
	joins := false
	switch {
	case isInvisible(next):
		for isInvisible(after) && i+size < len(s) {
			size += afterSize
			after, afterSize = utf8.DecodeRuneInString(s[i+size:])
		}
		joins = isWordRune(after)
	case isApostrophe(next):
		joins = isWordRune(prev) && unicode.IsLetter(after)
	case next == '.' || next == ',' || next == '٫' || next == '٬':
		joins = unicode.IsDigit(prev) && unicode.IsDigit(after)
	case next == '_':
		joins = isWordRune(after)
	case next == '"' || next == '״': // an acronym
		joins = unicode.Is(unicode.Hebrew, prev) && unicode.Is(unicode.Hebrew, after)
	}
	if !joins || isIdeograph(after) {
		return 0
	}
	return size + afterSize
}

// signsEnd prolongs a word of one letter by the signs of C++ and C#.
func signsEnd(s string, start, end int) int {
	if end-start != 1 || asciiClass[s[start]] != classWord || s[start] <= '9' {
		return end
	}
	for _, signs := range []string{"++", "#"} {
		if strings.HasPrefix(s[end:], signs) {
			r, _ := utf8.DecodeRuneInString(s[end+len(signs):])
			if !isWordRune(r) && r != '+' && r != '#' {
				return end + len(signs)
			}
		}
	}
	return end
}

// marksEnd passes over the marks that sit on the character that ends at end.
func marksEnd(s string, end int) int {
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.Is(unicode.M, r) && r != '\uff9e' && r != '\uff9f' {
			break
		}
		end += size
	}
	return end
}

// isWordRune reports whether r makes words: letters, digits, Roman numerals and the digits of formulas. Raised digits do
// not, as they mostly point to a footnote.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return asciiClass[r] == classWord
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Nl, r) || r >= '₀' && r <= '₉'
}

// isApostrophe reports whether r is written for an apostrophe, rightly or not.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '’', '‘', '′', '´', '＇', '׳', '\u02bc', '\u02bb':
		return true
	}
	return false
}

// isInvisible reports whether r has no width and no meaning inside a word: soft hyphens, joiners, direction marks.
func isInvisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return false
}

// isIdeograph reports whether r is of a script that is indexed character by character.
func isIdeograph(r rune) bool {
	if r < 0x0e00 {
		return false
	}
	return r == 'ー' || unicode.IsLetter(r) && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || unicode.Is(unicode.Nl, r) && unicode.Is(unicode.Han, r)
}
