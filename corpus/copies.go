package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"

	"oped/corpus/similar"
)

// Groups of copies
//
// Two articles are copies where package similar says so of their bodies, and a group is what copies of copies make
// together. So it is the same whatever the order in which its members came. Its number means nothing: it is that of the
// change that founded it. When groups meet, the larger one's number stays, so that a change never concerns more articles
// than it must. Each article whose group changes takes a new sequence number, and the index follows.
//
// All is bounded: a text that thousands of pages share would otherwise be compared thousands of times. Where a bound is
// met, a copy may be missed, or a group stay together that has lost the member that joined it.
const (
	maxCandidates = 16 // articles looked at under a key, the newest
	maxCompared   = 16 // texts compared with a new one
	maxRegrouped  = 40 // members that a group is made anew of
)

// undated stands for the date of an article without one, which comes after all others.
const undated = math.MaxInt64

// copied is an article that may be a copy of another.
type copied struct {
	key     int64
	version int
	group   int64
	shared  int // minima that the sketches share
	sketch  similar.Sketch
	text    *similar.Text
}

// readText is what counts of an article for being a copy: its body, not its headline.
func readText(a *Article) *similar.Text {
	parts := make([]string, len(a.Body))
	for i, block := range a.Body {
		parts[i] = block.Text
	}
	return similar.Read(parts...)
}

// compare puts an article that is in no group into that of its copies.
func (tx *Tx) compare(a *Article, row *articleRow) error {
	if a.Quality.Rejected {
		return nil
	}
	text := readText(a)
	if !text.Comparable() {
		return nil
	}
	sketch := text.Sketch()
	copies, err := tx.findCopies(text, &sketch)
	if err != nil {
		return err
	}
	published := int64(undated)
	if !a.Published.IsZero() {
		published = a.Published.Time.UnixMilli()
	}
	if _, err := tx.exec(sqlInsertSketch, row.key, published, sketch.Bytes()); err != nil {
		return err
	}
	if _, err := tx.exec(sqlInsertSketchKeys, append(keyArgs(&sketch), row.key)...); err != nil {
		return err
	}
	return tx.join(row, copies)
}

// keyArgs are a sketch's keys, as many for every sketch: a short text's one key several times.
func keyArgs(sketch *similar.Sketch) []any {
	keys := sketch.Keys()
	args := make([]any, similar.MaxKeys)
	for i := range args {
		args[i] = keys[i%len(keys)]
	}
	return args
}

// storedText is the text of a candidate or member, nil where what is stored of it is damaged, which Check tells of: that
// must not keep others from being stored.
func (tx *Tx) storedText(c *copied) (*similar.Text, error) {
	var data []byte
	err := tx.queryRow(sqlVersionData, []any{c.key, c.version}, &data)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	a, err := tx.s.codec.unpackArticle(data)
	if err != nil {
		return nil, nil
	}
	return readText(a), nil
}

// findCopies finds the articles that a text is a copy of: of each group one, which stands for all.
func (tx *Tx) findCopies(text *similar.Text, sketch *similar.Sketch) ([]copied, error) {
	candidates, err := tx.candidates(sketch)
	if err != nil {
		return nil, err
	}
	var found []copied
	compared := 0
	for _, c := range candidates {
		if compared == maxCompared {
			break
		}
		if c.group != 0 && slices.ContainsFunc(found, func(f copied) bool { return f.group == c.group }) {
			continue
		}
		compared++
		other, err := tx.storedText(&c)
		if err != nil {
			return nil, err
		}
		if other != nil && text.CopyOf(other) {
			found = append(found, c)
		}
	}
	return found, nil
}

// candidates are the articles that share a key with a sketch and enough else, the most similar first.
func (tx *Tx) candidates(sketch *similar.Sketch) ([]copied, error) {
	list, err := tx.copied(sqlCandidates, keyArgs(sketch)...)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(c copied) bool {
		_, enough := sketch.Shared(&c.sketch)
		return !enough
	})
	for i := range list {
		list[i].shared, _ = sketch.Shared(&list[i].sketch)
	}
	slices.SortFunc(list, func(x, y copied) int {
		return cmp.Or(cmp.Compare(y.shared, x.shared), cmp.Compare(x.key, y.key))
	})
	return list, nil
}

// copied reads articles with their sketches.
func (tx *Tx) copied(query string, args ...any) ([]copied, error) {
	stmt, err := tx.stmt(query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(tx.ctx, args...)
	if err != nil {
		return nil, fileError(tx.s.path, err)
	}
	defer rows.Close()
	var list []copied
	for rows.Next() {
		var c copied
		var sketch sql.RawBytes
		if err := rows.Scan(&c.key, &c.version, &c.group, &sketch); err != nil {
			return nil, fileError(tx.s.path, err)
		}
		c.sketch = similar.ReadSketch(sketch)
		list = append(list, c)
	}
	return list, fileError(tx.s.path, rows.Err())
}

// Copies returns up to limit articles of the group of an article, itself among them, and how many there are: first the
// lead, which was published first, then by date; the undated come last, equal dates go by ID. They come without bodies.
// An article without copies has none.
func (s *Store) Copies(ctx context.Context, id ID, limit int) (articles []*Article, total int, err error) {
	err = s.queryRow(ctx, sqlCountCopiesOf, []any{id}, &total)
	if err == nil && total > 0 {
		articles, err = collect(ctx, s, sqlCopiesOf, []any{id, limit}, func(rows *sql.Rows) (*Article, error) {
			var r storedArticle
			if err := rows.Scan(r.fields()...); err != nil {
				return nil, err
			}
			a, err := r.decode(s.codec)
			if err == nil {
				a.Body = nil
			}
			return a, err
		})
	}
	if err != nil {
		return nil, 0, fmt.Errorf("corpus: copies of %q: %w", id, err)
	}
	return articles, total, nil
}
