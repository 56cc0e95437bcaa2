package schema

import (
	"slices"

	"oped/indexer/segment"
)

// frequencies collects the terms of a field. It remembers the terms it has met by their number in a lexicon, and so do the
// forms that words are made of: where both are of one lexicon nothing is looked up.
type frequencies struct {
	lexicon *segment.Lexicon
	marks   marks
	next    []uint32 // of each term: how often it occurs in the field, and then where its next position goes
	terms   []uint32 // of the field
	seen    []occurrence
	places  []uint32 // the positions of one term after the other
	out     []uint32
}

// marks are the terms of the marks.
type marks struct{ capital, allCaps, sentence, paragraph, length, lead uint32 }

type occurrence struct{ term, position uint32 }

// begin begins anew with a lexicon.
func (q *frequencies) begin(l *segment.Lexicon) {
	*q = frequencies{lexicon: l, terms: q.terms[:0], seen: q.seen[:0], places: q.places[:0], out: q.out[:0],
		marks: marks{l.Number(CapitalMark), l.Number(AllCapsMark), l.Number(SentenceEnd), l.Number(ParagraphEnd),
			l.Number(LengthMark), l.Number(LeadMark)}}
}

// postings writes down what was collected of a field with so many words, as segment.NewField takes it, and lets go of it. A
// lead of no words is none.
func (q *frequencies) postings(words, lead int) []uint32 {
	q.count(q.marks.length, words)
	if lead > 0 {
		q.count(q.marks.lead, lead)
	}
	all := uint32(0)
	for _, t := range q.terms {
		q.next[t], all = all, all+q.next[t]
	}
	q.places = slices.Grow(q.places[:0], int(all))[:all]
	for _, o := range q.seen {
		q.places[q.next[o.term]] = o.position
		q.next[o.term]++
	}
	q.out = q.out[:0]
	from := uint32(0)
	for _, t := range q.terms {
		q.out = appendPosting(q.out, t, q.places[from:q.next[t]], uint32(lead))
		from, q.next[t] = q.next[t], 0
	}
	q.terms = q.terms[:0]
	return slices.Clone(q.out)
}

// form notes the terms of a word that is what its spelling says.
func (q *frequencies) form(f *form, lang string, position int) {
	if f.lexicon == q.lexicon {
		q.count(f.exactTerm, position)
		if f.stemTerm != f.exactTerm {
			q.count(f.stemTerm, position)
		}
	} else {
		q.words(f.exact, f.stem, lang, position)
	}
	q.also(f.exact, f.also, position)
	q.capitals(f.capital, f.allCaps, position)
}

// token notes the terms of any word.
func (q *frequencies) token(t *Token, lang string) {
	q.words(t.Exact, t.Stem, lang, t.Position)
	q.also(t.Exact, t.Also, t.Position)
	q.capitals(t.Capital, t.AllCaps, t.Position)
}

func (q *frequencies) words(exact, stem, lang string, position int) {
	q.count(q.lexicon.Number(exact), position)
	if stem != exact {
		q.count(q.lexicon.Number(StemTerm(lang, stem)), position)
	}
}

func (q *frequencies) also(exact string, also []string, position int) {
	for _, form := range also {
		if form != exact {
			q.count(q.lexicon.Number(form), position)
		}
	}
}

func (q *frequencies) capitals(capital, allCaps bool, position int) {
	if capital {
		q.count(q.marks.capital, position)
	}
	if allCaps {
		q.count(q.marks.allCaps, position)
	}
}

// count counts an occurrence of a term, after those at lower positions.
func (q *frequencies) count(term uint32, position int) {
	if int(term) >= len(q.next) {
		q.next = append(q.next, make([]uint32, q.lexicon.Len()-len(q.next))...)
	}
	if q.next[term] == 0 {
		q.terms = append(q.terms, term)
	}
	q.next[term]++
	q.seen = append(q.seen, occurrence{term, uint32(position)})
}

// keyword is a keyword field with its values, which are different.
func (q *frequencies) keyword(values []Keyword) *segment.Field {
	name := values[0].Field
	postings := make([]uint32, 0, 4*len(values))
	for _, v := range values {
		postings = append(postings, q.lexicon.Number(v.Value), 0, 0, 0)
	}
	var stored []byte
	if options := keywordOptions(name); options.IsStored() {
		stored = []byte(values[0].Value)
	}
	return segment.NewField(name, keywordOptions(name), stored, q.lexicon, postings)
}
