package sample

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

var charsets = map[string]encoding.Encoding{"windows-1252": charmap.Windows1252, "windows-1251": charmap.Windows1251}

// encode turns UTF-8 into the paper's own encoding. In HTML a character that the encoding lacks becomes a character
// reference; an XML declaration is changed to name the encoding.
func encode(text []byte, charset, mediaType string) ([]byte, error) {
	enc, ok := charsets[charset]
	if !ok || strings.Contains(mediaType, "gzip") || strings.Contains(mediaType, "json") {
		return text, nil
	}
	text = bytes.Replace(text, []byte(`encoding="UTF-8"`), []byte(`encoding="`+charset+`"`), 1)
	out, err := encoding.HTMLEscapeUnsupported(enc.NewEncoder()).Bytes(text)
	if err != nil {
		return nil, fmt.Errorf("sample: encode in %s: %w", charset, err)
	}
	return out, nil
}
