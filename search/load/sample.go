package load

import (
	"slices"

	"oped/corpus"
	"oped/indexer/schema"
)

// Sample knows what is written in some of the articles of an archive, and how many of them hold each word. The zero
// value is an empty sample, ready to use. It is not safe for concurrent use.
//
// Of articles in other languages than English it only counts that they are there: queries are made of English words.
type Sample struct {
	articles int
	ids      map[string]int32
	words    []word
	stems    map[string]int32
	stemDocs []int32 // articles with a form of the stem, by stem
	texts    []text
}

// word is what the sample knows of an exact form.
type word struct {
	form     string
	stem     int32
	articles int32 // those that hold the form
	plain    bool  // fit for a query: lower-case ASCII letters, and long enough to mean something
}

// text is the body of an article, and the values it can be filtered by.
type text struct {
	words     []int32 // in order
	sentences []int32 // index into words of the first word of each
	values    values
}

// values are what the facets say of an article; empty where it has none.
type values struct {
	publication, author, section, year string
}

// minPlain is the fewest letters of a word that queries are made of; shorter ones are mostly function words.
const minPlain = 5

// Add puts an article into the sample. It keeps some four bytes for each of its words.
func (s *Sample) Add(a *corpus.Article) {
	s.articles++
	d := schema.Analyze(a)
	if d.Language != "en" {
		return
	}
	if s.ids == nil {
		s.ids, s.stems = map[string]int32{}, map[string]int32{}
	}
	t := text{values: valuesOf(a)}
	sentence := -1
	for _, token := range d.Tokens[schema.Body] {
		if token.Sentence != sentence {
			sentence = token.Sentence
			t.sentences = append(t.sentences, int32(len(t.words)))
		}
		t.words = append(t.words, s.id(token))
	}
	s.count(t.words)
	s.texts = append(s.texts, t)
}

// Len is the number of articles in the sample.
func (s *Sample) Len() int { return s.articles }

func valuesOf(a *corpus.Article) values {
	v := values{publication: a.Publication, section: a.Section}
	if len(a.Authors) > 0 {
		v.author = a.Authors[0].Name
	}
	if !a.Published.IsZero() {
		v.year = a.Published.Day()[:4]
	}
	return v
}

// id numbers an exact form. A form keeps the stem it came with first.
func (s *Sample) id(t schema.Token) int32 {
	if id, ok := s.ids[t.Exact]; ok {
		return id
	}
	stem, ok := s.stems[t.Stem]
	if !ok {
		stem = int32(len(s.stemDocs))
		s.stems[t.Stem] = stem
		s.stemDocs = append(s.stemDocs, 0)
	}
	id := int32(len(s.words))
	s.ids[t.Exact] = id
	s.words = append(s.words, word{form: t.Exact, stem: stem, plain: plain(t.Exact)})
	return id
}

func plain(form string) bool {
	for i := range len(form) {
		if form[i] < 'a' || form[i] > 'z' {
			return false
		}
	}
	return len(form) >= minPlain
}

// count counts the article for each of its words and stems, once.
func (s *Sample) count(words []int32) {
	distinct := slices.Clone(words)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	stems := make([]int32, len(distinct))
	for i, id := range distinct {
		s.words[id].articles++
		stems[i] = s.words[id].stem
	}
	slices.Sort(stems)
	for _, stem := range slices.Compact(stems) {
		s.stemDocs[stem]++
	}
}

// share is the part of all articles that hold a word, in this form if exact, else in any.
func (s *Sample) share(id int32, exact bool) float64 {
	w := &s.words[id]
	n := w.articles
	if !exact {
		n = s.stemDocs[w.stem]
	}
	return float64(n) / float64(s.articles)
}
