package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Rejection tells of something that was offered and did not become an article.
type Rejection struct {
	// Origin is where it came from: a file and line, or the page that named the URL.
	Origin string
	URL    string
	// Stage is the step that refused: "fetch", "extract", "import", "quality".
	Stage  string
	Reason string
	At     time.Time
}

// Reject records a rejection. The same origin, URL and stage again replaces it, so that a job that is run every hour
// does not fill the archive. One without an origin (a kept page read once more) replaces those of its URL and stage,
// which keep their origins.
func (tx *Tx) Reject(r Rejection) error {
	if r.Origin == "" && r.URL != "" {
		if known, err := tx.renewRejections(r); known || err != nil {
			return err
		}
	}
	_, err := tx.exec(sqlReject, r.Origin, r.URL, r.Stage, r.Reason, millis(r.At))
	if err != nil {
		return fmt.Errorf("corpus: reject %q: %w", r.Origin+r.URL, err)
	}
	return nil
}

func (tx *Tx) renewRejections(r Rejection) (known bool, err error) {
	done, err := tx.exec(sqlRenewRejections, r.Reason, millis(r.At), r.URL, r.Stage)
	if err != nil {
		return false, fmt.Errorf("corpus: reject %q: %w", r.URL, err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// Keep stores a page out of which no article could be read, so that a better rule may try again; see Store.Pages.
func (tx *Tx) Keep(p *Page) error {
	if len(p.Body) > maxPageBytes {
		return fmt.Errorf("corpus: keep %q: %w: the page has %d bytes, the limit is %d", p.URL, ErrUnusable, len(p.Body), maxPageBytes)
	}
	if _, err := tx.addCapture(p, p.Hash(), nil); err != nil {
		return fmt.Errorf("corpus: keep %q: %w", p.URL, err)
	}
	return nil
}

// Rejections returns up to limit rejections, the latest first.
func (s *Store) Rejections(ctx context.Context, limit int) ([]Rejection, error) {
	list, err := collect(ctx, s, sqlRejections, []any{limit}, func(rows *sql.Rows) (r Rejection, err error) {
		var at int64
		err = rows.Scan(&r.Origin, &r.URL, &r.Stage, &r.Reason, &at)
		r.At = fromMillis(at)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: rejections: %w", err)
	}
	return list, nil
}
