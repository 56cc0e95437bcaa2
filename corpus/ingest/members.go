package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
)

// memberReader reads a source that may be compressed as a row of gzip members, each of which can be read by itself:
// what all members hold, one after the other. It knows where members begin and goes on after a damaged one.
type memberReader struct {
	in    *lookback
	zip   *gzip.Reader // nil where the source is not compressed
	trial *gzip.Reader // for looking into what may be a member
	open  bool         // within a member
	given int64        // bytes read out of all members
	marks []memberMark // the members that the bytes given last came from
	fault error        // what was wrong with a member, until resync
	inner bool         // the fault is within the member begun last, rather than where one should begin
	tries int
}

// memberMark says where a member begins: at which of the bytes given, and at which byte of the source.
type memberMark struct{ given, offset int64 }

// maxTries bounds how many places of a damaged source are tried as the beginning of a member.
const maxTries = 100_000

var gzipMagic = []byte{0x1f, 0x8b, 8}

// errDamaged is a fault of the compression, as opposed to one of reading.
var errDamaged = errors.New("damaged compression")

func newMemberReader(r io.Reader) *memberReader {
	m := &memberReader{in: newLookback(r)}
	if bytes.HasPrefix(m.in.window(), gzipMagic[:2]) {
		m.zip, m.trial = new(gzip.Reader), new(gzip.Reader)
	}
	return m
}

// Read reads on. It returns errDamaged at a damaged member, again and again until resync.
func (m *memberReader) Read(p []byte) (int, error) {
	if m.zip == nil {
		n, err := m.in.Read(p)
		m.given += int64(n)
		return n, err
	}
	for m.fault == nil {
		if !m.open {
			if err := m.next(); err != nil {
				return 0, err
			}
		}
		n, err := m.zip.Read(p)
		m.given += int64(n)
		m.open = err == nil
		if err != nil && !errors.Is(err, io.EOF) {
			m.fault, m.inner = m.damage(err), true
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, m.fault
}

// next begins the next member, after the zeros that some writers fill up with.
func (m *memberReader) next() error {
	for {
		c, err := m.in.ReadByte()
		if err != nil {
			return err
		}
		if c != 0 {
			m.in.rewind(m.in.offset() - 1)
			break
		}
	}
	if !bytes.HasPrefix(m.in.window(), gzipMagic) {
		m.inner = false
		m.fault = m.damage(fmt.Errorf("no gzip member at byte %d", m.in.offset()))
		return m.fault
	}
	if n := len(m.marks); n > 0 && m.marks[n-1].given == m.given {
		m.marks = m.marks[:n-1] // it was empty
	}
	for len(m.marks) > 1 && m.marks[1].given <= m.given-sniffBytes {
		m.marks = m.marks[1:] // no reader is that far behind
	}
	m.marks = append(m.marks, memberMark{m.given, m.in.offset()})
	if err := m.zip.Reset(m.in); err != nil {
		m.fault, m.inner = m.damage(err), true
		return m.fault
	}
	m.zip.Multistream(false)
	m.open = true
	return nil
}

// damage words an error of the decompression; an error of the source itself stays what it is.
func (m *memberReader) damage(err error) error {
	if broken := m.in.broken(); broken != nil && m.in.atEnd() {
		return broken
	}
	return fmt.Errorf("%w: %w", errDamaged, err)
}

// place names the byte that is the given-th, in the source: "4711" where it is the first of a member or nothing is
// compressed, "4711+12" where it is the 12th after that. Places can be asked for in ascending order only, and not of
// bytes more than sniffBytes before the last one given.
func (m *memberReader) place(given int64) string {
	if m.zip == nil {
		return fmt.Sprint(given)
	}
	for len(m.marks) > 1 && m.marks[1].given <= given {
		m.marks = m.marks[1:]
	}
	if len(m.marks) == 0 {
		return fmt.Sprint(m.in.offset())
	}
	if inner := given - m.marks[0].given; inner > 0 {
		return fmt.Sprintf("%d+%d", m.marks[0].offset, inner)
	}
	return fmt.Sprint(m.marks[0].offset)
}

// spoilt reports whether the member is damaged that gave the last byte. Often only the checksum at its end shows it.
func (m *memberReader) spoilt() bool {
	n := len(m.marks)
	return m.inner && n > 0 && m.marks[n-1].given < m.given && errors.Is(m.fault, errDamaged)
}

// resync goes on after a damaged member, at the next one that begins with the given text. io.EOF says that there is
// none, and that nothing was left over; any other error that what is left cannot be read.
func (m *memberReader) resync(ctx context.Context, begin string) error {
	if !errors.Is(m.fault, errDamaged) {
		return m.fault
	}
	from, whole := m.in.offset(), m.in.atEnd()
	if n := len(m.marks); n > 0 {
		m.in.rewind(max(m.marks[n-1].offset+1, from-lookbackBytes))
	}
	for ctx.Err() == nil {
		window := m.in.window()
		i := bytes.Index(window, gzipMagic)
		switch {
		case i >= 0 && m.tries >= maxTries:
			return fmt.Errorf("%w: gave up looking for a whole gzip member at byte %d", errDamaged, m.in.offset())
		case i >= 0 && m.begins(window[i:], begin):
			m.in.skip(i)
			m.fault, m.open = nil, false
			return nil
		case i >= 0:
			m.in.skip(i + 1)
		case len(window) == windowBytes:
			m.in.skip(len(window) - len(gzipMagic) + 1)
		case m.in.broken() != nil:
			return m.in.broken()
		case whole:
			return io.EOF
		default:
			return fmt.Errorf("%w: no whole gzip member follows byte %d", errDamaged, from)
		}
	}
	return context.Cause(ctx)
}

// begins reports whether data begins a member whose content begins with the given text.
func (m *memberReader) begins(data []byte, text string) bool {
	m.tries++
	if err := m.trial.Reset(bytes.NewReader(data)); err != nil {
		return false
	}
	head := make([]byte, len(text))
	n, _ := io.ReadFull(m.trial, head)
	return string(head[:n]) == text
}
