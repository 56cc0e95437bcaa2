package search

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"sync"

	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/postings"
	"oped/search/query"
)

// docList is an ascending list of documents of a segment, deleted ones included. A short list holds their numbers, a long
// one is a set with the number of documents before each of its words. Documents have places in the list, from 0.
type docList struct {
	n    int
	docs []uint32 // of a short list

	bits  docSet // of a long one
	ranks []uint32

	// weights, where set, hold by place what the document's occurrences are worth (see ranking); without weights the
	// list only says yes or no. top is the greatest of all; tops, of a long list, those of each block.
	weights []float32
	top     float32
	tops    []float32
}

// longShare is the part of a segment's documents, as one in so many, from which on a list is a long one.
const longShare = 32

// newDocList makes a list of a set, which it may keep. weights are by document, nil for none.
func newDocList(set docSet, weights []float32) *docList {
	l := &docList{n: set.count()}
	if weights != nil {
		l.weights = make([]float32, 0, l.n)
		set.each(func(doc uint32) { l.weights = append(l.weights, saturate(weights[doc])) })
	}
	if l.n*longShare < 64*len(set) {
		l.docs = set.appendDocs(make([]uint32, 0, l.n), 0)
		for _, w := range l.weights {
			l.top = max(l.top, w)
		}
		return l
	}
	l.bits = set
	l.rank()
	return l
}

// rank counts what precedes each word, and finds the tops.
func (l *docList) rank() {
	l.ranks = make([]uint32, len(l.bits))
	if l.weights != nil {
		l.tops = make([]float32, (len(l.bits)+blockWords-1)/blockWords)
	}
	place := 0
	for i, word := range l.bits {
		l.ranks[i] = uint32(place)
		next := place + bits.OnesCount64(word)
		if l.weights != nil {
			for _, w := range l.weights[place:next] {
				l.tops[i/blockWords] = max(l.tops[i/blockWords], w)
			}
		}
		place = next
	}
	if l.weights != nil {
		l.top = slices.Max(l.tops)
	}
}

func (l *docList) bytes() int {
	return 4*(cap(l.docs)+len(l.ranks)+cap(l.weights)+len(l.tops)) + 8*len(l.bits) + 128
}

// place is where a document stands in the list.
func (l *docList) place(doc uint32) (place int, ok bool) {
	if l.bits == nil {
		return slices.BinarySearch(l.docs, doc)
	}
	word, bit := l.bits[doc/64], uint64(1)<<(doc%64)
	return int(l.ranks[doc/64]) + bits.OnesCount64(word&(bit-1)), word&bit != 0
}

// before is how many documents of the list come before one.
func (l *docList) before(doc uint32) int {
	if l.bits != nil && int(doc) >= 64*len(l.bits) {
		return l.n
	}
	place, _ := l.place(doc)
	return place
}

// live is how many documents of a list are not deleted.
func (l *docList) live(live docSet) int {
	switch {
	case live == nil:
		return l.n
	case l.bits != nil:
		return l.bits.countBoth(live)
	}
	n := 0
	for _, doc := range l.docs {
		if live.has(doc) {
			n++
		}
	}
	return n
}

// termList are terms of a dictionary.
type termList []string

func (l termList) bytes() int {
	n := 24
	for _, t := range l {
		n += len(t) + 16
	}
	return n
}

// reader makes the lists of one segment for one search.
type reader struct {
	*segmentView
	lists *cache
	stats *statistics
}

// leafTerms are the index terms of a leaf in each segment of an article that it reaches.
type leafTerms [schema.NumSegments][]match.Term

// terms finds the index terms of a leaf.
func (r *reader) terms(ctx context.Context, leaf *match.Leaf) (leafTerms, error) {
	var out leafTerms
	for _, s := range segmentsOf(leaf.Scope) {
		if !leaf.Expands() {
			out[s] = leaf.Terms
			if !s.Stemmed() {
				out[s] = slices.DeleteFunc(slices.Clone(leaf.Terms), func(t match.Term) bool { return t.Stem })
			}
			continue
		}
		forms, err := r.expand(ctx, leaf, s)
		if err != nil {
			return out, err
		}
		out[s] = make([]match.Term, len(forms))
		for i, form := range forms {
			out[s][i].Text = form
		}
	}
	return out, nil
}

// expand finds the forms in a field's dictionary that a wildcard or fuzzy leaf accepts.
func (r *reader) expand(ctx context.Context, leaf *match.Leaf, s schema.Segment) (termList, error) {
	return cached(r.lists, cacheKey{segment: r.id, what: "terms " + s.String() + " " + leaf.Key()}, func() (termList, error) {
		forms := termList{}
		err := r.fields[s.String()].EachTerm(leaf.Automaton(), schema.MarkPrefixEnd, func(term string) error {
			if forms = append(forms, term); len(forms)%1024 == 0 {
				return ctx.Err()
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("search: expand %q: %w", leaf.Word, err)
		}
		return forms, nil
	})
}

// leaf is the list of the documents that a leaf occurs in, with weights. Demands on letters are not looked at. key names
// the leaf's meaning.
func (r *reader) leaf(ctx context.Context, leaf *match.Leaf, key string) (*docList, error) {
	return cached(r.lists, r.leafKey(key), func() (*docList, error) {
		terms, err := r.terms(ctx, leaf)
		if err != nil {
			return nil, err
		}
		a := borrowAccumulator(int(r.docs))
		defer a.giveBack()
		for _, s := range segmentsOf(leaf.Scope) {
			if err := r.addSegment(ctx, a, terms[s], s); err != nil {
				return nil, err
			}
		}
		return newDocList(a.seen, a.weights), nil
	})
}

// leafKey names the list of a leaf.
func (r *reader) leafKey(key string) cacheKey {
	return cacheKey{segment: r.id, what: "leaf " + r.stats.signature + key}
}

// addSegment adds the weights of terms in one segment of articles, and in the lead with those of the body.
func (r *reader) addSegment(ctx context.Context, a *accumulator, terms []match.Term, s schema.Segment) error {
	field, lead := r.fields[s.String()], r.fields[schema.Lead.String()]
	for i := range terms {
		if i%256 == 255 && ctx.Err() != nil {
			return ctx.Err()
		}
		t := &terms[i]
		add := func(s schema.Segment, p postings.Posting) {
			if p.Freq > 0 && (t.Langs == nil || t.In(r.columns.lang(p.Doc))) {
				a.add(p.Doc, fieldWeight(s, t, p, r.stats))
			}
		}
		list, err := field.List(t.Text)
		if err == nil && s == schema.Body {
			err = list.EachWithLead(lead, func(p, inLead postings.Posting) { add(s, p); add(schema.Lead, inLead) })
		} else if err == nil {
			err = list.Each(func(p postings.Posting) { add(s, p) })
		}
		if err != nil {
			return fmt.Errorf("search: read %q in %v: %w", t.Text, s, err)
		}
	}
	return nil
}

// condition is the list of the documents that meet a node which has nothing to do with words; nil for other nodes.
func (r *reader) condition(n *match.Node) (*docList, error) {
	switch n.Op {
	case match.OpValue:
		return cached(r.lists, cacheKey{segment: r.id, what: "values " + n.Key()}, func() (*docList, error) { return r.values(n) })
	case match.OpID:
		return r.one(n.ID)
	case match.OpWords:
		return r.between("words", r.columns.words, n.Low, n.High)
	case match.OpDays:
		return r.between("days", r.columns.days, dayNumber(n.From, 1), dayNumber(n.To, 1<<31-1))
	default:
		return nil, nil
	}
}

// values is the list of the documents with a value that a node accepts.
func (r *reader) values(n *match.Node) (*docList, error) {
	set := newDocSet(int(r.docs))
	err := r.fields[n.Field].EachList(func(value string, list *postings.List) error {
		if !n.Accepts(value) {
			return nil
		}
		return list.EachDoc(set.set)
	})
	if err != nil {
		return nil, fmt.Errorf("search: read field %q: %w", n.Field, err)
	}
	return newDocList(set, nil), nil
}

// one is the list of the document with an identifier.
func (r *reader) one(id string) (*docList, error) {
	found, err := r.DocNumbers([]string{id})
	if err != nil {
		return nil, fmt.Errorf("search: find id %q: %w", id, err)
	}
	docs := found.ToArray()
	return &docList{n: len(docs), docs: docs}, nil
}

// between is the list of the documents with a number from low to high in a column.
func (r *reader) between(name string, column []int32, low, high int) (*docList, error) {
	key := cacheKey{segment: r.id, what: name + " " + strconv.Itoa(low) + " " + strconv.Itoa(high)}
	return cached(r.lists, key, func() (*docList, error) {
		set := newDocSet(len(column))
		for doc, v := range column {
			if int(v) >= low && int(v) <= high {
				set.set(uint32(doc))
			}
		}
		return newDocList(set, nil), nil
	})
}

// dayNumber writes a day as the column of days does.
func dayNumber(d query.Day, open int) int {
	if d == "" {
		return open
	}
	n := 0
	for _, c := range d {
		if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
		}
	}
	return n
}

// accumulator adds up weights by document.
type accumulator struct {
	weights []float32
	seen    docSet
}

var accumulators sync.Pool

// borrowAccumulator gives an empty accumulator for so many documents.
func borrowAccumulator(docs int) *accumulator {
	a, _ := accumulators.Get().(*accumulator)
	if a == nil {
		a = new(accumulator)
	}
	if cap(a.weights) < docs {
		a.weights = make([]float32, docs)
	}
	a.weights, a.seen = a.weights[:docs], newDocSet(docs)
	return a
}

// giveBack empties the accumulator but for its set, which a list may have kept.
func (a *accumulator) giveBack() {
	a.seen.each(func(doc uint32) { a.weights[doc] = 0 })
	a.seen = nil
	accumulators.Put(a)
}

func (a *accumulator) add(doc uint32, weight float32) {
	a.seen.set(doc)
	a.weights[doc] += weight
}
