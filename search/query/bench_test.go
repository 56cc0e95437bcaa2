package query

import (
	"strings"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{
		"two words": "carbon tax",
		"typical":   `(kuril! w/10 (japan or tokyo)) and headline("peace treaty") and date aft 1/1/2018`,
		"longest":   strings.Repeat(`(a w/5 "b c") or `, 85) + "d",
		"broken":    strings.Repeat("(a or ", 900),
		"quotes":    strings.Repeat(`"`, 8001),
		"words":     strings.Repeat("a? or ", 255) + "b",
		"minus":     strings.Repeat("-", 8000) + "a",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = Parse(text, Options{Now: now})
			}
		})
	}
}
