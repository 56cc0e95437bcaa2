package postings

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"

	"oped/indexer/schema"
)

// file is what a segment tells of itself where it is a file.
type file interface {
	segment.Segment
	Data() []byte
	DictAddr(field string) (uint64, error)
	ChunkMode() uint32
	Version() uint32
	CallbackId() string
}

// The format that is known: version 17, chunked by the number of postings, written without callbacks.
const (
	knownVersion   = 17
	knownChunkMode = 1026
)

// Field is the dictionary of one field of a segment. That of the lead has all terms of the body. It is safe for concurrent
// use.
type Field struct {
	// lengths gives the number of words of each document; nil where there are none in the index.
	lengths func() ([]uint32, error)
	lead    bool // the field is that of the body, of which only the lead counts

	// of a segment in memory
	mu   sync.Mutex // a dictionary of the engine looks up one term at a time
	dict segment.TermDictionary
	// of a file
	fst  *vellum.FST
	data []byte
	docs uint64
}

// Open opens the dictionary of a field. A field that the segment does not have has no terms.
func Open(s segment.Segment, field string) (*Field, error) {
	mark, lead := schema.LengthMark, field == schema.Lead.String()
	if lead {
		field, mark = schema.Body.String(), schema.LeadMark
	}
	f, err := open(s, field)
	if err != nil {
		return nil, err
	}
	f.lengths = sync.OnceValues(func() ([]uint32, error) { return f.readLengths(mark, s.Count()) })
	f.lead = lead
	return f, nil
}

func open(s segment.Segment, field string) (*Field, error) {
	if f, ok := s.(file); ok && f.Version() == knownVersion && f.ChunkMode() == knownChunkMode && f.CallbackId() == "" {
		address, err := f.DictAddr(field)
		if err != nil {
			return &Field{}, nil // which says no more than that there is none
		}
		return openFile(f.Data(), address, f.Count())
	}
	dict, err := s.Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("postings: open %q: %w", field, err)
	}
	return &Field{dict: dict}, nil
}

// readLengths reads the positions of a mark that stands once in each document.
func (f *Field) readLengths(mark string, docs uint64) ([]uint32, error) {
	list, err := f.find(mark)
	if err != nil || list.Count() == 0 {
		return nil, err
	}
	lengths := make([]uint32, docs)
	var nowhere filePosting
	position := make([]int32, 0, 4)
	err = list.eachCode(func(doc uint32, code uint64) {
		if position = schema.AppendPositions(position[:0], code, &nowhere); len(position) == 1 {
			lengths[doc] = uint32(position[0])
		}
	})
	return lengths, err
}

func openFile(data []byte, address, docs uint64) (*Field, error) {
	size, n := binary.Uvarint(data[address:])
	begin := address + uint64(n)
	if n <= 0 || size > uint64(len(data))-begin {
		return nil, fmt.Errorf("postings: open dictionary at %d: size %d does not fit", address, size)
	}
	fst, err := vellum.Load(data[begin : begin+size])
	if err != nil {
		return nil, fmt.Errorf("postings: open dictionary at %d: %w", address, err)
	}
	return &Field{fst: fst, data: data, docs: docs}, nil
}

// List is the list of a term; that of a term which the field does not have is empty.
func (f *Field) List(term string) (*List, error) {
	l, err := f.find(term)
	if err != nil {
		return nil, err
	}
	return l.of(f, term), nil
}

// find finds the postings of a term.
func (f *Field) find(term string) (*List, error) {
	switch {
	case f.fst != nil:
		address, ok, err := f.fst.Get([]byte(term))
		if err != nil || !ok {
			return &List{}, err
		}
		return f.at(address)
	case f.dict != nil:
		f.mu.Lock()
		defer f.mu.Unlock()
		list, err := f.dict.PostingsList([]byte(term), nil, nil)
		return &List{engine: list}, err
	default:
		return &List{}, nil
	}
}

// EachTerm calls fn for every term from a first one on that an automaton accepts (nil: every term), in ascending order, until
// fn fails.
func (f *Field) EachTerm(a segment.Automaton, from string, fn func(term string) error) error {
	return f.each(a, from, func(term string, _ uint64) error { return fn(term) })
}

// EachList calls fn for every term with its list, in ascending order, until fn fails.
func (f *Field) EachList(fn func(term string, l *List) error) error {
	return f.each(nil, "", func(term string, address uint64) error {
		if f.fst == nil {
			l, err := f.List(term)
			if err != nil {
				return err
			}
			return fn(term, l)
		}
		l, err := f.at(address)
		if err != nil {
			return err
		}
		return fn(term, l.of(f, term))
	})
}

// each walks over the dictionary. The address is that of the postings, in a file.
func (f *Field) each(a segment.Automaton, from string, fn func(term string, address uint64) error) error {
	var start []byte
	if from != "" {
		start = []byte(from)
	}
	switch {
	case f.fst != nil:
		return f.eachInFile(a, start, fn)
	case f.dict == nil:
		return nil
	}
	it := f.dict.AutomatonIterator(a, start, nil)
	for {
		entry, err := it.Next()
		if err != nil || entry == nil {
			return err
		}
		if err := fn(entry.Term, 0); err != nil {
			return err
		}
	}
}

func (f *Field) eachInFile(a segment.Automaton, start []byte, fn func(term string, address uint64) error) error {
	var it *vellum.FSTIterator
	var err error
	if a != nil {
		it, err = f.fst.Search(a, start, nil)
	} else {
		it, err = f.fst.Iterator(start, nil)
	}
	for ; err == nil; err = it.Next() {
		term, address := it.Current()
		if err := fn(string(term), address); err != nil {
			return err
		}
	}
	if errors.Is(err, vellum.ErrIteratorDone) {
		return nil
	}
	return err
}
