package web

import (
	"context"
	"net/http"
	"strings"

	"oped/search"
	"oped/search/query"
)

// resultsPage is the page of a search, of an author and of a publication.
type resultsPage struct {
	frame
	// Heading is the h1; Lead is a line under it on pages about somebody.
	Heading, Lead string
	// Notes are the ways an author was described, on an author's page.
	Notes []string
	// Outlets are the years of an author with the publications, and Forms other names that may be theirs.
	Outlets []outletYear
	Forms   []valueView
	Reading search.Reading
	Notices []notice
	// Variants is the address of the same search with other spellings of names turned off, or on again.
	Variants string
	// Spelt is true where they are off.
	Spelt bool
	// Fold is the address of the same search with every copy shown, or with copies folded again; empty where no article
	// found is a copy.
	Fold     string
	Unfolded bool
	Chips    []chip
	ClearURL string
	// Keep are the fields that the search-within and the date form carry along.
	WithinKeep, DatesKeep []param
	From, To              query.Day
	// Views are the ways to look at the same results: with extracts, headlines only, line by line, over time.
	Sorts, Views []sortLink
	// Bare is true where only headlines are shown.
	Bare          bool
	Total, Groups int
	Hits          []hitView
	Rail          rail
	Pager         pager
	Partial       string
	// Exports keep all that was found, Selection what was ticked.
	Exports, Selection []alternate
	Advice             *advice
}

// hitView is a hit with its place in the results.
type hitView struct {
	search.Hit
	Number  int
	URL     string
	Authors []nameLink
	Copied  copiesView
}

// nameLink is a name with the page about it.
type nameLink struct{ Name, URL string }

// chip is a constraint that one click removes.
type chip struct {
	Label, Value string
	Not          bool
	URL          string
}

// sortLink is an order to choose.
type sortLink struct {
	Label, URL string
	Current    bool
}

func (s *server) results(w http.ResponseWriter, r *http.Request) error {
	req, err := ParseRequest(parseParams(r.URL.RawQuery))
	if err != nil {
		return err
	}
	page, err := s.resultsPage(r, req)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "results", page)
}

// search runs a request within the bounds that all handlers share.
func (s *server) search(ctx context.Context, req search.Request) (*search.Results, error) {
	if !s.Searcher.Ready() {
		return nil, errNotReady
	}
	if req.Cursor != "" {
		req.Offset = 0 // with a cursor the offset only numbers the hits shown
	}
	return s.Searcher.Search(ctx, req)
}

// resultsPage searches and lays out what was found.
func (s *server) resultsPage(r *http.Request, req search.Request) (*resultsPage, error) {
	ask := req
	ask.Facets, ask.FacetLimit = nil, railFacetLimit
	res, err := s.search(r.Context(), ask)
	if err != nil {
		return nil, err
	}
	visitOf(r).hits = res.Total
	parsed := s.parse(req.Query)
	page := &resultsPage{
		frame:    s.frame(resultsTitle(req, res), req),
		Heading:  found(res),
		Reading:  readingOf(req, res),
		Notices:  notices(req, res, parsed),
		Chips:    chips(req),
		Variants: searchURL(withVariants(req, req.NoVariants)),
		Spelt:    req.NoVariants,
		Fold:     foldURL(req, res),
		Unfolded: req.NoFold,
		ClearURL: searchURL(search.Request{Query: req.Query, Sort: req.Sort, Limit: req.Limit, NoVariants: req.NoVariants,
			NoFold: req.NoFold, NoSnippets: req.NoSnippets}),
		WithinKeep: hidden(req), DatesKeep: hidden(req, "from", "to"),
		From: req.From, To: req.To,
		Sorts:   sortLinks(req, parsed),
		Views:   viewLinks(req),
		Bare:    req.NoSnippets,
		Total:   res.Total,
		Groups:  res.Groups,
		Hits:    hitViews(req, res),
		Rail:    railOf(req, res),
		Pager:   pagerOf(req, res),
		Partial: res.PartialReason,
	}
	page.Feeds, page.Exports, page.Selection = feedLinks(req), exportLinks(req), selectionForms()
	page.Advice = s.adviceOf(r.Context(), req, res)
	return page, nil
}

// found is the number of articles as a heading, with that of their groups where copies are folded.
func found(res *search.Results) string {
	switch {
	case res.Total == 0:
		return "No articles"
	case res.Groups < res.Total:
		return plural(res.Total, "article", "articles") + " in " + plural(res.Groups, "group", "groups")
	default:
		return plural(res.Total, "article", "articles")
	}
}

// readingOf is the reading to show: none where nothing was typed.
func readingOf(req search.Request, res *search.Results) search.Reading {
	if strings.TrimSpace(req.Query) == "" && len(req.Within) == 0 {
		return search.Reading{}
	}
	return res.Reading
}

// parse reads a query for what a page says about it; nil if it can not be read, which the search itself reports.
func (s *server) parse(q string) *query.Query {
	parsed, err := query.Parse(q, query.Options{Now: s.Now()})
	if err != nil {
		return nil
	}
	return parsed
}

func resultsTitle(req search.Request, res *search.Results) string {
	title := strings.TrimSpace(clip(req.Query, 80))
	if title == "" {
		title = "All articles"
		if len(req.Within)+len(req.Filters) > 0 || req.From != "" || req.To != "" {
			title = "Chosen articles"
		}
	}
	return title + ": " + strings.ToLower(found(res))
}

func hitViews(req search.Request, res *search.Results) []hitView {
	views := make([]hitView, len(res.Hits))
	for i, hit := range res.Hits {
		views[i] = hitView{Hit: hit, Number: req.Offset + i + 1, URL: articleURL(hit.ID, req), Copied: copiesOf(req, hit)}
		for _, name := range hit.Article.AuthorNames() {
			views[i].Authors = append(views[i].Authors, authorLink(name))
		}
	}
	return views
}

// Spans is the headline to show: as found, or as stored where the searcher marked none.
func (h hitView) Spans() []search.Span {
	if len(h.Headline) > 0 {
		return h.Headline
	}
	if h.Article.Headline != "" {
		return []search.Span{{Text: h.Article.Headline}}
	}
	return []search.Span{{Text: "Untitled"}}
}

// Source is the publication, or the site where the publication is not known.
func (h hitView) Source() string {
	if h.Article.Publication != "" {
		return h.Article.Publication
	}
	return hostOf(h.Article.URL)
}

// chips lists every constraint of a request but its query.
func chips(req search.Request) []chip {
	var cs []chip
	for i, within := range req.Within {
		cs = append(cs, chip{Label: "Within results", Value: within, URL: searchURL(withoutWithin(req, i))})
	}
	for _, f := range facetParams {
		filter := req.Filters[f.field]
		for _, value := range filter.Include {
			cs = append(cs, valueChip(req, f.field, value, false))
		}
		for _, value := range filter.Exclude {
			cs = append(cs, valueChip(req, f.field, value, true))
		}
	}
	if req.From != "" || req.To != "" {
		cs = append(cs, chip{Label: "Published", Value: dateRange(req), URL: searchURL(withoutDates(req))})
	}
	return cs
}

func valueChip(req search.Request, field search.FacetField, value string, not bool) chip {
	return chip{
		Label: facetLabels[field], Value: valueLabel(field, value), Not: not,
		URL: searchURL(release(req, field, value)),
	}
}

func dateRange(req search.Request) string {
	switch {
	case req.From == "":
		return "up to " + string(req.To)
	case req.To == "":
		return "from " + string(req.From)
	case req.From == req.To:
		return "on " + string(req.From)
	default:
		return string(req.From) + " to " + string(req.To)
	}
}

// sortLinks offers the orders; relevance only where there are words to rank by.
func sortLinks(req search.Request, parsed *query.Query) []sortLink {
	ranked := len(req.Within) > 0 || (parsed != nil && parsed.Free())
	current := req.Sort
	if current == "" {
		current = search.SortNewest
		if ranked {
			current = search.SortRelevance
		}
	}
	var links []sortLink
	for _, order := range sorts {
		if order == search.SortRelevance && !ranked && current != order {
			continue
		}
		links = append(links, sortLink{sortLabels[order], searchURL(sorted(req, order)), order == current})
	}
	return links
}

// viewLinks offers the ways to look at results; lines only where there is something to mark.
func viewLinks(req search.Request) []sortLink {
	links := []sortLink{
		{"Extracts", searchURL(withSnippets(req, true)), !req.NoSnippets},
		{"Headlines", searchURL(withSnippets(req, false)), req.NoSnippets},
	}
	if strings.TrimSpace(req.Query) != "" || len(req.Within) > 0 {
		links = append(links, sortLink{"Lines", linesURL(withSnippets(firstPage(req), true), ""), false})
	}
	if strings.TrimSpace(req.Query) != "" {
		common := withSnippets(withQuery(req, ""), true)
		common.Sort, common.Limit = "", 0
		links = append(links, sortLink{"Over time", trendURL("/trend", []string{req.Query}, common, false), false})
	}
	return links
}
