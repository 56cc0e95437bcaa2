package search

import (
	"math"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/indexer/schema"
	"oped/search/match"
)

// posting is one document of a term's list: how often the term occurs in the field, and how many words the field has.
type posting struct {
	doc    uint32
	freq   uint32
	length float32
}

// eachPosting calls f for every document of a term, deleted ones included, in ascending order.
func eachPosting(dict segment.TermDictionary, term string, f func(posting)) error {
	list, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return err
	}
	if list.Count() == 0 {
		return nil
	}
	it := list.Iterator(true, true, false, nil)
	for {
		p, err := it.Next()
		if err != nil || p == nil {
			return err
		}
		f(posting{doc: uint32(p.Number()), freq: uint32(schema.Frequency(p)), length: fieldLength(p.Norm())})
	}
}

// fieldLength recovers the number of words from the norm, which is one over its square root.
func fieldLength(norm float64) float32 {
	if norm <= 0 {
		return 1
	}
	return float32(math.Round(1 / (norm * norm)))
}

// eachDoc calls f for every document of a term, deleted ones included, in ascending order, without reading frequencies.
func eachDoc(dict segment.TermDictionary, term []byte, f func(doc uint32)) error {
	list, err := dict.PostingsList(term, nil, nil)
	if err != nil {
		return err
	}
	return eachOf(list, f)
}

func eachOf(list segment.PostingsList, f func(doc uint32)) error {
	it := list.Iterator(false, false, false, nil)
	for {
		p, err := it.Next()
		if err != nil || p == nil {
			return err
		}
		f(uint32(p.Number()))
	}
}

// eachTerm calls f for every term of a dictionary that an automaton accepts (nil: every term), from a first term on.
func eachTerm(dict segment.TermDictionary, a segment.Automaton, from string, f func(term string) error) error {
	var start []byte
	if from != "" {
		start = []byte(from)
	}
	it := dict.AutomatonIterator(a, start, nil)
	for {
		entry, err := it.Next()
		if err != nil || entry == nil {
			return err
		}
		if err := f(entry.Term); err != nil {
			return err
		}
	}
}

// segmentsOf lists the segments of a scope.
func segmentsOf(scope match.Scope) []schema.Segment {
	return slices.DeleteFunc(schema.Segments(), func(s schema.Segment) bool { return !scope.Has(s) })
}
