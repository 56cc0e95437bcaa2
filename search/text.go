package search

import (
	"math"
	"slices"

	"oped/indexer/schema"
	"oped/search/match"
)

// textSource tells where the words of a program stand in some documents of a segment, out of the postings. It is for one
// goroutine.
type textSource struct {
	*executor
	evaluator *match.Evaluator
	docs      []uint32 // the batch
	current   int      // the document of the moment, in docs
	streams   []stream // by leaf, then by mark
	room      int      // documents whose places may still be packed
	buffers   [2][]int32
	err       error // the first failure; places are then missing
}

// stream tells where one leaf or mark stands.
type stream struct {
	list    *docList
	opened  bool
	sources []source
	// of the stretch that holds the document of the moment: all places, where they are kept, and the list's first document
	stretch uint32
	packed  *packedPlaces
	first   int
	// of the document of the moment
	doc      uint32
	places   []int32
	split    bool
	bounds   [schema.NumSegments + 1]int // of each segment's positions
	position []int32
}

// none is the number of no document and no stretch.
const none = ^uint32(0)

// marks are schema's marks in the order of their streams.
var marks = []string{schema.SentenceEnd, schema.ParagraphEnd, schema.CapitalMark, schema.AllCapsMark}

func newTextSource(x *executor) *textSource {
	t := &textSource{executor: x, room: math.MaxInt, streams: make([]stream, len(x.program.Leaves)+len(marks))}
	for i := range t.streams {
		t.streams[i].stretch, t.streams[i].doc = none, none
	}
	t.evaluator = match.NewEvaluator(x.program, t)
	return t
}

// begin turns to a batch of documents, ascending. They are read when somebody asks.
func (t *textSource) begin(docs []uint32) {
	t.docs, t.current = docs, 0
	for i := range t.streams {
		t.streams[i].stretch = none // a new batch may make it worth while to keep its places
	}
}

// Positions implements match.Source.
func (t *textSource) Positions(leaf int, s schema.Segment) []int32 { return t.positions(leaf, s) }

// Marks implements match.Source.
func (t *textSource) Marks(mark string, s schema.Segment) []int32 {
	return t.positions(t.mark(mark), s)
}

// mark is the number of a mark's stream.
func (t *textSource) mark(mark string) int { return len(t.program.Leaves) + slices.Index(marks, mark) }

// Condition implements match.Source. Conditions are decided from lists and columns, never here.
func (t *textSource) Condition(*match.Node) bool { return false }

// positions are those of a stream in one segment of the document of the moment.
func (t *textSource) positions(n int, s schema.Segment) []int32 {
	places := t.places(n)
	st := &t.streams[n]
	if !st.split {
		st.split, st.position = true, st.position[:0]
		for _, place := range places {
			st.position = append(st.position, place&positionMask)
		}
		for i := range st.bounds {
			st.bounds[i], _ = slices.BinarySearch(places, int32(i)<<placeBits)
		}
	}
	return st.position[st.bounds[s]:st.bounds[s+1]]
}

// places are those of a stream in the document of the moment, ascending and distinct.
func (t *textSource) places(n int) []int32 {
	st, doc := &t.streams[n], t.docs[t.current]
	if st.doc == doc {
		return st.places
	}
	st.doc, st.split, st.places = doc, false, st.places[:0]
	if t.err == nil {
		t.err = t.load(st, n, doc)
	}
	return st.places
}

// load reads the places of a document.
func (t *textSource) load(st *stream, n int, doc uint32) error {
	if stretch := doc / stretchDocs; st.stretch != stretch {
		st.stretch = stretch
		if err := t.open(st, n, stretch*stretchDocs); err != nil {
			return err
		}
	}
	if st.packed != nil {
		if place, ok := st.list.place(doc); ok {
			st.places = st.packed.read(place-st.first, st.places)
		}
		return nil
	}
	for i := range st.sources {
		s := &st.sources[i]
		if err := s.Seek(doc); err != nil {
			return err
		}
		if s.OK && s.Doc == doc && s.term.In(t.columns.lang(doc)) {
			st.places = s.read(st.places)
		}
	}
	if len(st.sources) > 1 {
		st.places = distinct(st.places)
	}
	return nil
}

// fewSources is up to how many terms are asked about each document; of more, all places in the stretch are read at once.
const fewSources = 16

// open turns a stream to the stretch that begins with a document. All places there are read and kept once a good part of
// them has been asked for; before that, they are read as they are asked for.
func (t *textSource) open(st *stream, n int, base uint32) error {
	if st.list == nil {
		if err := t.openList(st, n); err != nil {
			return err
		}
	}
	key := t.placesKey(n, base)
	st.packed = nil
	kept := t.lists.get(key)
	if packed, ok := kept.(*packedPlaces); ok {
		st.packed, st.first = packed, st.list.before(base)
		return nil
	}
	if err := t.openSources(st, n); err != nil {
		return err
	}
	before, ok := kept.(*askedBefore)
	if !ok {
		before = &askedBefore{}
		t.lists.put(key, before)
	}
	end := min(base+stretchDocs, t.segmentView.docs)
	st.first = st.list.before(base)
	docs := st.list.before(end) - st.first
	// To walk to the documents costs as much as to read a part of them.
	wanted := before.docs.Add(int64(from(t.docs[t.current:], end) + docs/(4*unpackShare)))
	if len(st.sources) <= fewSources && (wanted*unpackShare < int64(docs) || t.room <= 0) {
		return nil
	}
	t.room -= docs
	var err error
	if st.packed, err = t.pack(st, base, end, docs); err == nil {
		t.lists.replace(key, st.packed)
	}
	return err
}

// openList finds the documents of a stream.
func (t *textSource) openList(st *stream, n int) (err error) {
	if n < len(t.program.Leaves) {
		st.list = t.leaves[n]
		return nil
	}
	st.list, err = cached(t.lists, cacheKey{segment: t.id, what: "mark " + marks[n-len(t.leaves)]}, func() (*docList, error) {
		if err := t.openSources(st, n); err != nil {
			return nil, err
		}
		set := newDocSet(int(t.segmentView.docs))
		for i := range st.sources {
			if err := st.sources[i].list.EachDoc(set.set); err != nil {
				return nil, err
			}
		}
		return newDocList(set, nil), nil
	})
	return err
}

// openSources opens the postings of a stream.
func (t *textSource) openSources(st *stream, n int) (err error) {
	if st.opened {
		return nil
	}
	var terms leafTerms
	if n < len(t.program.Leaves) {
		if terms, err = t.terms(t.ctx, &t.program.Leaves[n]); err != nil {
			return err
		}
	} else {
		for s := range terms {
			terms[s] = []match.Term{{Text: marks[n-len(t.program.Leaves)]}}
		}
	}
	st.sources, err = t.reader.sources(&terms)
	st.opened = err == nil
	return err
}

// placesKey names the places of a stream in a stretch.
func (t *textSource) placesKey(n int, base uint32) cacheKey {
	key := cacheKey{segment: t.id, stretch: base / stretchDocs}
	if n < len(t.program.Leaves) {
		key.what = "places " + t.keys[n]
	} else {
		key.what = "places " + marks[n-len(t.program.Leaves)]
	}
	return key
}

// pack reads all places of a stream in the documents from base to end.
func (t *textSource) pack(st *stream, base, end uint32, docs int) (*packedPlaces, error) {
	p := &packer{}
	for i := range st.sources {
		s := &st.sources[i]
		err := s.Seek(base)
		for ; err == nil && s.OK && s.Doc < end; err = s.Next() {
			if s.term.In(t.columns.lang(s.Doc)) {
				before := len(p.places)
				p.places = s.read(p.places)
				place, _ := st.list.place(s.Doc)
				p.entries = append(p.entries, packerEntry{uint32(place - st.first), uint32(len(p.places) - before)})
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return p.pack(docs), nil
}
