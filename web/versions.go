package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"oped/corpus"
	"oped/corpus/diff"
	"oped/search"
)

// versionLink is one kept version of the article.
type versionLink struct {
	Number   int
	Time     time.Time
	Captured string
	Source   string // what it was read from
	URL      string
	Changes  string // the way to what changed since the version before; empty for the first
	Current  bool
}

// versions lists the versions kept of an article that has more than one.
func (s *server) versions(ctx context.Context, a *corpus.Article, req search.Request) ([]versionLink, error) {
	kept, err := s.Archive.Versions(ctx, a.ID)
	if err != nil || len(kept) < 2 {
		return nil, err
	}
	var links []versionLink
	for i, v := range kept {
		link := versionLink{
			Number: v.Version, Time: v.Captured, Captured: longTime(v.Captured), Source: versionSource(kept, i),
			URL: articleURL(a.ID, req) + "&version=" + strconv.Itoa(v.Version), Current: v.Version == a.Version,
		}
		if i > 0 {
			link.Changes = changesURL(a.ID, kept[i-1].Version, v.Version)
		}
		links = append(links, link)
	}
	return links, nil
}

// versionSource says what a version was read from.
func versionSource(kept []corpus.Article, i int) string {
	switch hash := kept[i].PageHash; {
	case hash == "":
		return "given without a page"
	case i > 0 && hash == kept[i-1].PageHash:
		return "the same page, read again"
	case i > 0:
		return "the page had changed"
	default:
		return "the page as first seen"
	}
}

func changesURL(id corpus.ID, from, to int) string {
	return permalink(id) + "/changes?from=" + strconv.Itoa(from) + "&to=" + strconv.Itoa(to)
}

// changesPage compares two versions of an article.
type changesPage struct {
	frame
	Article  *corpus.Article // the newer version
	From, To int
	Versions []versionLink
	Fields   []fieldChange
	Body     []diff.Block
	// Summary counts the words that changed; it is empty where none did.
	Summary string
	Back    string
}

// fieldChange is a changed part of the head.
type fieldChange struct {
	Label  string
	Pieces []diff.Piece
}

// fieldLabels name the parts of the head on the page.
var fieldLabels = map[string]string{
	"kicker": "Kicker", "headline": "Headline", "standfirst": "Standfirst", "author": "Byline", "published": "Published",
	"section": "Section", "type": "Type", "tags": "Tags", "access": "Access", "author_note": "Author’s note", "correction": "Corrections",
}

func (s *server) changes(w http.ResponseWriter, r *http.Request) error {
	older, newer, err := s.pair(r)
	if err != nil {
		return err
	}
	c := diff.Articles(older, newer)
	page := &changesPage{
		frame:   s.frame("What changed in “"+titleOf(newer)+"”", search.Request{}),
		Article: newer, From: older.Version, To: newer.Version, Body: c.Body, Back: permalink(newer.ID),
	}
	if c.Inserted+c.Deleted > 0 {
		page.Summary = plural(c.Deleted, "word", "words") + " taken out of the text, " + count(c.Inserted) + " put in"
	}
	for _, f := range c.Fields {
		page.Fields = append(page.Fields, fieldChange{fieldLabels[f.Name], f.Pieces})
	}
	if page.Versions, err = s.versions(r.Context(), newer, search.Request{}); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "changes", page)
}

// pair reads the two versions that an address names: by default the newest and the one before.
func (s *server) pair(r *http.Request) (older, newer *corpus.Article, err error) {
	id := corpus.ID(r.PathValue("id"))
	p := paramReader{values: parseParams(r.URL.RawQuery)}
	from, to := p.number("from", 1, maxVersion), p.number("to", 1, maxVersion)
	if p.err != nil {
		return nil, nil, p.err
	}
	if newer, err = s.version(r.Context(), id, to); err != nil {
		return nil, nil, err
	}
	if from == 0 {
		from = max(newer.Version-1, 1)
	}
	older, err = s.version(r.Context(), id, from)
	return older, newer, err
}

// version reads one version of an article, or, where the number is 0, the newest.
func (s *server) version(ctx context.Context, id corpus.ID, number int) (*corpus.Article, error) {
	if number > 0 {
		return s.Archive.Version(ctx, id, number)
	}
	return s.Archive.Article(ctx, id)
}

// maxVersion is above the number of any version.
const maxVersion = 1 << 30

// apiVersion is one version of an article, without its text.
type apiVersion struct {
	Version  int    `json:"version"`
	Captured string `json:"captured,omitempty"`
	Headline string `json:"headline"`
	PageHash string `json:"page_hash,omitempty"`
	Source   string `json:"source"`
}

func (s *server) apiVersions(w http.ResponseWriter, r *http.Request) error {
	kept, err := s.Archive.Versions(r.Context(), corpus.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	out := make([]apiVersion, len(kept))
	for i, v := range kept {
		out[i] = apiVersion{v.Version, apiTime(v.Captured), v.Headline, v.PageHash, versionSource(kept, i)}
	}
	return writeJSON(w, r, map[string][]apiVersion{"versions": out})
}

// apiDifference is what changed between two versions.
type apiDifference struct {
	ID       corpus.ID          `json:"id"`
	From     int                `json:"from"`
	To       int                `json:"to"`
	Inserted int                `json:"words_inserted"`
	Deleted  int                `json:"words_deleted"`
	Fields   []apiChangedField  `json:"fields"`
	Body     []apiComparedBlock `json:"body"`
}

type apiChangedField struct {
	Field  string     `json:"field"`
	Pieces []apiPiece `json:"pieces"`
}

type apiComparedBlock struct {
	Kind   corpus.BlockKind `json:"kind"`
	Level  int              `json:"level,omitempty"`
	Pieces []apiPiece       `json:"pieces"`
}

// apiPiece is a stretch of text that is equal, or was deleted or inserted.
type apiPiece struct {
	Op   string `json:"op"`
	Text string `json:"text"`
}

func (s *server) apiChanges(w http.ResponseWriter, r *http.Request) error {
	older, newer, err := s.pair(r)
	if err != nil {
		return err
	}
	c := diff.Articles(older, newer)
	out := apiDifference{ID: newer.ID, From: older.Version, To: newer.Version, Inserted: c.Inserted, Deleted: c.Deleted,
		Fields: []apiChangedField{}, Body: []apiComparedBlock{}}
	for _, f := range c.Fields {
		out.Fields = append(out.Fields, apiChangedField{f.Name, apiPieces(f.Pieces)})
	}
	for _, b := range c.Body {
		out.Body = append(out.Body, apiComparedBlock{b.Kind, b.Level, apiPieces(b.Pieces)})
	}
	return writeJSON(w, r, out)
}

func apiPieces(pieces []diff.Piece) []apiPiece {
	out := make([]apiPiece, len(pieces))
	for i, p := range pieces {
		out[i] = apiPiece{p.Op.String(), p.Text}
	}
	return out
}
