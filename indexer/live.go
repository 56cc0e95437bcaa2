package indexer

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2"

	"oped/indexer/schema"
)

// Live owns the index that answers: it alone writes to it, and it moves to another generation when one is published. Its
// methods may be called concurrently.
type Live struct {
	cfg  Config
	lock *lock

	step    sync.Mutex // held while changes are applied or a generation is exchanged
	telling sync.Mutex // held while listeners are told, so that each hears of the newest generation last

	mu        sync.Mutex // guards what follows
	current   *served
	open      map[string]*served // the generations that somebody still uses, with the current one
	listeners []func(Generation)
	closed    bool
}

// Generation is an index that answers, lent to whoever searches it.
type Generation struct {
	// Name names the generation.
	Name string
	// Index is open and is only to be read. It follows the corpus while the generation is the live one.
	Index bleve.Index
	// Release says that it will not be used any more. It may be called more than once.
	Release func()
}

// SchemaError says that an index was made by another version of the program's schema: it answers as it is, but nothing is
// added to it until it is replaced.
type SchemaError struct {
	Generation string
	Have, Want int
}

// Error says which command replaces the index.
func (e *SchemaError) Error() string {
	return fmt.Sprintf(`index %s was made with schema version %d, this program makes version %d: it still answers, but new articles are not added; run "oped reindex"`,
		e.Generation, e.Have, e.Want)
}

// Open opens the generation that answers, as its one owner; where there is none it makes an empty one. The error is a
// *HeldError, within a second, where another process owns it.
func Open(ctx context.Context, cfg Config) (*Live, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := cfg.makeDir(); err != nil {
		return nil, err
	}
	lk, err := cfg.acquire(liveLock, cfg.Holder)
	if err != nil {
		return nil, err
	}
	l := &Live{cfg: cfg, lock: lk, open: map[string]*served{}}
	if err := l.openFirst(ctx); err != nil {
		lk.release()
		return nil, err
	}
	if stale := l.NeedsReindex(); stale != nil {
		cfg.Log.Warn(stale.Error())
	}
	return l, nil
}

// openFirst opens the generation of the pointer, or a new empty one.
func (l *Live) openFirst(ctx context.Context) error {
	p, err := l.cfg.readPointer()
	if err != nil {
		return err
	}
	if p.Current == "" {
		if p.Current, err = l.cfg.createEmpty(ctx); err != nil {
			return err
		}
	}
	s, err := l.cfg.serve(p.Current)
	if err != nil {
		return fmt.Errorf(`%w; run "oped reindex" to make a new index, or "oped rollback" to go back to the previous one`, err)
	}
	l.current = s
	l.open[s.name] = s
	return nil
}

// createEmpty makes and publishes a generation without documents, beside a build that may be under way.
func (c Config) createEmpty(ctx context.Context) (string, error) {
	c.workName, c.Fresh = "empty", true
	b, err := c.newBuild()
	if err != nil {
		return "", err
	}
	m := Manifest{Schema: schema.Version, Digest: digestOf(nil)}
	err = errors.Join(b.w.write(ctx, nil), b.w.settle(ctx), b.ix.Close())
	if err == nil {
		err = c.manifest(ctx, &m)
	}
	if err == nil {
		_, err = c.publish(&m)
	}
	return m.Name, err
}

// OnPublish has f called with the generation that answers now, and with each one that is published later. Each must be
// released. An index is closed when nobody uses it any more, so a search that is under way ends on the index that it
// began on. f is never called twice at a time, and must not call OnPublish, Sync or Close.
func (l *Live) OnPublish(f func(Generation)) {
	l.telling.Lock()
	defer l.telling.Unlock()
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return
	}
	l.listeners = append(l.listeners, f)
	g := l.lend(l.current)
	l.mu.Unlock()
	f(g)
}

// NeedsReindex is not nil where the index that answers is of another schema version.
func (l *Live) NeedsReindex() *SchemaError { return l.now().stale() }

// Generation is the name of the generation that answers.
func (l *Live) Generation() string { return l.now().name }

// Sequence is the last number of the corpus sequence that the index holds.
func (l *Live) Sequence() uint64 { return l.now().sequence() }

// Err is the last failure of the engine in the background (merging, writing), nil if there was none. It is a matter for
// the operator: the disk may be full.
func (l *Live) Err() error { return l.now().ix.err() }

// Verify compares the index that answers with the corpus, and its files with their checksums.
func (l *Live) Verify(ctx context.Context) (Verification, error) {
	l.step.Lock()
	defer l.step.Unlock()
	s := l.now()
	damaged, err := l.cfg.damagedFiles(ctx, s.name)
	if err != nil {
		return Verification{}, err
	}
	if len(damaged) > 0 {
		return damagedIndex(s.name, damaged), nil
	}
	v, err := compare(ctx, l.cfg.Corpus, s.ix, s.w.state)
	v.Generation = s.name
	return v, err
}

// Close closes every generation, released or not, and gives the index up. Nothing may be searching any more, and Run must
// have returned or been told to.
func (l *Live) Close() error {
	l.step.Lock()
	defer l.step.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	var errs []error
	for _, s := range l.open {
		errs = append(errs, s.close())
	}
	l.lock.release()
	return errors.Join(errs...)
}

func (l *Live) isClosed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}
