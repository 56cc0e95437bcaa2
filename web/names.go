package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"oped/corpus"
	"oped/search"
)

// author shows everything by one author: the results of the equal search, with what is known of the name.
func (s *server) author(w http.ResponseWriter, r *http.Request) error {
	return s.named(w, r, search.FacetAuthor)
}

// publication shows everything of one publication.
func (s *server) publication(w http.ResponseWriter, r *http.Request) error {
	return s.named(w, r, search.FacetPublication)
}

func (s *server) named(w http.ResponseWriter, r *http.Request, field search.FacetField) error {
	req, err := ParseRequest(parseParams(r.URL.RawQuery))
	if err != nil {
		return err
	}
	names, err := s.names(r.Context(), field, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return corpus.ErrNotFound
	}
	req = withFilter(req, field, func(f *search.Filter) { f.Include = names })
	if req.Sort == "" {
		req.Sort = search.SortNewest
	}
	page, err := s.resultsPage(r, req)
	if err != nil {
		return err
	}
	page.Heading, page.Title = names[0], names[0]+": "+plural(page.Total, "article", "articles")
	page.Lead = lead(page, names, field)
	if field == search.FacetAuthor {
		if err := s.aboutAuthor(r.Context(), page, req, names); err != nil {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, "results", page)
}

// aboutAuthor adds what is known of an author besides the articles on the page. The notes are those of the newest hundred,
// or the first hundred in another order.
func (s *server) aboutAuthor(ctx context.Context, page *resultsPage, req search.Request, names []string) error {
	notes := firstPage(req)
	notes.Limit = search.MaxLimit
	res, err := s.listing(ctx, notes)
	if err != nil {
		return err
	}
	page.Notes = authorNotes(res.Hits)
	if page.Outlets, err = s.outlets(ctx, req); err != nil {
		return err
	}
	page.Forms, err = s.forms(ctx, names)
	return err
}

// names finds the values of a facet that a slug stands for, the commonest first: "Jane Doe" and "JANE DOE" share one.
func (s *server) names(ctx context.Context, field search.FacetField, slug string) ([]string, error) {
	parts := strings.Split(slug, "-")
	longest := slices.MaxFunc(parts, func(a, b string) int { return len(a) - len(b) })
	// A slug drops apostrophes, so its longest word may begin no word of the name; then look through all.
	for _, prefix := range []string{longest, ""} {
		names, err := s.namesByPrefix(ctx, field, slug, prefix)
		if err != nil || len(names) > 0 {
			return names, err
		}
	}
	return nil, nil
}

func (s *server) namesByPrefix(ctx context.Context, field search.FacetField, slug, prefix string) ([]string, error) {
	res, err := s.search(ctx, search.Request{
		Limit: 1, NoSnippets: true, Facets: []search.FacetField{field},
		FacetPrefix: prefixOf(field, prefix), FacetLimit: search.MaxFacetLimit,
	})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, facet := range res.Facets {
		for _, value := range facet.Values {
			if value.Value != search.NoValue && corpus.Slug(value.Value) == slug {
				names = append(names, value.Value)
			}
		}
	}
	return names, nil
}

func prefixOf(field search.FacetField, prefix string) map[search.FacetField]string {
	if prefix == "" {
		return nil
	}
	return map[search.FacetField]string{field: prefix}
}

// lead says in a line what the archive has of a name: how much, from when, and where.
func lead(page *resultsPage, names []string, field search.FacetField) string {
	parts := []string{plural(page.Total, "article", "articles")}
	if h := page.Rail.Years; h != nil && len(h.Bars) > 0 {
		parts = append(parts, spanOf(h))
	}
	other, one, many := search.FacetAuthor, "author", "authors"
	if field == search.FacetAuthor {
		other, one, many = search.FacetPublication, "publication", "publications"
	}
	for _, facet := range page.Rail.Facets {
		if facet.Param == paramOf(other) {
			parts = append(parts, plural(len(facet.Values)+facet.More, one, many))
		}
	}
	if len(names) > 1 {
		parts = append(parts, "also printed as "+strings.Join(names[1:], ", "))
	}
	return strings.Join(parts, " · ")
}

func spanOf(h *histogram) string {
	if h.First == h.Last {
		return h.First
	}
	return h.First + "–" + h.Last
}

// authorNotes are the different ways in which the publications of these hits described their writer.
func authorNotes(hits []search.Hit) []string {
	var notes []string
	for _, h := range hits {
		note := h.Article.AuthorNote
		if note == "" || slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, note) }) {
			continue
		}
		var source []string
		for _, part := range []string{h.Article.Publication, yearOf(h.Article)} {
			if part != "" {
				source = append(source, part)
			}
		}
		if len(source) > 0 {
			note += " (" + strings.Join(source, ", ") + ")"
		}
		notes = append(notes, note)
	}
	return notes
}

func yearOf(a *corpus.Article) string {
	if a.Published.IsZero() {
		return ""
	}
	return a.Published.Time.Format("2006")
}
