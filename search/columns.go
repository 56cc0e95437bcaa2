package search

import (
	"fmt"
	"slices"
	"strconv"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/postings"
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
	// rows hold the row of facet values of each document in each bundle, and totals, by stretch, how often there is each row.
	rows   [len(bundles)][]uint32
	totals [][len(bundles)][]rowCount
	// bounds hold what the documents of each block reach at most.
	bounds []bound
	// groups holds the groups of copies by document, 0 for none; it is nil where no document has one. See folder.
	groups []uint32
	// grouped are the documents with a group.
	grouped docSet
}

// rowCount is how many documents of a stretch have a row, deleted ones included.
type rowCount struct {
	row uint32
	n   int32
}

// bound is what no document of a block exceeds. Days are those of dated documents; where there are none, both are 0.
type bound struct{ first, last, longest int32 }

// docID is a corpus.ID as an array, which needs no pointer.
type docID [corpus.IDLength]byte

func (id docID) String() string {
	n := len(id)
	for n > 0 && id[n-1] == 0 {
		n--
	}
	return string(id[:n])
}

// loadColumns reads the columns of a segment.
func loadColumns(s *segmentView, o *ordinals) (*columns, error) {
	docs := int(s.docs)
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

func (c *columns) loadIDs(s *segmentView) error {
	for doc := range c.ids {
		id, err := s.DocID(uint64(doc))
		if err != nil {
			return fmt.Errorf("search: read identifier of document %d: %w", doc, err)
		}
		copy(c.ids[doc][:], id)
	}
	return nil
}

func (c *columns) loadNumbers(s *segmentView) error {
	for field, column := range map[string][]int32{
		schema.FieldDay: c.days, schema.FieldWords: c.words, schema.FieldVersion: c.versions,
	} {
		err := eachValue(s, field, func(value string) (func(uint32), error) {
			n, err := strconv.ParseInt(value, 10, 32)
			return func(doc uint32) { column[doc] = int32(n) }, err
		})
		if err != nil {
			return err
		}
	}
	return eachValue(s, schema.FieldLang, func(value string) (func(uint32), error) {
		n := uint16(len(c.langNames))
		c.langNames = append(c.langNames, value)
		return func(doc uint32) { c.langs[doc] = n }, nil
	})
}

// loadFacets makes the rows: value by value, each document that has it goes on to the next row.
func (c *columns) loadFacets(s *segmentView, o *ordinals, docs int) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for b, fields := range bundles {
		rows := make([]uint32, docs)
		for _, field := range fields {
			f := facetNumber(slices.Index(FacetFields(), field))
			seen := newDocSet(docs)
			err := eachValue(s, "k."+string(field), func(value string) (func(uint32), error) {
				n := o.of(f, value)
				return func(doc uint32) {
					seen.set(doc)
					rows[doc] = o.row(b, rows[doc], n)
				}, nil
			})
			if err != nil {
				return err
			}
			for doc := range uint32(docs) {
				if !seen.has(doc) {
					rows[doc] = o.row(b, rows[doc], uint32(f))
				}
			}
		}
		c.rows[b] = rows
	}
	c.sum(int(s.stretch))
	return nil
}

// sum works out bounds, and totals by stretches of so many documents.
func (c *columns) sum(stretch int) {
	c.totals = make([][len(bundles)][]rowCount, (len(c.ids)+stretch-1)/stretch)
	for b, rows := range c.rows {
		counts := make([]int32, slices.Max(append([]uint32{0}, rows...))+1)
		for n := range c.totals {
			for _, row := range rows[n*stretch : min((n+1)*stretch, len(rows))] {
				counts[row]++
			}
			for row, count := range counts {
				if count > 0 {
					c.totals[n][b] = append(c.totals[n][b], rowCount{uint32(row), count})
				}
			}
			clear(counts)
		}
	}
	c.bounds = make([]bound, (len(c.ids)+blockDocs-1)/blockDocs)
	for doc, day := range c.days {
		b := &c.bounds[doc/blockDocs]
		b.last, b.longest = max(b.last, day), max(b.longest, c.words[doc])
		if day != 0 && (b.first == 0 || day < b.first) {
			b.first = day
		}
	}
}

// lang is the language of a document.
func (c *columns) lang(doc uint32) string { return c.langNames[c.langs[doc]] }

// eachValue goes through the values of a keyword field: what f returns for a value is called for every document that has it.
func eachValue(s *segmentView, field string, f func(value string) (func(doc uint32), error)) error {
	err := s.fields[field].EachList(func(value string, list *postings.List) error {
		each, err := f(value)
		if err != nil {
			return err
		}
		return list.EachDoc(each)
	})
	if err != nil {
		return fmt.Errorf("search: read column %q: %w", field, err)
	}
	return nil
}
