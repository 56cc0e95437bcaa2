package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// table offers each row of a CSV source as a record whose keys are the names of the columns.
func (j *job) table(r io.Reader, name string) error {
	in, err := decodeData(bufio.NewReaderSize(r, sniffBytes), j.cfg.Encoding)
	if err != nil {
		return &SourceError{Name: name, Err: err}
	}
	rows := newRowReader(in)
	header, _, err := rows.next()
	if errors.Is(err, io.EOF) {
		return &SourceError{Name: name, Err: errors.New("it is empty; its first row must name the columns")}
	}
	if err == nil {
		err = j.checkHeader(header)
	}
	if err != nil {
		return &SourceError{Name: name, Err: err}
	}
	for {
		row, problem, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		origin := fmt.Sprintf("%s:%d", name, rows.start)
		if err != nil {
			return &SourceError{Name: origin, Err: err}
		}
		if problem == "" {
			problem = checkRow(row, header)
		}
		if problem != "" {
			err = j.refuseAt(origin, problem, "")
		} else {
			err = j.offer(j.dataPage(origin, objectOf(header, row)), Data)
		}
		if err != nil {
			return err
		}
	}
}

// checkHeader says what is missing before a long table is rejected row by row.
func (j *job) checkHeader(header []string) error {
	plain := make([]string, len(header))
	for i, name := range header {
		header[i] = fold(name)
		plain[i] = plainName(name)
		if header[i] != "" && slices.Contains(header[:i], header[i]) {
			return fmt.Errorf("two columns have the name %q; rename one", header[i])
		}
	}
	for field, name := range j.cfg.Fields {
		if !slices.Contains(plain, plainName(name)) {
			return fmt.Errorf("there is no column %q for %s; the columns are %.500q", name, field, header)
		}
	}
	if len(header) == 0 {
		return errors.New("its first row names no column")
	}
	found := j.cfg.Fields.columns(header)
	if found[FieldBody] == "" && found[FieldHeadline] == "" {
		return fmt.Errorf("no column is known to hold the text or the headline; the columns are %.500q: say which with a field map, as in body=%s", header, header[len(header)-1])
	}
	return nil
}

func checkRow(row, header []string) string {
	for _, value := range row {
		if !utf8.ValidString(value) {
			return "not UTF-8, it seems to be " + guessEncoding([]byte(value))
		}
	}
	if len(row) == 1 && strings.TrimSpace(row[0]) == "" {
		return "empty line"
	}
	if len(row) > len(header) {
		for _, value := range row[len(header):] {
			if value != "" {
				return "more values than columns: a delimiter inside a value needs quotes around the value"
			}
		}
	}
	return ""
}

// objectOf writes a row as a JSON object, in the order of the columns. Empty values are left out.
func objectOf(header, row []string) []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, value := range row {
		if i >= len(header) || value == "" || header[i] == "" {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		key, _ := json.Marshal(header[i]) // strings always can be written
		text, _ := json.Marshal(value)
		b.Write(key)
		b.WriteByte(':')
		b.Write(text)
	}
	b.WriteByte('}')
	return b.Bytes()
}
