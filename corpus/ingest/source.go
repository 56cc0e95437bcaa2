package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	// sniffBytes are looked at to tell format, encoding and delimiter.
	sniffBytes = 64 << 10
	// maxPageBytes bounds one file of HTML or text, and maxRecordBytes one line or row: the longest articles have
	// well under a megabyte, and pages with embedded pictures some ten.
	maxPageBytes   = 16 << 20
	maxRecordBytes = 16 << 20
)

// input offers all that one source holds, compressed with gzip or Zstandard or not, whatever its name says.
func (j *job) input(r io.Reader, name string, f Format) error {
	in := bufio.NewReaderSize(r, sniffBytes)
	if head, err := in.Peek(2); len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return &SourceError{Name: name, Err: err}
	}
	if head, _ := in.Peek(4); zstdBegins(head) {
		unpacked, err := unzstd(in)
		if err != nil {
			return &SourceError{Name: name, Err: err}
		}
		defer unpacked.Close()
		in = bufio.NewReaderSize(unpacked, sniffBytes)
	}
	if f == FormatWARC || f == FormatAuto && bytes.HasPrefix(unzipped(peek(in)), []byte(warcBegin)) {
		return j.warc(in, name)
	}
	if zipped(in) {
		unzip, err := gzip.NewReader(in)
		if err != nil {
			return &SourceError{Name: name, Err: err}
		}
		in = bufio.NewReaderSize(unzip, sniffBytes)
	}
	if f == FormatAuto {
		if f = sniff(peek(in)); f == FormatAuto {
			return fmt.Errorf("ingest: read %q: cannot tell what it is; say whether it is %s", name, formatNames)
		}
	}
	return j.source(in, name, f)
}

// zipped reports whether a source begins as gzip does.
func zipped(in *bufio.Reader) bool {
	head, _ := in.Peek(2)
	return bytes.HasPrefix(head, gzipMagic[:2])
}

// unzipped is the beginning of what the beginning of a source holds.
func unzipped(head []byte) []byte {
	if !bytes.HasPrefix(head, gzipMagic) {
		return head
	}
	r, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(io.LimitReader(r, sniffBytes)) // that it is cut off is no wonder
	return out
}

// peek returns the first bytes without consuming them; an error is left for the reading that follows.
func peek(in *bufio.Reader) []byte {
	head, _ := in.Peek(sniffBytes)
	return head
}

// sniff tells a format by its first bytes: HTML and JSON show themselves, WordPress by the names that it gives to things,
// a table has a delimiter in its first line.
func sniff(head []byte) Format {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	first, _, more := bytes.Cut(head, []byte("\n"))
	switch {
	case len(head) == 0:
		return FormatAuto
	case looksLikePosts(head):
		return FormatWordPress
	case looksLikeWXR(head):
		return FormatWXR
	case head[0] == '{' || head[0] == '[':
		return FormatJSONL
	case head[0] == '<':
		return FormatHTML
	case more && bytes.ContainsAny(first, ",;\t") && len(first) < 2000 && looksLikeHeader(first):
		return FormatCSV
	}
	return FormatAuto
}

// looksLikePosts reports whether JSON is what WordPress answers when asked for posts.
func looksLikePosts(head []byte) bool {
	return (head[0] == '[' || head[0] == '{') && bytes.Contains(head, []byte(`"rendered"`)) &&
		(bytes.Contains(head, []byte(`"content"`)) || bytes.Contains(head, []byte(`"date_gmt"`)))
}

// looksLikeWXR reports whether XML is a WordPress export. The name of its vocabulary differs from version to version.
func looksLikeWXR(head []byte) bool {
	return head[0] == '<' && bytes.Contains(head, []byte("<rss")) && bytes.Contains(head, []byte("://wordpress.org/export/"))
}

// looksLikeHeader reports whether a line names columns that are known.
func looksLikeHeader(line []byte) bool {
	columns := splitHeader(line)
	found := FieldMap(nil).columns(columns)
	_, body := found[FieldBody]
	_, headline := found[FieldHeadline]
	return len(columns) > 1 && (body || headline)
}

// CheckEncoding reports whether a name is one of an encoding, as Config.Encoding wants it: a label of the WHATWG Encoding
// Standard, or empty.
func CheckEncoding(label string) error {
	if label == "" {
		return nil
	}
	_, err := encodingOf(label)
	return err
}

func encodingOf(label string) (encoding.Encoding, error) {
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil, fmt.Errorf("encoding %q is not known; usual ones are utf-8, windows-1252, utf-16le", label)
	}
	return enc, nil
}

// decodeData makes data UTF-8 without a byte order mark. Where no encoding was given and the first bytes are no UTF-8,
// it says what they seem to be, rather than reject line after line.
func decodeData(in *bufio.Reader, label string) (*bufio.Reader, error) {
	head := peek(in)
	if label != "" {
		enc, err := encodingOf(label)
		if err != nil {
			return nil, err
		}
		return transformed(in, unicode.BOMOverride(enc.NewDecoder())), nil
	}
	if marked(head) {
		return transformed(in, unicode.BOMOverride(encoding.Nop.NewDecoder())), nil
	}
	if i := firstInvalid(head); i >= 0 {
		line := 1 + bytes.Count(head[:i], []byte("\n"))
		return nil, fmt.Errorf("line %d is not UTF-8 (byte %#x): it seems to be %s; name the encoding, or convert the file to UTF-8",
			line, head[i], guessEncoding(head))
	}
	return in, nil
}

func transformed(in io.Reader, t transform.Transformer) *bufio.Reader {
	return bufio.NewReaderSize(transform.NewReader(in, t), sniffBytes)
}

// marked reports whether data begins with a byte order mark.
func marked(head []byte) bool {
	for _, mark := range []string{"\ufeff", "\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// firstInvalid is the index of the first byte that is no UTF-8 text, or -1. NUL counts: it shows UTF-16.
func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 {
			if !utf8.FullRune(b[i:]) {
				return -1 // cut off by the end of what is looked at
			}
			return i
		}
		if r == 0 {
			return i
		}
		i += n
	}
	return -1
}

// guessEncoding names what text that is no UTF-8 is most likely written in.
func guessEncoding(b []byte) string {
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > len(b)/8:
		return "utf-16le"
	case zeros[0] > len(b)/8:
		return "utf-16be"
	}
	return "windows-1252"
}

// readBounded reads a whole page.
func readBounded(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxPageBytes+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxPageBytes {
		return nil, fmt.Errorf("longer than %d MB", maxPageBytes>>20)
	}
	return body, nil
}
