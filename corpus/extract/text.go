package extract

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// squeeze folds every run of white space to one blank and drops what is invisible: soft hyphens, zero-width spaces,
// byte order marks and control characters. Joiners stay: some scripts are spelled with them.
func squeeze(s string) string {
	if isSqueezed(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case isBlank(r):
			blank = true
			continue
		case isInvisible(r):
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// isSqueezed reports whether squeeze would return s as it is, for the common case of clean ASCII.
func isSqueezed(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7F || (c == ' ' && last == ' ') {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

func isBlank(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || (r != '\u0085' && unicode.IsSpace(r)) || r == '\u0085' || r == '\u2800'
}

func isInvisible(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\uFEFF', '\u2060', '\u200E', '\u200F', '\uFFFC':
		return true
	}
	return r < ' ' || (r >= 0x7F && r < 0xA0)
}

// plain makes one line of text out of a value that was written for machines: entities that were escaped once too
// often are decoded, and tags that stand in it are dropped.
func plain(s string) string {
	for range 2 { // "&amp;amp;#8217;" is as deep as publishers escape
		if !strings.Contains(s, "&") {
			break
		}
		s = html.UnescapeString(s)
	}
	if strings.ContainsRune(s, '<') {
		s = stripTags(s)
	}
	return squeeze(s)
}

// stripTags drops everything between "<" before a letter or "/" and the next ">".
func stripTags(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			b.WriteString(s)
			return b.String()
		}
		end := strings.IndexByte(s[i:], '>')
		next := s[i+1]
		if end < 0 || (next != '/' && next != '!' && (next|0x20 < 'a' || next|0x20 > 'z')) {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		s = s[i+end+1:]
	}
}

// key folds a text to what two printings of the same words share: letters and digits in lower case, one blank
// between words, apostrophes gone.
func key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´':
		default:
			gap = true
		}
	}
	return b.String()
}

// countWords counts runs of letters and digits; a letter of a script that is written without spaces counts as half
// a word.
func countWords(s string) int {
	words, dense := 0, 0
	in := false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			alnum := r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' || r == '\''
			if alnum && !in {
				words++
			}
			in = alnum
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			dense++
			in = false
		default:
			alnum := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '’'
			if alnum && !in {
				words++
			}
			in = alnum
		}
	}
	return words + (dense+1)/2
}

// cutRunes shortens s to at most n runes.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// containsWord reports whether the folded text holds the folded words as whole words; both come from key.
func containsWord(text, words string) bool {
	if words == "" {
		return false
	}
	return strings.Contains(" "+text+" ", " "+words+" ")
}
