package synth

import (
	"strconv"
	"strings"

	"oped/corpus"
)

// writer writes one article: it knows what the article is about and what it has said so far.
type writer struct {
	random
	*world
	n      int // number of the article
	lang   string
	topics []topic
	cast   []string // people and places of the article
	coined []int    // rare words: own ones, and some of earlier articles
	said   []string // content words used, for saying them again
	words  int      // written since body began
}

// choose decides what the article is about.
func (w *writer) choose() {
	w.topics = []topic{w.world.topics[w.zipf(numTopics, 40)]}
	if w.chance(0.6) {
		w.topics = append(w.topics, w.world.topics[w.zipf(numTopics, 40)])
	}
	for range w.IntN(7) {
		w.cast = append(w.cast, w.people[w.zipf(numPeople, 50)].String())
	}
	for range w.IntN(5) {
		w.cast = append(w.cast, w.places[w.zipf(numPlaces, 40)])
	}
	for i := range coinedEach {
		w.coined = append(w.coined, numWords+w.n*coinedEach+i)
		if w.n > 0 {
			w.coined = append(w.coined, numWords+w.IntN(w.n*coinedEach))
		}
	}
}

// body writes about so many words in blocks.
func (w *writer) body(words int) []corpus.Block {
	words = min(max(words, 90), 5000)
	w.words = 0
	headings, lists := w.chance(0.2), w.chance(0.03)
	var blocks []corpus.Block
	for nextHeading := 300; w.words < words-paragraphWords/2; {
		switch {
		case headings && w.words > nextHeading:
			nextHeading += 300
			blocks = append(blocks, corpus.Block{Kind: corpus.Heading, Level: 2, Text: w.headline()})
		case lists && w.chance(0.3):
			blocks = append(blocks, corpus.Block{Kind: corpus.ListItem, Text: w.sentence(w.between(6, 20))})
		case w.chance(0.01):
			blocks = append(blocks, corpus.Block{Kind: corpus.Quote, Text: w.sentence(w.between(15, 40))})
		default:
			blocks = append(blocks, corpus.Block{Kind: corpus.Paragraph, Text: w.paragraph()})
		}
	}
	return blocks
}

// paragraphWords is the mean length of a paragraph: three sentences and a half.
const paragraphWords = 71

func (w *writer) paragraph() string {
	sentences := make([]string, w.between(2, 5))
	for i := range sentences {
		sentences[i] = w.sentence(min(max(int(w.lognormal(20.5, 0.45)), 4), 60))
	}
	return strings.Join(sentences, " ")
}

// sentence writes so many words, or a few more, with a capital, stops and now and then in quotation marks.
func (w *writer) sentence(words int) string {
	var b strings.Builder
	quoted := w.chance(0.05)
	if quoted {
		b.WriteString("“")
	}
	for begin, end := w.words, w.words+words; w.words < end; {
		text := w.next()
		if w.words == begin {
			text = title(text)
		} else {
			b.WriteString(w.joint())
		}
		b.WriteString(text)
		w.words += 1 + strings.Count(text, " ")
	}
	b.WriteString(pick(w.random, stops))
	if quoted {
		b.WriteString("”")
	}
	return b.String()
}

var stops = []weighted[string]{{".", 92}, {"?", 6}, {"!", 2}}

// joint is what stands between two words.
func (w *writer) joint() string {
	switch x := w.Float64(); {
	case x < 0.065:
		return ", "
	case x < 0.070:
		return "; "
	case x < 0.074:
		return " — "
	default:
		return " "
	}
}

// The kinds of words of a text, with how many of a thousand are of each.
type wordKind int

const (
	functionWord wordKind = iota
	backgroundWord
	topicWord
	repeatedWord
	setPhrase
	name
	coinedWord
	number
	acronym
	compound
)

var wordKinds = []weighted[wordKind]{
	{functionWord, 480}, {backgroundWord, 215}, {topicWord, 105}, {repeatedWord, 145}, {setPhrase, 20},
	{name, 17}, {coinedWord, 5}, {number, 9}, {acronym, 3}, {compound, 3},
}

// next writes the next word, or few words that belong together.
func (w *writer) next() string {
	switch pick(w.random, wordKinds) {
	case functionWord:
		words := functionWords[w.lang]
		return words[w.zipf(len(words), 2.5)]
	case topicWord:
		t := &w.topics[w.IntN(len(w.topics))]
		return w.say(t.words[w.zipf(topicWords, 8)])
	case repeatedWord:
		if len(w.said) > 0 {
			return w.said[w.IntN(len(w.said))]
		}
	case setPhrase:
		return w.phrase()
	case name:
		return w.name()
	case coinedWord:
		return w.say(w.coined[w.IntN(len(w.coined))])
	case number:
		return w.number()
	case acronym:
		return w.acronyms[w.zipf(numAcronyms, 10)]
	case compound:
		return w.form(w.zipf(numWords, 300)) + "-" + w.form(w.zipf(numWords, 300))
	}
	return w.say(w.zipf(numWords, 12))
}

// say writes a word and remembers it.
func (w *writer) say(n int) string {
	word := w.form(n)
	w.said = append(w.said, word)
	return word
}

// form is one of the forms of a word.
func (w *writer) form(n int) string {
	if w.lang == "en" && n < numWords {
		return w.english[n][w.IntN(len(w.english[n]))]
	}
	all := forms(w.lang, n, w.word(w.lang, n))
	return all[w.IntN(len(all))]
}

// phrase is a set phrase, mostly one of the topic's. Only its last word is inflected.
func (w *writer) phrase() string {
	words := w.phrases[w.zipf(numPhrases, 20)]
	if w.chance(0.6) {
		t := &w.topics[0]
		words = t.phrases[w.zipf(len(t.phrases), 10)]
	}
	parts := make([]string, len(words))
	for i, n := range words[:len(words)-1] {
		parts[i] = w.base(n)
	}
	parts[len(parts)-1] = w.form(words[len(words)-1])
	return strings.Join(parts, " ")
}

func (w *writer) base(n int) string {
	if w.lang == "en" {
		return w.english[n][0]
	}
	return w.word(w.lang, n)
}

// name names one of the article's people in full or by the last name, or one of its places.
func (w *writer) name() string {
	if len(w.cast) == 0 {
		return w.places[w.zipf(numPlaces, 40)]
	}
	name := w.cast[w.IntN(len(w.cast))]
	if w.chance(0.5) {
		name = name[strings.LastIndexByte(name, ' ')+1:]
	}
	if w.chance(0.12) {
		name += "’s"
	}
	return name
}

func (w *writer) number() string {
	switch w.IntN(4) {
	case 0:
		return strconv.Itoa(w.between(1950, 2026))
	case 1:
		return strconv.Itoa(1+w.zipf(99, 3)) + "%"
	case 2:
		return "£" + strconv.Itoa(w.between(1, 999)) + "," + strconv.Itoa(w.between(100, 999))
	default:
		return strconv.Itoa(2 + w.zipf(500, 5))
	}
}
