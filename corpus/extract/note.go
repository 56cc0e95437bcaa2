package extract

import (
	"regexp"
	"strings"

	"oped/corpus"
)

// maxNoteWords bounds an author's note; what is longer is text of the article.
const maxNoteWords = 180

var (
	correctionLead = regexp.MustCompile(`(?i)^[\s*•\[(_–—-]*(?:corrections?|clarification|editor[’']?s[’']? note|editors[’'] note|note from the editor|erratum|(?:this|an earlier version of this|a previous version of this|the original version of this) (?:article|story|column|piece|post|essay|report|op-ed|editorial)(?: has been| was| is being)? (?:corrected|amended|updated|incorrectly|misstated|misspelled|misidentified|gave|stated|said|has been (?:updated|corrected|amended)|mis\w+)|rectificati(?:f|on)|correction apportée|erratum|korrektur|anmerkung der redaktion|nota del editor|corrección|nota da redação|correção|поправка|от редакции|исправление)`)
	someoneIs      = regexp.MustCompile(`(?i)^(?:the |this )?(?:author|writer|columnist|contributor|reviewer)s?(?:'s|’s)?\s+(?:is|are|was|has|teaches|writes|lives|works|served|can be|recent|latest)\b`)
	aboutAuthor    = regexp.MustCompile(`(?i)^(?:about the (?:author|writer)s?|author bio|l[’']auteur|über den autor|sobre el autor|об авторе)\W*$`)
	noteVerb       = regexp.MustCompile(`(?i)^\W{0,3}(?:,\s.{2,80}?,\s)?\s*(?:is|are|was|has|teaches|writes|covers|lives|works|served|serves|holds|reports|directs|leads|heads|chairs|edits|founded|hosts|can be reached|studies|specialise[sd]|specialize[sd]|retired|grew|joined|runs|ran|owns|represents|represented|chaired|founded|wrote|worked|taught|est|fut|était|dirige|préside|a\s|travaille|vit|écrit|arbeitet|schreibt|leitet|war|trabaja|escribe|dirige|fue|lavora|scrive|trabalha|escreve|заведует|работает|работал|работала|преподаёт|преподает|руководит|живёт|живет|пишет|был|была|проработал|проработала|является|sont|enseigne|ist|sind|lehrt|es|son|è|é|são|profes\w+|, (?:a|an|the|who|professor|chercheu|директор)|[—–-])(?:\s|$)`)
)

// isCorrection reports whether a paragraph is a correction or an editor's note.
func isCorrection(s string) bool {
	return correctionLead.MatchString(s) && countWords(s) >= 4
}

// isAuthorNote reports whether a paragraph speaks of its author: it begins with a name of theirs, or with "The
// writer", and goes on with what they are.
func isAuthorNote(s string, authors []corpus.Author) bool {
	words := countWords(s)
	if words < 4 || words > maxNoteWords {
		return false
	}
	s = strings.TrimLeft(s, "*•—–-_ ")
	if someoneIs.MatchString(s) {
		return true
	}
	for _, a := range authors {
		rest, ok := afterName(s, a)
		if ok && noteVerb.MatchString(rest) {
			return true
		}
	}
	return false
}

// afterName is what follows the author's name at the start of a text, honorifics passed over.
func afterName(s string, a corpus.Author) (string, bool) {
	for _, lead := range []string{"", a.Title + " ", "By "} {
		if len(s) >= len(lead)+len(a.Name) && strings.EqualFold(s[:len(lead)+len(a.Name)], lead+a.Name) {
			return s[len(lead)+len(a.Name):], true
		}
	}
	return afterSurname(s, a)
}

// afterSurname is what follows an honorific and the author's last name, honorifics before full names included.
func afterSurname(s string, a corpus.Author) (string, bool) {
	title, rest, ok := strings.Cut(s, " ")
	if !ok || !honorific.MatchString(title) {
		return "", false
	}
	for _, name := range []string{a.Name, a.Name[strings.LastIndexByte(a.Name, ' ')+1:]} {
		if after, ok := strings.CutPrefix(rest, name); ok {
			return after, true
		}
	}
	return "", false
}

// takeNotes moves corrections and the author's note out of a body. Corrections may stand at either end; the note
// stands among the last paragraphs.
func (r *reader) takeNotes(body []corpus.Block) []corpus.Block {
	a := r.article
	var out []corpus.Block
	var notes []string
	for i, b := range body {
		atEdge := i < 3 || i >= len(body)-6
		switch {
		case b.Kind != corpus.Heading && atEdge && isCorrection(b.Text):
			a.Corrections = append(a.Corrections, unbulleted(b.Text))
		case i > 2 && i >= len(body)-5 && isAuthorNote(b.Text, a.Authors):
			notes = append(notes, unbulleted(b.Text))
		default:
			out = append(out, b)
		}
	}
	if len(notes) > 0 {
		if a.AuthorNote == "" { // else the site's recipe found it
			a.AuthorNote = strings.Join(notes, " ")
		}
		out = dropTrailing(out, func(b corpus.Block) bool { return aboutAuthor.MatchString(b.Text) })
	}
	return out
}

// isBoxedNote tells the author's note by the element that is made for it, if it is a sentence that names an author.
func (r *reader) isBoxedNote(b *block) bool {
	if r.layout.elems[b.elem].near[cueAuthor] > 1 || b.words < 5 || b.words > maxNoteWords || b.linked*2 > b.words || !endsSentence(b.text) {
		return false
	}
	for _, a := range r.article.Authors {
		if containsWord(key(b.text), key(a.Name)) {
			return true
		}
	}
	return false
}

// unbulleted takes the mark off the front of a note.
func unbulleted(s string) string { return strings.TrimLeft(s, "•*–—-·■▪ ") }

// findNote looks for the author's note in the text around the end of the body, where publications print it in a box.
func (r *reader) findNote(keep []bool, last int) {
	for i := max(0, last-3); i < min(len(r.layout.blocks), last+25); i++ {
		b := &r.layout.blocks[i]
		if keep[i] || r.foreign(r.layout.elems[b.elem].node) {
			continue
		}
		if isCorrection(b.text) && len(r.article.Corrections) == 0 {
			r.article.Corrections = append(r.article.Corrections, unbulleted(b.text))
		}
		if r.article.AuthorNote == "" && (isAuthorNote(b.text, r.article.Authors) || r.isBoxedNote(b)) {
			r.article.AuthorNote = unbulleted(b.text)
		}
	}
}

func dropTrailing(body []corpus.Block, drop func(corpus.Block) bool) []corpus.Block {
	for len(body) > 0 && drop(body[len(body)-1]) {
		body = body[:len(body)-1]
	}
	return body
}
