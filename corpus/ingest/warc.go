package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// Web archives (WARC, ISO 28500) are rows of records: a version line, named fields, an empty line, and as many bytes of
// content as the field Content-Length says. In the compressed ones each record is a gzip member of its own, as Common
// Crawl writes them; whole files in one member are read too, only that nothing after a damaged byte can be.

const (
	warcBegin = "WARC/"
	// maxHeaderBytes bounds the fields of one record, and the HTTP header of a response. The longest that servers
	// send have some 100 KB of cookies.
	maxHeaderBytes = 256 << 10
)

// warcReader gives one record of a web archive after the other.
type warcReader struct {
	members *memberReader
	in      *bufio.Reader
	left    int64 // bytes of the content of the record given last that were not read
}

// warcRecord is a record whose content is still to be read.
type warcRecord struct {
	place  string // byte of the source
	fields http.Header
	length int64
}

// recordFault says what is wrong with a record.
type recordFault struct {
	short  string // the same words for every record that fails in this way
	detail error  // may be nil
}

// Error is both.
func (f *recordFault) Error() string {
	if f.detail == nil {
		return f.short
	}
	return f.short + ": " + f.detail.Error()
}

func newWARCReader(r io.Reader) *warcReader {
	m := newMemberReader(r)
	return &warcReader{members: m, in: bufio.NewReaderSize(m, sniffBytes)}
}

// next finds the next record and reads its fields. The content of the one before must have been discarded. Its error is
// io.EOF at the end, a *recordFault, or one of the source. The record's place is known in any case.
func (w *warcReader) next() (warcRecord, error) {
	if err := w.skipBlank(); err != nil {
		return warcRecord{place: w.place()}, w.faultOf(err, true)
	}
	rec := warcRecord{place: w.place()}
	if head, _ := w.in.Peek(len(warcBegin)); string(head) != warcBegin {
		return rec, &recordFault{short: "not a WARC record"}
	}
	block, err := w.header()
	if err != nil {
		return rec, w.faultOf(err, false)
	}
	_, rest, _ := bytes.Cut(block, []byte("\n"))
	rec.fields = parseHeader(rest)
	length := rec.fields.Get("Content-Length")
	if rec.length, err = strconv.ParseInt(length, 10, 64); err != nil || rec.length < 0 {
		return rec, &recordFault{"record without a length", fmt.Errorf("Content-Length %.50q", length)}
	}
	w.left = rec.length
	return rec, nil
}

// place is where reading has come to.
func (w *warcReader) place() string { return w.members.place(w.members.given - int64(w.in.Buffered())) }

// skipBlank skips the empty lines between records.
func (w *warcReader) skipBlank() error {
	for {
		head, err := w.in.Peek(1)
		if err != nil {
			return err
		}
		if head[0] != '\r' && head[0] != '\n' {
			return nil
		}
		_, _ = w.in.Discard(1) // it was just seen
	}
}

// errHeaderTooLong is told of a header beyond maxHeaderBytes.
var errHeaderTooLong = &recordFault{short: fmt.Sprintf("header longer than %d KB", maxHeaderBytes>>10)}

// header reads up to the empty line that ends a header.
func (w *warcReader) header() ([]byte, error) {
	var block []byte
	for start := 0; ; {
		part, err := w.in.ReadSlice('\n')
		block = append(block, part...)
		if len(block) > maxHeaderBytes {
			return nil, errHeaderTooLong
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(trimEnd(block[start:])) == 0 {
			return block, nil
		}
		start = len(block)
	}
}

// content reads what is left of the content of a record, which the caller has found to be short enough.
func (w *warcReader) content() ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(w.left, 1<<20))) // what a record says of its length is not to be trusted
	n, err := io.CopyN(&b, w.in, w.left)
	w.left -= n
	if err != nil {
		return nil, w.faultOf(err, false)
	}
	return b.Bytes(), w.settle()
}

// settle reads past the end of a record, whose gzip member may show there that it is damaged. What else is wrong there
// is no matter of this record.
func (w *warcReader) settle() error {
	if err := w.skipBlank(); err != nil && w.members.spoilt() {
		return w.faultOf(err, false)
	}
	return nil
}

// discardStep is how much is skipped before it is looked whether the job has ended.
const discardStep = 4 << 20

// discard skips what is left of a record's content.
func (w *warcReader) discard(ctx context.Context) error {
	for w.left > 0 {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		n, err := io.CopyN(io.Discard, w.in, min(w.left, discardStep))
		w.left -= n
		if err != nil {
			return w.faultOf(err, false)
		}
	}
	return w.settle()
}

// faultOf makes a fault of a record of an error of reading, unless it is one of the source. between says that no record
// was begun, so that the end is no fault.
func (w *warcReader) faultOf(err error, between bool) error {
	switch {
	case errors.Is(err, errDamaged) && errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF) && !between:
		return &recordFault{short: "cut off by the end of the file"}
	case errors.Is(err, errDamaged):
		return &recordFault{errDamaged.Error(), err}
	}
	return err
}

// resync goes on after a fault, at the next record: in the next whole gzip member where compression is damaged, else at
// the next line that looks like the first of a record. io.EOF says that nothing more is there.
func (w *warcReader) resync(ctx context.Context) error {
	w.left = 0
	if w.members.fault != nil {
		err := w.members.resync(ctx, warcBegin)
		w.in.Reset(w.members)
		return err
	}
	for lines := 1; ; lines++ {
		if head, _ := w.in.Peek(len(warcBegin)); string(head) == warcBegin {
			return nil
		}
		if err := w.skipLine(); errors.Is(err, errDamaged) {
			return w.resync(ctx)
		} else if err != nil {
			return err
		}
		if lines%1000 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

func (w *warcReader) skipLine() error {
	for {
		if _, err := w.in.ReadSlice('\n'); !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// maxFolded bounds a value that goes on over lines.
const maxFolded = 4096

// parseHeader reads named fields, one a line. A line that begins with white space goes on with the one before; one that
// is no field is left out.
func parseHeader(block []byte) http.Header {
	h := make(http.Header)
	last := ""
	for line := range bytes.Lines(block) {
		text := strings.TrimRight(string(line), "\r\n")
		if text != "" && (text[0] == ' ' || text[0] == '\t') {
			if values := h[last]; len(values) > 0 && len(values[len(values)-1]) < maxFolded {
				values[len(values)-1] += " " + strings.TrimSpace(text)
			}
			continue
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			continue
		}
		last = http.CanonicalHeaderKey(strings.TrimSpace(name))
		h[last] = append(h[last], strings.TrimSpace(value))
	}
	return h
}
