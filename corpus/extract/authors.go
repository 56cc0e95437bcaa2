package extract

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// readAuthors names who wrote the page's article: first what is stated for machines, then what is printed. Agencies
// and staffs are nobody's names.
func (r *reader) readAuthors() []corpus.Author {
	chosen, rule := r.chooseAuthors()
	if len(chosen) == 0 {
		chosen, rule = r.siteOwner(), "site's name"
	}
	r.completeName(chosen)
	r.won("author", rule)
	return withoutNames(chosen, r.otherParts())
}

// ownSite matches the name of a site that one person writes: "Jane Doe's blog".
var ownSite = regexp.MustCompile(`^(.{3,40})['’]s (?i:(?:\p{L}+ )?(?:we)?b(?:log|site)|site|notes|journal|digital home|home ?page|website|newsletter)$`)

// siteOwner is the person after whom the site is named.
func (r *reader) siteOwner() []corpus.Author {
	for _, s := range append([]string{r.article.Publication, r.doc.first("og:site_name")}, titleBreak.Split(r.doc.title, -1)...) {
		if m := ownSite.FindStringSubmatch(squeeze(s)); m != nil {
			if a, ok := parseName(m[1], 2); ok {
				return []corpus.Author{a}
			}
		}
	}
	return nil
}

// completeName puts the name under which the page links the author's page in place of a lone first name.
func (r *reader) completeName(authors []corpus.Author) {
	if len(authors) != 1 || strings.Contains(authors[0].Name, " ") {
		return
	}
	for _, m := range r.layout.marks {
		if !m.link || r.foreign(m.node) {
			continue
		}
		for _, a := range bylineNames(m.node, true) {
			if strings.HasPrefix(a.Name, authors[0].Name+" ") {
				authors[0].Name = a.Name
				return
			}
		}
	}
}

// otherParts are the names, folded, that the byline prints as having had another part in the piece than writing it.
func (r *reader) otherParts() map[string]bool {
	names := map[string]bool{}
	for _, m := range r.layout.marks {
		if r.head < 0 || m.block < r.head || m.block > r.head+bylineAfter || countWords(nodeText(m.node)) > maxBylineWords {
			continue
		}
		other := false
		for _, part := range inlineParts(m.node) {
			loc := rolePart.FindStringIndex(part)
			if loc != nil {
				part = part[loc[1]:]
			}
			other = loc != nil || other && !bylineLead.MatchString(part)
			for _, a := range parseByline(part) {
				if other {
					names[key(a.Name)] = true
				}
			}
		}
	}
	return names
}

// withoutNames drops the named from a list that has others too.
func withoutNames(in []corpus.Author, names map[string]bool) []corpus.Author {
	var out []corpus.Author
	for _, a := range in {
		if !names[key(a.Name)] {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return in
	}
	return out
}

// chooseAuthors weighs what is stated for machines against what is printed, and says which of them it took.
func (r *reader) chooseAuthors() (authors []corpus.Author, rule string) {
	printed, byline := r.printedAuthors(), "byline"
	if len(printed) == 0 && !r.signedByStaff() {
		printed, byline = r.linkedAuthors(), "author's link"
	}
	meta := r.notSite(r.metaAuthors(), printed)
	if stated := r.notSite(r.doc.ldAuthors(), printed); len(stated) > 0 {
		if r.incomplete(stated, printed) || len(printed) > 0 && sameAuthors(printed, meta) && !sameAuthors(printed, stated) {
			return printed, byline
		}
		return fullNames(stated, printed), "JSON-LD"
	}
	if len(meta) > 0 {
		if len(printed) > 0 && shareNoWord(meta, printed) {
			return printed, byline // the stated name is who put the page up
		}
		return fullNames(meta, printed), "meta element"
	}
	props := r.notSite(r.propAuthors(), printed)
	switch {
	case len(props) == 0 && len(printed) == 0:
		return r.firstLine(), "line before the body"
	case len(props) == 0 || len(printed) > 0 && len(props) > 2*len(printed) && containsAuthors(props, printed):
		return printed, byline // marked names of other pieces stand on the page too
	}
	return fullNames(props, printed), "microdata"
}

// firstLineReach is how many blocks below the headline a body begins at most, for firstLine.
const firstLineReach = 8

// firstLine reads names that stand alone as a paragraph right before the body's first one.
func (r *reader) firstLine() []corpus.Author {
	for i := max(0, r.head+1); r.head >= 0 && i < min(r.head+firstLineReach, len(r.layout.blocks)-1); i++ {
		b, next := &r.layout.blocks[i], &r.layout.blocks[i+1]
		if b.words >= minFirstParagraph && endsSentence(b.text) && i > r.head+1 {
			return nil // the body has begun
		}
		if b.tag != atom.P || next.tag != atom.P || b.words > 8 || next.words < minFirstParagraph || !r.mayHoldByline(i) {
			continue
		}
		names := r.notSite(parseByline(b.text), nil)
		words := 0
		for _, a := range names {
			words += countWords(a.Name)
		}
		if rest := countWords(dropLead(b.text)) - words; len(names) > 0 && rest >= 0 && rest < len(names) {
			return names
		}
	}
	return nil
}

// minFirstParagraph is how many words a paragraph has that can begin a body.
const minFirstParagraph = 20

// incomplete reports whether the printed names, all of one byline or each linked to its author's page, are those
// stated and more.
func (r *reader) incomplete(stated, printed []corpus.Author) bool {
	if len(printed) <= len(stated) || !containsAuthors(printed, stated) {
		return false
	}
	for _, a := range printed {
		if a.URL == "" {
			return r.printsByline(printed)
		}
	}
	return true
}

// printsByline reports whether a line near the headline begins with "By" and names just these.
func (r *reader) printsByline(authors []corpus.Author) bool {
	for i := max(0, r.head-bylineBefore); i < min(len(r.layout.blocks), r.head+bylineAfter); i++ {
		b := &r.layout.blocks[i]
		if b.words <= maxBylineWords && bylineLead.MatchString(b.text) && sameAuthors(parseByline(b.text), authors) {
			return true
		}
	}
	return false
}

func sameAuthors(a, b []corpus.Author) bool {
	return len(a) == len(b) && containsAuthors(a, b)
}

// shareNoWord reports whether no word of the names is common to both lists.
func shareNoWord(a, b []corpus.Author) bool {
	words := map[string]bool{}
	for _, author := range a {
		for w := range strings.FieldsSeq(key(author.Name)) {
			words[w] = true
		}
	}
	for _, author := range b {
		for w := range strings.FieldsSeq(key(author.Name)) {
			if words[w] {
				return false
			}
		}
	}
	return true
}

// fullNames puts the printed form of a name in place of a stated first name: "Linda" is printed "Linda McCall".
func fullNames(stated, printed []corpus.Author) []corpus.Author {
	for i, a := range stated {
		for _, p := range printed {
			if !strings.Contains(a.Name, " ") && strings.HasPrefix(p.Name, a.Name+" ") {
				stated[i].Name = p.Name
			}
			if key(p.Name) == key(stated[i].Name) && a.URL == "" {
				stated[i].URL = p.URL
			}
		}
	}
	return stated
}

// containsAuthors reports whether every name of part is in whole.
func containsAuthors(whole, part []corpus.Author) bool {
	names := map[string]bool{}
	for _, a := range whole {
		names[key(a.Name)] = true
	}
	for _, a := range part {
		if !names[key(a.Name)] {
			return false
		}
	}
	return true
}

// notSite drops names that are the publication's own, unless the page prints them as its byline: some sites are
// named after the one person who writes them.
func (r *reader) notSite(in, printed []corpus.Author) []corpus.Author {
	var out []corpus.Author
	for _, a := range in {
		own := isSiteName(a.Name, key(r.article.Publication)) || isSiteName(a.Name, hostKey(r.doc.here))
		if !own || containsAuthors(printed, []corpus.Author{a}) {
			out = append(out, a)
		}
	}
	return uniqueAuthors(out)
}

// hostKey is the name part of an address's host: "harbourgazette" of "www.harbourgazette.example".
func hostKey(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	labels := strings.Split(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
	if len(labels) > 1 {
		labels = labels[:len(labels)-1]
	}
	longest := ""
	for _, l := range labels {
		if len(l) > len(longest) {
			longest = l
		}
	}
	return longest
}
