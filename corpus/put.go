package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"
)

// maxAliases bounds the addresses that are listed with an article. Sites that put a visitor's number in every link
// would give thousands; further ones still lead to the article but are not listed.
const maxAliases = 64

// articleRow is an article's line in the database.
type articleRow struct {
	key               int64
	id                ID
	url               string
	version           int
	seq               uint64
	content, full     []byte
	pageHash          string
	rejected, removed bool
	seen              int64
	copies            int64 // its group, 0 for none
}

// ErrUnusable says that an article or page cannot be kept as it is: its address is none, or it is too large. Nothing
// was written, and the transaction may go on.
var ErrUnusable = errors.New("cannot be kept")

// Put keeps an article and the page it was read from, which may be nil. It finds out whether the article is known:
// by its URL, by the addresses of the page and by a's aliases, through identities that make http and https, www and
// none the same; without any address, by the page's bytes and by what the article says. A known article keeps its ID
// and its URL for ever. Put sets a's ID, URL, Aliases, Group, Version and Seq to what the Store holds
// once the transaction ends well.
//
// A text that is new or has changed is compared with those that are kept, and joins the group of its copies (see copies.go).
// Each other article that comes into another group by this takes a new sequence number, but gets no new version.
//
// Nothing is written for Unchanged but addresses not seen before (which take a new sequence number, as they can be
// searched) and the time. Unchanged are also: a removed article, which stays removed; a page that is no article
// (Quality.Rejected) and would take the place of one that is, unless it is the same page; a file (a page that did not
// come over HTTP) that an earlier version was read from; and a page that came over HTTP before the article was last
// received, as web archives hold them: it is kept, but is not what the publication says now. What cannot be kept at all
// gives ErrUnusable.
func (tx *Tx) Put(p *Page, a *Article) (Outcome, error) {
	in, err := newIncoming(p, a)
	if err != nil {
		return 0, fmt.Errorf("corpus: put %q: %w: %w", a.URL, ErrUnusable, err)
	}
	row, err := tx.find(in)
	outcome := Unchanged
	switch {
	case errors.Is(err, ErrNotFound):
		outcome, row = New, &articleRow{id: in.newID, url: a.URL}
		err = tx.add(in, row)
	case err != nil:
	case row.removed || in.spoils(row):
		err = tx.touch(row, a.Captured)
	case in.same(row):
		err = tx.meet(in, row)
	case in.older(row):
		err = tx.keepOlder(in, row)
	default:
		outcome, err = tx.revise(in, row)
	}
	if err == nil {
		err = tx.describe(a, row)
	}
	if err != nil {
		return 0, fmt.Errorf("corpus: put %q: %w", a.URL, err)
	}
	return outcome, nil
}

// incoming is an article on its way into the Store, with what identifies it.
type incoming struct {
	page          *Page
	article       *Article
	hash          string
	content, full []byte
	strong        []string // identities in the order in which they are trusted
	seenAs        []string // addresses as written, without the canonical one
	newID         ID
}

func newIncoming(p *Page, a *Article) (*incoming, error) {
	in := &incoming{page: p, article: a}
	if p != nil {
		if len(p.Body) > maxPageBytes {
			return nil, fmt.Errorf("the page has %d bytes, the limit is %d", len(p.Body), maxPageBytes)
		}
		in.hash = p.Hash()
		if a.Captured.IsZero() {
			a.Captured = p.Fetched
		}
	}
	a.Captured = a.Captured.UTC()
	storable(a)
	if a.URL != "" {
		canonical, err := CanonicalURL(a.URL)
		if err != nil {
			return nil, err
		}
		in.see(a.URL)
		a.URL = canonical
		in.strong = append(in.strong, identity(canonical))
	}
	in.addresses()
	in.content = contentDigest(a)
	in.full = fullDigest(a, in.content)
	return in, nil
}

// addresses collects where the article was seen. A home page identifies nothing: broken sites call it the canonical
// address of every article, and dead articles lead to it. The addresses passed through on the way are listed but do
// not identify either: a consent page stands between the reader and every article.
func (in *incoming) addresses() {
	var places []string
	if in.page != nil {
		places = append(places, in.page.URL, in.page.FinalURL)
	}
	places = append(places, in.article.Aliases...)
	for i, place := range places {
		if place == in.article.URL || slices.Contains(places[:i], place) {
			continue // reading an address costs more than comparing a few
		}
		key, err := identityOf(place)
		if err != nil || home(key) {
			continue
		}
		if !slices.Contains(in.strong, key) {
			in.strong = append(in.strong, key)
		}
		in.see(place)
	}
	if in.page != nil {
		for _, place := range in.page.Via {
			in.see(place)
		}
	}
}

func (in *incoming) see(raw string) {
	if written, err := writtenURL(raw); err == nil && len(in.seenAs) < maxAliases && !slices.Contains(in.seenAs, written) {
		in.seenAs = append(in.seenAs, written)
	}
}

// same reports whether nothing that counts has changed; see content.go.
func (in *incoming) same(row *articleRow) bool {
	if in.hash == row.pageHash {
		return bytes.Equal(in.full, row.full)
	}
	return bytes.Equal(in.content, row.content)
}

// spoils reports whether a page that is no article would take the place of one that is.
func (in *incoming) spoils(row *articleRow) bool {
	return in.article.Quality.Rejected && !row.rejected && in.hash != row.pageHash
}

// older reports whether a page was received before what the archive has. One that is an article takes the place of one
// that is none all the same.
func (in *incoming) older(row *articleRow) bool {
	at := millis(in.article.Captured)
	return in.page != nil && in.page.Status != 0 && in.hash != row.pageHash && at != 0 && at < row.seen &&
		(in.article.Quality.Rejected || !row.rejected)
}

// find returns the known article that in is about, or ErrNotFound after setting the ID that it is to have.
func (tx *Tx) find(in *incoming) (*articleRow, error) {
	for _, key := range in.strong {
		row, err := tx.row(sqlRowByIdentity, key)
		if !errors.Is(err, ErrNotFound) {
			return row, err
		}
	}
	if in.article.URL != "" {
		in.newID = IDFromURL(in.article.URL)
		return tx.row(sqlRowByID, in.newID)
	}
	if in.hash != "" && in.page.Location() == "" {
		row, err := tx.row(sqlRowByPage, in.hash)
		if !errors.Is(err, ErrNotFound) {
			return row, err
		}
	}
	return tx.findByContent(in)
}

// findByContent finds an article without an address by what it says. The same words on another day or in another
// publication are another article: a syndicated copy.
func (tx *Tx) findByContent(in *incoming) (*articleRow, error) {
	a := in.article
	in.newID = IDFromContent(a.Headline, a.Text())
	row, err := tx.row(sqlRowByID, in.newID)
	if err != nil || row.removed {
		return row, err
	}
	known, err := tx.stored(row.key, row.version)
	if err != nil {
		return nil, err
	}
	if known.Publication == a.Publication && known.Published.Day() == a.Published.Day() {
		return row, nil
	}
	in.newID = newID("copy", string(in.newID), a.Publication, a.Published.Day())
	return tx.row(sqlRowByID, in.newID)
}

// row reads the article that the query finds.
func (tx *Tx) row(query string, arg any) (*articleRow, error) {
	r := new(articleRow)
	err := tx.queryRow(query, []any{arg}, &r.key, &r.id, &r.url, &r.version, &r.seq, &r.content, &r.full,
		&r.pageHash, &r.rejected, &r.removed, &r.seen, &r.copies)
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (tx *Tx) stored(key int64, version int) (*Article, error) {
	var data []byte
	if err := tx.queryRow(sqlVersionData, []any{key, version}, &data); err != nil {
		return nil, err
	}
	return tx.s.codec.unpackArticle(data)
}

// millis is t as the database keeps it.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// fromMillis is the inverse of millis, in UTC.
func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
