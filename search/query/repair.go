package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of the search for a query that can be read: a text with many faults is a long way from any.
const (
	maxRepairs     = 64
	maxLongRepairs = 12      // of texts of more than longText bytes, each of which takes longer to read
	longText       = 1 << 10 // bytes
	maxPlainWords  = 12
)

// syntaxError turns a fault into the error that a reader sees.
func syntaxError(text string, f *fault, o Options) *SyntaxError {
	e := &SyntaxError{Input: strings.ToValidUTF8(text, string(utf8.RuneError)), Problem: tidy(f.problem), Expected: tidy(f.expected)}
	e.Offset = onRune(e.Input, f.at.Start)
	e.End = max(onRune(e.Input, f.at.End), e.Offset)
	if f.readings {
		for _, x := range f.fixes {
			if q, _, bad := read(x.apply(text), o, standard); bad == nil && !matchesAll(q) && !slices.Contains(e.Others, q.canonical) {
				e.Others = append(e.Others, q.canonical)
			}
		}
	}
	if len(e.Others) > 0 {
		e.Nearest, e.Others = e.Others[0], e.Others[1:]
		return e
	}
	e.Nearest = nearest(text, f, o)
	return e
}

// maxMessage is how many characters a message shows; it may quote what was typed.
const maxMessage = 300

// tidy makes a message fit to be shown: one line, without signs that cannot be seen, not too long.
func tidy(s string) string {
	visible := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	runes := []rune(strings.Join(strings.Fields(visible), " "))
	if len(runes) > maxMessage {
		runes = append(runes[:maxMessage], '…')
	}
	return string(runes)
}

// onRune moves an offset into text back to where a character begins.
func onRune(text string, offset int) int {
	offset = min(max(offset, 0), len(text))
	for offset > 0 && offset < len(text) && text[offset]&0xC0 == 0x80 {
		offset--
	}
	return offset
}

// nearest is the valid query that the fewest repairs make of a text, in canonical form: every fault names the repairs
// that may mend it, and they are tried breadth first.
func nearest(text string, f *fault, o Options) string {
	type attempt struct {
		text  string
		fault *fault
	}
	left := maxRepairs
	if len(text) > longText {
		left = maxLongRepairs
	}
	seen := map[string]bool{text: true}
	for queue := []attempt{{text, f}}; len(queue) > 0 && left > 0; queue = queue[1:] {
		for _, x := range queue[0].fault.fixes {
			mended := x.apply(queue[0].text)
			if seen[mended] || left == 0 {
				continue
			}
			seen[mended] = true
			left--
			q, _, bad := read(mended, o, standard)
			if bad != nil {
				queue = append(queue, attempt{mended, bad})
			} else if !matchesAll(q) {
				return q.canonical
			}
		}
	}
	return plainWords(text, o)
}

// matchesAll reports whether nothing is left of a query.
func matchesAll(q *Query) bool {
	_, all := q.Root.(All)
	return all
}

// plainWords is a query for the first words of a text, without anything that has a meaning; "" if that is no query.
func plainWords(text string, o Options) string {
	words := strings.FieldsFunc(text[:min(len(text), MaxBytes)], func(r rune) bool { return notWord(r) && r != '\'' && r != '’' })
	words = slices.DeleteFunc(words, func(word string) bool {
		return !hasWord(word) || len(word) > 100 || slices.Contains([]string{"AND", "OR", "NOT"}, strings.ToUpper(word))
	})
	q, _, f := read(strings.Join(words[:min(len(words), maxPlainWords)], " "), o, standard)
	if f != nil || len(words) == 0 {
		return ""
	}
	return q.canonical
}
