package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// FileError says why a database file cannot be used and what to do about it.
type FileError struct {
	Path    string
	Problem string // what is wrong with the file, and the way out
	Err     error  // SQLite's own words, may be nil
}

// Error names the file, the problem and the way out.
func (e *FileError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("corpus: %q %s", e.Path, e.Problem)
	}
	return fmt.Sprintf("corpus: %q %s: %v", e.Path, e.Problem, e.Err)
}

// Unwrap returns SQLite's error.
func (e *FileError) Unwrap() error { return e.Err }

const (
	// Writers ask again themselves (Store.begin), so that one attempt is short.
	writerOptions = "_txlock=immediate&_busy_timeout=200" +
		"&_journal_mode=WAL&_pragma=journal_size_limit(67108864)" +
		// FULL, not NORMAL: what Update acknowledged must outlive a power cut too, and one sync a batch costs little.
		"&_synchronous=FULL&_foreign_keys=1&_defensive=1" +
		// What undoes a single statement takes as much memory as the statement changes, which is little, and no file.
		"&_pragma=temp_store(memory)"
	// A reader waits only in the instant in which another process recovers the log after a crash.
	// A page of results is read out of some fifty of the file's; a cache of 8 MB keeps those that are read again and again. To
	// map the file would be faster still, but each connection's mapping would count as memory of the process.
	readerOptions = "_busy_timeout=10000&_query_only=1&_defensive=1&_pragma=cache_size(-8192)"
	// To copy is to read, but SQLite counts it as writing.
	backupOptions = "mode=rw&_busy_timeout=10000&_defensive=1"
	// A page of 16 kB holds five packed texts of common length and wastes a tenth of itself; one of 8 kB wastes a fifth.
	makerOptions = "_busy_timeout=200&_pragma=page_size(16384)&_journal_mode=WAL&_txlock=immediate&_synchronous=FULL"
)

func connect(path, options string) (*sql.DB, error) {
	u := url.URL{Scheme: "file", Path: path, RawQuery: options + "&_dqs=0&_error_rc=1"}
	return sql.Open("sqlite", u.String())
}

// prepare checks that the file at path is an archive of a known format, or makes one.
func prepare(ctx context.Context, path string) error {
	for start := time.Now(); ; {
		err := check(ctx, path)
		if err == nil || errors.Is(err, errEmpty) {
			err = build(ctx, path)
		}
		// Several processes may make the archive at once: only one can, and the others then find it made.
		if !busy(err) || ctx.Err() != nil || time.Since(start) > lockWait {
			return err
		}
	}
}

// errEmpty says that there is no archive yet where one may be made.
var errEmpty = errors.New("no archive yet")

// check looks at the file without changing anything in it: it may belong to somebody else.
func check(ctx context.Context, path string) error {
	if info, err := os.Stat(path); errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0 {
		return errEmpty
	} else if err != nil {
		return fmt.Errorf("corpus: open: %w", err)
	}
	db, err := connect(path, "mode=rw&_busy_timeout=200&_query_only=1")
	if err != nil {
		return fileError(path, err)
	}
	defer db.Close()
	var app, version, tables int
	err = db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`).Scan(&app, &version, &tables)
	switch {
	case err != nil:
		return fileError(path, err)
	case tables == 0 && app == 0:
		return errEmpty
	case app != applicationID:
		return &FileError{Path: path, Problem: "is a database of another program; name another directory for the archive"}
	case version > format:
		return &FileError{Path: path, Problem: fmt.Sprintf(
			"was written by a newer oped (format %d, this one knows %d); use that oped", version, format)}
	}
	return nil
}

// build makes the tables, or brings an older format forward.
func build(ctx context.Context, path string) error {
	db, err := connect(path, makerOptions)
	if err != nil {
		return fileError(path, err)
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fileError(path, err)
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fileError(path, err)
	}
	if version == format {
		return nil
	}
	if _, err := tx.ExecContext(ctx, migration(version)); err != nil {
		return fileError(path, err)
	}
	return fileError(path, tx.Commit())
}

// migration is the SQL that turns a file of the given format, 0 for an empty one, into the present one.
func migration(version int) string {
	text := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, format)
	if version == 0 {
		return schema + copiesSchema + text
	}
	return strings.Join(upgrades[version-1:], "") + text
}

// fileError gives SQLite's codes for an unusable file words that say what to do; any other error is returned as it is.
func fileError(path string, err error) error {
	var e *sqlite.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	var problem string
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		problem = "is no archive: its first bytes are not those of a database; name another directory, or restore the file from a backup"
	case sqlite3.SQLITE_CORRUPT:
		problem = "is damaged; restore it from a backup, or save what is readable with sqlite3's .recover"
	case sqlite3.SQLITE_FULL:
		problem = "cannot grow: the disk is full; free some space and run the same command again"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		problem = "cannot be written; check the permissions of the file and of its directory"
	case sqlite3.SQLITE_IOERR:
		problem = "cannot be read or written; check the disk"
	default:
		return err
	}
	return &FileError{Path: path, Problem: problem, Err: err}
}

// busy reports whether another connection holds the lock.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}
