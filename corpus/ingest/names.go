package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"oped/corpus"
)

// Bounds of one byline: more authors than these have only papers of science, and longer names are none.
const (
	maxAuthors   = 20
	maxNameBytes = 120
)

var (
	bylineLead = regexp.MustCompile(`(?i)^(?:(?:opinion|column|commentary|analysis|written|posted|words|text)\s+)?(?:by|par|von|por|di|автор)(?:\s*:\s*|\s+)`)
	bylineAnd  = regexp.MustCompile(`(?i)\s*[;/|&]\s*|,?\s+(?:and|und|et|y|e|en|и|with)\s+`)
	honorific  = regexp.MustCompile(`(?i)^(?:(?:dr|prof|mr|mrs|ms|sen|rep|gov|gen|lt|col|maj|capt|sgt|adm|hon|rev)\.|(?:dr|prof|professor|sir|dame|lord|lady|senator|congressman|congresswoman|governor|rabbi))$`)
	generation = regexp.MustCompile(`^(?:Jr|Sr|JR|SR)\.?$|^(?:II|III|IV)$`)
	degree     = regexp.MustCompile(`(?i)^(?:ph\.?\s?d|m\.?d|j\.?d|esq|mba|rn)\.?$`)
	// notName matches what follows a name after a comma and is none: a role, a publication, a date, an address.
	notName = regexp.MustCompile(`(?i)\d|@|^the\b|\b(?:staff|writers?|editors?|editorial|reporters?|columnists?|correspondents?|contributors?|contributing|opinion|press|news|times|post|tribune|herald|journal|magazine|university|institute|director|president|fellow|professor|guest|special|bureau|service|chief|senior)\b`)
)

// authors reads the names in a byline, or in a list of them.
func authors(v any) []corpus.Author {
	var out []corpus.Author
	for _, text := range texts(v) {
		for _, name := range splitNames(oneLine(text)) {
			a := author(name)
			known := slices.ContainsFunc(out, func(b corpus.Author) bool { return b.Name == a.Name })
			if a.Name != "" && len(a.Name) <= maxNameBytes && !known && len(out) < maxAuthors {
				out = append(out, a)
			}
		}
	}
	return out
}

// splitNames cuts a byline into names: "By Jane Doe, John Roe Jr. and Ann Poe", "Doe, Jane; Roe, John".
func splitNames(s string) []string {
	s = bylineLead.ReplaceAllString(s, "")
	parts := bylineAnd.Split(s, -1)
	if inverted(parts) {
		for i, part := range parts {
			last, first, _ := strings.Cut(part, ",")
			parts[i] = strings.TrimSpace(first) + " " + strings.TrimSpace(last)
		}
		return parts
	}
	var names []string
	for _, part := range parts {
		for i, piece := range strings.Split(part, ",") {
			piece = strings.TrimSpace(piece)
			switch {
			case piece == "" || degree.MatchString(piece):
			case generation.MatchString(piece) && len(names) > 0:
				names[len(names)-1] += " " + piece
			case i > 0 && notName.MatchString(piece):
			default:
				names = append(names, piece)
			}
		}
	}
	return names
}

// inverted reports whether names are written with the last name first: all of several names that are parted by
// other signs hold one comma, or one name is two single words with a comma between.
func inverted(parts []string) bool {
	for _, part := range parts {
		last, first, ok := strings.Cut(part, ",")
		first = strings.TrimSpace(first)
		if !ok || first == "" || strings.Contains(first, ",") || generation.MatchString(first) || degree.MatchString(first) || notName.MatchString(first) {
			return false
		}
		if len(parts) == 1 && (strings.Contains(strings.TrimSpace(last), " ") || strings.Contains(first, " ")) {
			return false
		}
		if len(strings.Fields(last)) > 2 || len(strings.Fields(first)) > 2 {
			return false
		}
	}
	return len(parts) > 0
}

// author parts an honorific from a name. A name without a letter is none.
func author(name string) corpus.Author {
	words := strings.Fields(strings.Trim(name, " ,.-–—*"))
	if strings.HasSuffix(name, ".") && len(words) > 0 && generation.MatchString(words[len(words)-1]) {
		words[len(words)-1] += "."
	}
	var titles []string
	for len(words) > 2 && honorific.MatchString(words[0]) || len(words) == 2 && honorific.MatchString(words[0]) && strings.HasSuffix(words[0], ".") {
		titles, words = append(titles, words[0]), words[1:]
	}
	name = strings.Join(words, " ")
	if !strings.ContainsFunc(name, unicode.IsLetter) {
		return corpus.Author{}
	}
	return corpus.Author{Name: name, Title: strings.Join(titles, " ")}
}
