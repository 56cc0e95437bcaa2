package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// add writes an article that was not known.
func (tx *Tx) add(in *incoming, row *articleRow) error {
	seq, err := tx.nextSeq()
	if err != nil {
		return err
	}
	row.version, row.seq = 1, seq
	res, err := tx.exec(sqlInsertArticle, row.id, row.url, row.version, row.seq, in.content, in.full, in.hash,
		in.article.Quality.Rejected, millis(in.article.Captured))
	if err != nil {
		return err
	}
	if row.key, err = res.LastInsertId(); err != nil {
		return err
	}
	if _, err := tx.learnAddresses(in, row); err != nil {
		return err
	}
	if err := tx.addVersion(in, row); err != nil {
		return err
	}
	return tx.compare(in.article, row)
}

// revise writes a new version of a known article.
func (tx *Tx) revise(in *incoming, row *articleRow) (Outcome, error) {
	if old, err := tx.old(in, row); err != nil || old {
		return Unchanged, err
	}
	if _, err := tx.learnAddresses(in, row); err != nil {
		return 0, err
	}
	seq, err := tx.nextSeq()
	if err != nil {
		return 0, err
	}
	row.version, row.seq = row.version+1, seq
	_, err = tx.exec(sqlReviseArticle, row.version, row.seq, in.content, in.full, in.hash,
		in.article.Quality.Rejected, max(row.seen, millis(in.article.Captured)), row.key)
	if err != nil {
		return 0, err
	}
	if err := tx.addVersion(in, row); err != nil {
		return 0, err
	}
	if err := tx.forget(row); err != nil {
		return 0, err
	}
	return Updated, tx.compare(in.article, row)
}

// old reports whether in is a file that an earlier version was read from, to the same effect, or was received no later
// than what came after it. A list in which an article stands twice would otherwise make two versions at each import.
func (tx *Tx) old(in *incoming, row *articleRow) (bool, error) {
	if in.page == nil || in.hash == row.pageHash || in.page.Status != 0 && millis(in.article.Captured) > row.seen {
		return false, nil
	}
	var version int
	err := tx.queryRow(sqlVersionOfPage, []any{row.key, in.hash}, &version)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	known, err := tx.stored(row.key, version)
	if err != nil {
		return false, err
	}
	return bytes.Equal(fullDigest(known, contentDigest(known)), in.full), nil
}

// meet records that a known article was seen unchanged.
func (tx *Tx) meet(in *incoming, row *articleRow) error {
	learnt, err := tx.learnAddresses(in, row)
	if err != nil {
		return err
	}
	if learnt {
		if row.seq, err = tx.nextSeq(); err != nil {
			return err
		}
		if _, err := tx.exec(sqlSetSeq, row.seq, row.key); err != nil {
			return err
		}
	}
	return tx.touch(row, in.article.Captured)
}

// keepOlder keeps the page of an earlier state of a known article.
func (tx *Tx) keepOlder(in *incoming, row *articleRow) error {
	if _, err := tx.addCapture(in.page, in.hash, row.key); err != nil {
		return err
	}
	return tx.meet(in, row)
}

// touch records when an article was last received.
func (tx *Tx) touch(row *articleRow, at time.Time) error {
	if millis(at) <= row.seen {
		return nil
	}
	_, err := tx.exec(sqlSetSeen, millis(at), row.key)
	return err
}

func (tx *Tx) addVersion(in *incoming, row *articleRow) error {
	capture, err := tx.addCapture(in.page, in.hash, row.key)
	if err != nil {
		return err
	}
	a := in.article
	a.ID, a.URL, a.Version, a.Seq, a.PageHash = row.id, row.url, row.version, row.seq, in.hash
	_, err = tx.exec(sqlInsertVersion, row.key, row.version, row.seq, capture, tx.s.codec.packArticle(a))
	return err
}

// addCapture keeps a page, its bytes once per hash, and returns the capture's key. article is nil or the key of what
// was read out of it.
func (tx *Tx) addCapture(p *Page, hash string, article any) (any, error) {
	if p == nil {
		return nil, nil
	}
	var page int64
	err := tx.queryRow(sqlPageKey, []any{hash}, &page)
	if errors.Is(err, ErrNotFound) {
		err = tx.queryRow(sqlInsertPage, []any{hash, len(p.Body), tx.s.codec.pack(p.Body)}, &page)
	}
	if err != nil {
		return nil, err
	}
	meta, err := json.Marshal(newPageMeta(p))
	if err != nil {
		return nil, err
	}
	var capture int64
	err = tx.queryRow(sqlInsertCapture, []any{page, p.Location(), article, millis(p.Fetched), string(meta)}, &capture)
	return capture, err
}

// learnAddresses makes all addresses of in lead to the article and reports whether a new one was listed. An address
// that already leads to another article stays with it.
func (tx *Tx) learnAddresses(in *incoming, row *articleRow) (bool, error) {
	for _, key := range in.strong {
		if _, err := tx.exec(sqlInsertAddress, key, row.key); err != nil {
			return false, err
		}
	}
	learnt := false
	for _, written := range in.seenAs {
		if bare(written) == bare(row.url) {
			continue
		}
		res, err := tx.exec(sqlInsertAlias, row.key, written, maxAliases)
		if err != nil {
			return false, err
		}
		if n, err := res.RowsAffected(); err != nil {
			return false, err
		} else if n > 0 {
			learnt = true
		}
	}
	return learnt, nil
}

// describe sets in a what the Store decides.
func (tx *Tx) describe(a *Article, row *articleRow) error {
	var aliases string
	if err := tx.queryRow(sqlAliases, []any{row.key}, &aliases); err != nil {
		return err
	}
	a.ID, a.URL, a.Version, a.Seq, a.Aliases = row.id, row.url, row.version, row.seq, splitAliases(aliases)
	a.Group = row.copies
	return nil
}

// splitAliases reads the aliases as sqlAliases joins them; no URL holds a line break.
func splitAliases(joined string) []string {
	if joined == "" {
		return nil
	}
	list := strings.Split(joined, "\n")
	slices.Sort(list)
	return list
}
