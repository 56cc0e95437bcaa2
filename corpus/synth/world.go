package synth

import (
	"fmt"
	"strings"

	"oped/corpus"
)

// The sizes of the world that articles write about.
const (
	numWords        = 9_000 // beyond these come the words that articles coin
	numTopics       = 300
	topicWords      = 250
	topicPairs      = 40 // set phrases of two words
	topicTriples    = 20 // and of three
	numPhrases      = 400
	numPeople       = 20_000
	numPlaces       = 2_000
	numAcronyms     = 500
	numAuthors      = 5_000
	numPublications = 50
	coinedEach      = 2 // words that an article is the first to use
)

// world is what all articles of a seed have in common. It is only read once made.
type world struct {
	seed         uint64
	english      [][]string // forms of the words by rank; other languages are spelled when needed
	topics       []topic
	phrases      [][]int
	people       []person
	places       []string
	acronyms     []string
	authors      []author
	publications []publication
}

// topic is a subject: words, by falling frequency, and phrases out of them.
type topic struct {
	name    string
	words   []int
	phrases [][]int
}

type person struct{ first, last string }

func (p person) String() string { return p.first + " " + p.last }

type author struct {
	name, title string
	home        int // the publication where most appears
	columnist   bool
}

type publication struct {
	name, host, lang string
	paywall          bool
}

// sections are the sections of the publications.
var sections = strings.Split("Opinion,Comment,Columnists,Editorials,Letters,Politics,World,Economy,Business,Health,Education,"+
	"Science,Environment,Technology,Culture,Books,Sport,Law,Cities,Religion", ",")

// papers are the second words of names of publications.
var papers = strings.Fields("Gazette Courier Ledger Standard Herald Post Review Observer Chronicle Tribune")

func newWorld(seed uint64) *world {
	w := &world{seed: seed, english: make([][]string, numWords)}
	for n := range w.english {
		w.english[n] = forms("en", n, w.word("en", n))
	}
	r := stream(seed, 'W')
	for range numTopics {
		w.topics = append(w.topics, w.newTopic(r))
	}
	for range numPhrases {
		w.phrases = append(w.phrases, []int{r.zipf(numWords/4, 200), r.zipf(numWords/4, 200)})
	}
	w.nameThings(r)
	w.nameTrade(r)
	return w
}

// newTopic draws the words of a topic from the middle of the vocabulary, so that they are common only where it is spoken
// of.
func (w *world) newTopic(r random) topic {
	t := topic{}
	for range topicWords {
		t.words = append(t.words, 60+r.zipf(numWords-60, 800))
	}
	for _, kind := range []struct{ count, words int }{{topicPairs, 2}, {topicTriples, 3}} {
		for range kind.count {
			phrase := make([]int, kind.words)
			for i := range phrase {
				phrase[i] = t.words[r.zipf(topicWords, 30)]
			}
			t.phrases = append(t.phrases, phrase)
		}
	}
	t.name = w.english[t.words[0]][0]
	if r.chance(0.5) {
		t.name += " " + w.english[t.words[1]][0]
	}
	return t
}

// nameThings names people, places and bodies.
func (w *world) nameThings(r random) {
	name := func(syllables int) string { return title(spell(r, "", syllables, r.chance(0.6))) }
	firsts, lasts := make([]string, 400), make([]string, 6000)
	for i := range firsts {
		firsts[i] = name(2)
	}
	for i := range lasts {
		lasts[i] = name(r.between(2, 3))
		if r.chance(0.03) {
			lasts[i] = "O'" + lasts[i]
		}
	}
	for range numPeople {
		w.people = append(w.people, person{firsts[r.zipf(len(firsts), 20)], lasts[r.zipf(len(lasts), 300)]})
	}
	for range numPlaces {
		place := name(r.between(2, 3))
		if r.chance(0.15) {
			place = []string{"New", "North", "Saint", "Upper"}[r.IntN(4)] + " " + place
		}
		w.places = append(w.places, place)
	}
	for range numAcronyms {
		w.acronyms = append(w.acronyms, strings.ToUpper(spell(r, "", 1, true))+string(rune('A'+r.IntN(26))))
	}
}

// nameTrade names publications and those who write for them.
func (w *world) nameTrade(r random) {
	for n := range numPublications {
		place := w.places[n]
		paper := papers[r.IntN(len(papers))]
		p := publication{name: "The " + place + " " + paper, lang: "en", paywall: r.chance(0.2)}
		p.host = fmt.Sprintf("www.%s%d.example", corpus.Slug(place+" "+paper), n)
		if n%12 == 11 {
			p.lang = []string{"fr", "de", "es"}[n/12%3]
		}
		w.publications = append(w.publications, p)
	}
	for range numAuthors {
		a := author{name: w.people[r.IntN(numPeople)].String(), home: r.zipf(numPublications, 6), columnist: r.chance(0.3)}
		if r.chance(0.04) {
			a.title = []string{"Dr.", "Prof.", "Sir", "Sen."}[r.IntN(4)]
		}
		w.authors = append(w.authors, a)
	}
}
