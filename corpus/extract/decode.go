package extract

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// maxPageBytes bounds what is read of one page. The longest real article pages are near 5 MB, nearly all of it
// script; whoever made a longer page did not mean it to be read.
const maxPageBytes = 8 << 20

// prescanBytes is how far into a page a declaration of its charset is looked for; HTML says 1024, real pages put
// comments and scripts before it.
const prescanBytes = 8 << 10

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,300}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-z0-9_:.-]{2,40})`)

// decode returns body as valid UTF-8. A byte order mark decides; then bytes that are well-formed UTF-8 beyond ASCII
// are UTF-8 whatever any label says, because no other encoding's text looks like that by chance and labels are often
// wrong; then the transport's label, the page's own declaration, and at last the shape of the bytes.
func decode(body []byte, label string) string {
	if len(body) > maxPageBytes {
		body = body[:maxPageBytes]
	}
	if text, ok := decodeMarked(body); ok {
		return text
	}
	if validPrefix(body) {
		return strings.ToValidUTF8(string(body), "\uFFFD")
	}
	for _, name := range []string{label, declaredCharset(body)} {
		if name == "" {
			continue
		}
		enc, canonical := charset.Lookup(name)
		if enc == nil || canonical == "replacement" || strings.HasPrefix(canonical, "utf-16") {
			continue // a page whose ASCII could be searched for a label is no UTF-16
		}
		if canonical == "utf-8" && mostlyUTF8(body) {
			return strings.ToValidUTF8(string(body), "\uFFFD")
		}
		if canonical != "utf-8" {
			return decodeWith(enc, body)
		}
	}
	return decodeWith(guessEncoding(body), body)
}

// decodeMarked decodes bytes that begin with a byte order mark.
func decodeMarked(body []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		return strings.ToValidUTF8(string(body[3:]), "\uFFFD"), true
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}):
		return decodeUTF16(body[2:], func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }), true
	case bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return decodeUTF16(body[2:], func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 }), true
	}
	return "", false
}

func decodeUTF16(body []byte, unit func([]byte) uint16) string {
	units := make([]uint16, 0, len(body)/2)
	for i := 0; i+1 < len(body); i += 2 {
		units = append(units, unit(body[i:]))
	}
	return string(utf16.Decode(units))
}

// validPrefix reports whether body is UTF-8. A last rune that the size bound cut in two is forgiven if others beyond
// ASCII are whole.
func validPrefix(body []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(body); cut++ {
		if whole := body[:len(body)-cut]; utf8.Valid(whole) {
			return cut == 0 || bytes.ContainsFunc(whole, func(r rune) bool { return r >= utf8.RuneSelf })
		}
		if cut < len(body) && body[len(body)-1-cut] < utf8.RuneSelf {
			return false
		}
	}
	return false
}

// mostlyUTF8 tells damaged UTF-8 from text in a one-byte encoding: at most one broken byte in ten beyond ASCII.
func mostlyUTF8(body []byte) bool {
	broken, high := 0, 0
	for len(body) > 0 {
		r, size := utf8.DecodeRune(body)
		if body[0] >= utf8.RuneSelf {
			high++
			if r == utf8.RuneError && size == 1 {
				broken++
			}
		}
		body = body[size:]
	}
	return broken*10 <= high
}

func declaredCharset(body []byte) string {
	m := metaCharset.FindSubmatch(body[:min(len(body), prescanBytes)])
	if m == nil {
		return ""
	}
	return string(m[1]) + string(m[2])
}

func decodeWith(enc encoding.Encoding, body []byte) string {
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return strings.ToValidUTF8(string(body), "\uFFFD")
	}
	return strings.ToValidUTF8(string(text), "\uFFFD")
}

// guessEncoding chooses for unlabelled bytes that are no UTF-8. In Western text few letters lie beyond ASCII; where
// most do, the text is Cyrillic, and since most letters are small, the half of the upper range that holds more of
// them tells windows-1251 (small letters high) from KOI8-R (small letters low).
func guessEncoding(body []byte) encoding.Encoding {
	ascii, low, high := 0, 0, 0
	inTag := false
	for _, b := range body {
		switch {
		case b == '<':
			inTag = true
		case b == '>':
			inTag = false
		case inTag:
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			ascii++
		case b >= 0xE0:
			high++
		case b >= 0xC0:
			low++
		}
	}
	switch {
	case low+high <= ascii/2:
		return charmap.Windows1252
	case high >= low:
		return charmap.Windows1251
	default:
		return charmap.KOI8R
	}
}
