package search

import (
	"context"
	"fmt"
	"slices"

	"oped/indexer/schema"
	"oped/search/match"
)

// docList is an ascending list of documents of a segment, deleted ones included. weights, where set, hold what
// each document's occurrences are worth (see ranking); without weights the list only says yes or no.
type docList struct {
	docs    []uint32
	weights []float32
}

func (l *docList) bytes() int { return 4*len(l.docs) + 4*len(l.weights) + 64 }

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
	return cached(r.lists, cacheKey{r.id, "terms " + s.String() + " " + leaf.Key()}, func() (termList, error) {
		dict, err := r.Dictionary(s.String())
		if err != nil {
			return nil, fmt.Errorf("search: expand %q: %w", leaf.Word, err)
		}
		forms := termList{}
		err = eachTerm(dict, leaf.Automaton(), schema.MarkPrefixEnd, func(term string) error {
			if forms = append(forms, term); len(forms)%1024 == 0 {
				return ctx.Err()
			}
			return nil
		})
		return forms, err
	})
}

// leaf is the list of the documents that a leaf occurs in, with weights. Demands on letters are not looked at.
func (r *reader) leaf(ctx context.Context, leaf *match.Leaf, terms *leafTerms) (*docList, error) {
	key := cacheKey{r.id, "leaf " + r.stats.signature + leaf.Key()}
	return cached(r.lists, key, func() (*docList, error) {
		a := newAccumulator(int(r.docs))
		for _, f := range rankedFields(leaf.Scope) {
			if err := r.addField(ctx, a, terms[f.as], f.field); err != nil {
				return nil, err
			}
		}
		return a.list(), nil
	})
}

// rankedField is a field that adds to the weight of a leaf, and the segment whose terms it has.
type rankedField struct{ as, field schema.Segment }

// rankedFields are those of a scope. Words of the lead are words of the body that count for more.
func rankedFields(scope match.Scope) []rankedField {
	var out []rankedField
	for _, s := range segmentsOf(scope) {
		out = append(out, rankedField{s, s})
		if s == schema.Body {
			out = append(out, rankedField{s, schema.Lead})
		}
	}
	return out
}

// addField adds the weights of terms in one field.
func (r *reader) addField(ctx context.Context, a *accumulator, terms []match.Term, field schema.Segment) error {
	dict, err := r.Dictionary(field.String())
	if err != nil {
		return fmt.Errorf("search: read %v: %w", field, err)
	}
	for i := range terms {
		if i%256 == 255 && ctx.Err() != nil {
			return ctx.Err()
		}
		err := eachPosting(dict, terms[i].Text, func(p posting) {
			if terms[i].Langs == nil || terms[i].In(r.columns.lang(p.doc)) {
				a.add(p.doc, fieldWeight(field, &terms[i], p, r.stats))
			}
		})
		if err != nil {
			return fmt.Errorf("search: read %q in %v: %w", terms[i].Text, field, err)
		}
	}
	return nil
}

// values is the list of the documents with a value that a node accepts.
func (r *reader) values(n *match.Node) (*docList, error) {
	return cached(r.lists, cacheKey{r.id, "values " + n.Key()}, func() (*docList, error) { return r.readValues(n) })
}

func (r *reader) readValues(n *match.Node) (*docList, error) {
	dict, err := r.Dictionary(n.Field)
	if err != nil {
		return nil, fmt.Errorf("search: read field %q: %w", n.Field, err)
	}
	set, found := newDocSet(int(r.docs)), false
	err = eachTerm(dict, nil, "", func(value string) error {
		if !n.Accepts(value) {
			return nil
		}
		found = true
		return eachDoc(dict, []byte(value), set.set)
	})
	if err != nil {
		return nil, fmt.Errorf("search: read field %q: %w", n.Field, err)
	}
	if !found {
		return &docList{}, nil
	}
	return &docList{docs: set.list()}, nil
}

// one is the list of the document with an identifier.
func (r *reader) one(id string) (*docList, error) {
	found, err := r.DocNumbers([]string{id})
	if err != nil {
		return nil, fmt.Errorf("search: find id %q: %w", id, err)
	}
	return &docList{docs: found.ToArray()}, nil
}

// list are the documents of a set.
func (s docSet) list() []uint32 {
	var out []uint32
	for base := uint32(0); int(base) < 64*len(s); base += windowDocs {
		var w window
		copy(w[:], s[base/64:])
		w.each(func(i uint32) { out = append(out, base+i) })
	}
	return out
}

// accumulator adds up weights by document.
type accumulator struct {
	weights []float32
	seen    docSet
	n       int
}

func newAccumulator(docs int) *accumulator {
	return &accumulator{weights: make([]float32, docs), seen: newDocSet(docs)}
}

func (a *accumulator) add(doc uint32, weight float32) {
	if !a.seen.has(doc) {
		a.seen.set(doc)
		a.n++
	}
	a.weights[doc] += weight
}

// list gives the documents seen, each with what its weight is worth once saturated.
func (a *accumulator) list() *docList {
	l := &docList{docs: make([]uint32, 0, a.n), weights: make([]float32, 0, a.n)}
	for _, doc := range a.seen.list() {
		l.docs = append(l.docs, doc)
		l.weights = append(l.weights, saturate(a.weights[doc]))
	}
	return l
}
