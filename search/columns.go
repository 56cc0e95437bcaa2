package search

import (
	"fmt"
	"strconv"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/corpus"
	"oped/indexer/schema"
)

// columns hold, per document of one segment, what facets, filters, dates and orders need. They are read once from the
// dictionaries of the keyword fields and do not change: deletions are kept elsewhere.
type columns struct {
	ids      []docID
	days     []int32 // 20180501; 0 where undated
	words    []int32
	versions []int32
	langs    []uint16 // into langNames
	// langNames are the languages of the segment; the first is "", unknown.
	langNames []string
	// values holds the facet values of document d as ordinals in values[starts[d]:starts[d+1]].
	values []uint32
	starts []uint32
	// groups holds the groups of copies by document, 0 for none; it is nil where no document has one. See folder.
	groups []uint32
}

// docID is a corpus.ID as an array, which needs no pointer.
type docID [corpus.IDLength]byte

func (id docID) String() string {
	n := len(id)
	for n > 0 && id[n-1] == 0 {
		n--
	}
	return string(id[:n])
}

// facetNumber is the place of a facet in FacetFields.
type facetNumber = uint8

// ordinals number the facet values of a generation, in the order they are met. The first ordinals are the NoValue of
// each facet. Numbers are only ever added, so that columns stay good while segments come and go.
type ordinals struct {
	mu     sync.Mutex
	number []map[string]uint32 // per facet
	values []string
	facets []facetNumber
	groups map[string]uint32 // groups of copies, from 1
}

func newOrdinals() *ordinals {
	o := &ordinals{groups: map[string]uint32{}}
	for f := range FacetFields() {
		o.number = append(o.number, map[string]uint32{})
		o.of(facetNumber(f), NoValue)
	}
	return o
}

// of is the ordinal of a value. The caller holds mu, or is the only one to know o.
func (o *ordinals) of(f facetNumber, value string) uint32 {
	if n, ok := o.number[f][value]; ok {
		return n
	}
	n := uint32(len(o.values))
	o.number[f][value] = n
	o.values, o.facets = append(o.values, value), append(o.facets, f)
	return n
}

// find is the ordinal of a value that may not exist.
func (o *ordinals) find(f facetNumber, value string) (uint32, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, ok := o.number[f][value]
	return n, ok
}

// known are the values and their facets so far, by ordinal.
func (o *ordinals) known() (values []string, facets []facetNumber) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.values, o.facets
}

// loadColumns reads the columns of a segment.
func loadColumns(s segment.Segment, o *ordinals) (*columns, error) {
	docs := int(s.Count())
	c := &columns{ids: make([]docID, docs), days: make([]int32, docs), words: make([]int32, docs),
		versions: make([]int32, docs), langs: make([]uint16, docs), langNames: []string{""}}
	if err := c.loadIDs(s); err != nil {
		return nil, err
	}
	if err := c.loadNumbers(s); err != nil {
		return nil, err
	}
	if err := c.loadGroups(s, o, docs); err != nil {
		return nil, err
	}
	return c, c.loadFacets(s, o, docs)
}

func (c *columns) loadIDs(s segment.Segment) error {
	return eachValue(s, "_id", func(value string, doc uint32) error {
		copy(c.ids[doc][:], value)
		return nil
	})
}

func (c *columns) loadNumbers(s segment.Segment) error {
	for field, column := range map[string][]int32{
		schema.FieldDay: c.days, schema.FieldWords: c.words, schema.FieldVersion: c.versions,
	} {
		err := eachValue(s, field, func(value string, doc uint32) error {
			n, err := strconv.ParseInt(value, 10, 32)
			column[doc] = int32(n)
			return err
		})
		if err != nil {
			return err
		}
	}
	return eachValue(s, schema.FieldLang, func(value string, doc uint32) error {
		if last := c.langNames[len(c.langNames)-1]; last != value {
			c.langNames = append(c.langNames, value)
		}
		c.langs[doc] = uint16(len(c.langNames) - 1)
		return nil
	})
}

// loadFacets makes the rows of facet values in two steps: the pairs of document and value as the dictionaries give them,
// then the same by document.
func (c *columns) loadFacets(s segment.Segment, o *ordinals, docs int) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	type pair struct{ doc, value uint32 }
	var pairs []pair
	for f, field := range FacetFields() {
		seen := newDocSet(docs)
		err := eachValue(s, "k."+string(field), func(value string, doc uint32) error {
			seen.set(doc)
			pairs = append(pairs, pair{doc, o.of(facetNumber(f), value)})
			return nil
		})
		if err != nil {
			return err
		}
		for doc := range uint32(docs) {
			if !seen.has(doc) {
				pairs = append(pairs, pair{doc, uint32(f)})
			}
		}
	}
	c.starts, c.values = make([]uint32, docs+1), make([]uint32, len(pairs))
	for _, p := range pairs {
		c.starts[p.doc+1]++
	}
	for d := range docs {
		c.starts[d+1] += c.starts[d]
	}
	at := append([]uint32(nil), c.starts...)
	for _, p := range pairs {
		c.values[at[p.doc]] = p.value
		at[p.doc]++
	}
	return nil
}

// row are the facet values of a document.
func (c *columns) row(doc uint32) []uint32 { return c.values[c.starts[doc]:c.starts[doc+1]] }

// lang is the language of a document.
func (c *columns) lang(doc uint32) string { return c.langNames[c.langs[doc]] }

// eachValue calls f for every value of a keyword field and every document that has it, by value.
func eachValue(s segment.Segment, field string, f func(value string, doc uint32) error) error {
	dict, err := s.Dictionary(field)
	if err != nil {
		return fmt.Errorf("search: read column %q: %w", field, err)
	}
	err = eachTerm(dict, nil, "", func(term string) error {
		var inner error
		err := eachDoc(dict, []byte(term), func(doc uint32) {
			if inner == nil {
				inner = f(term, doc)
			}
		})
		if err != nil {
			return err
		}
		return inner
	})
	if err != nil {
		return fmt.Errorf("search: read column %q: %w", field, err)
	}
	return nil
}
