package corpus

import "fmt"

// Remove takes an article down for good: its texts, its listed addresses and the pages that no other article was read
// from are deleted, and the change sequence tells of it. Its ID and addresses stay taken, so that neither the next
// crawl nor the next import brings it back. It returns ErrNotFound for an unknown ID; to remove twice is no error.
func (tx *Tx) Remove(id ID) error {
	row, err := tx.row(sqlRowByID, id)
	if err == nil && !row.removed {
		err = tx.remove(row)
	}
	if err != nil {
		return fmt.Errorf("corpus: remove %q: %w", id, err)
	}
	return nil
}

func (tx *Tx) remove(row *articleRow) error {
	seq, err := tx.nextSeq()
	if err != nil {
		return err
	}
	for _, query := range []string{sqlRemoveVersions, sqlRemoveAliases, sqlRemoveRejections} {
		if _, err := tx.exec(query, row.key); err != nil {
			return err
		}
	}
	pages, err := tx.removeCaptures(row.key)
	if err != nil {
		return err
	}
	for _, page := range pages {
		if _, err := tx.exec(sqlRemovePage, page); err != nil {
			return err
		}
	}
	if err := tx.forget(row); err != nil {
		return err
	}
	_, err = tx.exec(sqlRemoveArticle, seq, row.key)
	return err
}

// removeCaptures deletes an article's captures and returns the keys of their pages.
func (tx *Tx) removeCaptures(article int64) ([]int64, error) {
	stmt, err := tx.stmt(sqlRemoveCaptures)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(tx.ctx, article)
	if err != nil {
		return nil, fileError(tx.s.path, err)
	}
	defer rows.Close()
	var pages []int64
	for rows.Next() {
		var page int64
		if err := rows.Scan(&page); err != nil {
			return nil, fileError(tx.s.path, err)
		}
		pages = append(pages, page)
	}
	return pages, fileError(tx.s.path, rows.Err())
}
