package sample

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slugify makes a name fit for an address: letters and digits in lower case, accents off, hyphens between.
// Letters of other scripts stay as they are.
func slugify(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		case !unicode.Is(unicode.Mn, r):
			gap = true
		}
	}
	return b.String()
}
