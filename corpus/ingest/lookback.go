package ingest

import (
	"errors"
	"io"
)

const (
	// lookbackBytes can be read again: a damaged member is noticed only after some of what follows it was read.
	lookbackBytes = 64 << 10
	// windowBytes can be looked at without reading them.
	windowBytes = 64 << 10
)

// lookback reads a source with a window ahead and the way back. It reads bytes by themselves too, so that gzip takes no
// more than it needs.
type lookback struct {
	r    io.Reader
	buf  []byte
	pos  int   // in buf, of the byte to be read next
	end  int   // of what buf holds
	base int64 // byte of the source that stands first in buf
	err  error // how the source ended
}

func newLookback(r io.Reader) *lookback {
	return &lookback{r: r, buf: make([]byte, 2*(lookbackBytes+windowBytes))}
}

// offset is the byte of the source that is read next.
func (l *lookback) offset() int64 { return l.base + int64(l.pos) }

// rewind goes back to a byte of the source, or as far as it can.
func (l *lookback) rewind(offset int64) { l.pos = min(l.pos, int(max(0, offset-l.base))) }

// skip goes on by n bytes of the window.
func (l *lookback) skip(n int) { l.pos += n }

// window returns what follows: windowBytes, or less where the source ends.
func (l *lookback) window() []byte {
	for idle := 0; l.end-l.pos < windowBytes && l.err == nil && idle < 100; idle++ {
		if l.fill() > 0 {
			idle = 0
		}
	}
	return l.buf[l.pos:min(l.end, l.pos+windowBytes)]
}

// fill reads more of the source and returns how much.
func (l *lookback) fill() int {
	if l.end == len(l.buf) {
		from := max(0, l.pos-lookbackBytes)
		l.end = copy(l.buf, l.buf[from:l.end])
		l.pos -= from
		l.base += int64(from)
	}
	n, err := l.r.Read(l.buf[l.end:])
	l.end += n
	l.err = err
	return n
}

// more makes sure that there is something to read.
func (l *lookback) more() error {
	for idle := 0; l.pos == l.end; idle++ {
		if l.err != nil {
			return l.err
		}
		if idle == 100 {
			return io.ErrNoProgress
		}
		l.fill()
	}
	return nil
}

// Read reads on.
func (l *lookback) Read(p []byte) (int, error) {
	if err := l.more(); err != nil {
		return 0, err
	}
	n := copy(p, l.buf[l.pos:l.end])
	l.pos += n
	return n, nil
}

// ReadByte reads one byte.
func (l *lookback) ReadByte() (byte, error) {
	if l.pos == l.end {
		if err := l.more(); err != nil {
			return 0, err
		}
	}
	l.pos++
	return l.buf[l.pos-1], nil
}

// atEnd reports whether all is read that the source will ever give.
func (l *lookback) atEnd() bool { return l.pos == l.end && (l.err != nil || l.more() != nil) }

// broken is the error that the source ended with, nil if it was none or the end is not reached.
func (l *lookback) broken() error {
	if errors.Is(l.err, io.EOF) {
		return nil
	}
	return l.err
}
