// Package cite writes articles in the forms that reference managers and people cite by: RIS and CSL-JSON (which Zotero
// imports as newspaper articles), BibTeX, JSON-LD, Markdown, plain text, and the cells of a spreadsheet. Every form is a
// pure function of one article and its permalink. What an article does not have is left out; nothing of its text can end
// a line or a field early.
package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"oped/corpus"
)

// Creators are the authors as reference managers want them, "Last, First". A name that the publication prints as one word,
// or with a comma, is left as it is.
func Creators(a *corpus.Article) []string {
	var creators []string
	for _, author := range a.Authors {
		family, given := SplitName(author.Name)
		switch {
		case family == "":
			continue
		case given == "":
			creators = append(creators, family)
		default:
			creators = append(creators, family+", "+given)
		}
	}
	return creators
}

// particles belong to the family name that follows them.
var particles = map[string]bool{
	"al": true, "bin": true, "da": true, "de": true, "del": true, "della": true, "den": true, "der": true, "di": true,
	"dos": true, "du": true, "el": true, "ibn": true, "la": true, "le": true, "ten": true, "ter": true, "van": true, "von": true,
}

// suffixes follow a family name and belong to the given name in citations.
var suffixes = map[string]bool{"jr": true, "jr.": true, "sr": true, "sr.": true, "ii": true, "iii": true, "iv": true}

// SplitName takes a printed name apart. The family name is the last word with the particles before it; a name of one word,
// or one with a comma, is all family name.
func SplitName(name string) (family, given string) {
	name = line(name)
	words := strings.Fields(name)
	if len(words) < 2 || strings.Contains(name, ",") {
		return name, ""
	}
	suffix := ""
	if last := words[len(words)-1]; suffixes[strings.ToLower(last)] && len(words) > 2 {
		suffix, words = " "+last, words[:len(words)-1]
	}
	first := len(words) - 1
	for first > 1 && particles[strings.ToLower(words[first-1])] {
		first--
	}
	return strings.Join(words[first:], " "), strings.Join(words[:first], " ") + suffix
}

// line folds white space and drops control characters, so that a text stays within its line.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// address is where to send a reader: the original if it is on the web, else the permalink.
func address(a *corpus.Article, permalink string) string {
	if strings.HasPrefix(a.URL, "https://") || strings.HasPrefix(a.URL, "http://") {
		return line(a.URL)
	}
	return permalink
}

// Cell makes a text safe in a cell of a spreadsheet: on one line, and never a formula. A text that begins as a formula does
// gets an apostrophe in front, which spreadsheets take for "this is text".
func Cell(s string) string {
	s = line(s)
	if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune("=+-@＝＋－＠", first) && s != "" {
		return "'" + s
	}
	return s
}
