package corpus

import (
	"context"
	"errors"
	"fmt"
)

// compareChunk is how many older articles are compared in one transaction, in a few tenths of a second.
const compareChunk = 100

// CompareOlder looks for the copies of the articles that were kept by an older oped, which did not. It works in short
// transactions, may run while others read and write, and goes on where an earlier call was ended. report, if not nil, is
// told how many are left. In an archive where nothing is left it returns at once.
func (s *Store) CompareOlder(ctx context.Context, report func(left int)) error {
	for left := 1; left > 0; {
		err := s.Update(ctx, func(tx *Tx) error {
			for range compareChunk {
				if err := tx.compareNext(); err != nil {
					return err
				}
			}
			return tx.queryRow(sqlCountUncompared, nil, &left)
		})
		if err != nil {
			return fmt.Errorf("corpus: compare older articles: %w", err)
		}
		if report != nil {
			report(left)
		}
	}
	return nil
}

// compareNext compares one article that has not been, if there is any.
func (tx *Tx) compareNext() error {
	row, err := tx.row(sqlRowUncompared, false)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	a, err := tx.stored(row.key, row.version)
	if err != nil {
		return err
	}
	if err := tx.forget(row); err != nil {
		return err
	}
	if err := tx.compare(a, row); err != nil || row.copies == 0 {
		return err
	}
	return tx.setGroup(row.key, row.copies)
}
