package web

import (
	"net/http"
	"strings"
	"time"

	"oped/corpus"
	"oped/search"
)

// feedSize is how many articles a feed holds unless per_page says otherwise: enough for a reader that polls daily.
const feedSize = 50

// feed is a search as its newest articles, in whichever format. It depends on the articles alone, so the same
// articles give the same bytes.
type feed struct {
	Title, ID              string
	Self, HTML, OpenSearch string
	First, Next, Last      string
	Query                  string
	Total, Start, PerPage  int
	Updated                time.Time
	Entries                []feedEntry
}

// feedEntry is one article: never its full text, which belongs to others.
type feedEntry struct {
	ID, Title, URL, Original string
	Authors                  []string
	Publication, Summary     string
	Published, Updated       time.Time
	Language                 string
	Tags                     []string
}

func feedLinks(req search.Request) []alternate {
	req = feedRequest(req)
	return []alternate{
		{"application/atom+xml", "Atom feed", address("/search.atom", req)},
		{"application/rss+xml", "RSS feed", address("/search.rss", req)},
		{"application/feed+json", "JSON feed", address("/search.json", req)},
	}
}

// feedRequest is the search that a feed of req subscribes to: all of it from the start, in the feed's own order.
func feedRequest(req search.Request) search.Request {
	req = firstPage(req)
	req.Sort, req.Limit, req.Explain, req.Facets, req.NoSnippets = "", 0, false, nil, false
	return req
}

func (s *server) feed(w http.ResponseWriter, r *http.Request) error {
	req, err := ParseRequest(parseParams(r.URL.RawQuery))
	if err != nil {
		return err
	}
	asked := req
	req.Sort, req.Facets, req.Explain, req.NoSnippets = search.SortNewest, nil, false, false
	if req.Limit == 0 {
		req.Limit = feedSize
	}
	ask := req
	ask.Facets = []search.FacetField{}
	res, err := s.search(r.Context(), ask)
	if err != nil {
		return err
	}
	visitOf(r).hits = res.Total
	format := r.PathValue("format")
	f := s.feedOf(s.base(r), "/search."+format, req, res)
	f.Self = s.base(r) + address("/search."+format, asked)
	body, err := f.encode(format)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", feedTypes[format])
	if !f.Updated.IsZero() {
		w.Header().Set("Last-Modified", f.Updated.UTC().Format(http.TimeFormat))
	}
	write(w, r, http.StatusOK, body)
	return nil
}

var feedTypes = map[string]string{
	"atom": "application/atom+xml; charset=utf-8",
	"rss":  "application/rss+xml; charset=utf-8",
	"json": "application/feed+json; charset=utf-8",
}

func (s *server) feedOf(base, path string, req search.Request, res *search.Results) *feed {
	title := s.Name
	if q := strings.TrimSpace(req.Query); q != "" {
		title += ": " + clip(q, 200)
	}
	about := feedRequest(req)
	f := &feed{
		Title: title, ID: "tag:oped,2026:search?" + Encode(about), Query: utf8Only(req.Query),
		HTML: base + searchURL(about), OpenSearch: base + "/opensearch.xml",
		First: base + address(path, firstPage(req)),
		Total: res.Groups, Start: req.Offset + 1, PerPage: limitOf(req),
	}
	if next, ok := following(req, res); ok {
		f.Next = base + address(path, next)
	}
	if last := (res.Groups + limitOf(req) - 1) / limitOf(req); last >= 1 && last <= lastOffsetPage(limitOf(req)) {
		f.Last = base + address(path, atPage(req, last))
	}
	for _, hit := range res.Hits {
		e := feedEntryOf(base, hit)
		if e.Updated.After(f.Updated) {
			f.Updated = e.Updated
		}
		f.Entries = append(f.Entries, e)
	}
	return f
}

func feedEntryOf(base string, hit search.Hit) feedEntry {
	a := hit.Article
	e := feedEntry{
		ID: "tag:oped,2026:article:" + string(a.ID), Title: titleOf(a), URL: base + permalink(a.ID), Original: outside(a.URL),
		Authors: a.AuthorNames(), Publication: a.Publication, Summary: a.Standfirst,
		Published: a.Published.Time, Updated: changed(a), Language: a.Language, Tags: a.Tags,
	}
	if e.Summary == "" && len(hit.Snippets) > 0 {
		e.Summary = text(hit.Snippets[0].Spans)
	}
	return e
}

// changed is when an article last changed: as it says itself, or when this version was captured. It is never "now".
func changed(a *corpus.Article) time.Time {
	switch {
	case !a.Modified.IsZero():
		return a.Modified.Time.UTC()
	case !a.Captured.IsZero():
		return a.Captured.UTC()
	default:
		return a.Published.Time.UTC()
	}
}

func (f *feed) encode(format string) ([]byte, error) {
	switch format {
	case "atom":
		return f.atom()
	case "rss":
		return f.rss()
	default:
		return f.json()
	}
}
