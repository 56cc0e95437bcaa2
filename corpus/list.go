package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
)

// listChunk is how many articles or pages one read takes. Short reads keep the write-ahead log from growing behind a
// reader, and bound memory.
const listChunk = 64

// Change says that an article is new, has a new version or new addresses, or was removed.
type Change struct {
	Seq     uint64
	ID      ID
	Version int // the newest
	Removed bool
}

// Sequence returns the last number of the change sequence, 0 for an empty archive.
func (s *Store) Sequence(ctx context.Context) (uint64, error) {
	var seq uint64
	if err := s.queryRow(ctx, sqlSequence, nil, &seq); err != nil {
		return 0, fmt.Errorf("corpus: sequence: %w", err)
	}
	return seq, nil
}

// Changes returns up to limit changes with a number greater than after, ascending. Of each article only the newest
// change is told. Fewer than limit means that there are no more.
func (s *Store) Changes(ctx context.Context, after uint64, limit int) ([]Change, error) {
	list, err := collect(ctx, s, sqlChanges, []any{after, limit}, func(rows *sql.Rows) (c Change, err error) {
		return c, rows.Scan(&c.Seq, &c.ID, &c.Version, &c.Removed)
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: changes: %w", err)
	}
	return list, nil
}

// Selection says which articles List gives.
type Selection int

// The selections. The zero value is all but the removed.
const (
	AllArticles      Selection = iota
	AcceptedArticles           // those that may be shown
	RejectedArticles           // those with Quality.Rejected
)

// ListFilter narrows List; the zero value does not.
type ListFilter struct {
	Selection Selection
	// Publication, if not empty, is the exact name.
	Publication string
}

// List gives the newest version of every article that passes the filter, in the order in which they were first kept.
// It holds a few articles in memory at a time and no read transaction between them: what is kept meanwhile may be
// seen. The sequence ends after the first error it yields.
func (s *Store) List(ctx context.Context, f ListFilter) (iter.Seq2[*Article, error], error) {
	if f.Selection < AllArticles || f.Selection > RejectedArticles {
		return nil, fmt.Errorf("corpus: list: unknown selection %d", f.Selection)
	}
	all := chunks(ctx, func(after int64) ([]*Article, int64, error) { return s.listChunk(ctx, f.Selection, after) })
	if f.Publication == "" {
		return all, nil
	}
	return func(yield func(*Article, error) bool) {
		for a, err := range all {
			if (err != nil || a.Publication == f.Publication) && !yield(a, err) {
				return
			}
		}
	}, nil
}

func (s *Store) listChunk(ctx context.Context, which Selection, after int64) ([]*Article, int64, error) {
	args := []any{after, int(which), listChunk}
	list, err := collect(ctx, s, sqlList, args, func(rows *sql.Rows) (*Article, error) {
		var r storedArticle
		if err := rows.Scan(append(r.fields(), &after)...); err != nil {
			return nil, err
		}
		a, err := r.decode(s.codec)
		if err != nil {
			return nil, fmt.Errorf("article %q: %w", r.id, err)
		}
		return a, nil
	})
	return list, after, err
}

// Pages gives every page that articles can be made from anew: the newest page of each article that is not removed, and
// the pages out of which nothing could be read. Order, memory and errors are as for List.
func (s *Store) Pages(ctx context.Context) iter.Seq2[*Page, error] {
	return chunks(ctx, func(after int64) ([]*Page, int64, error) {
		list, err := collect(ctx, s, sqlPages, []any{after, listChunk}, func(rows *sql.Rows) (*Page, error) {
			var meta, body []byte
			if err := rows.Scan(&meta, &body, &after); err != nil {
				return nil, err
			}
			return s.codec.unpackPage(meta, body)
		})
		return list, after, err
	})
}

// chunks makes one sequence of what next gives after one key after the other, until it gives nothing.
func chunks[T any](ctx context.Context, next func(after int64) ([]T, int64, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for after := int64(0); ; {
			list, last, err := next(after)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(none, fmt.Errorf("corpus: list: %w", err))
				return
			}
			for _, v := range list {
				if !yield(v, nil) {
					return
				}
			}
			if len(list) == 0 {
				return
			}
			after = last
		}
	}
}
