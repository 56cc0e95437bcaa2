package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// TargetKind says what is expected at an address.
type TargetKind string

// The kinds of targets.
const (
	TargetSite    TargetKind = "site"    // a home page, or any page to look for feeds, sitemaps and links in
	TargetFeed    TargetKind = "feed"    // RSS, Atom or JSON feed
	TargetSitemap TargetKind = "sitemap" // a sitemap or an index of sitemaps
	TargetPage    TargetKind = "page"    // an article
)

// Target is an address to be fetched.
type Target struct {
	URL  string
	Kind TargetKind
	// Publication is a hint for the articles found there.
	Publication string
	// LastModified is when the page changed by the word of whoever named it, zero if unknown.
	LastModified time.Time
	// From is the address that named it, empty for a seed.
	From string
	// Attempts counts the fetches that failed and are to be repeated; NotBefore is when.
	Attempts  int
	NotBefore time.Time
}

// Fetch tells how the last fetch of a target went.
type Fetch struct {
	URL string
	At  time.Time
	// Status is the HTTP status, 0 where no answer came.
	Status int
	// ETag and LastModified are the headers as they came, to be sent with the next request.
	ETag         string
	LastModified string
	// PageHash is that of the page received, empty if none was kept.
	PageHash string
	// Outcome is that of Tx.Put, 0 if nothing was put.
	Outcome Outcome
	// Reason says why there is no article, empty if there is one or none was expected.
	Reason string
}

// Enqueue adds targets that are not known and returns how many became pending. One that was fetched is left alone,
// unless its LastModified is later than that fetch. Addresses that CanonicalURL makes one are one target; what is
// fetched is the address as it was first given. An address that is not http or https is an error.
func (tx *Tx) Enqueue(targets ...Target) (added int, err error) {
	for _, t := range targets {
		n, err := tx.addTarget(sqlEnqueue, t)
		if err != nil {
			return added, fmt.Errorf("corpus: enqueue %q: %w", t.URL, err)
		}
		added += n
	}
	return added, nil
}

// Requeue makes targets pending whatever happened before: seeds and pages to be looked at again. What is known of
// their last fetch stays.
func (tx *Tx) Requeue(targets ...Target) error {
	for _, t := range targets {
		if _, err := tx.addTarget(sqlRequeue, t); err != nil {
			return fmt.Errorf("corpus: requeue %q: %w", t.URL, err)
		}
	}
	return nil
}

// Recheck makes the pages pending again that articles published since a day were read from, and returns how many: papers
// change headlines and texts without telling anyone. Articles without a date count by when their page was last fetched.
func (tx *Tx) Recheck(since time.Time) (int, error) {
	res, err := tx.exec(sqlRecheck, string(TargetPage), since.UnixMilli(), int64(undated))
	if err != nil {
		return 0, fmt.Errorf("corpus: recheck: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func (tx *Tx) addTarget(query string, t Target) (int, error) {
	key, host, err := targetKey(t.URL)
	if err != nil {
		return 0, err
	}
	res, err := tx.exec(query, key, t.URL, host, string(t.Kind), rank(t.Kind), t.Publication, millis(t.LastModified), t.From)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// rank orders kinds: what names further targets is fetched first.
func rank(k TargetKind) int {
	switch k {
	case TargetFeed, TargetSitemap:
		return 0
	case TargetSite:
		return 1
	}
	return 2
}

func targetKey(raw string) (key, host string, err error) {
	if key, err = identityOf(raw); err != nil {
		return "", "", err
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", "", err
	}
	return key, u.Host, nil
}

// Finish records a fetch that needs no repetition; the target leaves the frontier. A target that was never enqueued
// is recorded too. Where the answer was 304 Not Modified, validators and PageHash that f leaves empty stay.
func (tx *Tx) Finish(f Fetch) error {
	if _, err := tx.addTarget(sqlEnqueue, Target{URL: f.URL, Kind: TargetPage}); err != nil {
		return fmt.Errorf("corpus: finish %q: %w", f.URL, err)
	}
	key, err := identityOf(f.URL)
	if err != nil {
		return fmt.Errorf("corpus: finish %q: %w", f.URL, err)
	}
	keep := f.Status == http.StatusNotModified
	_, err = tx.exec(sqlFinish, key, millis(f.At), f.Status, f.ETag, f.LastModified, f.PageHash, int(f.Outcome), f.Reason, keep)
	if err != nil {
		return fmt.Errorf("corpus: finish %q: %w", f.URL, err)
	}
	return nil
}

// Retry records a fetch that failed and is to be repeated from notBefore on. It returns ErrNotFound for a URL that is
// not in the frontier.
func (tx *Tx) Retry(url string, notBefore time.Time, reason string) error {
	key, err := identityOf(url)
	if err != nil {
		return fmt.Errorf("corpus: retry %q: %w", url, err)
	}
	res, err := tx.exec(sqlRetry, millis(notBefore), reason, key)
	if err != nil {
		return fmt.Errorf("corpus: retry %q: %w", url, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return fmt.Errorf("corpus: retry %q: %w", url, errors.Join(err, ErrNotFound))
	}
	return nil
}

// PendingHosts counts the pending targets of each host (with its port, if one is written).
func (s *Store) PendingHosts(ctx context.Context) (map[string]int, error) {
	hosts := make(map[string]int)
	_, err := collect(ctx, s, sqlPendingHosts, nil, func(rows *sql.Rows) (host string, err error) {
		var n int
		err = rows.Scan(&host, &n)
		hosts[host] = n
		return host, err
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: pending hosts: %w", err)
	}
	return hosts, nil
}

// Pending returns up to limit targets of a host: feeds and sitemaps first, then sites, then pages; those tried least
// often first, then as they were added. Targets whose NotBefore has not come are among them.
func (s *Store) Pending(ctx context.Context, host string, limit int) ([]Target, error) {
	list, err := collect(ctx, s, sqlPending, []any{host, limit}, func(rows *sql.Rows) (t Target, err error) {
		var modified, notBefore int64
		err = rows.Scan(&t.URL, &t.Kind, &t.Publication, &modified, &t.From, &t.Attempts, &notBefore)
		t.LastModified, t.NotBefore = fromMillis(modified), fromMillis(notBefore)
		return t, err
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: pending of %q: %w", host, err)
	}
	return list, nil
}

// LastFetch returns how the last fetch of an address went, or ErrNotFound if it was never fetched.
func (s *Store) LastFetch(ctx context.Context, url string) (Fetch, error) {
	f := Fetch{URL: url}
	key, err := identityOf(url)
	var at int64
	if err == nil {
		err = s.queryRow(ctx, sqlLastFetch, []any{key}, &at, &f.Status, &f.ETag, &f.LastModified, &f.PageHash, &f.Outcome, &f.Reason)
	}
	if err != nil {
		return Fetch{}, fmt.Errorf("corpus: last fetch of %q: %w", url, err)
	}
	f.At = fromMillis(at)
	return f, nil
}
