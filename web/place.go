package web

import (
	"context"
	"errors"
	"slices"

	"oped/corpus"
	"oped/search"
	"oped/search/query"
)

// place is where an article stands in the results that led to it.
type place struct {
	// Position and Total are 0 where the results have changed and no longer hold the article there.
	Position, Total      int
	Previous, Next, Back string
}

// place finds an article in the page of results it was opened from, with its neighbours, which may stand on the page
// before or after. A search that can no longer be made leaves only the way back.
func (s *server) place(ctx context.Context, req search.Request, id corpus.ID) (*place, error) {
	p := &place{Back: searchURL(req)}
	res, err := s.listing(ctx, req)
	if isRefusal(err) {
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(res.Hits, func(h search.Hit) bool { return h.ID == id })
	if i < 0 {
		return p, nil
	}
	p.Position, p.Total = req.Offset+i+1, res.Groups
	if p.Previous, err = s.before(ctx, req, res, i); err != nil {
		return nil, err
	}
	p.Next, err = s.after(ctx, req, res, i)
	return p, err
}

// isRefusal reports an error that the reader's search caused, not this page.
func isRefusal(err error) bool {
	var (
		syntax  *query.SyntaxError
		request *search.RequestError
		budget  *search.BudgetError
	)
	return errors.As(err, &syntax) || errors.As(err, &request) || errors.As(err, &budget) || isNotReady(err)
}

// listing runs a search for its hits only.
func (s *server) listing(ctx context.Context, req search.Request) (*search.Results, error) {
	req.Facets, req.NoSnippets, req.Explain = []search.FacetField{}, true, false
	return s.search(ctx, req)
}

func (s *server) before(ctx context.Context, req search.Request, res *search.Results, i int) (string, error) {
	if i > 0 {
		return articleURL(res.Hits[i-1].ID, req), nil
	}
	n := req.Offset / limitOf(req)
	if n < 1 || n > lastOffsetPage(limitOf(req)) {
		return "", nil
	}
	req = atPage(req, n)
	res, err := s.listing(ctx, req)
	if err != nil || len(res.Hits) == 0 {
		return "", err
	}
	return articleURL(res.Hits[len(res.Hits)-1].ID, req), nil
}

func (s *server) after(ctx context.Context, req search.Request, res *search.Results, i int) (string, error) {
	if i+1 < len(res.Hits) {
		return articleURL(res.Hits[i+1].ID, req), nil
	}
	req, ok := following(req, res)
	if !ok {
		return "", nil
	}
	res, err := s.listing(ctx, req)
	if err != nil || len(res.Hits) == 0 {
		return "", err
	}
	return articleURL(res.Hits[0].ID, req), nil
}
