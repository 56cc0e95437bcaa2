package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"oped/indexer/schema"
)

// served is a generation that this process has open.
type served struct {
	name     string
	ix       *engine
	w        *writer
	dir      string
	users    int  // of whom Live itself is one while it is the current one; guarded by Live.mu
	readOnly bool // of another schema version
	seq      atomic.Uint64
}

// serve opens a generation: for writing if it is of this schema.
func (c Config) serve(name string) (*served, error) {
	dir := c.generation(name)
	m, err := readManifest(dir)
	if err != nil {
		return nil, fmt.Errorf("indexer: open generation: %w", err)
	}
	s := &served{name: name, dir: dir, users: 1, readOnly: m.Schema != schema.Version}
	how := writing
	if s.readOnly {
		how = reading
	} else if err := unsealRoot(dir); err != nil {
		return nil, fmt.Errorf("indexer: open generation: %w", err)
	}
	if s.ix, err = openIndex(indexDir(dir), how); err != nil {
		return nil, err
	}
	if s.w, err = newWriter(c, s.ix, how); err != nil {
		return nil, errors.Join(err, s.ix.Close())
	}
	s.seq.Store(s.w.state.sequence)
	s.w.committed = func(int) { s.note() }
	return s, nil
}

// catchUp applies what the corpus has beyond the index.
func (s *served) catchUp(ctx context.Context) (int, error) {
	if s.readOnly {
		return 0, nil
	}
	return s.w.catchUp(ctx)
}

func (s *served) sequence() uint64 { return s.seq.Load() }

func (s *served) stale() *SchemaError {
	if !s.readOnly {
		return nil
	}
	return &SchemaError{Generation: s.name, Have: s.w.schemaOf(s.dir), Want: schema.Version}
}

// schemaOf is the schema version of a generation by its manifest.
func (w *writer) schemaOf(dir string) int {
	m, err := readManifest(dir)
	if err != nil {
		return w.state.schema
	}
	return m.Schema
}

// close closes the index and seals its root, which changes with every batch and so has no sum in the manifest.
func (s *served) close() error {
	err := s.ix.Close()
	if err == nil && !s.readOnly {
		err = sealRoot(s.dir)
	}
	return err
}

// position is how far a generation has come, for those who can not open it because another process has it.
type position struct {
	Sequence  uint64 `json:"sequence"`
	Documents int    `json:"documents"`
	Problems  int    `json:"problems,omitempty"`
}

const positionName = "position.json"

// note leaves word of how far the generation has come. It is a hint: the truth is in the index.
func (s *served) note() {
	st := &s.w.state
	s.seq.Store(st.sequence)
	_ = replaceJSON(filepath.Join(s.dir, positionName), position{st.sequence, st.totals.Documents, len(st.problems)})
}

const sealName = "root.sum"

// sealRoot leaves the sum of the root file of a closed index; unsealRoot takes it away before the file changes.
func sealRoot(generation string) error {
	sum, _, err := sumFile(rootFile(generation))
	if err != nil {
		return err
	}
	return replaceJSON(filepath.Join(generation, sealName), sum)
}

func unsealRoot(generation string) error {
	err := os.Remove(filepath.Join(generation, sealName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// rootFile is the file in which the engine lists the segments of an index.
func rootFile(generation string) string {
	return filepath.Join(indexDir(generation), "store", "root.bolt")
}

// now is the generation that answers.
func (l *Live) now() *served {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.current
}

// generation is an open generation that is not the current one: one that searches still use, or a newly opened one. It
// counts Live as a user.
func (l *Live) generation(name string) (*served, error) {
	l.mu.Lock()
	s := l.open[name]
	if s != nil {
		s.users++
	}
	l.mu.Unlock()
	if s != nil {
		return s, nil
	}
	s, err := l.cfg.serve(name)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[name] = s
	return s, nil
}

// install makes a generation the one that answers, tells everybody, and lets go of the old one.
func (l *Live) install(next *served) {
	l.telling.Lock()
	defer l.telling.Unlock()
	l.mu.Lock()
	old := l.current
	l.current = next
	listeners := l.listeners[:len(l.listeners):len(l.listeners)]
	lent := make([]Generation, len(listeners))
	for i := range lent {
		lent[i] = l.lend(next)
	}
	l.mu.Unlock()
	for i, f := range listeners {
		f(lent[i])
	}
	l.drop(old)
}

// lend counts a user of a generation. l.mu is held.
func (l *Live) lend(s *served) Generation {
	s.users++
	return Generation{Name: s.name, Index: s.ix, Release: sync.OnceFunc(func() { l.drop(s) })}
}

// drop counts a user of a generation out; the last one closes it.
func (l *Live) drop(s *served) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s.users--
	if s.users > 0 || l.closed {
		return
	}
	delete(l.open, s.name)
	if err := s.close(); err != nil {
		l.cfg.Log.Warn("an old index did not close well", "generation", s.name, "err", err)
	}
}
