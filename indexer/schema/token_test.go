package schema

import (
	"fmt"
	"strings"
	"testing"
)

// line writes tokens for comparing: exact form, stem where it differs, further forms.
func line(tokens []Token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Exact)
		if t.Stem != t.Exact {
			b.WriteString("~" + t.Stem)
		}
		for _, a := range t.Also {
			b.WriteString("|" + a)
		}
	}
	return b.String()
}

func TestAnalyzeTextWords(t *testing.T) {
	for _, tt := range []struct{ name, lang, in, want string }{
		{"possessive and apostrophe", "en", "O'Reilly’s O’Reilly workers' it's can’t", "o'reilly~o'reilli|oreilly o'reilly~o'reilli|oreilly workers~worker it can't"},
		{"name with an apostrophe", "en", "the Qur’an in Hawaiʻi", "the qur'an|quran in hawai'i|hawaii"},
		{"hyphens", "en", "e-mail, state-of-the-art Covid-19", "e|email mail state of the art covid|covid19 19"},
		{"country and pronoun", "en", "The U.S. and US told us", "the u.s and u.s told us"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := line(AnalyzeText(tt.in, tt.lang)); got != tt.want {
				t.Errorf("AnalyzeText(%q)\n got %s\nwant %s", tt.in, got, tt.want)
			}
		})
	}
}

func TestQueryTermsGivesAlternatives(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"e-mail", "[e|email mail] [email]"},
		{"O’Reilly", "[o'reilly~o'reilli|oreilly] [oreilly~oreilli]"},
		{"US", "[u.s]"},
		{"us", "[us]"},
		{"...", ""},
	} {
		var got []string
		for _, alternative := range QueryTerms(tt.in, "en") {
			got = append(got, fmt.Sprintf("[%s]", line(alternative)))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("QueryTerms(%q) = %s, want %s", tt.in, s, tt.want)
		}
	}
}
