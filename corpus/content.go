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
	d := digest{sha256.New()}
	d.content(a)
	return d.h.Sum(nil)
}

// fullDigest is equal for two articles of which the same was extracted, whatever the time and the address.
func fullDigest(a *Article) []byte {
	d := digest{sha256.New()}
	d.content(a)
	d.date(a.Modified)
	d.texts(a.Published.Source, a.Modified.Source, a.TypeReason, a.Quality.Reason)
	d.list(a.Quality.Flags)
	for _, author := range a.Authors {
		d.texts(author.URL)
	}
	return d.h.Sum(nil)
}

// digest writes every value with its length, so that no two lists of values run together into the same bytes.
type digest struct{ h hash.Hash }

func (d digest) content(a *Article) {
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

func (d digest) list(texts []string) {
	d.length(len(texts))
	d.texts(texts...)
}

func (d digest) texts(texts ...string) {
	for _, text := range texts {
		folded := foldSpace(text)
		d.length(len(folded))
		d.h.Write([]byte(folded))
	}
}

func (d digest) date(t Date) {
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

func (d digest) length(n int) {
	d.h.Write(binary.AppendUvarint(nil, uint64(n)))
}

// foldSpace makes every run of white space one space and drops it at both ends.
func foldSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

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
