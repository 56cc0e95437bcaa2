package corpus

import (
	"encoding/binary"
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// The plain form of an article is its parts one after the other, in the order of codeArticle: a text as its length and
// its bytes, a list as its length and its elements, numbers as varints. What the tables of the archive know anyway (ID,
// URL, aliases, version, sequence) is not in it. To read it is to cut one string, ten times as fast as JSON.
//
// Nothing in it says what is what. Whoever adds a part gives the form another first byte (see plainArticle).

// appendArticle appends the plain form of an article.
func appendArticle(buf []byte, a *Article) []byte {
	w := plainWriter{buf}
	codeArticle(&w, a)
	return w.buf
}

var errPlain = errors.New("its parts do not fit together")

// readArticle reads the plain form of an article. The article's texts are parts of raw.
func readArticle(raw string, a *Article) error {
	r := plainReader{rest: raw}
	codeArticle(&r, a)
	if r.failed || r.rest != "" {
		return errPlain
	}
	return nil
}

// coder writes values, or reads them into their place.
type coder interface {
	text(*string)
	number(*int)
	truth(*bool)
	moment(*time.Time)
	// length is that of a list: its own when writing, what was written when reading.
	length(int) int
}

// codeArticle passes all parts of an article that belong to one version.
func codeArticle(c coder, a *Article) {
	for _, s := range []*string{&a.Publication, &a.Headline, &a.Kicker, &a.Standfirst, &a.AuthorNote, &a.Section,
		(*string)(&a.Type), &a.TypeReason, &a.Language, (*string)(&a.Access), &a.PageHash} {
		c.text(s)
	}
	codeDate(c, &a.Published)
	codeDate(c, &a.Modified)
	c.moment(&a.Captured)
	codeList(c, &a.Authors, func(author *Author) {
		c.text(&author.Name)
		c.text(&author.Title)
		c.text(&author.URL)
	})
	codeList(c, &a.Tags, c.text)
	codeList(c, &a.Corrections, c.text)
	codeList(c, &a.Body, func(b *Block) {
		c.text((*string)(&b.Kind))
		c.number(&b.Level)
		c.text(&b.Text)
	})
	codeList(c, &a.Quality.Flags, c.text)
	c.truth(&a.Quality.Rejected)
	c.text(&a.Quality.Reason)
}

func codeDate(c coder, d *Date) {
	c.moment(&d.Time)
	c.truth(&d.HasClock)
	c.text(&d.Source)
}

func codeList[T any](c coder, list *[]T, code func(*T)) {
	n := c.length(len(*list))
	if n > len(*list) {
		*list = make([]T, n)
	}
	for i := range *list {
		code(&(*list)[i])
	}
}

type plainWriter struct{ buf []byte }

// text writes valid UTF-8, whatever it is given: a page or an index could not show the rest.
func (w *plainWriter) text(s *string) {
	valid := *s
	if !utf8.ValidString(valid) {
		valid = strings.ToValidUTF8(valid, "\uFFFD")
	}
	w.buf = binary.AppendUvarint(w.buf, uint64(len(valid)))
	w.buf = append(w.buf, valid...)
}

func (w *plainWriter) number(n *int) { w.buf = binary.AppendVarint(w.buf, int64(*n)) }

func (w *plainWriter) truth(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	w.number(&n)
}

// moment writes whether there is one, its second, the nanoseconds in it, and how far east the clock was.
func (w *plainWriter) moment(t *time.Time) {
	set := !t.IsZero()
	w.truth(&set)
	if !set {
		return
	}
	_, east := t.Zone()
	w.buf = binary.AppendVarint(w.buf, t.Unix())
	w.buf = binary.AppendVarint(w.buf, int64(t.Nanosecond()))
	w.buf = binary.AppendVarint(w.buf, int64(east))
}

func (w *plainWriter) length(n int) int {
	w.buf = binary.AppendUvarint(w.buf, uint64(n))
	return n
}

// plainReader cuts values off the front of rest. After the first failure it reads zeros.
type plainReader struct {
	rest   string
	failed bool
}

func (r *plainReader) fail() {
	r.rest, r.failed = "", true
}

// unsigned reads a varint.
func (r *plainReader) unsigned() uint64 {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.fail()
	return 0
}

func (r *plainReader) signed() int64 {
	n := r.unsigned()
	return int64(n>>1) ^ -int64(n&1)
}

// length never is more than there are bytes left, of which every element has one at least.
func (r *plainReader) length(int) int {
	n := r.unsigned()
	if n > uint64(len(r.rest)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *plainReader) text(s *string) {
	n := r.length(0)
	*s, r.rest = r.rest[:n], r.rest[n:]
}

func (r *plainReader) number(n *int) { *n = int(r.signed()) }

func (r *plainReader) truth(b *bool) { *b = r.signed() == 1 }

const secondsPerDay = 24 * 60 * 60

// moment reads a time that can be written: of the years that have four digits, and less than a day east or west.
func (r *plainReader) moment(t *time.Time) {
	var set bool
	if r.truth(&set); !set {
		return
	}
	second, nano, east := r.signed(), r.signed(), r.signed()
	if nano < 0 || nano >= int64(time.Second) || east <= -secondsPerDay || east >= secondsPerDay {
		r.fail()
		return
	}
	at := time.Unix(second, nano).UTC()
	if east != 0 {
		at = at.In(time.FixedZone("", int(east)))
	}
	if year := at.Year(); year < 0 || year > 9999 {
		r.fail()
		return
	}
	*t = at
}
