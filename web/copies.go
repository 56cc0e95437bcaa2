package web

import (
	"context"
	"net/http"

	"oped/corpus"
	"oped/search"
)

// copiesView is what a hit, or an article's page, tells of the copies of its text in other places.
type copiesView struct {
	Count int
	Links []copyLink
	// More is how many are not listed, and MoreURL where they are.
	More    int
	MoreURL string
}

// copyLink is one copy of a text.
type copyLink struct {
	Article  *corpus.Article
	Headline string
	Source   string // the publication, or the site where it is not known
	URL      string
	First    bool // published before all others
	Current  bool // the one that the page shows
}

func copyLinkOf(a *corpus.Article, url string) copyLink {
	return copyLink{Article: a, Headline: titleOf(a), Source: sourceOf(a), URL: url}
}

// sourceOf is where an article was printed, as far as it is known.
func sourceOf(a *corpus.Article) string {
	if a.Publication != "" {
		return a.Publication
	}
	return hostOf(a.URL)
}

// copiesOf lists the articles that were folded into a hit.
func copiesOf(req search.Request, hit search.Hit) copiesView {
	v := copiesView{Count: hit.Copies, More: hit.Copies - len(hit.Others), MoreURL: articleURL(hit.ID, req) + "#copies"}
	for _, a := range hit.Others {
		v.Links = append(v.Links, copyLinkOf(a, articleURL(a.ID, req)))
	}
	return v
}

// maxCopies is how many copies an article's page lists: more than any text has that is worth reading through.
const maxCopies = 200

// copies lists an article and its copies, the first published first.
func (s *server) copies(ctx context.Context, a *corpus.Article, req search.Request) (copiesView, error) {
	if a.Group == 0 {
		return copiesView{}, nil
	}
	list, total, err := s.Archive.Copies(ctx, a.ID, maxCopies)
	if err != nil || total < 2 {
		return copiesView{}, err
	}
	v := copiesView{Count: total, More: total - len(list)}
	for i, c := range list {
		link := copyLinkOf(c, permalink(c.ID))
		if Encode(req) != "" {
			link.URL = articleURL(c.ID, req)
		}
		link.First, link.Current = i == 0 && !c.Published.IsZero(), c.ID == a.ID
		v.Links = append(v.Links, link)
	}
	return v, nil
}

// foldURL is the way to every copy, and back.
func foldURL(req search.Request, res *search.Results) string {
	if !req.NoFold && res.Groups == res.Total {
		return ""
	}
	return searchURL(withFold(req, req.NoFold))
}

// apiCopies are the articles of the same text that were folded into one hit. The list is of the earliest.
type apiCopies struct {
	Copies   int       `json:"copies"`
	CopyList []apiCopy `json:"copy_list,omitempty"`
}

// apiCopy is one copy of a text.
type apiCopy struct {
	ID          corpus.ID `json:"id"`
	Permalink   string    `json:"permalink"`
	URL         string    `json:"url,omitempty"`
	Headline    string    `json:"headline"`
	Publication string    `json:"publication"`
	Published   string    `json:"published,omitempty"`
}

func apiCopiesOf(base string, hit *search.Hit) apiCopies {
	c := apiCopies{Copies: hit.Copies}
	for _, a := range hit.Others {
		c.CopyList = append(c.CopyList, apiCopyOf(base, a))
	}
	return c
}

func apiCopyOf(base string, a *corpus.Article) apiCopy {
	return apiCopy{a.ID, base + permalink(a.ID), outside(a.URL), a.Headline, a.Publication, apiDate(a.Published)}
}

// apiCopies answers with an article and its copies, the first published first.
func (s *server) apiCopies(w http.ResponseWriter, r *http.Request) error {
	id := corpus.ID(r.PathValue("id"))
	if _, err := s.Archive.Article(r.Context(), id); err != nil {
		return err
	}
	list, total, err := s.Archive.Copies(r.Context(), id, maxCopies)
	if err != nil {
		return err
	}
	out := struct {
		Total  int       `json:"total"`
		Copies []apiCopy `json:"copies"`
	}{total, []apiCopy{}}
	for _, a := range list {
		out.Copies = append(out.Copies, apiCopyOf(s.base(r), a))
	}
	return writeJSON(w, r, out)
}
