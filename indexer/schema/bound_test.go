package schema

import (
	"strings"
	"testing"
	"time"

	"oped/corpus"
)

// TestHostileTextsTakeLinearTime reads much of each of the patterns that could make some rule look far ahead or back.
func TestHostileTextsTakeLinearTime(t *testing.T) {
	const size = 1 << 18
	for _, unit := range []string{"a", "A.", "a. ", "1. ", "a-", "'", "a'", "\u00ad", "a\u00ad", "\u0301", "e\u0301", "日", "1,", "_", "a_", "+", "C++", "...", "\n", "\xff", "ﷺ", "ა", "A.A. B. ", "US "} {
		s := strings.Repeat(unit, size/len(unit))
		began := time.Now()
		Analyze(&corpus.Article{ID: "x", URL: "https://" + s, Headline: s, Language: "de", Tags: []string{s}, Section: s,
			Body: []corpus.Block{{Kind: corpus.Paragraph, Text: s}}})
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%q repeated took %v", unit, took)
		}
	}
}
