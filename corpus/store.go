package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"
)

// FileName is the database's name in the directory that is given to Open.
const FileName = "corpus.db"

// ErrNotFound says that the Store holds nothing under the name that was asked for.
var ErrNotFound = errors.New("not found")

// ErrRemoved says that an article was taken down with Tx.Remove. It is also an ErrNotFound.
var ErrRemoved = fmt.Errorf("removed: %w", ErrNotFound)

// lockWait bounds how long Update waits for another process to end its transaction. Batches are cut to about a
// second, so that only a stopped or hung writer holds the lock for longer.
const lockWait = 2 * time.Minute

// Store is the archive on disk: one SQLite database in write-ahead mode. Any number of processes may have it open
// at once; their writes are serialised and their reads never wait for a write. It is safe for concurrent use.
type Store struct {
	path  string
	write *sql.DB // one connection: SQLite has one writer, so more would only wait for each other
	read  *sql.DB
	codec *codec
	stmts sync.Map // stmtKey -> *sql.Stmt, prepared once
}

type stmtKey struct {
	db  *sql.DB
	sql string
}

// Open opens the archive in dir and makes it where there is none. The caller closes it. A file that is damaged, that
// belongs to another program or that a newer oped made gives a *FileError, and is not touched.
func Open(ctx context.Context, dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("corpus: open %q: %w", dir, err)
	}
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		return nil, fmt.Errorf("corpus: open %q: %w", dir, err)
	}
	if err := prepare(ctx, path); err != nil {
		return nil, err
	}
	c, err := newCodec()
	if err != nil {
		return nil, fmt.Errorf("corpus: open %q: %w", dir, err)
	}
	s := &Store{path: path, codec: c}
	if s.write, err = connect(path, writerOptions); err != nil {
		return nil, fileError(path, err)
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = connect(path, readerOptions); err != nil {
		return nil, errors.Join(fileError(path, err), s.write.Close())
	}
	readers := 2 + 2*runtime.GOMAXPROCS(0)
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers) // a new one would have to prepare all statements again
	return s, nil
}

// Path is the absolute path of the database file.
func (s *Store) Path() string { return s.path }

// Close releases the archive. Calls under way end with an error; what Update has acknowledged is safe.
func (s *Store) Close() error {
	s.stmts.Range(func(_, v any) bool {
		v.(*sql.Stmt).Close()
		return true
	})
	err := errors.Join(s.read.Close(), s.write.Close())
	s.codec.close()
	if err != nil {
		return fmt.Errorf("corpus: close %q: %w", s.path, err)
	}
	return nil
}

// Update runs fn in one write transaction. All that fn wrote is on disk when Update returns nil, and nothing of it
// is kept when Update returns an error: fn's own, or the Store's. It waits for writers in this process and in others;
// fn must therefore be short, must not wait for the network and must not call Update. fn is run at most once.
// A cancelled ctx rolls the transaction back.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	t, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing after Commit
	tx := &Tx{ctx: ctx, s: s, sql: t, stmts: make(map[string]*sql.Stmt)}
	if err := fn(tx); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("corpus: commit: %w", fileError(s.path, err))
	}
	for _, query := range tx.missed {
		if _, err := s.prepared(ctx, s.write, query); err != nil {
			break // only a loss of speed: the next transaction makes it again
		}
	}
	return nil
}

// begin takes the write lock. Asking again and again in short attempts is fairer between processes than SQLite's own
// waiting, whose pauses grow.
func (s *Store) begin(ctx context.Context) (*sql.Tx, error) {
	for start := time.Now(); ; {
		t, err := s.write.BeginTx(ctx, nil)
		switch {
		case err == nil:
			return t, nil
		case ctx.Err() != nil:
			return nil, fmt.Errorf("corpus: begin: %w", ctx.Err())
		case !busy(err):
			return nil, fmt.Errorf("corpus: begin: %w", fileError(s.path, err))
		case time.Since(start) > lockWait:
			return nil, fmt.Errorf("corpus: begin: another process has held %q for writing for more than %s; end it or wait for it: %w",
				s.path, lockWait, err)
		}
	}
}

// prepared returns the statement for db, made at its first use.
func (s *Store) prepared(ctx context.Context, db *sql.DB, query string) (*sql.Stmt, error) {
	key := stmtKey{db, query}
	if v, ok := s.stmts.Load(key); ok {
		return v.(*sql.Stmt), nil
	}
	stmt, err := db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if v, loaded := s.stmts.LoadOrStore(key, stmt); loaded {
		stmt.Close()
		return v.(*sql.Stmt), nil
	}
	return stmt, nil
}

// queryRow reads one row outside any transaction into dest. It returns ErrNotFound where there is none.
func (s *Store) queryRow(ctx context.Context, query string, args []any, dest ...any) error {
	stmt, err := s.prepared(ctx, s.read, query)
	if err != nil {
		return fileError(s.path, err)
	}
	return s.scanned(stmt.QueryRowContext(ctx, args...).Scan(dest...))
}

// collect reads all rows of a query outside any transaction.
func collect[T any](ctx context.Context, s *Store, query string, args []any, scan func(*sql.Rows) (T, error)) ([]T, error) {
	stmt, err := s.prepared(ctx, s.read, query)
	if err != nil {
		return nil, fileError(s.path, err)
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return nil, fileError(s.path, err)
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fileError(s.path, err)
		}
		list = append(list, v)
	}
	return list, fileError(s.path, rows.Err())
}

func (s *Store) scanned(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return fileError(s.path, err)
}
