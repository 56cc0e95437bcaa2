package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// landmarks tell in which part of the page each element and block stands: a page may print several articles.
type landmarks struct {
	h1 []int // h1 blocks before each block
	// article is for each element the article element that it is or stands in, -1 if none.
	article []int32
	// shared is for each element the nearest one at or above it that holds the headline too, -1 without a headline;
	// up counts the steps to there.
	shared, up []int32
	// down counts for the elements around the headline the steps down to it.
	down map[int32]int
	// topic are the longer words of the headline.
	topic map[string]bool
}

// topicBytes is how long a word of the headline is at least that tells what the piece is about.
const topicBytes = 4

func (r *reader) landmarks() landmarks {
	l := r.layout
	m := landmarks{
		h1: make([]int, len(l.blocks)+1), article: make([]int32, len(l.elems)), shared: make([]int32, len(l.elems)),
		up: make([]int32, len(l.elems)), down: map[int32]int{}, topic: map[string]bool{},
	}
	for i := range l.blocks {
		m.h1[i+1] = m.h1[i]
		if l.blocks[i].tag == atom.H1 {
			m.h1[i+1]++
		}
	}
	if r.head >= 0 {
		for e := l.blocks[r.head].elem; e >= 0; e = l.elems[e].parent {
			m.down[e] = len(m.down)
		}
	}
	for i := range l.elems { // an element stands behind its parent
		e := int32(i)
		parent := l.elems[i].parent
		m.article[i], m.shared[i] = -1, -1
		if parent >= 0 {
			m.article[i], m.shared[i], m.up[i] = m.article[parent], m.shared[parent], m.up[parent]+1
		}
		if l.elems[i].node.DataAtom == atom.Article {
			m.article[i] = e
		}
		if _, ok := m.down[e]; ok {
			m.shared[i], m.up[i] = e, 0
		}
	}
	for w := range strings.FieldsSeq(key(r.article.Headline)) {
		if len(w) >= topicBytes {
			m.topic[w] = true
		}
	}
	return m
}

// beyond are the features of the parts of the page and of how the text is written.
func (p *profile) beyond(v *vector, i int) {
	b := &p.layout.blocks[i]
	m := &p.marks
	v.add(float32(min(m.h1[i], 5)), float32(min(m.h1[len(p.layout.blocks)], 10)), p.sameArticle(b))
	if at := m.shared[b.elem]; at >= 0 {
		e := &p.layout.elems[at]
		v.add(float32(m.up[b.elem]), float32(min(m.down[at], 20)), log1(int(e.last-e.first)))
	} else {
		v.add(-1, -1, -1)
	}
	at := b.elem
	for range 3 {
		at = max(0, p.layout.elems[at].parent)
		e := &p.layout.elems[at]
		v.add(tagCode(e.node.DataAtom), float32(min(e.last-e.first, 200)))
	}
	v.add(m.onTopic(b))
	writing(v, b)
}

// sameArticle is 1 for a block in the headline's article element, 0 in another one and -1 in none.
func (p *profile) sameArticle(b *block) float32 {
	a := p.marks.article[b.elem]
	switch {
	case a < 0:
		return -1
	case p.head >= 0 && a == p.marks.article[p.layout.blocks[p.head].elem]:
		return 1
	}
	return 0
}

// maxTopicWords is the longest text whose words are compared with the headline's.
const maxTopicWords = 60

// onTopic is the share of a short text's longer words that stand in the headline, and how many do.
func (m *landmarks) onTopic(b *block) (share, hits float32) {
	if b.words > maxTopicWords || len(m.topic) == 0 {
		return 0, 0
	}
	all := float32(0)
	for w := range strings.FieldsSeq(key(b.text)) {
		if len(w) < topicBytes {
			continue
		}
		all++
		if m.topic[w] {
			hits++
		}
	}
	return hits / (all + 1), hits
}

// maxStyleBytes bounds what is read of a text for how it is written.
const maxStyleBytes = 1000

// writing are the features of how a text begins, ends and speaks.
func writing(v *vector, b *block) {
	t := b.text
	first, _ := utf8.DecodeRuneInString(t)
	v.flag(strings.HasSuffix(t, "...") || strings.HasSuffix(t, "…"))
	v.add(runeKind(first), runeKind(lastRune(t)))
	t = t[:min(len(t), maxStyleBytes)]
	v.flag(strings.ContainsAny(t, "$€£"))
	v.flag(strings.Contains(t, "(@") || strings.Contains(t, "pic.twitter"))
	v.flag(strings.Contains(t, "http") || strings.Contains(t, "www.") || strings.Contains(t, ".com"))
	v.add(float32(strings.Count(t, ". ")+strings.Count(t, "? ")+strings.Count(t, "! ")), float32(strings.Count(t, "“")+strings.Count(t, `"`)))
	v.add(speakers(t))
	v.add(float32(b.slanted) / float32(b.words+1))
}

// runeKind sorts the letters and signs with which texts begin and end.
func runeKind(r rune) float32 {
	switch {
	case unicode.IsLower(r):
		return 1
	case unicode.IsLetter(r):
		return 0
	case unicode.IsDigit(r):
		return 2
	}
	for i, set := range []string{".。", "!?？！", "\"“”‘’«»'", "([)]", ":", "—–-•*·"} {
		if strings.ContainsRune(set, r) {
			return float32(3 + i)
		}
	}
	return 9
}

// speakers counts words by which a text speaks of its writer and to its reader.
func speakers(t string) (me, you float32) {
	for w := range strings.FieldsSeq(t) {
		if len(w) > 6 {
			continue
		}
		switch strings.ToLower(strings.Trim(w, ".,;:!?\"")) {
		case "i", "we", "our", "my", "us":
			me++
		case "you", "your":
			you++
		}
	}
	return me, you
}
