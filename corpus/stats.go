package corpus

import (
	"context"
	"fmt"
)

// Stats are the sizes of an archive.
type Stats struct {
	Articles   int    `json:"articles"`   // that may be shown
	Rejected   int    `json:"rejected"`   // kept with Quality.Rejected
	Removed    int    `json:"removed"`    // taken down
	Versions   int    `json:"versions"`   // of all articles
	Pages      int    `json:"pages"`      // raw pages
	PageBytes  int64  `json:"page_bytes"` // of the raw pages before compression
	Bytes      int64  `json:"bytes"`      // of the database file, without its log
	Rejections int    `json:"rejections"` // refusals on record
	Pending    int    `json:"pending"`    // targets to be fetched
	Sequence   uint64 `json:"sequence"`   // last number of the change sequence
}

// Stats counts what the archive holds.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	var st Stats
	err := s.queryRow(ctx, `SELECT
		(SELECT count(*) FROM articles WHERE rejected = 0 AND removed = 0),
		(SELECT count(*) FROM articles WHERE rejected = 1 AND removed = 0),
		(SELECT count(*) FROM articles WHERE removed = 1),
		(SELECT count(*) FROM versions),
		(SELECT count(*) FROM pages), (SELECT coalesce(sum(size), 0) FROM pages),
		(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),
		(SELECT count(*) FROM rejections),
		(SELECT count(*) FROM targets WHERE pending = 1),
		(SELECT coalesce(max(seq), 0) FROM articles)`, nil,
		&st.Articles, &st.Rejected, &st.Removed, &st.Versions, &st.Pages, &st.PageBytes, &st.Bytes,
		&st.Rejections, &st.Pending, &st.Sequence)
	if err != nil {
		return Stats{}, fmt.Errorf("corpus: stats: %w", err)
	}
	return st, nil
}
