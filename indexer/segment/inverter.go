package segment

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

func compare(a, b string) int { return strings.Compare(a, b) }

// inverter turns documents, which list their terms, into lists of the documents of each term. Its memory is used again
// for the next segment.
type inverter struct {
	docs []doc
	// numbers give terms their number in the segment, by lexicon and number there, plus one; 0 where it was not met yet.
	numbers map[*Lexicon][]uint32
	known   map[string]uint32
	texts   []string  // of the terms
	order   []ordered // of the terms by text

	// What follows is of the field that is being written.
	room     []room // of the terms
	postings []posting
	places   []uint32 // the numbers of all locations
}

// room counts the postings of a term and the numbers of their locations, and then says where the next ones go.
type room struct{ postings, places uint32 }

// posting is a document of a term, with the number of numbers of its location.
type posting struct{ doc, freq, places uint32 }

// ordered is a term by its text: the first bytes of it decide nearly always.
type ordered struct {
	head uint64
	term uint32
}

var inverters = sync.Pool{New: func() any { return &inverter{} }}

// maxKept bounds the memory that is kept for the next segment, in postings and in terms.
const maxKept = 8 << 20

// write writes the segment of documents.
func (v *inverter) write(fields []FieldInfo, docs []doc) (*file, error) {
	v.docs = docs
	v.number()
	defer v.forget()
	f := newFile(fields, v.bytes())
	f.stored(docs)
	for n := range fields {
		var err error
		if n == 0 {
			err = f.ids(docs)
		} else {
			v.invert(n)
			err = v.writeField(f, n)
		}
		if err != nil {
			return nil, err
		}
	}
	f.end()
	return f, nil
}

// number gives every term of the documents its number and puts the terms in order.
func (v *inverter) number() {
	v.numbers, v.known = map[*Lexicon][]uint32{}, map[string]uint32{}
	for _, d := range v.docs {
		for _, f := range d.fields {
			if f != nil && len(f.postings) > 0 {
				v.numberField(f)
			}
		}
	}
	v.order = slices.Grow(v.order[:0], len(v.texts))
	for i, text := range v.texts {
		v.order = append(v.order, ordered{head(text), uint32(i)})
	}
	slices.SortFunc(v.order, func(a, b ordered) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return compare(v.texts[a.term], v.texts[b.term])
	})
}

func (v *inverter) numberField(f *Field) {
	numbers := v.numbers[f.lexicon]
	if more := len(f.texts) - len(numbers); more > 0 {
		numbers = append(numbers, make([]uint32, more)...)
		v.numbers[f.lexicon] = numbers
	}
	for p := f.postings; len(p) > 0; p = p[postingHead+p[2]:] {
		if numbers[p[0]] == 0 {
			numbers[p[0]] = v.learn(f.texts[p[0]]) + 1
		}
	}
}

// learn is the number of a term in the segment. Another lexicon may have it too.
func (v *inverter) learn(text string) uint32 {
	n, known := v.known[text]
	if !known {
		n = uint32(len(v.texts))
		v.known[text] = n
		v.texts = append(v.texts, text)
	}
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
	v.docs, v.numbers, v.known, v.texts = nil, nil, nil, v.texts[:0]
	if cap(v.postings) > maxKept || cap(v.places) > maxKept || cap(v.texts) > maxKept {
		*v = inverter{}
	}
}

// bytes is about how long the segment will be.
func (v *inverter) bytes() int {
	n := 0
	for _, d := range v.docs {
		for _, f := range d.fields {
			if f != nil {
				n += 2*len(f.postings) + len(f.value)
			}
		}
	}
	return n + 256*len(v.docs)
}

// invert lists the postings of one field, by term in order and by document, in two rounds: the first counts how many
// each term has, the second puts them where they belong.
func (v *inverter) invert(field int) {
	v.room = slices.Grow(v.room[:0], len(v.texts))[:len(v.texts)]
	clear(v.room)
	for _, d := range v.docs {
		if f := d.fields[field]; f != nil {
			numbers := v.numbers[f.lexicon]
			for p := f.postings; len(p) > 0; p = p[postingHead+p[2]:] {
				r := &v.room[numbers[p[0]]-1]
				r.postings++
				r.places += p[2]
			}
		}
	}
	var all room
	for _, o := range v.order {
		r := &v.room[o.term]
		*r, all = all, room{all.postings + r.postings, all.places + r.places}
	}
	v.postings = slices.Grow(v.postings[:0], int(all.postings))[:all.postings]
	v.places = slices.Grow(v.places[:0], int(all.places))[:all.places]
	for i, d := range v.docs {
		if f := d.fields[field]; f != nil {
			v.place(uint32(i), f)
		}
	}
}

// place puts the postings of one document where they belong.
func (v *inverter) place(doc uint32, f *Field) {
	numbers := v.numbers[f.lexicon]
	for p := f.postings; len(p) > 0; p = p[postingHead+p[2]:] {
		r := &v.room[numbers[p[0]]-1]
		v.postings[r.postings] = posting{doc, p[1], p[2]}
		r.postings++
		if p[2] > 0 {
			copy(v.places[r.places:], p[postingHead:postingHead+p[2]])
			r.places += p[2]
		}
	}
}

// writeField writes the postings and the dictionary of the field that was inverted.
func (v *inverter) writeField(f *file, field int) error {
	d, err := f.dictionary()
	if err != nil {
		return err
	}
	lengths := make([]uint64, len(v.docs))
	for i, doc := range v.docs {
		if doc.fields[field] != nil {
			lengths[i] = uint64(doc.fields[field].length)
		}
	}
	var from room
	for _, o := range v.order {
		to := v.room[o.term]
		if to.postings == from.postings {
			continue
		}
		at := f.postings(v.postings[from.postings:to.postings], v.places[from.places:to.places], lengths, uint64(field))
		if err := d.Insert([]byte(v.texts[o.term]), at); err != nil {
			return err
		}
		from = to
	}
	return f.endField(d, field)
}
