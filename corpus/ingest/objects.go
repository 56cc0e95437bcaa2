package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// objectReader gives one JSON object after the other, whether they stand in an array, in several, or by themselves. It
// holds no more than one of maxRecordBytes, and goes on after one that is longer.
type objectReader struct {
	in      *bufio.Reader
	number  int // of the object given last, from 1
	buf     []byte
	tooLong bool
}

// cutOffProblem is told of something that its source ends within.
const cutOffProblem = "cut off by the end of the file"

// next returns the next object, which is valid until the call after, or what is wrong with it. io.EOF comes after the
// last.
func (r *objectReader) next() (object []byte, problem string, err error) {
	c, err := r.find()
	if err != nil {
		return nil, "", err
	}
	r.number++
	if c != '{' {
		return nil, "not a JSON object", r.skipStray()
	}
	r.buf, r.tooLong = append(r.buf[:0], c), false
	err = r.balanced()
	switch {
	case errors.Is(err, io.EOF):
		return nil, cutOffProblem, nil
	case err != nil:
		return nil, "", err
	case r.tooLong:
		return nil, tooLongProblem, nil
	}
	return r.buf, "", nil
}

// find skips what stands between objects.
func (r *objectReader) find() (byte, error) {
	for {
		c, err := r.in.ReadByte()
		if err != nil {
			return 0, err
		}
		if !bytes.ContainsRune([]byte(" \t\r\n,[]"), rune(c)) {
			return c, nil
		}
	}
}

// skipStray skips up to the next object.
func (r *objectReader) skipStray() error {
	for {
		_, err := r.in.ReadSlice('{')
		switch {
		case err == nil:
			return r.in.UnreadByte()
		case errors.Is(err, io.EOF):
			return nil // the next call finds the end
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

// balanced reads up to the bracket that closes the object.
func (r *objectReader) balanced() error {
	depth, quoted, escaped := 1, false, false
	for depth > 0 {
		c, err := r.in.ReadByte()
		if err != nil {
			return err
		}
		if r.tooLong = r.tooLong || len(r.buf) >= maxRecordBytes; !r.tooLong {
			r.buf = append(r.buf, c)
		}
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = c == '\\', c != '"'
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}
