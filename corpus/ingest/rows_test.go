package ingest

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// readRows reads all rows of a table; those with a problem are nil.
func readRows(t *testing.T, text string, comma rune) [][]string {
	t.Helper()
	r := newRowReader(bufio.NewReaderSize(strings.NewReader(text), sniffBytes))
	r.comma, r.curly = comma, false
	var rows [][]string
	last := 0
	for {
		row, problem, err := r.next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		if r.start <= last {
			t.Fatalf("row at line %d after line %d of %q", r.start, last, text)
		}
		last = r.start
		if problem != "" {
			row = nil
		}
		rows = append(rows, row)
	}
}

// FuzzRows compares with encoding/csv wherever that finds no fault.
func FuzzRows(f *testing.F) {
	f.Add("a,b\n\"c \"\"d\"\"\",\"e\nf\"\r\n,\n\n\"\",g", false)
	f.Add("a;b\n\"c;\n\n", true)
	f.Add("\"a\nb\nc\n\"d\"\n", false)
	f.Fuzz(func(t *testing.T, text string, semicolon bool) {
		comma := ','
		if semicolon {
			comma = ';'
		}
		rows := readRows(t, text, comma)
		strict := csv.NewReader(strings.NewReader(text))
		strict.Comma, strict.FieldsPerRecord = comma, -1
		want, err := strict.ReadAll()
		if err != nil || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
			return
		}
		rows = slices.DeleteFunc(rows, func(row []string) bool { return len(row) == 1 && row[0] == "" })
		want = slices.DeleteFunc(want, func(row []string) bool { return len(row) == 1 && row[0] == "" })
		if !slices.EqualFunc(rows, want, slices.Equal) {
			t.Errorf("rows of %q = %q, want %q", text, rows, want)
		}
	})
}

func FuzzLines(f *testing.F) {
	f.Add("a\r\nb\n\nc")
	f.Fuzz(func(t *testing.T, text string) {
		r := &lineReader{in: bufio.NewReaderSize(strings.NewReader(text), 16)}
		var got []string
		for {
			line, tooLong, err := r.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || tooLong {
				t.Fatal(err, tooLong)
			}
			got = append(got, string(line))
		}
		want := strings.Split(text, "\n")
		if want[len(want)-1] == "" {
			want = want[:len(want)-1]
		}
		for i := range want {
			want[i] = strings.TrimSuffix(want[i], "\r")
		}
		if !slices.Equal(got, want) || r.number != len(want) {
			t.Errorf("lines of %q = %q (%d), want %q", text, got, r.number, want)
		}
	})
}
