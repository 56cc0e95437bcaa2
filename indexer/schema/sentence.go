package schema

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ends reports whether a sentence ends between two successive words of a block. Rules, not statistics: a mark that can end
// a sentence must stand between them, white space after it, and the words on both sides must not speak against it. Where
// they leave it open, the sentence goes on: a quotation that is a sentence too long is read, one cut in two is not.
func ends(s string, prev, next word, lang string) bool {
	gap := s[prev.end:next.start]
	if (gap == " " || gap == ", ") && prev.kind != initials {
		return false
	}
	m := markIn(gap)
	if prev.kind == initials && s[prev.end-1] == '.' {
		if m.kind == noMark && !m.cancelled {
			m.kind, m.spaced = point, strings.TrimSpace(gap) != gap || m.spaced
		}
		m.quoted = false
	}
	switch m.kind {
	case hard:
		return true
	case strong, ellipsis:
		return m.spaced && !beginsLower(s[next.start:]) || m.kind == strong && prev.kind == ideograph
	case point:
		return pointEnds(s, prev, next, m, lang)
	}
	return false
}

// Kinds of marks between two words.
const (
	noMark   = iota
	point    // a full stop, if nothing speaks against it
	ellipsis // more than one point
	strong   // ! and ?
	hard     // a mark with no other use
)

// mark is what stands between two words.
type mark struct {
	kind      int
	spaced    bool // white space after the mark
	quoted    bool // a closing quotation mark or bracket after the mark
	cancelled bool // a comma or the like after the mark: the sentence goes on
}

// markIn reads the stretch between two words.
func markIn(gap string) mark {
	var m mark
	for _, r := range gap {
		switch {
		case r == '.' || r == '…' || r == '‥':
			if m.kind == point || r != '.' {
				m.kind = ellipsis
			} else if m.kind == noMark {
				m.kind, m.spaced = point, false
			}
		case unicode.IsSpace(r):
			m.spaced = m.kind != noMark
		case strings.ContainsRune("!?‽؟՞", r):
			m.kind, m.spaced = strong, false
		case strings.ContainsRune("。！？｡．।॥۔։", r):
			m.kind, m.spaced = hard, true
		case strings.ContainsRune(",;:،；：，", r):
			if m.kind != hard {
				m = mark{cancelled: true}
			}
		case m.kind != noMark && !m.spaced && strings.ContainsRune("\"'”’»)]“", r):
			m.quoted = true
		}
	}
	return m
}

// pointEnds decides about a full stop between two words.
func pointEnds(s string, prev, next word, m mark, lang string) bool {
	a, b := s[prev.start:prev.end], s[next.start:next.end]
	if !m.spaced {
		return isGlued(a, b)
	}
	if beginsLower(b) {
		return false
	}
	if m.quoted {
		return true
	}
	abbr := strings.ToLower(a[afterApostrophe(a):])
	initial := isInitial(b) && strings.HasPrefix(s[next.end:], ".")
	starts := func() bool { return starters[strings.ToLower(b)] && !initial }
	switch {
	case initial && utf8.RuneCountInString(a) == 1: // z. B., А. С.
		return false
	case prev.kind == initials:
		return abbr != "ph.d." && starts()
	case titles[abbr] || abbreviations[lang][abbr]:
		return false
	case mayEnd[abbr] && beginsUpper(a) && endsLower(a):
		return starts()
	case abbr == "no" && beginsDigit(b), abbr == "etc" && !starts():
		return false
	case isInitial(a):
		return starts()
	case beginsDigit(a):
		return numberEnds(s, prev, a, starts, lang)
	}
	return true
}

// isGlued reports whether a full stop without a space is the end of a sentence whose space was lost: "the end.Next".
func isGlued(a, b string) bool {
	return utf8.RuneCountInString(a) > 2 && utf8.RuneCountInString(b) > 1 && endsLower(a) && beginsUpper(b) && starters[strings.ToLower(b)]
}

// numberEnds decides about a full stop after a number, which may be the point of an ordinal ("am 3. Oktober") or of a
// numbered list.
func numberEnds(s string, prev word, a string, starts func() bool, lang string) bool {
	if strings.TrimSpace(s[:prev.start]) == "" {
		return false
	}
	return !ordinalPoints[lang] || len(a) > 2 || starts()
}

// ordinalPoints are the languages that write ordinals with a point.
var ordinalPoints = set("de da no fi cs sk pl hr sl sr hu et lv is tr")

// isInitial reports whether a is a single capital letter.
func isInitial(a string) bool {
	r, size := utf8.DecodeRuneInString(a)
	return size == len(a) && unicode.IsUpper(r)
}

func beginsLower(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(r)
}

func endsLower(w string) bool {
	r, _ := utf8.DecodeLastRuneInString(w)
	return unicode.IsLower(r)
}

func beginsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

func beginsDigit(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsDigit(r)
}
