package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"oped/corpus"
	"oped/search"
	"oped/search/query"
	"oped/web/cite"
)

// articlePage is one article, marked with what the search that led here found in it.
type articlePage struct {
	frame
	Article              *corpus.Article
	Permalink            string // absolute
	Headline, Standfirst []piece
	Authors              []bylineView
	Blocks               []blockGroup
	Note                 []piece
	Corrections          [][]piece
	Matches              int
	// Terms are the marked wordings, where there are several.
	Terms []termView
	// Place is where the article stands in the results that led here; nil on a bare permalink.
	Place          *place
	Publication    nameLink
	Original, Host string // Original is http or https, else ""
	Words          int
	Versions       []versionLink
	// Copies are those of the same text in all places; empty where there is no other.
	Copies copiesView
	Cites  []alternate
	// Citation is the line to cite the article by.
	Citation string
	Creators []string // "Last, First", for reference managers
}

// bylineView is one author's name, marked, with the page about them.
type bylineView struct {
	Pieces []piece
	URL    string
}

func (s *server) article(w http.ResponseWriter, r *http.Request) error {
	params := parseParams(r.URL.RawQuery)
	req, err := ParseRequest(params)
	if err != nil {
		return err
	}
	a, err := s.stored(r, params)
	if err != nil {
		return err
	}
	marked, err := s.mark(r.Context(), a, req)
	if err != nil {
		return err
	}
	p := paramReader{values: params}
	off, terms := p.all("unmark"), termsOf(marked)
	if p.err != nil {
		return p.err
	}
	unmark(marked, off)
	page := s.articlePage(r, req, marked)
	linkTerms(terms, a.ID, req, p.number("version", 1, maxVersion), off)
	page.Terms = terms
	if Encode(req) != "" || params.Has("page") {
		if page.Place, err = s.place(r.Context(), req, a.ID); err != nil {
			return err
		}
	}
	if page.Versions, err = s.versions(r.Context(), a, req); err != nil {
		return err
	}
	if page.Copies, err = s.copies(r.Context(), a, req); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "article", page)
}

// stored reads the article that a route names, in the version that the parameters ask for.
func (s *server) stored(r *http.Request, params url.Values) (*corpus.Article, error) {
	p := paramReader{values: params}
	version := p.number("version", 1, maxVersion)
	if p.err != nil {
		return nil, p.err
	}
	return s.version(r.Context(), corpus.ID(r.PathValue("id")), version)
}

// mark marks an article. Without a query, or with one that can not be read, the article is shown as it is: a permalink
// works whatever stands behind it.
func (s *server) mark(ctx context.Context, a *corpus.Article, req search.Request) (*search.Marked, error) {
	if strings.TrimSpace(req.Query) == "" && len(req.Within) == 0 {
		return plainMarked(a), nil
	}
	marked, err := s.Searcher.Mark(ctx, a, req)
	var (
		syntax *query.SyntaxError
		budget *search.BudgetError
	)
	if errors.As(err, &syntax) || errors.As(err, &budget) {
		return plainMarked(a), nil
	}
	return marked, err
}

// plainMarked is an article with nothing marked.
func plainMarked(a *corpus.Article) *search.Marked {
	m := &search.Marked{
		Article: a, Headline: plainSpans(a.Headline), Standfirst: plainSpans(a.Standfirst), AuthorNote: plainSpans(a.AuthorNote),
	}
	for _, author := range a.Authors {
		m.Bylines = append(m.Bylines, plainSpans(author.Name))
	}
	for _, block := range a.Body {
		m.Blocks = append(m.Blocks, plainSpans(block.Text))
	}
	for _, correction := range a.Corrections {
		m.Corrections = append(m.Corrections, plainSpans(correction))
	}
	return m
}

func plainSpans(text string) []search.Span {
	if text == "" {
		return nil
	}
	return []search.Span{{Text: text}}
}

func (s *server) articlePage(r *http.Request, req search.Request, m *search.Marked) *articlePage {
	a, n := m.Article, newNumbering(m)
	page := &articlePage{
		frame:       s.frame(titleOf(a), req),
		Article:     a,
		Permalink:   s.base(r) + permalink(a.ID),
		Matches:     n.total,
		Headline:    n.pieces(m.Headline),
		Standfirst:  n.pieces(m.Standfirst),
		Authors:     n.bylines(m),
		Blocks:      n.blocks(m),
		Note:        n.pieces(m.AuthorNote),
		Corrections: n.all(m.Corrections),
		Original:    outside(a.URL),
		Host:        hostOf(a.URL),
		Words:       len(strings.Fields(a.Text())),
		Cites:       citeLinks(a.ID),
		Citation:    cite.Text(a, s.base(r)+permalink(a.ID)),
		Creators:    cite.Creators(a),
	}
	if a.Publication != "" {
		page.Publication = nameOf(search.FacetPublication, "/publication/", a.Publication)
	}
	return page
}

func titleOf(a *corpus.Article) string {
	if a.Headline == "" {
		return "Untitled"
	}
	return a.Headline
}

func authorLink(name string) nameLink {
	return nameOf(search.FacetAuthor, "/author/", name)
}

// nameOf links a name to its page; a name without letters, which has none, to the equal search.
func nameOf(field search.FacetField, path, name string) nameLink {
	if slug := corpus.Slug(name); slug != "" {
		return nameLink{name, path + slug}
	}
	return nameLink{name, searchURL(include(search.Request{}, field, name))}
}

// lookup leads from any address an article was seen under to its permalink: /article?url=...
func (s *server) lookup(w http.ResponseWriter, r *http.Request) error {
	raw := parseParams(r.URL.RawQuery).Get("url")
	if raw == "" {
		return &ParamError{Param: "url", Value: raw, Problem: "is missing; give the address of an article"}
	}
	id, err := s.Archive.Lookup(r.Context(), raw)
	if err != nil {
		return err
	}
	http.Redirect(w, r, permalink(id), http.StatusFound)
	return nil
}
