package corpus

import (
	"fmt"
	"strconv"
	"strings"

	"oped/corpus/similar"
)

const (
	sqlSequence = `SELECT coalesce(max(seq), 0) FROM articles`

	sqlRow = `SELECT key, id, url, version, seq, content, full, page_hash, rejected, removed, seen, copies FROM articles `

	sqlRowByID       = sqlRow + `WHERE id = ?`
	sqlRowByIdentity = sqlRow + `WHERE key = (SELECT article FROM addresses WHERE identity = ?)`
	sqlRowByPage     = sqlRow + `WHERE key = (SELECT c.article FROM captures c JOIN pages p ON p.key = c.page
		WHERE p.hash = ? AND c.location = '')`

	sqlInsertArticle = `INSERT INTO articles (id, url, version, seq, content, full, page_hash, rejected, seen)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlReviseArticle = `UPDATE articles SET version = ?, seq = ?, content = ?, full = ?, page_hash = ?, rejected = ?,
		seen = ? WHERE key = ?`
	sqlSetSeq  = `UPDATE articles SET seq = ? WHERE key = ?`
	sqlSetSeen = `UPDATE articles SET seen = ? WHERE key = ?`

	sqlInsertVersion = `INSERT INTO versions (article, version, seq, capture, data) VALUES (?, ?, ?, ?, ?)`
	sqlVersionData   = `SELECT data FROM versions WHERE article = ? AND version = ?`

	sqlVersionOfPage = `SELECT v.version FROM versions v JOIN captures c ON c.key = v.capture JOIN pages p ON p.key = c.page
		WHERE v.article = ? AND p.hash = ? ORDER BY v.version DESC LIMIT 1`

	sqlPageKey       = `SELECT key FROM pages WHERE hash = ?`
	sqlInsertPage    = `INSERT INTO pages (hash, size, body) VALUES (?, ?, ?) RETURNING key`
	sqlInsertCapture = `INSERT INTO captures (page, location, article, fetched, meta) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (page, location) DO UPDATE SET article = coalesce(excluded.article, article),
		fetched = excluded.fetched, meta = excluded.meta RETURNING key`

	sqlInsertAddress = `INSERT INTO addresses (identity, article) VALUES (?, ?) ON CONFLICT DO NOTHING`
	sqlInsertAlias   = `INSERT INTO aliases (article, url) SELECT ?1, ?2
		WHERE (SELECT count(*) FROM aliases WHERE article = ?1) < ?3 ON CONFLICT DO NOTHING`

	// joinedAliases is an expression over a row "a" of articles.
	joinedAliases = `coalesce((SELECT group_concat(url, char(10)) FROM aliases WHERE article = a.key), '')`
	sqlAliases    = `SELECT ` + joinedAliases + ` FROM articles a WHERE a.key = ?`

	sqlArticle = `SELECT a.id, a.url, v.version, v.seq, v.data, ` + joinedAliases + `, a.copies
		FROM articles a JOIN versions v ON v.article = a.key AND v.version = `
	sqlNewest  = sqlArticle + `a.version WHERE a.id = ?`
	sqlVersion = sqlArticle + `?2 WHERE a.id = ?1`

	// ?1 is a JSON list of pairs of an ID and a version.
	sqlVersions = `SELECT a.id, a.url, v.version, v.seq, v.data, ` + joinedAliases + `, a.copies, wanted.key
		FROM json_each(?1) wanted JOIN articles a ON a.id = wanted.value ->> 0
		JOIN versions v ON v.article = a.key AND v.version = wanted.value ->> 1`

	sqlAllVersions = sqlArticle + `v.version WHERE a.id = ? ORDER BY v.version`

	sqlPage = `SELECT c.meta, p.body FROM pages p JOIN captures c ON c.page = p.key
		WHERE p.hash = ? ORDER BY c.fetched DESC, c.key DESC LIMIT 1`
	sqlPageOf = `SELECT c.meta, p.body FROM articles a JOIN versions v ON v.article = a.key
		JOIN captures c ON c.key = v.capture JOIN pages p ON p.key = c.page WHERE a.id = ? AND v.version = ?`

	sqlChanges = `SELECT seq, id, version, removed FROM articles WHERE seq > ? ORDER BY seq LIMIT ?`

	// ?2 is a Selection.
	sqlList = `SELECT a.id, a.url, v.version, v.seq, v.data, ` + joinedAliases + `, a.copies, a.key
		FROM articles a JOIN versions v ON v.article = a.key AND v.version = a.version
		WHERE a.key > ?1 AND (?2 = 0 OR a.rejected = (?2 = 2)) ORDER BY a.key LIMIT ?3`
	sqlPages = `SELECT c.meta, p.body, c.key FROM captures c JOIN pages p ON p.key = c.page
		WHERE c.key > ? AND (c.article IS NULL OR c.key = (SELECT n.key FROM captures n WHERE n.article = c.article
			ORDER BY n.fetched DESC, n.key DESC LIMIT 1))
		ORDER BY c.key LIMIT ?`

	sqlReject = `INSERT INTO rejections (origin, url, stage, reason, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (origin, url, stage) DO UPDATE SET reason = excluded.reason, at = excluded.at`
	sqlRenewRejections = `UPDATE rejections SET reason = ?, at = ? WHERE url = ? AND stage = ?`
	sqlRejections      = `SELECT origin, url, stage, reason, at FROM rejections ORDER BY at DESC, key DESC LIMIT ?`

	sqlRemoveVersions   = `DELETE FROM versions WHERE article = ?`
	sqlRemoveAliases    = `DELETE FROM aliases WHERE article = ?`
	sqlRemoveRejections = `DELETE FROM rejections WHERE url <> '' AND url = (SELECT url FROM articles WHERE key = ?)`
	sqlRemoveCaptures   = `DELETE FROM captures WHERE article = ? RETURNING page`
	sqlRemovePage       = `DELETE FROM pages WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM captures WHERE page = ?1)`
	sqlRemoveArticle    = `UPDATE articles SET removed = 1, seq = ? WHERE key = ?`

	sqlCheckPages    = `SELECT key, hash, 0, 0, NULL, body FROM pages WHERE key > ? ORDER BY key LIMIT ?`
	sqlCheckVersions = `SELECT v.key, a.id, v.version, v.version = a.version, a.content, v.data
		FROM versions v JOIN articles a ON a.key = v.article WHERE v.key > ? ORDER BY v.key LIMIT ?`
	sqlCheckMissing = `SELECT id FROM articles a WHERE removed = 0
		AND NOT EXISTS (SELECT 1 FROM versions WHERE article = a.key AND version = a.version)`

	sqlCheckCopies = `SELECT min(id) FROM articles WHERE copies <> 0 GROUP BY copies HAVING count(*) < 2`

	// copiedOf is what copied reads of a row "a" of articles and its row "s" of sketches.
	copiedOf           = `a.key, a.version, a.copies, s.sketch FROM sketches s JOIN articles a ON a.key = s.article `
	sqlMembers         = `SELECT ` + copiedOf + `WHERE a.copies = ? AND a.copies <> 0 ORDER BY a.key LIMIT ?`
	sqlCountCopies     = `SELECT count(*) FROM articles WHERE copies = ? AND copies <> 0`
	sqlSetCopies       = `UPDATE articles SET copies = ? WHERE key = ?`
	sqlChangeCopies    = `UPDATE articles SET copies = ?, seq = ? WHERE key = ?`
	sqlSketch          = `SELECT sketch FROM sketches WHERE article = ?`
	sqlInsertSketch    = `INSERT INTO sketches (article, published, sketch) VALUES (?, ?, ?)`
	sqlDeleteSketch    = `DELETE FROM sketches WHERE article = ?`
	sqlDeleteSketchKey = `DELETE FROM sketch_keys WHERE key = ? AND article = ?`
	sqlCompared        = `DELETE FROM uncompared WHERE article = ?`
	sqlRowUncompared   = sqlRow + `WHERE key = (SELECT min(article) FROM uncompared) AND removed = ?`
	sqlCountUncompared = `SELECT count(*) FROM uncompared`

	inGroupOf        = `a.copies = (SELECT copies FROM articles WHERE id = ?1) AND a.copies <> 0 `
	sqlCountCopiesOf = `SELECT count(*) FROM articles a WHERE ` + inGroupOf
	sqlCopiesOf      = `SELECT a.id, a.url, v.version, v.seq, v.data, ` + joinedAliases + `, a.copies FROM articles a
		JOIN sketches s ON s.article = a.key JOIN versions v ON v.article = a.key AND v.version = a.version
		WHERE ` + inGroupOf + `ORDER BY s.published, a.id LIMIT ?2`
)

// Statements that are the same for each of a sketch's keys.
var (
	sqlCandidates = `SELECT ` + copiedOf + `WHERE s.article IN (` + eachKey(` UNION ALL `,
		`SELECT article FROM (SELECT article FROM sketch_keys WHERE key = ?%d ORDER BY article DESC LIMIT `+strconv.Itoa(maxCandidates)+`)`) + `)`
	sqlInsertSketchKeys = `INSERT INTO sketch_keys (key, article) VALUES ` +
		eachKey(`, `, `(?%d, ?`+strconv.Itoa(similar.MaxKeys+1)+`)`) + ` ON CONFLICT DO NOTHING`
)

// eachKey repeats a part of a statement with the number of each key.
func eachKey(joint, part string) string {
	parts := make([]string, similar.MaxKeys)
	for i := range parts {
		parts[i] = fmt.Sprintf(part, i+1)
	}
	return strings.Join(parts, joint)
}
