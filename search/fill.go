package search

import (
	"context"
	"errors"
	"fmt"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/match"
)

// fill adds the hits, with their articles. An article that has gone from the archive since it was indexed stays a hit
// with nothing but its ID and version: the total must hold.
func (s *Searcher) fill(ctx context.Context, q *search, res *Results) error {
	res.Hits = make([]Hit, 0, len(q.hits))
	for i := range q.hits {
		f := &q.hits[i]
		hit := Hit{ID: corpus.ID(f.id.String())}
		if q.Sort == SortRelevance {
			hit.Score = f.key
		}
		version := int(q.snapshot.segments[f.segment].columns.versions[f.doc])
		a, err := s.config.Texts.Version(ctx, hit.ID, version)
		switch {
		case errors.Is(err, corpus.ErrNotFound):
			hit.Article = &corpus.Article{ID: hit.ID, Version: version}
		case err != nil:
			return fmt.Errorf("search: read article %q: %w", hit.ID, err)
		default:
			hit.Article = a
		}
		if !q.NoSnippets {
			hit.mark(q.program)
		}
		if q.Explain && q.Sort == SortRelevance {
			if hit.Explanation, err = q.explain(f); err != nil {
				return err
			}
		}
		res.Hits = append(res.Hits, hit)
	}
	return nil
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
