package extract

import (
	"bytes"
	"strings"
	"testing"
)

func TestIsBinary(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     bool
	}{
		{"prose", "The harbour was promised to everyone.\n\nNobody asked the tide.\t", false},
		{"one stray sign", strings.Repeat("words and ", 10) + "\x00", false},
		{"Cyrillic", "Причал обещали всем.", false},
		{"a program", string(bytes.Repeat([]byte{0x7f, 'E', 'L', 'F', 2, 1, 0, 0}, 50)), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := isBinary(tt.in); got != tt.want {
				t.Errorf("isBinary(%q) = %v, want %v", tt.in, got, tt.want)
			}
		})
	}
}
