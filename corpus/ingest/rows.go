package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// rowReader gives one row after the other. It differs from encoding/csv in that it never holds more than one row of
// maxRecordBytes, finds the delimiter out, and goes on after a row whose quotes do not close.
type rowReader struct {
	lines lineReader
	comma rune
	curly bool // values stand in typographic quotes, as a word processor makes them
	start int  // line of the row given last
	// again are lines that an open quote swallowed, to be read as rows of their own.
	again []numberedLine
	// patience bounds the bytes that are searched for a closing quote. It is halved when there was none, so that a
	// table full of stray quotes is not read thousands of times over.
	patience int
}

type numberedLine struct {
	number int
	text   []byte
}

// minPatience is as far as a closing quote is always searched for.
const minPatience = 64 << 10

func newRowReader(in *bufio.Reader) *rowReader {
	first, _, _ := bytes.Cut(peek(in), []byte("\n"))
	r := &rowReader{lines: lineReader{in: in}, comma: delimiter(first), patience: maxRecordBytes}
	r.curly = bytes.HasPrefix(first, []byte("“")) || bytes.HasPrefix(first, []byte("„")) || bytes.HasPrefix(first, []byte("”"))
	return r
}

// delimiter is the sign of the usual three that stands most often outside quotes in the first line.
func delimiter(line []byte) rune {
	counts := make(map[byte]int)
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return rune(best)
}

// splitHeader reads a line as names of columns.
func splitHeader(line []byte) []string {
	p := &rowParser{comma: delimiter(line)}
	p.feed(string(trimEnd(line)))
	return p.end()
}

// next returns the next row, or what is wrong with it. io.EOF comes after the last.
func (r *rowReader) next() (row []string, problem string, err error) {
	line, tooLong, err := r.line()
	if err != nil {
		return nil, "", err
	}
	r.start = line.number
	if tooLong {
		return nil, tooLongProblem, nil
	}
	p := &rowParser{comma: r.comma, curly: r.curly}
	var read []numberedLine
	size := len(line.text)
	for p.feed(string(line.text)) {
		line, tooLong, err = r.line()
		if err == nil && !tooLong {
			read = append(read, numberedLine{line.number, bytes.Clone(line.text)})
			size += len(line.text) + 1
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, "", err
		}
		if err != nil || tooLong || size > r.patience {
			r.again = append(read, r.again...)
			r.patience = max(minPatience, r.patience/2)
			return nil, "a quote is opened and not closed", nil
		}
	}
	if len(read) > 0 {
		r.patience = maxRecordBytes
	}
	return p.end(), "", nil
}

// line returns the next line; it is valid until the call after.
func (r *rowReader) line() (numberedLine, bool, error) {
	if len(r.again) > 0 {
		line := r.again[0]
		r.again = r.again[1:]
		return line, false, nil
	}
	text, tooLong, err := r.lines.next()
	return numberedLine{r.lines.number, text}, tooLong, err
}
