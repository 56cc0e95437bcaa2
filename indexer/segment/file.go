package segment

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
	"github.com/klauspost/compress/snappy"
)

// file is the content of a segment in the making. The engine adds the footer when it writes it to disk.
type file struct {
	bytes                    []byte
	fields                   []FieldInfo
	docs                     uint64
	sections                 []uint64 // where each field has its index
	storedIndex, fieldsIndex uint64

	freqs, locs chunks
	members     []uint32
	bitmap      *roaring.Bitmap
	set         bytes.Buffer // of the bitmap, and of a dictionary
	builder     *vellum.Builder
}

func newFile(fields []FieldInfo, room int) *file {
	return &file{bytes: make([]byte, 0, room), fields: fields, sections: make([]uint64, len(fields)), bitmap: roaring.New()}
}

func (f *file) at() uint64 { return uint64(len(f.bytes)) }

func (f *file) number(n uint64) { f.bytes = binary.AppendUvarint(f.bytes, n) }

func (f *file) fixed(n uint64) { f.bytes = binary.BigEndian.AppendUint64(f.bytes, n) }

// sum is the checksum of the content.
func (f *file) sum() uint32 { return crc32.ChecksumIEEE(f.bytes) }

// stored writes the stored fields.
func (f *file) stored(docs []doc) {
	f.docs = uint64(len(docs))
	offsets := make([]uint64, len(docs))
	var list, values, packed []byte
	for i, d := range docs {
		list, values = binary.AppendUvarint(list[:0], uint64(len(d.id))), values[:0]
		for n, field := range d.fields {
			if field != nil && field.options.IsStored() {
				list = binary.AppendUvarint(list, uint64(n))
				list = append(list, field.EncodedFieldType())
				list = binary.AppendUvarint(list, uint64(len(values)))
				list = binary.AppendUvarint(list, uint64(len(field.value)))
				list = append(list, 0) // array positions
				values = append(values, field.value...)
			}
		}
		packed = snappy.Encode(packed[:cap(packed)], values)
		offsets[i] = f.at()
		f.number(uint64(len(list)))
		f.number(uint64(len(d.id) + len(packed)))
		f.bytes = append(append(append(f.bytes, list...), d.id...), packed...)
	}
	f.storedIndex = f.at()
	for _, at := range offsets {
		f.fixed(at)
	}
	f.number(0) // nested documents
}

// dictionaryOptions are those of the stock engine.
var dictionaryOptions = &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: 0, RegistryMRUSize: 1}

// dictionary begins the dictionary of a field.
func (f *file) dictionary() (*vellum.Builder, error) {
	f.set.Reset()
	if f.builder == nil {
		var err error
		f.builder, err = vellum.New(&f.set, dictionaryOptions)
		return f.builder, err
	}
	return f.builder, f.builder.Reset(&f.set)
}

// noValues is what the engine writes for the place of columns of values that a field does not have.
const noValues uint64 = math.MaxUint64

// endField writes the dictionary of a field, and where it is.
func (f *file) endField(d *vellum.Builder, field int) error {
	if err := d.Close(); err != nil {
		return err
	}
	at := f.at()
	f.number(uint64(f.set.Len()))
	f.bytes = append(f.bytes, f.set.Bytes()...)
	f.sections[field] = f.at()
	f.number(noValues)
	f.number(noValues)
	f.number(at)
	return nil
}

// ids writes the field of the IDs. Each is of one document, which its dictionary holds by itself.
func (f *file) ids(docs []doc) error {
	d, err := f.dictionary()
	if err != nil {
		return err
	}
	for i := range docs {
		if err := d.Insert([]byte(docs[i].id), zap.FSTValEncode1Hit(uint64(i), 1)); err != nil {
			return err
		}
	}
	return f.endField(d, 0)
}

// postings writes the postings of one term, with their codes unless those are skipped, and returns what stands in the
// dictionary for them. Places are the numbers of all their locations.
func (f *file) postings(list []posting, places []uint32, field int) uint64 {
	coded := !f.fields[field].Options.SkipFreqNorm()
	if coded && len(list) == 1 {
		if entry, ok := oneHit(list[0]); ok {
			return entry
		}
	}
	size := chunkSize(uint64(len(list)), f.docs)
	f.freqs.begin(size, f.docs)
	f.locs.begin(size, f.docs)
	f.members = slices.Grow(f.members[:0], len(list))
	for _, p := range list {
		f.members = append(f.members, p.doc)
		f.freqs.at(p.doc)
		if !coded {
			f.freqs.add(0)
			continue
		}
		flag := uint64(0)
		if p.places > 0 {
			flag = 1
			f.locs.at(p.doc)
			f.locs.location(places[:p.places], uint64(field))
			places = places[p.places:]
		}
		frequency, norm := split(p.code, p.places > 0)
		f.freqs.add(frequency<<1 | flag)
		f.freqs.add(norm)
	}
	freqs, locs := f.freqs.write(f), f.locs.write(f)
	at := f.at()
	f.number(freqs)
	f.number(locs)
	f.documents()
	return at
}

// documents writes the documents of a term as a bitmap.
func (f *file) documents() {
	if n := len(f.members); n <= maxArray && f.members[n-1] <= math.MaxUint16 {
		f.array()
		return
	}
	f.bitmap.Clear()
	f.bitmap.AddMany(f.members)
	f.number(f.bitmap.GetSerializedSizeInBytes())
	w := appender{f}
	_, _ = f.bitmap.WriteTo(w) // an appender does not fail
}

// What a roaring bitmap consists of that has one container, and that an array of numbers.
const (
	noRuns    = 12346 // begins a bitmap that has no containers of runs
	arrayHead = 16    // bytes before the numbers
	maxArray  = 4096  // numbers
)

// array writes the documents of a term as such a bitmap without making one: nearly all terms have few documents.
func (f *file) array() {
	n := uint32(len(f.members))
	f.number(arrayHead + 2*uint64(n))
	f.bytes = binary.LittleEndian.AppendUint32(f.bytes, noRuns)
	f.bytes = binary.LittleEndian.AppendUint32(f.bytes, 1)         // containers
	f.bytes = binary.LittleEndian.AppendUint32(f.bytes, (n-1)<<16) // a key of 0 and the numbers but one
	f.bytes = binary.LittleEndian.AppendUint32(f.bytes, arrayHead) // where they begin
	for _, doc := range f.members {
		f.bytes = binary.LittleEndian.AppendUint16(f.bytes, uint16(doc))
	}
}

// appender lets a file be written to.
type appender struct{ *file }

// Write implements io.Writer.
func (a appender) Write(b []byte) (int, error) {
	a.bytes = append(a.bytes, b...)
	return len(b), nil
}

// end writes the list of the fields.
func (f *file) end() {
	places := make([]uint64, len(f.fields))
	for i, field := range f.fields {
		places[i] = f.at()
		f.number(uint64(len(field.Name)))
		f.bytes = append(f.bytes, field.Name...)
		f.number(uint64(field.Options))
		f.number(1) // kinds of indexes
		f.bytes = binary.BigEndian.AppendUint16(f.bytes, zap.SectionInvertedTextIndex)
		f.fixed(f.sections[i])
	}
	f.fieldsIndex = f.at()
	f.number(uint64(len(f.fields)))
	for _, at := range places {
		f.fixed(at)
	}
}
