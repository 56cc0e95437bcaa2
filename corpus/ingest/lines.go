package ingest

import (
	"bufio"
	"errors"
	"io"
)

// lineReader gives one line after the other, without its end, and knows their numbers.
type lineReader struct {
	in     *bufio.Reader
	number int // of the line given last, from 1
	buf    []byte
}

// next returns the next line; it is valid until the call after. Of a line of more than maxRecordBytes only the fact
// that it is too long is told. io.EOF comes after the last line.
func (r *lineReader) next() (line []byte, tooLong bool, err error) {
	r.buf = r.buf[:0]
	started := false
	for {
		part, err := r.in.ReadSlice('\n')
		started = started || len(part) > 0
		if len(r.buf)+len(part) > maxRecordBytes {
			tooLong = true
			r.buf = r.buf[:0]
		} else if !tooLong {
			r.buf = append(r.buf, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (!errors.Is(err, io.EOF) || !started) {
			return nil, false, err
		}
		r.number++
		return trimEnd(r.buf), tooLong, nil
	}
}

// trimEnd takes off the end of a line.
func trimEnd(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}
