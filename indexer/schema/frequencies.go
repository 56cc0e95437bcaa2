package schema

import (
	"oped/indexer/segment"
)

// frequencies turns tokens into the terms of a field. It remembers the terms it has met by their number in a lexicon, and
// so do the forms that tokens are made of: where both are of one lexicon nothing is looked up.
type frequencies struct {
	lexicon *segment.Lexicon
	marks   marks
	next    []uint32 // of each term: how often it occurs in the field, and then where its next position goes
	terms   []uint32 // of the field
	seen    []occurrence
}

// marks are the terms of the marks.
type marks struct{ capital, allCaps, sentence, paragraph uint32 }

type occurrence struct{ term, position uint32 }

// forget begins anew.
func (q *frequencies) forget() {
	l := segment.NewLexicon()
	*q = frequencies{lexicon: l, terms: q.terms[:0], seen: q.seen[:0],
		marks: marks{l.Number(CapitalMark), l.Number(AllCapsMark), l.Number(SentenceEnd), l.Number(ParagraphEnd)}}
}

// positional is the field of a segment.
func (q *frequencies) positional(s Segment, lang string, tokens []Token) *segment.Field {
	q.collect(lang, tokens)
	return segment.NewField(s.String(), positionalOptions, nil, len(tokens), q.lexicon, q.postings())
}

// postings writes down what was collected, in the form of AppendPositions.
func (q *frequencies) postings() []uint32 {
	size := 0
	for _, t := range q.terms {
		size += postingSize(q.next[t])
	}
	p := make([]uint32, size)
	at := uint32(0)
	for _, t := range q.terms {
		n := q.next[t]
		p[at] = t
		q.next[t] = at + 1 // where the frequency of a single occurrence is
		if n > 1 {
			p[at+1], p[at+2] = 2*n, max(n, locationRoom)
			q.next[t] = at + 3
		}
		at += uint32(postingSize(n))
	}
	for _, o := range q.seen {
		p[q.next[o.term]] = o.position
		q.next[o.term]++
	}
	for rest := p; len(rest) > 0; rest = rest[3+rest[2]:] {
		if rest[2] == 0 {
			rest[1] = 2*rest[1] + 1
		} else {
			steps(rest[3 : 3+rest[1]/2])
		}
	}
	for _, t := range q.terms {
		q.next[t] = 0
	}
	return p
}

// postingSize is how many numbers the posting of a term takes that occurs so often.
func postingSize(occurrences uint32) int {
	if occurrences == 1 {
		return 3
	}
	return 3 + int(max(occurrences, locationRoom))
}

// steps makes each position but the first the step to it from the one before.
func steps(positions []uint32) {
	for i := len(positions) - 1; i > 0; i-- {
		positions[i] -= positions[i-1]
	}
}

// collect notes the terms of the tokens and where they stand.
func (q *frequencies) collect(lang string, tokens []Token) {
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
	if f := t.form; f != nil && f.lexicon == q.lexicon {
		q.count(f.exactTerm, t.Position)
		if f.stemTerm != f.exactTerm {
			q.count(f.stemTerm, t.Position)
		}
	} else {
		q.count(q.lexicon.Number(t.Exact), t.Position)
		if t.Stem != t.Exact {
			q.count(q.lexicon.Number(StemTerm(lang, t.Stem)), t.Position)
		}
	}
	for _, also := range t.Also {
		if also != t.Exact {
			q.count(q.lexicon.Number(also), t.Position)
		}
	}
}

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
	postings := make([]uint32, 0, 3*len(values))
	for _, v := range values {
		postings = append(postings, q.lexicon.Number(v.Value), 0, 0)
	}
	var stored []byte
	if options := keywordOptions(name); options.IsStored() {
		stored = []byte(values[0].Value)
	}
	return segment.NewField(name, keywordOptions(name), stored, 0, q.lexicon, postings)
}
