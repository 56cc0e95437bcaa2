package segment

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

// inverter turns documents, which list their terms, into lists of the documents of each term, field by field. Its memory
// is used again for the next segment.
type inverter struct {
	docs []doc
	// numbers give terms their number in the segment, by lexicon and number there, plus one; 0 where it was not met yet.
	numbers map[*Lexicon][]uint32
	known   map[string]uint32 // of the terms, where they are of more than one lexicon
	texts   []string          // of the terms

	// What follows is of the field that is being written.
	lists    []list // of its terms, in their order
	room     []room // of all terms; zero for those that the field does not have
	postings []posting
	places   []uint32 // the numbers of all locations
}

// room counts the postings of a term and the numbers of their locations, and then says where the next ones go.
type room struct{ postings, places uint32 }

// posting is a document of a term, with the number of numbers of its location.
type posting struct {
	code        uint64
	doc, places uint32
}

// list is a term of the field and where its postings begin.
type list struct {
	head uint64 // the first bytes of the text, which decide on the order nearly always
	term uint32
	from room
}

var inverters = sync.Pool{New: func() any { return &inverter{} }}

// maxKept bounds the memory that is kept for the next segment, in postings and in terms.
const maxKept = 8 << 20

// write writes the segment of documents.
func (v *inverter) write(fields []FieldInfo, docs []doc) (*file, error) {
	v.docs, v.numbers = docs, map[*Lexicon][]uint32{}
	if !oneLexicon(docs) {
		v.known = make(map[string]uint32, cap(v.texts))
	}
	defer v.forget()
	f := newFile(fields, v.bytes())
	f.stored(docs)
	if err := f.ids(docs); err != nil {
		return nil, err
	}
	for n := 1; n < len(fields); n++ {
		v.invert(n)
		if err := v.writeField(f, n); err != nil {
			return nil, err
		}
	}
	f.end()
	return f, nil
}

// oneLexicon reports whether all terms are of one lexicon, so that a number is a term.
func oneLexicon(docs []doc) bool {
	var one *Lexicon
	for _, d := range docs {
		for _, f := range d.fields {
			if f != nil && f.lexicon != nil && f.lexicon != one {
				if one != nil {
					return false
				}
				one = f.lexicon
			}
		}
	}
	return true
}

// learn is the number that a term of a lexicon is to have in the segment.
func (v *inverter) learn(text string) uint32 {
	if n, known := v.known[text]; known { // by another lexicon
		return n
	}
	n := uint32(len(v.texts))
	if v.known != nil {
		v.known[text] = n
	}
	v.texts = append(v.texts, text)
	v.room = append(v.room, room{})
	return n
}

// head is the first eight bytes of a text, so that they compare as the text does.
func head(text string) uint64 {
	var b [8]byte
	copy(b[:], text)
	return binary.BigEndian.Uint64(b[:])
}

// forget lets go of the documents, and of memory that a small segment would not need.
func (v *inverter) forget() {
	clear(v.texts)
	v.docs, v.numbers, v.known, v.texts, v.room = nil, nil, nil, v.texts[:0], v.room[:0]
	if cap(v.postings) > maxKept || cap(v.places) > maxKept || cap(v.texts) > maxKept {
		*v = inverter{}
	}
}

// bytes is a little more than the segment will be long.
func (v *inverter) bytes() int {
	n := 0
	for _, d := range v.docs {
		for _, f := range d.fields {
			if f != nil {
				n += 2*len(f.postings) + len(f.value)
			}
		}
	}
	return n + 512*len(v.docs)
}

// invert lists the postings of one field by term, in two rounds over the documents: the first counts how many each term
// has, the second puts them where they belong.
func (v *inverter) invert(field int) {
	v.lists = v.lists[:0]
	for _, d := range v.docs {
		if f := d.fields[field]; f != nil {
			v.count(f)
		}
	}
	var all room
	for i := range v.lists {
		r := &v.room[v.lists[i].term]
		v.lists[i].from = all
		*r, all = all, room{all.postings + r.postings, all.places + r.places}
	}
	v.postings = slices.Grow(v.postings[:0], int(all.postings))[:all.postings]
	v.places = slices.Grow(v.places[:0], int(all.places))[:all.places]
	for i, d := range v.docs {
		if f := d.fields[field]; f != nil {
			v.place(uint32(i), f)
		}
	}
	slices.SortFunc(v.lists, func(a, b list) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return strings.Compare(v.texts[a.term], v.texts[b.term])
	})
}

// count counts the postings of one document.
func (v *inverter) count(f *Field) {
	numbers := v.numbers[f.lexicon]
	if more := len(f.texts) - len(numbers); more > 0 {
		numbers = append(numbers, make([]uint32, more)...)
		v.numbers[f.lexicon] = numbers
	}
	for p := f.postings; len(p) > 0; p = p[postingHead+p[3]:] {
		n := numbers[p[0]]
		if n == 0 {
			n = v.learn(f.texts[p[0]]) + 1
			numbers[p[0]] = n
		}
		r := &v.room[n-1]
		if r.postings == 0 {
			v.lists = append(v.lists, list{head: head(v.texts[n-1]), term: n - 1})
		}
		r.postings++
		r.places += p[3]
	}
}

// place puts the postings of one document where they belong.
func (v *inverter) place(doc uint32, f *Field) {
	numbers := v.numbers[f.lexicon]
	for p := f.postings; len(p) > 0; p = p[postingHead+p[3]:] {
		r := &v.room[numbers[p[0]]-1]
		v.postings[r.postings] = posting{code(p), doc, p[3]}
		r.postings++
		if p[3] > 0 {
			copy(v.places[r.places:], p[postingHead:postingHead+p[3]])
			r.places += p[3]
		}
	}
}

// writeField writes the postings and the dictionary of the field that was inverted.
func (v *inverter) writeField(f *file, field int) error {
	d, err := f.dictionary()
	if err != nil {
		return err
	}
	var text []byte
	for _, l := range v.lists {
		to := v.room[l.term]
		v.room[l.term] = room{}
		at := f.postings(v.postings[l.from.postings:to.postings], v.places[l.from.places:to.places], field)
		text = append(text[:0], v.texts[l.term]...)
		if err := d.Insert(text, at); err != nil {
			return err
		}
	}
	return f.endField(d, field)
}
