package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word, or a mark between words, with the white space that follows it.
type word struct {
	text string
	key  string // what it is compared by
	// end, if not nil, makes it the end of a block, which is a word too.
	end *blockEnd
}

func (w word) same(o word) bool { return w.key == o.key && (w.end == nil) == (o.end == nil) }

func (w word) ends() bool { return w.end != nil }

// textOf is the text of words that follow one another.
func textOf(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.text)
	}
	return b.String()
}

// words cuts a text. Joined, the words give the text again, but for white space at its beginning.
func words(text string) []word {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	var out []word
	for text != "" {
		n := wordEnd(text)
		rest := strings.TrimLeftFunc(text[n:], space)
		whole := text[:len(text)-len(rest)]
		out = append(out, word{text: whole, key: keyOf(text[:n])})
		text = rest
	}
	return out
}

// space reports white space and what is not seen.
func space(c rune) bool { return unicode.IsSpace(c) || c == '\u00ad' || c == '\u200b' || c == '\ufeff' }

// wordEnd is where the first word of a text ends: after its letters and digits, or after a mark and its repetitions. A
// character of a script without spaces is a word.
func wordEnd(text string) int {
	first, n := utf8.DecodeRuneInString(text)
	if !inWord(first) || alone(first) {
		for n < len(text) && !inWord(first) {
			c, size := utf8.DecodeRuneInString(text[n:])
			if c != first {
				break
			}
			n += size
		}
		return n
	}
	for n < len(text) {
		c, size := utf8.DecodeRuneInString(text[n:])
		if apostrophe(c) || c == '\u00ad' {
			if next, _ := utf8.DecodeRuneInString(text[n+size:]); !inWord(next) || alone(next) {
				return n
			}
		} else if !inWord(c) || alone(c) {
			return n
		}
		n += size
	}
	return n
}

func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c) }

func alone(c rune) bool {
	return c >= 0x0e00 && unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func apostrophe(c rune) bool { return c == '\'' || c == '’' || c == 'ʼ' }

// typography gives marks that only look different one form.
var typography = strings.NewReplacer(
	"’", "'", "‘", "'", "‚", "'", "‛", "'", "ʼ", "'", "`", "'", "´", "'", "''", `"`,
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`,
	"–", "-", "—", "-", "―", "-", "‐", "-", "‑", "-", "−", "-", "--", "-", "---", "-",
	"…", "...", "\u00ad", "", "\u200b", "",
)

func keyOf(text string) string {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c == '-' || c == '\'' || c == '`' {
			return typography.Replace(text)
		}
	}
	return text
}

// countWords counts the words of a piece, marks aside.
func countWords(text string) int {
	n := 0
	for _, w := range words(text) {
		if c, _ := utf8.DecodeRuneInString(w.text); inWord(c) {
			n++
		}
	}
	return n
}
