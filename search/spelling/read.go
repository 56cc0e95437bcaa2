package spelling

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Bounds of a file of variants.
const (
	maxLineBytes = 4096
	maxLines     = 20_000
	maxGroup     = maxOthers + 1
)

// LineError tells which line of a file of variants cannot be used, and why.
type LineError struct {
	// Line counts from 1.
	Line int
	// Problem says what is wrong and what would be right.
	Problem string
}

// Error names line and problem.
func (e *LineError) Error() string { return fmt.Sprintf("spelling: line %d: %s", e.Line, e.Problem) }

// Read reads spellings that people wrote down: one group of words a line, parted by commas or blanks ("Kiev Kyiv Kiew").
// "#" begins a comment. A line that begins with "!" keeps its words apart, whatever the archive suggests ("! Barak,
// Barack"). Lines that cannot be used are told and passed over; the error is that of the reader.
func Read(r io.Reader) (v *Variants, bad []*LineError, err error) {
	v = newVariants()
	var groups [][]string
	in := bufio.NewReaderSize(r, maxLineBytes)
	for n := 1; ; n++ {
		line, tooLong, err := readLine(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, bad, fmt.Errorf("spelling: read line %d: %w", n, err)
		}
		if n > maxLines {
			bad = append(bad, &LineError{n, fmt.Sprintf("a file has at most %d lines; the rest was not read", maxLines)})
			break
		}
		if tooLong {
			bad = append(bad, &LineError{n, fmt.Sprintf("a line has at most %d bytes", maxLineBytes)})
			continue
		}
		group, problem := v.line(line)
		if problem != "" {
			bad = append(bad, &LineError{n, problem})
		}
		groups = append(groups, group)
	}
	for _, group := range groups {
		for _, word := range group {
			for _, other := range group {
				v.join(word, other)
			}
		}
	}
	return v.sorted(), bad, nil
}

// readLine reads a line without its end. Of a line that is too long it reads all and returns nothing.
func readLine(in *bufio.Reader) (line string, tooLong bool, err error) {
	b, more, err := in.ReadLine()
	line = string(b)
	for more && err == nil {
		tooLong, line = true, ""
		_, more, err = in.ReadLine()
	}
	return line, tooLong, err
}

// line reads one line: the group on it, or what is wrong with it. Words to be kept apart are kept so at once.
func (v *Variants) line(line string) (group []string, problem string) {
	if !utf8.ValidString(line) {
		return nil, "is not UTF-8 text"
	}
	line, _, _ = strings.Cut(strings.TrimPrefix(line, "\ufeff"), "#")
	line, apart := strings.CutPrefix(strings.TrimSpace(line), "!")
	words := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	if len(words) == 0 && !apart {
		return nil, ""
	}
	if len(words) < 2 || len(words) > maxGroup {
		return nil, fmt.Sprintf("has %d words; write 2 to %d spellings of one name, as in Kiev, Kyiv", len(words), maxGroup)
	}
	for _, word := range words {
		folded, ok := oneWord(word)
		if !ok {
			return nil, fmt.Sprintf("%q is not one word; spellings are of single words", word)
		}
		group = append(group, folded)
		if !apart {
			v.written[folded] = word
		}
	}
	if !apart {
		return group, ""
	}
	for i, a := range group {
		for _, b := range group[:i] {
			v.apart[pairOf(a, b)] = true
		}
	}
	return nil, ""
}
