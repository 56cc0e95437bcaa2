package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// readBody fills in the body and what is printed around it: standfirst, author's note, corrections.
func (r *reader) readBody() {
	keep := r.recipeBody()
	if keep != nil {
		r.won("body", r.recipe.rule("body"))
	} else {
		r.won("body", "trained models")
		keep = r.generic()
	}
	r.trim(keep)
	_, last := span(keep)
	if last >= 0 {
		r.sign(keep, last)
	}
	if r.article.Standfirst == "" {
		r.article.Standfirst = r.readStandfirst(keep)
	}
	r.article.Body = trimHeadings(r.takeNotes(r.layout.typed(keep)))
	if countBody(r.article.Body) < emptyWords {
		r.takeStatedBody()
	}
	if last >= 0 {
		r.findNote(keep, last)
	}
}

// maxStatedParagraphs bounds a body that is taken from JSON-LD.
const maxStatedParagraphs = 5000

// takeStatedBody takes the article's text from JSON-LD, on pages that show it by script alone. It is no more than a last
// resort: publications state it cut short, without headings or with captions in it.
func (r *reader) takeStatedBody() {
	var body []corpus.Block
	stated, _ := r.doc.article["articleBody"].(string)
	for line := range strings.SplitSeq(paragraphEnd.Replace(stated), "\n") {
		if s := plain(line); s != "" && len(body) < maxStatedParagraphs {
			body = append(body, corpus.Block{Kind: corpus.Paragraph, Text: s})
		}
	}
	if countBody(body) >= shortWords {
		r.article.Body = body
		r.won("body", "JSON-LD")
	}
}

// paragraphEnd puts line ends in place of the tags that end paragraphs in a stated body.
var paragraphEnd = strings.NewReplacer("</p>", "\n", "<br>", "\n", "<br/>", "\n", "<br />", "\n", "&lt;/p&gt;", "\n", "\r", "\n")

// recipeBody keeps the blocks below the recipe's body, or is nil where the recipe finds none.
func (r *reader) recipeBody() []bool {
	nodes := map[*html.Node]bool{}
	for _, n := range r.recipe.nodes(r.doc, "body") {
		nodes[n] = true
	}
	if len(nodes) == 0 {
		return nil
	}
	keep := make([]bool, len(r.layout.blocks))
	words := 0
	for i := range r.layout.elems {
		e := &r.layout.elems[i]
		if !nodes[e.node] {
			continue
		}
		for j := e.first; j < e.last; j++ {
			b := &r.layout.blocks[j]
			if near := &r.layout.elems[b.elem].near; near[cueCaption] > 1 && near[cueComment] == farAway && !keep[j] {
				keep[j] = true
				words += b.words
			}
		}
	}
	if words < emptyWords {
		return nil
	}
	return keep
}

// The models' answer from which a block is body; and the one for pages that state to be an article but on which the
// first finds nothing.
const (
	keepAbove     = 0.5
	keepAboveLast = 0.1
)

// generic keeps the blocks that the models take for body, or without models those that the linear scorer does.
func (r *reader) generic() []bool {
	if r.models == nil {
		return r.layout.choose(r.layout.score()).keep
	}
	answers := r.models.answers(r.profile())
	keep, words := r.above(answers, keepAbove)
	if words < emptyWords && r.statesArticle() {
		keep, _ = r.above(answers, keepAboveLast)
	}
	r.keepSubheads(keep, answers)
	return keep
}

// A heading between kept blocks is kept with them from a lower answer on, where a kept one follows within so many
// blocks: pictures and their credits may stand between. Of a line of three words even the second model is unsure.
const (
	keepSubheadAbove = 0.1
	subheadReach     = 4
	maxSubheadWords  = 25
)

// keepSubheads adds headings that stand in the body.
func (r *reader) keepSubheads(keep []bool, answers []float64) {
	lo, last := span(keep)
	for i := lo + 1; i < last; i++ {
		b := &r.layout.blocks[i]
		if keep[i] || answers[i] < keepSubheadAbove || !isHeadingTag(b.tag) || b.tag == atom.H1 || b.words > maxSubheadWords || r.headsBox(b) {
			continue
		}
		keep[i] = slices.Contains(keep[i+1:min(len(keep), i+1+subheadReach)], true)
	}
}

// headsBox reports whether a heading is that of a box within the text: a newsletter, other pieces, an advertisement.
func (r *reader) headsBox(b *block) bool {
	near := &r.layout.elems[b.elem].near
	for _, c := range []cue{cueNewsletter, cueRelated, cueAd, cueSidebar, cueModal, cueForm} {
		if near[c] <= 2 {
			return true
		}
	}
	counts, lead := textCues(b.text)
	return counts[sayLetter] > 0 || lead&(1<<sayMore) != 0
}

// above keeps the blocks whose answer is above a threshold, and counts their words.
func (r *reader) above(answers []float64, threshold float64) (keep []bool, words int) {
	keep = make([]bool, len(answers))
	for i, p := range answers {
		if p > threshold {
			keep[i] = true
			words += r.layout.blocks[i].words
		}
	}
	return keep, words
}

// statesArticle reports whether the page says for machines that it is an article.
func (r *reader) statesArticle() bool {
	return r.doc.article != nil || strings.EqualFold(r.doc.first("og:type"), "article")
}

// trim drops from both ends of a choice what belongs to the article but not to its body: the headline repeated, the
// byline, dates, labels.
func (r *reader) trim(keep []bool) {
	headline := key(r.article.Headline)
	seen := 0
	for i := range keep {
		if !keep[i] {
			continue
		}
		b := &r.layout.blocks[i]
		if i == r.head || b.tag == atom.H1 || seen < 4 && headline != "" && key(b.text) == headline {
			keep[i] = false
			continue
		}
		if seen < 4 && r.isFrontMatter(b) || isPointer(b) || r.isPullQuote(i, keep) || r.isOffer(i) {
			keep[i] = false
			continue
		}
		if seen == 0 && r.isStandfirst(i, keep) {
			keep[i] = false
			r.article.Standfirst = b.text
			continue
		}
		seen++
	}
}

// maxStandfirstWords bounds a standfirst; what is longer is a paragraph, whatever its class says.
const maxStandfirstWords = 60

// isStandfirst tells a standfirst by its class, between the headline and the first paragraph. An element that holds more
// of the body is no standfirst's, whatever it is called: "text-with-summary".
func (r *reader) isStandfirst(i int, keep []bool) bool {
	b := &r.layout.blocks[i]
	if r.article.Standfirst != "" || r.head < 0 || i <= r.head || i > r.head+6 || b.words > maxStandfirstWords || r.layout.elems[b.elem].near[cueDek] > 1 {
		return false
	}
	e := &r.layout.elems[b.elem]
	if !e.own.has(cueDek) {
		e = &r.layout.elems[e.parent]
	}
	for j := int32(i) + 1; j < e.last; j++ {
		if keep[j] {
			return false
		}
	}
	return true
}

// maxLabelWords is the longest line that names what stands below it and says nothing else.
const maxLabelWords = 4

// isPointer tells a line that sends the reader elsewhere: "Related: ..." with a link, or "Read next" above some.
func isPointer(b *block) bool {
	isLabel := b.words <= maxLabelWords && !endsSentence(strings.TrimSuffix(b.text, ":"))
	isLink := b.words <= 25 && b.linked*2 >= b.words && b.links > 0
	if !isLabel && !isLink {
		return false
	}
	_, lead := textCues(b.text)
	return lead&(1<<sayMore) != 0
}

// maxOfferWords is the longest text in which a site offers a subscription.
const maxOfferWords = 150

// isOffer tells a line of the box that asks readers to subscribe or to log in, where a paywall cuts the article.
func (r *reader) isOffer(i int) bool {
	at := r.layout.blocks[i].elem
	if r.layout.elems[at].near[cuePaywall] > 2 {
		return false
	}
	for !r.layout.elems[at].own.has(cuePaywall) {
		at = r.layout.elems[at].parent
	}
	words, asks := 0, false
	for j := r.layout.elems[at].first; j < r.layout.elems[at].last && words <= maxOfferWords; j++ {
		b := &r.layout.blocks[j]
		words += b.words
		asks = asks || b.words <= maxOfferWords && loginText.MatchString(b.text)
	}
	return asks && words <= maxOfferWords
}

// pullReach is how many blocks around a pull quote the paragraph stands in that it is taken from.
const pullReach = 8

// isPullQuote tells a line that is set as a quote and repeats words of a paragraph that is kept.
func (r *reader) isPullQuote(i int, keep []bool) bool {
	b := &r.layout.blocks[i]
	e := &r.layout.elems[b.elem]
	if b.words < 3 || b.words > maxStandfirstWords || e.near[cueQuote] > 1 || b.tag == atom.Blockquote && e.own&^(1<<cueQuote) == 0 {
		return false
	}
	k := key(b.text)
	for j := max(0, i-pullReach); j < min(len(keep), i+pullReach+1); j++ {
		if other := &r.layout.blocks[j]; keep[j] && j != i && other.words > b.words && containsWord(key(other.text), k) {
			return true
		}
	}
	return false
}

// isFrontMatter tells lines between the headline and the body: byline, date, label.
func (r *reader) isFrontMatter(b *block) bool {
	if b.words > 20 || endsSentence(b.text) && b.words > 8 {
		return false
	}
	k := key(b.text)
	for _, a := range r.article.Authors {
		if n := key(a.Name); containsWord(k, n) && b.words <= countWords(a.Name)+10 {
			return true
		}
	}
	if bylineLead.MatchString(b.text) && len(parseByline(b.text)) > 0 && b.words < 10 {
		return true
	}
	if _, ok := parseWritten(b.text); ok && b.words <= 12 {
		return true
	}
	return kindOf(b.text) != "" || k != "" && (k == key(r.article.Section) || k == key(r.article.Kicker))
}

// readStandfirst is the paragraph that is printed between headline and body, or the page's description where the
// page prints it as such.
func (r *reader) readStandfirst(keep []bool) string {
	if r.head < 0 {
		return ""
	}
	described := key(r.doc.first("og:description", "description", "twitter:description"))
	stated := key(text(r.doc.article["description"]))
	for i := r.head + 1; i < min(len(keep), r.head+8); i++ {
		b := &r.layout.blocks[i]
		if keep[i] {
			return ""
		}
		if b.words < 5 || b.words > 90 || b.linked*2 > b.words {
			continue
		}
		near := &r.layout.elems[b.elem].near
		k := key(b.text)
		if near[cueCaption] < 4 || near[cueComment] < farAway || near[cueShare] < 2 || near[cueCookie] < farAway {
			continue
		}
		if near[cueDek] <= 2 || len(k) > 30 && (strings.HasPrefix(described, k[:30]) || strings.HasPrefix(stated, k[:30])) {
			return b.text
		}
	}
	return ""
}

// trimHeadings drops headings at the end of a body: nothing follows that they could head.
func trimHeadings(body []corpus.Block) []corpus.Block {
	return dropTrailing(body, func(b corpus.Block) bool { return b.Kind == corpus.Heading })
}
