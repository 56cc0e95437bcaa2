package search

import (
	"context"
	"fmt"
)

// Count is the Total that Search gives, without anything else being looked at. Sort, Offset, Limit, Cursor and Facets of the
// request do not matter. The error is as that of Search; where Config.Timeout runs out it wraps context.DeadlineExceeded,
// for a part of a count is none.
func (s *Searcher) Count(ctx context.Context, r Request) (n int, err error) {
	defer recovered(&err)
	r.Sort, r.Offset, r.Limit, r.Cursor, r.Facets, r.NoFold = SortNewest, 0, 1, "", []FacetField{}, true
	p, err := newPlan(r, s.config.Now())
	if err != nil {
		return 0, err
	}
	g, snap, release, err := s.view()
	if err != nil {
		return 0, err
	}
	defer release()
	p.onlyTotal = true
	p.expand(s.variants(g))
	q, err := s.execute(ctx, p, g, snap)
	if err != nil {
		return 0, err
	}
	if q.partial != "" {
		return 0, fmt.Errorf("search: count: %w", context.DeadlineExceeded)
	}
	return q.top.total, nil
}
