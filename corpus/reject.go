package corpus

import (
	"context"
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
// does not fill the archive.
func (tx *Tx) Reject(r Rejection) error {
	_, err := tx.exec(`INSERT INTO rejections (origin, url, stage, reason, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (origin, url, stage) DO UPDATE SET reason = excluded.reason, at = excluded.at`,
		r.Origin, r.URL, r.Stage, r.Reason, millis(r.At))
	if err != nil {
		return fmt.Errorf("corpus: reject %q: %w", r.Origin+r.URL, err)
	}
	return nil
}

// Keep stores a page out of which no article could be read, so that a better rule may try again; see Store.Pages.
func (tx *Tx) Keep(p *Page) error {
	if len(p.Body) > maxPageBytes {
		return fmt.Errorf("corpus: keep %q: the page has %d bytes, the limit is %d", p.URL, len(p.Body), maxPageBytes)
	}
	if _, err := tx.addCapture(p, p.Hash(), nil); err != nil {
		return fmt.Errorf("corpus: keep %q: %w", p.URL, err)
	}
	return nil
}

// Rejections returns up to limit rejections, the latest first.
func (s *Store) Rejections(ctx context.Context, limit int) ([]Rejection, error) {
	rows, err := s.query(ctx, `SELECT origin, url, stage, reason, at FROM rejections ORDER BY at DESC, key DESC LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("corpus: rejections: %w", err)
	}
	defer rows.Close()
	var list []Rejection
	for rows.Next() {
		var r Rejection
		var at int64
		if err := rows.Scan(&r.Origin, &r.URL, &r.Stage, &r.Reason, &at); err != nil {
			return nil, fmt.Errorf("corpus: rejections: %w", fileError(s.path, err))
		}
		r.At = fromMillis(at)
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: rejections: %w", fileError(s.path, err))
	}
	return list, nil
}
