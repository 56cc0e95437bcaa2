package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// minAgreement is the share of words that an h1 must have in common with what the page states elsewhere as its
// headline. Below it the h1 is another text: a section, the site's name.
const minAgreement = 0.4

// headlines are the texts in which a page states its headline, the site's name taken off.
type headlines struct {
	og, ld, title string
}

// readHeadline gives the headline and the kicker printed with it.
func (d *document) readHeadline(site string, cues *cueReader) (headline, kicker string) {
	raw, host := d.statedHeadlines(), hostKey(d.here)
	stated := headlines{
		og:    dropSite(raw.og, site, host),
		ld:    dropSite(raw.ld, site, host),
		title: dropSite(raw.title, site, host),
	}
	text, kicker := d.bestH1(stated, site, cues)
	if text == "" {
		text = d.markedHeadline(stated, site)
	}
	if text == "" {
		text = d.loneH1(site, cues)
	}
	if text == "" {
		text = stated.fallback(site)
	}
	return text, kicker
}

// statedHeadlines are the stated texts as they stand.
func (d *document) statedHeadlines() headlines {
	h := headlines{
		og:    d.first("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title"),
		ld:    plain(text(d.article["headline"])),
		title: d.title,
	}
	if h.ld == "" {
		h.ld = text(d.article["name"])
	}
	return h
}

// bestH1 chooses among the page's h1 by agreement with what is stated elsewhere. An h1 that agrees with nothing is
// taken only if it is the page's only one and nothing else is stated.
func (d *document) bestH1(stated headlines, site string, cues *cueReader) (string, string) {
	best, bestKicker, bestScore := "", "", minAgreement
	for i, n := range d.h1 {
		if i >= 40 {
			break
		}
		words, kicker := h1Text(n, cues)
		words = stated.withoutTail(words, n)
		if words == "" || key(words) == key(site) {
			continue
		}
		s := stated.agreement(words)
		own := cues.cues(n)
		if own.has(cueTitle) || strings.Contains(strings.ToLower(attr(n, "itemprop")), "headline") {
			s += 0.05
		}
		if own.has(cueHidden) {
			s -= 0.1
		}
		if s > bestScore {
			best, bestKicker, bestScore = words, kicker, s
		}
	}
	if best != "" {
		return stated.withoutKicker(best, bestKicker)
	}
	if len(d.h1) == 1 && stated == (headlines{}) {
		if words, kicker := h1Text(d.h1[0], cues); key(words) != key(site) {
			return words, kicker
		}
	}
	return "", ""
}

// minLoneH1 is how many words make an h1 that agrees with nothing a headline; fewer name a section.
const minLoneH1 = 3

// loneH1 is the text of the page's only h1 where the stated headlines are other texts: many sites state one headline for
// search engines and print another.
func (d *document) loneH1(site string, cues *cueReader) string {
	only := ""
	for _, n := range d.h1 {
		s, _ := h1Text(n, cues)
		if s == "" || s == only {
			continue
		}
		if only != "" || !printsHeadline(n, cues) || key(s) == key(site) || countWords(s) < minLoneH1 {
			return ""
		}
		only = s
	}
	return only
}

// printsHeadline reports whether an element can be seen and stands in no menu, box of links or comment.
func printsHeadline(n *html.Node, cues *cueReader) bool {
	for depth := 0; n != nil && depth < 6 && n.DataAtom != atom.Body; n, depth = n.Parent, depth+1 {
		own := cues.cues(n)
		for _, c := range []cue{cueNav, cueFooter, cueComment, cueModal, cueCookie, cueHidden} {
			if own.has(c) {
				return false
			}
		}
		if own.has(cueRelated) && !own.has(cueArticle) { // "featured" tells of an article's picture too
			return false
		}
	}
	return true
}

// agreement is how well a text agrees with the best of the stated headlines, 0 to 1.
func (h headlines) agreement(s string) float64 {
	return max(similarity(s, h.og), similarity(s, h.ld), similarity(s, h.title))
}

// withoutKicker takes off what an h1 prints before the headline, where a stated headline is the rest of it.
func (h headlines) withoutKicker(s, kicker string) (string, string) {
	for _, t := range []string{h.ld, h.og, h.title} {
		if t == s {
			return s, kicker
		}
	}
	for _, t := range []string{h.ld, h.og, h.title} {
		if len(t) < 12 || len(t) >= len(s) {
			continue
		}
		if i := strings.Index(s, t); i > 0 && i+len(t) == len(s) && i <= 60 {
			if kicker == "" {
				kicker = strings.Trim(s[:i], " :|–—-•·")
			}
			return t, kicker
		}
	}
	return s, kicker
}

// withoutTail takes off what an h1 prints behind the headline in an element of its own, where two statements agree on
// the rest.
func (h headlines) withoutTail(s string, n *html.Node) string {
	t := h.og
	if t == "" || t != h.ld && t != h.title || !strings.HasPrefix(s, t+" ") {
		return s
	}
	printed := ""
	for _, part := range inlineParts(n) {
		if printed = strings.TrimSpace(printed + " " + part); printed == t {
			return t
		}
	}
	return s
}

func (h headlines) fallback(site string) string {
	for _, t := range []string{h.og, h.ld, h.title} {
		if t != "" && key(t) != key(site) {
			return t
		}
	}
	return ""
}

// markedHeadline is an element that is marked as the headline and agrees with what is stated, for pages without
// a fitting h1.
func (d *document) markedHeadline(stated headlines, site string) string {
	for _, n := range d.props["headline"] {
		s := squeeze(nodeText(n))
		if n.DataAtom == atom.Meta {
			s = plain(attr(n, "content"))
		}
		if s != "" && key(s) != key(site) && stated.agreement(s) >= minAgreement {
			return s
		}
	}
	return d.titledHeading(stated)
}

// titledHeading is a lower heading that the page's title holds whole between its breaks: "The Old Courier - Keep the
// boat" over a page whose h2 says "Keep the boat".
func (d *document) titledHeading(stated headlines) string {
	for _, t := range []string{stated.og, stated.title} {
		parts := map[string]bool{}
		for _, part := range titleBreak.Split(t, -1) {
			parts[key(part)] = true
		}
		for _, n := range d.h2 {
			if s := squeeze(nodeText(n)); countWords(s) > 1 && len(parts) > 1 && parts[key(s)] {
				return s
			}
		}
	}
	return ""
}

// h1Text is the text of a heading without the kicker that some templates put inside it.
func h1Text(n *html.Node, cues *cueReader) (headline, kicker string) {
	var b, k strings.Builder
	for c := innermost(n).FirstChild; c != nil; c = c.NextSibling {
		into := &b
		if c.Type == html.ElementNode && isKicker(c, cues) {
			into = &k
		}
		writeText(into, c)
	}
	headline, kicker = cutRunes(squeeze(b.String()), maxTitleRunes), cutRunes(squeeze(k.String()), maxTitleRunes)
	if headline == "" {
		return kicker, ""
	}
	return headline, strings.Trim(kicker, " :|–—-•·")
}

// maxWraps is how many elements, one in the other, are looked through for the text of a heading.
const maxWraps = 4

// innermost is the element that holds a heading's text, where links and the like hold all of it.
func innermost(n *html.Node) *html.Node {
	for range maxWraps {
		var only *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" || c.Type == html.CommentNode {
				continue
			}
			if only != nil || c.Type != html.ElementNode || opaque(c.DataAtom) {
				return n
			}
			only = c
		}
		if only == nil {
			return n
		}
		n = only
	}
	return n
}

func isKicker(n *html.Node, cues *cueReader) bool {
	if n.DataAtom != atom.Span && n.DataAtom != atom.Div && n.DataAtom != atom.A && n.DataAtom != atom.Small && n.DataAtom != atom.P && n.DataAtom != atom.Strong {
		return false
	}
	own := cues.cues(n)
	return (own.has(cueMeta) || own.has(cueTag) || own.has(cueHidden) || own.has(cueShare)) && !own.has(cueTitle)
}

// similarity is the share of words that two texts have in common, counted over both; a text that the other begins
// with counts as near.
func similarity(a, b string) float64 {
	if a == "" || b == "" {
		return 0
	}
	ka, kb := key(a), key(b)
	if ka == kb {
		return 1
	}
	if len(ka) > 15 && len(kb) > 15 && (strings.HasPrefix(ka, kb) || strings.HasPrefix(kb, ka)) {
		return 0.95
	}
	wa, wb := strings.Fields(ka), strings.Fields(kb)
	in := map[string]int{}
	for _, w := range wa {
		in[w]++
	}
	common := 0
	for _, w := range wb {
		if in[w] > 0 {
			in[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(wa)+len(wb))
}

// titleBreak parts a document title into headline and site: "Headline | Section | Site".
var titleBreak = regexp.MustCompile(`\s+[|–—·•»«:-]{1,2}\s+|\s*[|»«]\s*|\s+::\s+`)

// dropSite takes the site's name, or that of its host, off either end of a title. Without a known site nothing else is
// cut but what follows the last bar.
func dropSite(s, site, host string) string {
	s = cutRunes(squeeze(s), maxTitleRunes)
	siteKey := key(site)
	for range 4 {
		loc := titleBreak.FindAllStringIndex(s, -1)
		if len(loc) == 0 {
			return s
		}
		last, first := loc[len(loc)-1], loc[0]
		tail, head := s[last[1]:], s[:first[0]]
		switch {
		case (isSiteName(tail, siteKey) || isHostName(tail, host)) && last[0] > 0:
			s = s[:last[0]]
		case isSiteName(head, siteKey) && first[1] < len(s):
			s = s[first[1]:]
		case strings.Contains(s[last[0]:last[1]], "|") && countWords(tail) <= 5 && countWords(s[:last[0]]) >= 3:
			s = s[:last[0]]
		default:
			return s
		}
	}
	return s
}

// isSiteName reports whether part of a title names the site: the same letters, or one name within the other.
func isSiteName(part, siteKey string) bool {
	k := key(part)
	if k == "" || siteKey == "" {
		return false
	}
	if strings.HasSuffix(k, " com") || strings.HasSuffix(k, " org") {
		k = k[:len(k)-4]
	}
	joined, siteJoined := strings.ReplaceAll(k, " ", ""), strings.ReplaceAll(siteKey, " ", "")
	siteJoined = strings.TrimPrefix(siteJoined, "the")
	joined = strings.TrimPrefix(joined, "the")
	if joined == siteJoined {
		return true
	}
	return len(joined) >= 3 && countWords(part) <= 5 &&
		(containsWord(siteKey, k) || containsWord(k, siteKey) || strings.HasPrefix(siteJoined, joined) && len(joined) >= 5)
}

// isHostName reports whether part of a title is the name part of the page's host, letter for letter.
func isHostName(part, host string) bool {
	return len(host) >= minHostName && strings.ReplaceAll(key(part), " ", "") == host
}

// minHostName is how many letters a host's name has that is a name: shorter ones are words ("co", "msn").
const minHostName = 4

// labels are what publications put before or behind a headline to say what kind of piece it is; the value is how
// the label is read.
const labelWords = `op-?ed|opinion|opinions|commentary|comment|analysis|editorial|letters?|letters? to the editor|column|interview|review|book review|guest (?:essay|column|post|opinion|commentary)|viewpoint|perspective|our view|essay|` +
	`tribune|point de vue|éditorial|édito|chronique|lettres?|entretien|analyse|critique|opinión|columna|entrevista|carta|cartas al director|análisis|` +
	`kommentar|meinung|leitartikel|gastbeitrag|gastkommentar|kolumne|leserbrief|opinie|opinião|coluna|crônica|commento|editoriale|opinione|intervista|lettera|` +
	`мнение|колонка|интервью|редакционная статья|думка`

var (
	labelBefore = regexp.MustCompile(`(?i)^(` + labelWords + `)\s*[:|–—]\s*(\S.{7,})$`)
	labelAfter  = regexp.MustCompile(`(?i)^(.{8,}?\S)\s+[|–—-]\s*(` + labelWords + `)$`)
	labelInside = regexp.MustCompile(`(?i)^(?:[\[(](` + labelWords + `)[\])]\s*(\S.{7,})|(.{8,}\S)\s*[\[(](` + labelWords + `)[\])])$`)
)

// splitLabel parts a headline from a label of its kind of piece: "Why we must act – OpEd".
func splitLabel(s string) (headline, label string) {
	if m := labelAfter.FindStringSubmatch(s); m != nil {
		return m[1], m[2]
	}
	if m := labelBefore.FindStringSubmatch(s); m != nil && !startsLower(m[2]) {
		return m[2], m[1]
	}
	if m := labelInside.FindStringSubmatch(s); m != nil {
		return m[2] + m[3], m[1] + m[4]
	}
	return s, ""
}

// startsLower reports whether a text goes on with what stands before it: "Letters: the ferry and the dogs".
func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// isShout reports whether a text has capitals only.
func isShout(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		letters = letters || unicode.IsUpper(r)
	}
	return letters
}
