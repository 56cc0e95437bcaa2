package schema

import (
	"slices"
	"strings"
	"sync/atomic"

	index "github.com/blevesearch/bleve_index_api"
)

// frequencies turns tokens into the terms of a field. It remembers the terms it has met, and so do the forms that tokens
// are made of: where both are of one owner nothing is looked up.
type frequencies struct {
	exact  map[string]*term // and marks
	stems  map[string]map[string]*term
	marks  marks
	owner  uint64 // numbers what is remembered: another after it was forgotten
	learnt int    // terms
	round  uint64 // numbers the fields, to tell a term of this one from one of an earlier
	terms  []*term
	seen   []occurrence
	places []occurrences // of the terms
}

// term is a term met before, with its number and count in the field of a round.
type term struct {
	text  string
	round uint64
	id    int32
	count int32
	first int32 // position
}

// marks are the terms of the marks.
type marks struct{ capital, allCaps, sentence, paragraph *term }

type occurrence struct{ term, position int32 }

// owners numbers what any frequencies remember.
var owners atomic.Uint64

// forget begins anew.
func (q *frequencies) forget() {
	*q = frequencies{exact: map[string]*term{}, stems: map[string]map[string]*term{}, owner: owners.Add(1),
		round: q.round, terms: q.terms[:0], seen: q.seen[:0], places: q.places[:0]}
	q.marks = marks{q.term(CapitalMark), q.term(AllCapsMark), q.term(SentenceEnd), q.term(ParagraphEnd)}
}

// term is the term of an exact form or a mark.
func (q *frequencies) term(text string) *term {
	t := q.exact[text]
	if t == nil {
		q.learnt++
		t = &term{text: strings.Clone(text)}
		q.exact[t.text] = t
	}
	return t
}

// stem is the term of a stem.
func (q *frequencies) stem(lang, stem string) *term {
	t := q.stems[lang][stem]
	if t == nil {
		if q.stems[lang] == nil {
			q.stems[lang] = map[string]*term{}
		}
		q.learnt++
		t = &term{text: StemTerm(lang, stem)}
		q.stems[lang][t.text[len(t.text)-len(stem):]] = t
	}
	return t
}

// positional is the field of a segment. The engine takes the terms from the keys of the map, so nothing else names them.
func (q *frequencies) positional(s Segment, lang string, tokens []Token) *field {
	q.collect(lang, tokens)
	m := takeMemory(s, len(q.terms))
	f := &field{name: s.String(), options: index.IndexField | index.IncludeTermVectors, length: len(tokens), terms: m.terms,
		segment: s, memory: m}
	repeated, steps := 0, 0
	for _, t := range q.terms {
		if t.count > 1 {
			repeated++
			steps += max(0, int(t.count)-locationRoom)
		}
	}
	m.locate(repeated, steps)
	q.places = slices.Grow(q.places[:0], len(q.terms))[:len(q.terms)]
	for i, t := range q.terms {
		f.bytes += int(t.count) * len(t.text)
		q.places[i] = occurrences{}
		if t.count == 1 {
			f.terms[t.text] = once(t.first)
		} else {
			f.terms[t.text] = m.repeated(&q.places[i], int(t.count))
		}
	}
	for _, o := range q.seen {
		if place := &q.places[o.term]; place.location != nil {
			place.add(o.position)
		}
	}
	return f
}

// collect numbers the terms of the tokens and notes where they stand.
func (q *frequencies) collect(lang string, tokens []Token) {
	q.round++
	q.terms, q.seen = q.terms[:0], q.seen[:0]
	for i := range tokens {
		t := &tokens[i]
		q.word(lang, t)
		if t.Capital {
			q.count(q.marks.capital, t.Position)
		}
		if t.AllCaps {
			q.count(q.marks.allCaps, t.Position)
		}
		if i+1 == len(tokens) || tokens[i+1].Sentence != t.Sentence {
			q.count(q.marks.sentence, t.Position)
		}
		if i+1 == len(tokens) || tokens[i+1].Paragraph != t.Paragraph {
			q.count(q.marks.paragraph, t.Position)
		}
	}
}

// word notes the terms of a word.
func (q *frequencies) word(lang string, t *Token) {
	if f := t.form; f != nil && f.owner == q.owner {
		q.count(f.exactTerm, t.Position)
		if f.stemTerm != nil {
			q.count(f.stemTerm, t.Position)
		}
	} else {
		q.count(q.term(t.Exact), t.Position)
		if t.Stem != t.Exact {
			q.count(q.stem(lang, t.Stem), t.Position)
		}
	}
	for _, also := range t.Also {
		if also != t.Exact {
			q.count(q.term(also), t.Position)
		}
	}
}

func (q *frequencies) count(t *term, position int) {
	if t.round != q.round {
		t.round, t.id, t.count, t.first = q.round, int32(len(q.terms)), 0, int32(position)
		q.terms = append(q.terms, t)
	}
	t.count++
	q.seen = append(q.seen, occurrence{t.id, int32(position)})
}
