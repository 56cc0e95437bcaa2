package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Article returns the newest version of an article. It returns ErrNotFound for an unknown ID and ErrRemoved for an
// article that was taken down.
func (s *Store) Article(ctx context.Context, id ID) (*Article, error) {
	return s.article(ctx, id, sqlNewest, id)
}

// Version returns one version of an article, with the errors of Article. Versions never change. URL, Aliases
// and Group are those known today.
func (s *Store) Version(ctx context.Context, id ID, version int) (*Article, error) {
	return s.article(ctx, id, sqlVersion, id, version)
}

func (s *Store) article(ctx context.Context, id ID, query string, args ...any) (*Article, error) {
	var r storedArticle
	err := s.queryRow(ctx, query, args, r.fields()...)
	if errors.Is(err, ErrNotFound) {
		err = s.absence(ctx, id)
	}
	var a *Article
	if err == nil {
		a, err = r.decode(s.codec)
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: article %q: %w", id, err)
	}
	return a, nil
}

// VersionID names one version of one article.
type VersionID struct {
	ID      ID
	Version int
}

// Articles returns versions of articles as Version does, all in one reading: in the order asked for, nil for those that
// are not there.
func (s *Store) Articles(ctx context.Context, ids []VersionID) ([]*Article, error) {
	wanted := make([][2]any, len(ids))
	for i, v := range ids {
		wanted[i] = [2]any{v.ID, v.Version}
	}
	list, err := json.Marshal(wanted)
	if err != nil {
		return nil, fmt.Errorf("corpus: articles: %w", err)
	}
	articles := make([]*Article, len(ids))
	_, err = collect(ctx, s, sqlVersions, []any{string(list)}, func(rows *sql.Rows) (n int, err error) {
		var r storedArticle
		var data sql.RawBytes // unpacked before the next row takes its place
		if err = rows.Scan(&r.id, &r.url, &r.version, &r.seq, &data, &r.aliases, &r.copies, &n); err == nil {
			r.data = data
			articles[n], err = r.decode(s.codec)
		}
		return n, err
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: articles: %w", err)
	}
	return articles, nil
}

// absence says why there is nothing under id.
func (s *Store) absence(ctx context.Context, id ID) error {
	var removed bool
	err := s.queryRow(ctx, `SELECT removed FROM articles WHERE id = ?`, []any{id}, &removed)
	switch {
	case err != nil:
		return err
	case removed:
		return ErrRemoved
	}
	return ErrNotFound
}

// Versions returns all versions of an article, oldest first, without their bodies, with the errors of Article. Two
// that share a PageHash are two readings of the same page.
func (s *Store) Versions(ctx context.Context, id ID) ([]Article, error) {
	list, err := collect(ctx, s, sqlAllVersions, []any{id}, func(rows *sql.Rows) (Article, error) {
		var r storedArticle
		if err := rows.Scan(r.fields()...); err != nil {
			return Article{}, err
		}
		a, err := r.decode(s.codec)
		if err != nil {
			return Article{}, err
		}
		a.Body = nil
		return *a, nil
	})
	if err == nil && len(list) == 0 {
		err = s.absence(ctx, id)
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: versions of %q: %w", id, err)
	}
	return list, nil
}

// storedArticle is an article as the database gives it.
type storedArticle struct {
	id      ID
	url     string
	version int
	seq     uint64
	data    []byte
	aliases string
	copies  int64
}

func (r *storedArticle) fields() []any {
	return []any{&r.id, &r.url, &r.version, &r.seq, &r.data, &r.aliases, &r.copies}
}

func (r *storedArticle) decode(c *codec) (*Article, error) {
	a, err := c.unpackArticle(r.data)
	if err != nil {
		return nil, err
	}
	a.ID, a.URL, a.Version, a.Seq, a.Aliases = r.id, r.url, r.version, r.seq, splitAliases(r.aliases)
	a.Group = r.copies
	return a, nil
}

// Lookup returns the ID of the article at an address: its canonical one or any it was seen under, with or without
// tracking parameters. It returns ErrNotFound where there is none, which is so for anything that is no address.
func (s *Store) Lookup(ctx context.Context, url string) (ID, error) {
	key, err := identityOf(url)
	if err != nil {
		return "", fmt.Errorf("corpus: look up %q: %w: %w", url, ErrNotFound, err)
	}
	var id ID
	err = s.queryRow(ctx, `SELECT id FROM articles WHERE key = (SELECT article FROM addresses WHERE identity = ?)`,
		[]any{key}, &id)
	if err != nil {
		return "", fmt.Errorf("corpus: look up %q: %w", url, err)
	}
	return id, nil
}

// Page returns the page of the given hash as it was last received, ready to be extracted again, or ErrNotFound.
func (s *Store) Page(ctx context.Context, hash string) (*Page, error) {
	p, err := s.page(ctx, sqlPage, hash)
	if err != nil {
		return nil, fmt.Errorf("corpus: page %q: %w", hash, err)
	}
	return p, nil
}

// PageOf returns the page that one version of an article was read from, with the address it was received at. It
// returns ErrNotFound also for a version that came without a page.
func (s *Store) PageOf(ctx context.Context, id ID, version int) (*Page, error) {
	p, err := s.page(ctx, sqlPageOf, id, version)
	if err != nil {
		return nil, fmt.Errorf("corpus: page of %q version %d: %w", id, version, err)
	}
	return p, nil
}

func (s *Store) page(ctx context.Context, query string, args ...any) (*Page, error) {
	var meta, body []byte
	if err := s.queryRow(ctx, query, args, &meta, &body); err != nil {
		return nil, err
	}
	return s.codec.unpackPage(meta, body)
}

// pageMeta is a Page without its body, as it is stored.
type pageMeta struct {
	URL         string      `json:"url,omitempty"`
	FinalURL    string      `json:"final_url,omitempty"`
	Via         []string    `json:"via,omitempty"`
	Origin      string      `json:"origin,omitempty"`
	Publication string      `json:"publication,omitempty"`
	Status      int         `json:"status,omitempty"`
	Header      http.Header `json:"header,omitempty"`
	MediaType   string      `json:"media_type,omitempty"`
	Charset     string      `json:"charset,omitempty"`
	Fetched     time.Time   `json:"fetched,omitzero"`
}

func newPageMeta(p *Page) pageMeta {
	return pageMeta{p.URL, p.FinalURL, p.Via, p.Origin, p.Publication, p.Status, p.Header, p.MediaType, p.Charset, p.Fetched.UTC()}
}

func (c *codec) unpackPage(meta, body []byte) (*Page, error) {
	var m pageMeta
	if err := json.Unmarshal(meta, &m); err != nil {
		return nil, fmt.Errorf("stored page is damaged: %w", err)
	}
	raw, err := c.unpack(body)
	if err != nil {
		return nil, fmt.Errorf("stored page is damaged: %w", err)
	}
	return &Page{m.URL, m.FinalURL, m.Via, m.Origin, m.Publication, m.Status, m.Header, m.MediaType, m.Charset, raw, m.Fetched}, nil
}
