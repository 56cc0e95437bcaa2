package schema

import (
	"math/rand/v2"
	"testing"
)

// TestWordsWithoutEndingsAreTheirStems holds that the rules for English change no word that endsEnglish passes by.
func TestWordsWithoutEndingsAreTheirStems(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	run, passed := stemmers["en"].stem, 0
	parts := []string{"ation", "al", "iz", "e", "ous", "y", "ful", "ness", "at", "or", "ll", "ed", "ing", "bl", "i", "ss", "'", "s", "ment"}
	for range 200_000 {
		word := make([]byte, 1+r.IntN(5))
		for i := range word {
			word[i] = byte('a' + r.IntN(26))
		}
		for range r.IntN(3) {
			word = append(word, parts[r.IntN(len(parts))]...)
		}
		word = append(word, byte('a'+r.IntN(26)))
		if s := string(word); len(s) > 2 && !endsEnglish(s) {
			passed++
			if got := run(s); got != s {
				t.Fatalf("stem(%q) = %q", s, got)
			}
		}
	}
	if passed < 100_000 {
		t.Errorf("only %d of the words pass", passed)
	}
}
