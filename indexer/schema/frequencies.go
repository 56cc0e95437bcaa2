package schema

import (
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// frequencies turns tokens into the terms of a field. It remembers the terms it has met, so that a field costs a look-up per
// word and no more.
type frequencies struct {
	exact  map[string]*term            // and marks
	stems  map[string]map[string]*term // by language
	round  uint64                      // numbers the fields, to tell a term of this one from one of an earlier
	terms  []*term                     // of the field
	seen   []occurrence
	places []occurrences // of the terms
}

// term is a term met before, with its number and count in the field of a round.
type term struct {
	text  string
	round uint64
	id    int32
	count int32
}

// maxKnownTerms bounds the terms remembered, per language.
const maxKnownTerms = 1 << 17

type occurrence struct{ term, position int32 }

// positional is the field of a segment. The engine takes the terms from the keys of the map, so nothing else names them.
func (q *frequencies) positional(name, lang string, tokens []Token) *field {
	q.collect(lang, tokens)
	f := &field{name: name, options: index.IndexField | index.IncludeTermVectors, length: len(tokens),
		terms: make(index.TokenFrequencies, len(q.terms))}
	freqs := make([]index.TokenFreq, len(q.terms))
	q.places = slices.Grow(q.places[:0], len(q.terms))[:len(q.terms)]
	repeated, steps := 0, 0
	for i, t := range q.terms {
		q.places[i] = occurrences{count: t.count, freq: &freqs[i]}
		f.terms[t.text] = &freqs[i]
		f.bytes += int(t.count) * len(t.text)
		if t.count > 1 {
			repeated++
			steps += max(0, int(t.count)-locationRoom)
		}
	}
	q.locate(repeated, steps)
	for _, o := range q.seen {
		q.places[o.term].add(o.position)
	}
	return f
}

// locate makes the locations of the repeated terms, with room for so many steps.
func (q *frequencies) locate(repeated, steps int) {
	locations := make([]index.TokenLocation, repeated)
	pointers := make([]*index.TokenLocation, repeated)
	room := make([]uint64, steps)
	n := 0
	for i := range q.places {
		o := &q.places[i]
		if o.count == 1 {
			continue
		}
		pointers[n] = &locations[n]
		o.location = &locations[n]
		o.freq.Locations = pointers[n : n+1 : n+1]
		o.freq.SetFrequency(2 * int(o.count))
		if more := int(o.count) - locationRoom; more > 0 {
			o.location.ArrayPositions = room[:0:more]
			room = room[more:]
		}
		n++
	}
}

// collect numbers the terms of the tokens and notes where they stand.
func (q *frequencies) collect(lang string, tokens []Token) {
	stems := q.begin(lang)
	q.terms, q.seen = q.terms[:0], q.seen[:0]
	for i := range tokens {
		t := &tokens[i]
		q.note(t.Exact, t.Position)
		if t.Stem != t.Exact {
			q.noteStem(stems, lang, t.Stem, t.Position)
		}
		for _, also := range t.Also {
			if also != t.Exact {
				q.note(also, t.Position)
			}
		}
		if t.Capital {
			q.note(CapitalMark, t.Position)
		}
		if t.AllCaps {
			q.note(AllCapsMark, t.Position)
		}
		if i+1 == len(tokens) || tokens[i+1].Sentence != t.Sentence {
			q.note(SentenceEnd, t.Position)
		}
		if i+1 == len(tokens) || tokens[i+1].Paragraph != t.Paragraph {
			q.note(ParagraphEnd, t.Position)
		}
	}
}

// begin begins a field. What was learnt is only forgotten here: a term forgotten half way would be counted as two.
func (q *frequencies) begin(lang string) (stems map[string]*term) {
	q.round++
	if len(q.exact) > maxKnownTerms || q.exact == nil {
		q.exact = map[string]*term{}
	}
	if stemmers[lang] == nil {
		return nil // and so no token has a stem of its own
	}
	if stems = q.stems[lang]; len(stems) > maxKnownTerms || stems == nil {
		if q.stems == nil {
			q.stems = map[string]map[string]*term{}
		}
		stems = map[string]*term{}
		q.stems[lang] = stems
	}
	return stems
}

func (q *frequencies) note(text string, position int) {
	t := q.exact[text]
	if t == nil {
		t = learn(q.exact, text, text)
	}
	q.count(t, position)
}

func (q *frequencies) noteStem(stems map[string]*term, lang, stem string, position int) {
	t := stems[stem]
	if t == nil {
		t = learn(stems, stem, StemTerm(lang, stem))
	}
	q.count(t, position)
}

// learn adds a term to the known ones.
func learn(known map[string]*term, key, text string) *term {
	t := &term{text: text}
	known[key] = t
	return t
}

func (q *frequencies) count(t *term, position int) {
	if t.round != q.round {
		t.round, t.id, t.count = q.round, int32(len(q.terms)), 0
		q.terms = append(q.terms, t)
	}
	t.count++
	q.seen = append(q.seen, occurrence{t.id, int32(position)})
}
