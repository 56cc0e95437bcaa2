package corpus

const (
	sqlAddTarget = `INSERT INTO targets (identity, url, host, kind, rank, publication, last_modified, found_in)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identity) DO UPDATE SET `

	sqlEnqueue = sqlAddTarget + `pending = 1, attempts = 0, not_before = 0, last_modified = excluded.last_modified
		WHERE pending = 0 AND excluded.last_modified > fetched`
	// A page that turns out to be a feed is one from then on, and a known publication is not forgotten.
	sqlRequeue = sqlAddTarget + `pending = 1, attempts = 0, not_before = 0, url = excluded.url, host = excluded.host,
		kind = excluded.kind, rank = excluded.rank, last_modified = max(last_modified, excluded.last_modified),
		publication = iif(excluded.publication = '', publication, excluded.publication)`

	sqlRecheck = `UPDATE targets SET pending = 1, attempts = 0, not_before = 0
		WHERE kind = ?1 AND pending = 0 AND fetched > 0 AND identity IN (SELECT d.identity FROM sketches s
			JOIN addresses d ON d.article = s.article WHERE s.published >= ?2 AND (s.published < ?3 OR fetched >= ?2))`

	sqlFinish = `UPDATE targets SET pending = 0, attempts = 0, not_before = 0, fetched = ?2, status = ?3,
		etag = iif(?9 AND ?4 = '', etag, ?4), modified = iif(?9 AND ?5 = '', modified, ?5),
		page_hash = iif(?9 AND ?6 = '', page_hash, ?6), outcome = ?7, reason = ?8 WHERE identity = ?1`

	sqlRetry = `UPDATE targets SET attempts = attempts + 1, not_before = ?, reason = ? WHERE identity = ? AND pending = 1`

	sqlPendingHosts = `SELECT host, count(*) FROM targets WHERE pending = 1 GROUP BY host`

	sqlPending = `SELECT url, kind, publication, last_modified, found_in, attempts, not_before FROM targets
		WHERE pending = 1 AND host = ? ORDER BY rank, attempts, key LIMIT ?`

	sqlLastFetch = `SELECT fetched, status, etag, modified, page_hash, outcome, reason FROM targets
		WHERE identity = ? AND fetched > 0`
)
