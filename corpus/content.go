package corpus

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What makes a new version
//
// An article's content is what a reader of the publication sees: publication, headline, kicker, standfirst, authors
// with titles, author's note, publication date, section, tags as a set, type, language, access, corrections, body
// (kinds, levels and texts of its blocks) and whether it is an article at all. White space does not count, nor does
// how a text was divided by it.
//
// Not content: when and where it was captured, its addresses, the modification date (many systems set it to "now" at
// each request), where a date was read, links to authors' pages, why a type or a quality was chosen. These count only
// where the same page was read again, that is, by another rule: then whatever differs makes a new version, so that a
// better extraction is kept and an old one can still be cited.

// contentDigest is equal for two articles of the same content.
func contentDigest(a *Article) []byte {
	d := digest{h: sha256.New()}
	d.content(a)
	return d.sum()
}

// fullDigest is equal for two articles of which the same was extracted, whatever the time and the address. content is
// the digest of that.
func fullDigest(a *Article, content []byte) []byte {
	d := digest{h: sha256.New()}
	d.buf = append(d.buf, content...)
	d.date(a.Modified)
	d.texts(a.Published.Source, a.Modified.Source, a.TypeReason, a.Quality.Reason)
	d.list(a.Quality.Flags)
	for _, author := range a.Authors {
		d.texts(author.URL)
	}
	return d.sum()
}

// digest writes every value with a sign after it that no folded text holds, and every list with its length, so that no
// two lists of values run together into the same bytes.
type digest struct {
	h   hash.Hash
	buf []byte
}

func (d *digest) sum() []byte {
	d.h.Write(d.buf)
	return d.h.Sum(nil)
}

func (d *digest) content(a *Article) {
	d.texts(a.Publication, a.Headline, a.Kicker, a.Standfirst, a.AuthorNote, a.Section,
		string(a.Type), a.Language, string(a.Access), strconv.FormatBool(a.Quality.Rejected))
	d.date(a.Published)
	d.length(len(a.Authors))
	for _, author := range a.Authors {
		d.texts(author.Name, author.Title)
	}
	d.list(slices.Sorted(slices.Values(a.Tags)))
	d.list(a.Corrections)
	d.length(len(a.Body))
	for _, block := range a.Body {
		d.texts(string(block.Kind), strconv.Itoa(block.Level), block.Text)
	}
}

func (d *digest) list(texts []string) {
	d.length(len(texts))
	d.texts(texts...)
}

func (d *digest) texts(texts ...string) {
	for _, text := range texts {
		d.buf = append(appendFolded(d.buf, text), '\n')
		if len(d.buf) > 4096 {
			d.h.Write(d.buf)
			d.buf = d.buf[:0]
		}
	}
}

func (d *digest) date(t Date) {
	if t.IsZero() {
		d.texts("")
		return
	}
	if !t.HasClock {
		d.texts(t.Day())
		return
	}
	d.texts(t.Time.UTC().Format(time.RFC3339))
}

func (d *digest) length(n int) {
	d.buf = binary.AppendUvarint(d.buf, uint64(n))
}

// appendFolded appends s with every run of white space as one space, and none at either end.
func appendFolded(buf []byte, s string) []byte {
	start := len(buf)
	for field := range strings.FieldsSeq(s) {
		if len(buf) > start {
			buf = append(buf, ' ')
		}
		buf = append(buf, field...)
	}
	return buf
}

// storable makes an article's times writable: JSON has no years above 9999 and no offsets of a day, and what came
// from outside may have both. Such a date is not known, rather than an error.
func storable(a *Article) {
	for _, date := range []*Date{&a.Published, &a.Modified} {
		if _, err := date.Time.MarshalJSON(); err != nil {
			*date = Date{}
		}
	}
	if _, err := a.Captured.MarshalJSON(); err != nil {
		a.Captured = time.Time{}
	}
}
