package corpus

import (
	"context"
	"database/sql"
)

// Tx is one write transaction; see Store.Update. It must not be used after the function it was given to has
// returned, nor by several goroutines.
type Tx struct {
	ctx context.Context // a Tx lives as long as the one call of Update that made it
	s   *Store
	sql *sql.Tx
	seq uint64 // the last number given, once read

	stmts  map[string]*sql.Stmt
	missed []string // statements that the Store should keep from now on
}

func (tx *Tx) exec(query string, args ...any) (sql.Result, error) {
	stmt, err := tx.stmt(query)
	if err != nil {
		return nil, err
	}
	res, err := stmt.ExecContext(tx.ctx, args...)
	return res, fileError(tx.s.path, err)
}

func (tx *Tx) queryRow(query string, args []any, dest ...any) error {
	stmt, err := tx.stmt(query)
	if err != nil {
		return err
	}
	return tx.s.scanned(stmt.QueryRowContext(tx.ctx, args...).Scan(dest...))
}

// stmt returns the statement on this transaction's connection. A statement that the Store does not keep yet is made for
// this transaction only: making it on the pool would wait for the one connection that this transaction holds.
func (tx *Tx) stmt(query string) (*sql.Stmt, error) {
	if stmt, ok := tx.stmts[query]; ok {
		return stmt, nil
	}
	var stmt *sql.Stmt
	if v, ok := tx.s.stmts.Load(stmtKey{tx.s.write, query}); ok {
		stmt = tx.sql.StmtContext(tx.ctx, v.(*sql.Stmt))
	} else {
		var err error
		if stmt, err = tx.sql.PrepareContext(tx.ctx, query); err != nil {
			return nil, fileError(tx.s.path, err)
		}
		tx.missed = append(tx.missed, query)
	}
	tx.stmts[query] = stmt
	return stmt, nil
}

// nextSeq gives the next number of the change sequence. Transactions are serialised, so that numbers become visible
// in ascending order.
func (tx *Tx) nextSeq() (uint64, error) {
	if tx.seq == 0 {
		if err := tx.queryRow(sqlSequence, nil, &tx.seq); err != nil {
			return 0, err
		}
	}
	tx.seq++
	return tx.seq, nil
}
