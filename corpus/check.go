package corpus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
)

// Fault is something in the archive that is not as it was written.
type Fault struct {
	// What names it: an article's ID with its version, a page's hash, or the database.
	What    string
	Problem string
}

// Check reads the whole archive and reports every fault: damage of the file, pages whose bytes no longer have their
// hash, versions that cannot be read, articles whose newest version is missing or has another content than it is
// said to have, and groups of copies without a second member. It returns an error only where checking itself fails or
// ctx ends.
func (s *Store) Check(ctx context.Context, report func(Fault)) error {
	for _, step := range []func(context.Context, func(Fault)) error{s.checkFile, s.checkPages, s.checkVersions, s.checkCopies} {
		if err := step(ctx, report); err != nil {
			return fmt.Errorf("corpus: check: %w", err)
		}
	}
	return nil
}

func (s *Store) checkFile(ctx context.Context, report func(Fault)) error {
	problems, err := collect(ctx, s, `PRAGMA integrity_check(20)`, nil, func(rows *sql.Rows) (text string, err error) {
		return text, rows.Scan(&text)
	})
	for _, text := range problems {
		if text != "ok" {
			report(Fault{s.path, text})
		}
	}
	return err
}

// packed is a stored value with what names it, for checking.
type packed struct {
	name    string
	version int
	newest  bool
	content []byte
	data    []byte
}

func (s *Store) checkPages(ctx context.Context, report func(Fault)) error {
	for p, err := range chunks(ctx, s.packed(ctx, sqlCheckPages)) {
		if err != nil {
			return err
		}
		body, err := s.codec.unpack(p.data)
		sum := sha256.Sum256(body)
		if err != nil {
			report(Fault{"page " + p.name, err.Error()})
		} else if hex.EncodeToString(sum[:]) != p.name {
			report(Fault{"page " + p.name, "its bytes have another hash"})
		}
	}
	return nil
}

func (s *Store) checkVersions(ctx context.Context, report func(Fault)) error {
	for p, err := range chunks(ctx, s.packed(ctx, sqlCheckVersions)) {
		if err != nil {
			return err
		}
		name := fmt.Sprintf("article %s version %d", p.name, p.version)
		if a, err := s.codec.unpackArticle(p.data); err != nil {
			report(Fault{name, err.Error()})
		} else if p.newest && !bytes.Equal(contentDigest(a), p.content) {
			report(Fault{name, "its content is not what was kept"})
		}
	}
	missing, err := collect(ctx, s, sqlCheckMissing, nil, func(rows *sql.Rows) (f Fault, err error) {
		err = rows.Scan(&f.What)
		return Fault{"article " + f.What, "its newest version is missing"}, err
	})
	for _, f := range missing {
		report(f)
	}
	return err
}

func (s *Store) checkCopies(ctx context.Context, report func(Fault)) error {
	alone, err := collect(ctx, s, sqlCheckCopies, nil, func(rows *sql.Rows) (id string, err error) {
		return id, rows.Scan(&id)
	})
	for _, id := range alone {
		report(Fault{"article " + id, "it is in a group of copies, but no other article is"})
	}
	return err
}

func (s *Store) packed(ctx context.Context, query string) func(int64) ([]packed, int64, error) {
	return func(after int64) ([]packed, int64, error) {
		list, err := collect(ctx, s, query, []any{after, listChunk}, func(rows *sql.Rows) (p packed, err error) {
			err = rows.Scan(&after, &p.name, &p.version, &p.newest, &p.content, &p.data)
			return p, err
		})
		return list, after, err
	}
}

// Backup writes a copy of the archive as it is at this moment to a new file; readers and writers go on meanwhile. To
// restore it, put it as corpus.db into an empty directory. A damaged archive is refused with a *FileError: a copy of
// damage in the place of a good backup would lose both.
func (s *Store) Backup(ctx context.Context, path string) error {
	db, err := connect(s.path, backupOptions)
	if err == nil {
		defer db.Close()
		err = s.checkStructure(ctx)
	}
	if err == nil {
		_, err = db.ExecContext(ctx, `VACUUM INTO ?`, path)
	}
	if err != nil {
		return fmt.Errorf("corpus: backup to %q: %w", path, fileError(s.path, err))
	}
	return nil
}

// checkStructure fails where the database's pages do not fit together. What the articles in them say is for Check.
func (s *Store) checkStructure(ctx context.Context) error {
	var problem string
	err := s.queryRow(ctx, `PRAGMA quick_check(1)`, nil, &problem)
	if err == nil && problem != "ok" {
		err = &FileError{Path: s.path, Problem: "is damaged (" + problem + "); restore it from a backup, or save what is readable with sqlite3's .recover"}
	}
	return err
}
