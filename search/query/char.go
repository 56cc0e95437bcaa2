package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// char is one character of the text in plain form: curly signs have become straight ones, white space and what is no
// text at all a space.
type char struct {
	r        rune
	at, size int  // bytes of the text it was read from, an escaping backslash among them
	escaped  bool // a backslash before it makes it a mere sign
}

func (c char) end() int { return c.at + c.size }

// is reports whether c is the sign r and not escaped.
func (c char) is(r rune) bool { return c.r == r && !c.escaped }

// in reports whether c is one of the signs and not escaped.
func (c char) in(signs string) bool { return !c.escaped && strings.ContainsRune(signs, c.r) }

// chars reads a text as characters. A backslash takes its meaning from the sign after it.
func chars(text string) []char {
	out := make([]char, 0, len(text))
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		c := char{r: plain(r), at: at, size: size}
		if r == '\\' {
			next, more := utf8.DecodeRuneInString(text[at+size:])
			if p := plain(next); p != ' ' && more > 0 {
				c = char{r: p, at: at, size: size + more, escaped: true}
			} else {
				c.r = ' '
			}
		}
		out = append(out, c)
		at = c.end()
	}
	return out
}

// plain makes one sign of those that are typed for each other: curly and angular quotation marks, dashes, every kind of
// space. An em dash parts words, as in print.
func plain(r rune) rune {
	switch r {
	case '“', '”', '„', '‟', '«', '»', '″', '＂':
		return '"'
	case '‐', '‑', '‒', '–', '−', '－':
		return '-'
	case '—', '―', '\u200b', '\ufeff', utf8.RuneError:
		return ' '
	case '‘', '’', 'ʼ', '＇':
		return '\''
	case '（':
		return '('
	case '）':
		return ')'
	case '：':
		return ':'
	case '｜':
		return '|'
	}
	if unicode.IsSpace(r) || unicode.IsControl(r) {
		return ' '
	}
	return r
}

// wordRune reports whether r makes words: letters, digits, Roman numerals and raised or lowered digits.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Nl, r) || strings.ContainsRune("²³¹", r) ||
		r >= 0x2070 && r <= 0x2079 || r >= 0x2080 && r <= 0x2089
}

// hasWord reports whether s holds anything to search for.
func hasWord(s string) bool { return strings.ContainsFunc(s, wordRune) }

// spell is the text of characters.
func spell(cs []char) string {
	var b strings.Builder
	for _, c := range cs {
		b.WriteRune(c.r)
	}
	return b.String()
}

// extent is the stretch of text that characters were read from.
func extent(cs []char) Span {
	if len(cs) == 0 {
		return Span{}
	}
	return Span{cs[0].at, cs[len(cs)-1].end()}
}
