package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlugBytes bounds a slug, so that a sentence in the author field still makes a usable address.
const maxSlugBytes = 120

// Slug makes a name into a part of an address: "Renée O'Connor, Jr." is "renee-oconnor-jr". Letters are in lower
// case; Latin letters lose their accents; other letters and digits stay as they are written (Cyrillic too: browsers
// show it, and no two transliterations agree); apostrophes go; whatever else stands between words becomes one hyphen. A slug is cut at
// a hyphen within 120 bytes. Names without a letter or digit give "". Different names may give the same slug.
func Slug(s string) string {
	var b strings.Builder
	latin, gap := false, false
	for _, r := range norm.NFD.String(strings.ToLower(strings.ToValidUTF8(s, " "))) {
		switch {
		case unicode.Is(unicode.Mn, r):
			if !latin && b.Len() > 0 && !gap {
				b.WriteRune(r) // composed again below
			}
			continue
		case strings.ContainsRune("'’‘ʼ`´", r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
		}
		gap, latin = false, unicode.Is(unicode.Latin, r)
		if plain, ok := plainLatin[r]; ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return cutSlug(norm.NFC.String(b.String()))
}

// plainLatin has the letters that are no letter with an accent.
var plainLatin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ŋ': "ng",
}

func cutSlug(s string) string {
	if len(s) <= maxSlugBytes {
		return s
	}
	end := maxSlugBytes
	for !utf8.RuneStart(s[end]) {
		end--
	}
	if i := strings.LastIndexByte(s[:end+1], '-'); i > 0 {
		end = i
	}
	return strings.TrimRight(s[:end], "-")
}
