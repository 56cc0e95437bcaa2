package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
)

// readBody fills in the body and what is printed around it: standfirst, author's note, corrections.
func (r *reader) readBody() {
	keep := r.recipeBody()
	if keep == nil {
		keep = r.generic()
	}
	r.trim(keep)
	if r.article.Standfirst == "" {
		r.article.Standfirst = r.readStandfirst(keep)
	}
	body := r.takeNotes(r.layout.typed(keep))
	body = trimHeadings(body)
	r.article.Body = body
	last := -1
	for i, k := range keep {
		if k {
			last = i
		}
	}
	if last >= 0 {
		r.findNote(last)
	}
}

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

// generic keeps the blocks that the scorer chooses.
func (r *reader) generic() []bool {
	if r.model == nil {
		return r.layout.choose(r.layout.score()).keep
	}
	keep := make([]bool, len(r.layout.blocks))
	for i, v := range r.features() {
		keep[i] = r.model.probability(v) > 0.5
	}
	return keep
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
		if seen < 4 && r.isFrontMatter(b) {
			keep[i] = false
			continue
		}
		seen++
	}
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
