package search

import (
	"context"
	"fmt"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/match"
)

// fill adds the hits, with their articles.
func (s *Searcher) fill(ctx context.Context, q *search, res *Results) error {
	ids := make([]corpus.VersionID, len(q.hits))
	for i := range q.hits {
		ids[i] = q.snapshot.segments[q.hits[i].segment].columns.article(q.hits[i].doc)
	}
	articles, err := s.articles(ctx, ids)
	if err != nil {
		return err
	}
	res.Hits = make([]Hit, len(q.hits))
	reader := match.NewReader(q.program)
	defer reader.Close()
	for i, a := range articles {
		hit := &res.Hits[i]
		hit.ID, hit.Article = ids[i].ID, a
		if !q.NoSnippets {
			hit.mark(reader)
		}
		if q.Sort == SortRelevance {
			hit.Score = q.hits[i].key
		}
		if q.Explain && q.Sort == SortRelevance {
			if hit.Explanation, err = q.explain(&q.hits[i]); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// articles reads versions of articles. One that has gone from the archive since it was indexed is nothing but its ID and
// version: the total must hold.
func (s *Searcher) articles(ctx context.Context, ids []corpus.VersionID) ([]*corpus.Article, error) {
	articles, err := s.config.Texts.Articles(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("search: read articles: %w", err)
	}
	for i, id := range ids {
		if articles[i] == nil {
			articles[i] = &corpus.Article{ID: id.ID, Version: id.Version}
		}
	}
	return articles, nil
}

// article names the article of a document.
func (c *columns) article(doc uint32) corpus.VersionID {
	return corpus.VersionID{ID: corpus.ID(c.ids[doc].String()), Version: int(c.versions[doc])}
}

// mark adds what shows why the article matched.
func (h *Hit) mark(r *match.Reader) {
	a := r.Read(h.Article)
	occurrences := a.Occurrences()
	m := newMarker(a.Outline, occurrences)
	h.Headline = m.whole(schema.Headline, 0, h.Article.Headline)
	h.Standfirst = m.whole(schema.Standfirst, 0, h.Article.Standfirst)
	h.Snippets = m.snippets(occurrences)
}
