package schema

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a word to the form under which it is compared: lower case, accents off, wide and narrow forms unified,
// letters outside a to z by the nearest plain spelling (ø o, ß ss, æ ae, ł l, ё е, dotless and dotted i), one
// apostrophe, Arabic without vowel signs and with one alef, digits of every script as 0 to 9. Marks that make another
// letter rather than an accent stay (й, ї, the vowels of Indic scripts, voiced kana). Only words are meant to be folded;
// what is neither letter, digit nor a sign that words may hold is dropped. Folding a folded word changes nothing.
func Fold(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return foldUnicode(s)
		}
	}
	return strings.ToLower(strings.ReplaceAll(s, "`", "'"))
}

// foldUnicode folds by decomposing, dropping accents, replacing by table and composing what is left.
func foldUnicode(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var base rune // the last letter, which decides on its marks
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.M, r) {
			if keepsMark(base, r) {
				b.WriteRune(r)
			}
			continue
		}
		r = unicode.ToLower(r)
		base = r
		if plain, ok := foldTable[r]; ok {
			b.WriteString(plain)
			continue
		}
		switch {
		case isApostrophe(r):
			b.WriteByte('\'')
		case unicode.IsDigit(r):
			b.WriteByte(digit(r))
		case isWordRune(r), strings.ContainsRune(".,_+#", r):
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// foldTable gives the plain spelling of letters that have no decomposition; "" drops them.
var foldTable = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ŧ': "t", 'ı': "i",
	'ŋ': "n", 'ĸ': "k", 'ſ': "s", 'ƒ': "f", 'ƀ': "b", 'ɓ': "b", 'ɗ': "d", 'ɖ': "d", 'ɛ': "e", 'ɔ': "o", 'ə': "e", 'ƙ': "k",
	'ȷ': "j", 'ς': "σ",
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ة': "ه", 'ک': "ك", 'ە': "ه", 'ہ': "ه", 'ـ': "",
	'٫': ".", '٬': ",",
}

// keepsMark reports whether a mark on base makes it another letter.
func keepsMark(base, mark rune) bool {
	switch {
	case base < 0x0370: // Latin
		return false
	case base >= 0x0400 && base < 0x0530: // Cyrillic: й, ў and ї are letters, ё is е
		return mark == '\u0306' && (base == 'и' || base == 'у') || mark == '\u0308' && base == 'і'
	case unicode.In(base, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Common):
		return false
	}
	return mark < 0xfe00 || mark > 0xfe0f // variation selectors mean nothing
}

// digit is the ASCII digit of the same value: the digits of every script stand in runs of ten.
func digit(r rune) byte {
	if r < utf8.RuneSelf {
		return byte(r)
	}
	zero := r
	for r-zero < 9 && unicode.IsDigit(zero-1) {
		zero--
	}
	return byte('0' + r - zero)
}
