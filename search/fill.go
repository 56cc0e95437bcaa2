package search

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/match"
)

// fill adds the hits, with their articles, several at a time.
func (s *Searcher) fill(ctx context.Context, q *search, res *Results) error {
	res.Hits = make([]Hit, len(q.hits))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(min(runtime.GOMAXPROCS(0), 4))
	for i := range q.hits {
		group.Go(func() (err error) {
			defer recovered(&err)
			res.Hits[i], err = s.hit(ctx, q, &q.hits[i])
			return err
		})
	}
	return group.Wait()
}

// hit makes one hit. An article that has gone from the archive since it was indexed stays a hit with nothing but its ID
// and version: the total must hold.
func (s *Searcher) hit(ctx context.Context, q *search, f *found) (Hit, error) {
	hit := Hit{ID: corpus.ID(f.id.String())}
	version := int(q.snapshot.segments[f.segment].columns.versions[f.doc])
	a, err := s.config.Texts.Version(ctx, hit.ID, version)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		hit.Article = &corpus.Article{ID: hit.ID, Version: version}
	case err != nil:
		return hit, fmt.Errorf("search: read article %q: %w", hit.ID, err)
	default:
		hit.Article = a
	}
	if !q.NoSnippets {
		hit.mark(q.program)
	}
	if q.Sort != SortRelevance {
		return hit, nil
	}
	hit.Score = f.key
	if q.Explain {
		if hit.Explanation, err = q.explain(f); err != nil {
			return hit, err
		}
	}
	return hit, nil
}

// mark adds what shows why the article matched.
func (h *Hit) mark(p *match.Program) {
	d := schema.Analyze(h.Article)
	occurrences := match.New(p, d).Occurrences()
	m := newMarker(d, occurrences)
	h.Headline = m.whole(schema.Headline, 0, h.Article.Headline)
	h.Standfirst = m.whole(schema.Standfirst, 0, h.Article.Standfirst)
	h.Snippets = m.snippets(occurrences)
}
