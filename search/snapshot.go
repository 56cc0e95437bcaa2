package search

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"oped/indexer/schema"
	"oped/search/postings"
)

// snapshot is the index at one moment: what one search works on from beginning to end. It holds the index's files
// open until its last user has released it.
type snapshot struct {
	index    *scorch.IndexSnapshot
	segments []*segmentView
	docs     int // live ones
	langs    []string
	stats    *statistics
	known    lexicon
	users    atomic.Int64
}

// segmentView is a segment of a snapshot.
type segmentView struct {
	segment.Segment
	id      uint64
	docs    uint32
	stretch uint32 // documents that are decided at a time
	fields  map[string]*postings.Field
	columns *columns
	live    docSet // nil where nothing is deleted
}

func (s *snapshot) release() {
	if s.users.Add(-1) == 0 {
		_ = s.index.Close() // only drops a reference; the files are the index's own
	}
}

// newSnapshot reads what a search needs of an index snapshot, taking over the columns of segments that were there before.
// It takes over the reference to index, also when it fails.
func newSnapshot(index *scorch.IndexSnapshot, before *snapshot, g *generation) (*snapshot, error) {
	s := &snapshot{index: index}
	s.users.Store(1)
	known := map[uint64]*segmentView{}
	if before != nil {
		for _, v := range before.segments {
			known[v.id] = v
		}
	}
	langs := map[string]bool{}
	for _, ss := range index.Segments() {
		v := &segmentView{Segment: ss.Segment(), id: ss.Id(), docs: uint32(ss.Segment().Count()), stretch: g.stretch}
		if old := known[v.id]; old != nil && old.docs == v.docs {
			v.fields, v.columns = old.fields, old.columns
		} else if err := v.load(g.values); err != nil {
			s.release()
			return nil, fmt.Errorf("search: read segment %d: %w", v.id, err)
		}
		v.live = liveDocs(ss, v.docs, known[v.id])
		for _, lang := range v.columns.langNames {
			langs[lang] = true
		}
		s.segments = append(s.segments, v)
		s.docs += int(ss.Count())
	}
	s.langs = slices.Sorted(maps.Keys(langs))
	s.known = g.values.known()
	s.stats = readStatistics(s, before)
	return s, nil
}

// load reads what a segment has for all searches.
func (v *segmentView) load(o *ordinals) (err error) {
	if err = v.openFields(); err == nil {
		v.columns, err = loadColumns(v, o)
	}
	return err
}

// liveDocs are the documents that are not deleted. Deletions are only added, so where there are as many as before they are
// the same.
func liveDocs(ss *scorch.SegmentSnapshot, docs uint32, before *segmentView) docSet {
	deleted := ss.Deleted()
	if deleted == nil || deleted.IsEmpty() {
		return nil
	}
	if n := int(docs) - int(deleted.GetCardinality()); before != nil && before.live != nil && before.live.count() == n {
		return before.live
	}
	live := newDocSet(int(docs))
	live.fill(docs)
	deleted.Iterate(func(doc uint32) bool {
		live.unset(doc)
		return true
	})
	return live
}

// newDocs is how many documents of index lie in segments that s does not know: what a fresh snapshot would have to read.
func (s *snapshot) newDocs(index *scorch.IndexSnapshot) int {
	known := map[uint64]bool{}
	for _, v := range s.segments {
		known[v.id] = true
	}
	n := 0
	for _, ss := range index.Segments() {
		if !known[ss.Id()] {
			n += int(ss.Segment().Count())
		}
	}
	return n
}

// statistics are the mean lengths of the segments of an article that ranking compares lengths with.
type statistics struct {
	mean [schema.NumSegments]float64
	// worth holds what one occurrence counts, by the length of the segment, for all common lengths.
	worth [schema.NumSegments][]float32
	// signature names the means: lists of weights made under the same signature are the same.
	signature string
}

// commonLength is the number of lengths whose worth is kept ready.
const commonLength = 2048

// typicalLength stands in for a mean that the index does not tell.
var typicalLength = [schema.NumSegments]float64{schema.Headline: 9, schema.Standfirst: 20, schema.Lead: 90, schema.Body: 800,
	schema.Byline: 2, schema.Bio: 20, schema.Correction: 25, schema.URL: 12}

// readStatistics computes the means from the totals that the index keeps beside its documents. They are rounded to steps of
// five in a hundred, so that a few new articles do not make every list of weights out of date.
func readStatistics(s, before *snapshot) *statistics {
	var totals schema.Totals
	if raw, err := s.index.GetInternal([]byte(schema.InternalTotals)); err == nil && len(raw) > 0 {
		_ = json.Unmarshal(raw, &totals) // totals that cannot be read are as good as none
	}
	st := &statistics{}
	for _, seg := range schema.Segments() {
		mean := typicalLength[seg]
		if words := totals.Words[seg.String()]; words > 0 && totals.Documents > 0 {
			mean = float64(words) / float64(totals.Documents)
		}
		step := math.Round(math.Log(max(mean, 0.1)) / math.Log(1.05))
		st.mean[seg] = math.Pow(1.05, step)
		st.signature += fmt.Sprintf("%d ", int(step))
	}
	if before != nil && before.stats.signature == st.signature {
		return before.stats
	}
	for _, seg := range schema.Segments() {
		st.worth[seg] = make([]float32, commonLength)
		for length := range st.worth[seg] {
			st.worth[seg][length] = occurrenceWorth(seg, float64(length), st.mean[seg])
		}
	}
	return st
}
