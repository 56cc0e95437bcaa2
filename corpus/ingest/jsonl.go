package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// jsonl offers each line of a source as a record.
func (j *job) jsonl(r io.Reader, name string) error {
	in, err := decodeData(bufio.NewReaderSize(r, sniffBytes), j.cfg.Encoding)
	if err != nil {
		return &SourceError{Name: name, Err: err}
	}
	if head := bytes.TrimSpace(peek(in)); len(head) > 0 && head[0] == '[' {
		return &SourceError{Name: name, Err: errors.New("it is one JSON array; one object a line is needed, as `jq -c '.[]'` writes it")}
	}
	lines := &lineReader{in: in}
	for {
		line, tooLong, err := lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &SourceError{Name: fmt.Sprintf("%s:%d", name, lines.number+1), Err: err}
		}
		if err := j.record(fmt.Sprintf("%s:%d", name, lines.number), line, tooLong); err != nil {
			return err
		}
	}
}

// record offers one line of JSON.
func (j *job) record(origin string, line []byte, tooLong bool) error {
	switch {
	case tooLong:
		return j.refuseAt(origin, tooLongProblem, "")
	case len(bytes.TrimSpace(line)) == 0:
		return j.refuseAt(origin, "empty line", "")
	case !utf8.Valid(line):
		return j.refuseAt(origin, "not UTF-8, it seems to be "+guessEncoding(line), "")
	}
	return j.offer(j.dataPage(origin, line), Data)
}

// tooLongProblem is told of a line or row beyond maxRecordBytes.
var tooLongProblem = fmt.Sprintf("longer than %d MB", maxRecordBytes>>20)
