package discover

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"oped/corpus"
)

// BadLine is a line of a list that holds no usable address.
type BadLine struct {
	// Line is its number from 1, Text its beginning, Reason what is wrong with it.
	Line   int
	Text   string
	Reason string
}

func (b BadLine) String() string { return fmt.Sprintf("line %d: %s: %q", b.Line, b.Reason, b.Text) }

// Lines tells what a list held.
type Lines struct {
	// Entries counts the addresses handed on and Bad the lines refused; blank lines and comments are neither.
	Entries, Bad int
	// First are the first of the bad lines, at most 100.
	First []BadLine
}

// List reads addresses of articles, one a line, from a file or a pipe of any length in flat memory. Blank lines and
// lines that begin with "#" are skipped, and so is what follows an address after white space. A bad line is counted
// and told with its number, and reading goes on. It returns each's error, or that of r.
func List(r io.Reader, each func(Entry) error) (Lines, error) {
	var report Report
	out := &sink{base: &url.URL{}, each: each, report: &report}
	lines, err := list(bufio.NewReaderSize(r, 4096), out)
	if err != nil && !out.stopped {
		err = fmt.Errorf("discover: read list: %w", err)
	}
	return lines, err
}

func list(r *bufio.Reader, out *sink) (Lines, error) {
	const maxTold = 100
	var lines Lines
	for number := 1; ; number++ {
		text, long, err := readLine(r)
		if number == 1 {
			text = strings.TrimPrefix(text, "\xef\xbb\xbf")
		}
		address, reason := parseLine(text, long)
		if reason != "" {
			lines.Bad++
			out.report.Bad++
			if len(lines.First) < maxTold {
				lines.First = append(lines.First, BadLine{Line: number, Text: clip(text), Reason: reason})
			}
		}
		if address != "" {
			if err := out.each(Entry{URL: address, Kind: corpus.TargetPage}); err != nil {
				out.stopped = true
				return lines, err
			}
			lines.Entries++
			out.report.Entries++
		}
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return lines, fmt.Errorf("line %d: %w", number, err)
		}
	}
}

// readLine returns a line without its end, cut where it is longer than any address.
func readLine(r *bufio.Reader) (text string, long bool, err error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if room := 2*maxURLBytes - len(line); len(part) > room {
			part, long = part[:room], true
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return strings.TrimSpace(string(line)), long, err
		}
	}
}

// parseLine returns the address of a line, or why there is none; neither for a blank line or a comment.
func parseLine(text string, long bool) (address, reason string) {
	if text == "" || strings.HasPrefix(text, "#") {
		return "", ""
	}
	word := strings.Fields(text)[0]
	if long || len(word) > maxURLBytes {
		return "", fmt.Sprintf("the address is longer than %d bytes", maxURLBytes)
	}
	if !strings.Contains(word, "://") {
		return "", "an address begins with http:// or https://"
	}
	address, ok := resolve(&url.URL{}, word)
	if !ok {
		return "", "not an http or https address"
	}
	return address, ""
}

func clip(s string) string {
	const limit = 120
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "..."
}
