package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SyntaxError says what in a query cannot be understood, and what to do.
type SyntaxError struct {
	// Input is what was typed, with U+FFFD for bytes that are no UTF-8.
	Input string
	// Offset and End delimit the fault in bytes of Input; they are equal where something is missing.
	Offset, End int
	// Problem says what is wrong and Expected what would be right; Expected may be empty.
	Problem, Expected string
	// Nearest is the nearest query that can be read, or empty if there is none worth offering.
	Nearest string
	// Others are further queries that may have been meant, such as the other reading of 3/4/2018.
	Others []string
}

// Error tells problem and place.
func (e *SyntaxError) Error() string {
	s := fmt.Sprintf("query: character %d: %s", utf8.RuneCountInString(e.Input[:e.Offset])+1, e.Problem)
	if e.Expected != "" {
		s += "; " + e.Expected
	}
	return s
}

// Caret is the input with a line under it that points at the fault, for a terminal. Characters that have no width of
// one column are shown as one that has.
func (e *SyntaxError) Caret() string {
	line := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r) || unicode.Is(unicode.M, r):
			return utf8.RuneError
		}
		return r
	}, e.Input)
	before := utf8.RuneCountInString(e.Input[:e.Offset])
	under := max(utf8.RuneCountInString(e.Input[e.Offset:e.End]), 1)
	return line + "\n" + strings.Repeat(" ", before) + strings.Repeat("^", under)
}

// Warning is something a reader should know about how a query was read.
type Warning struct {
	Text string
	// Alternative is the query for another reading, empty if there is none to offer.
	Alternative string
}

// edit is a change of the text: a stretch of it gives way to other text.
type edit struct {
	Span
	text string
}

// fix is a set of edits that together may mend a fault; they do not overlap.
type fix []edit

func remove(at Span) edit                 { return edit{Span: at, text: " "} }
func insert(offset int, text string) edit { return edit{Span{offset, offset}, text} }

// apply makes the edits.
func (x fix) apply(text string) string {
	edits := slices.Clone(x)
	slices.SortStableFunc(edits, func(a, b edit) int { return b.Start - a.Start })
	for _, e := range edits {
		text = text[:e.Start] + e.text + text[e.End:]
	}
	return text
}

// fault is a SyntaxError in the making, with the ways to mend it, likeliest first.
type fault struct {
	at                Span
	problem, expected string
	fixes             []fix
	// readings is true where the fixes are readings of equal right, all of them worth offering.
	readings bool
}

func faultAt(at Span, problem, expected string, fixes ...fix) *fault {
	return &fault{at: at, problem: problem, expected: expected, fixes: fixes}
}
