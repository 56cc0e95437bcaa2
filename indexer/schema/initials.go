package schema

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// initialsEnd is the end of dotted initials that begin at i ("U.S.", "e.g.", "EE.UU.", "Ph.D."), or 0. The last point
// belongs to them.
func initialsEnd(s string, i int) int {
	parts, end := 0, 0
	if strings.HasPrefix(s[i:], "Ph.D") {
		parts, i = 1, i+len("Ph.")
	}
	for {
		next := initialEnd(s, i)
		if next == 0 {
			break
		}
		parts++
		end = next
		if !strings.HasPrefix(s[next:], ".") {
			break
		}
		end++
		i = end
	}
	if parts < 2 {
		return 0
	}
	return end
}

// initialEnd is the end of the single letter at i, or of the doubled capital as in EE.UU., or 0 where the word at i is
// longer.
func initialEnd(s string, i int) int {
	r, size := utf8.DecodeRuneInString(s[i:])
	if !unicode.IsLetter(r) || isIdeograph(r) {
		return 0
	}
	end := i + size
	next, size := utf8.DecodeRuneInString(s[end:])
	if next == r && unicode.IsUpper(r) && strings.HasPrefix(s[end+size:], ".") {
		return end + size
	}
	if isWordRune(next) || unicode.Is(unicode.M, next) {
		return 0
	}
	return end
}

// possessiveEnd prolongs initials by 's.
func possessiveEnd(s string, end int) int {
	r, size := utf8.DecodeRuneInString(s[end:])
	if !isApostrophe(r) || !strings.HasPrefix(s[end+size:], "s") {
		return end
	}
	next, _ := utf8.DecodeRuneInString(s[end+size+1:])
	if isWordRune(next) {
		return end
	}
	return end + size + 1
}
