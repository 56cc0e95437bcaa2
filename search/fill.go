package search

import (
	"context"
	"fmt"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/match"
)

// helpedHits is how many hits make it worth while to wake a helper: each takes about a tenth of a millisecond.
const helpedHits = 4

// fill adds the hits, with their articles. A core that is idle does half of them.
func (s *Searcher) fill(ctx context.Context, q *search, res *Results) error {
	res.Hits = make([]Hit, len(q.hits))
	if len(q.hits) < helpedHits || q.Explain {
		return s.fillHits(ctx, q, q.hits, res.Hits)
	}
	bounds := []int{0, len(q.hits) / 2, len(q.hits)}
	return s.cores.share(2, 1, func(_, n int) error {
		from, to := bounds[n], bounds[n+1]
		return s.fillHits(ctx, q, q.hits[from:to], res.Hits[from:to])
	})
}

// fillHits makes hits of documents.
func (s *Searcher) fillHits(ctx context.Context, q *search, docs []found, hits []Hit) error {
	ids := make([]corpus.VersionID, len(docs))
	for i := range docs {
		ids[i] = q.snapshot.segments[docs[i].segment].columns.article(docs[i].doc)
	}
	articles, err := s.articles(ctx, ids)
	if err != nil {
		return err
	}
	reader := match.NewReader(q.program)
	defer reader.Close()
	for i, a := range articles {
		hit := &hits[i]
		hit.ID, hit.Article = ids[i].ID, a
		if !q.NoSnippets {
			hit.mark(reader)
		}
		if q.Sort == SortRelevance {
			hit.Score = docs[i].key
		}
		if q.Explain && q.Sort == SortRelevance {
			if hit.Explanation, err = q.explain(&docs[i]); err != nil {
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
