package indexer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"oped/indexer/schema"
)

// boltTimeout bounds the wait for bleve's own lock, for which it would wait for ever. Our locks are taken first, so it is
// only met where somebody opens the index without them.
const boltTimeout = "900ms"

// Ways of opening an index.
type access int

const (
	reading  access = iota
	writing         // every batch is on disk when it returns
	building        // batches may be lost by a crash, the newest first, and never in part
)

// options are the engine's options for a way of opening. All are given each time, as the engine keeps those that an index
// was made with.
func (a access) options() map[string]any {
	return map[string]any{
		"read_only":              a == reading,
		"unsafe_batch":           a == building,
		"bolt_timeout":           boltTimeout,
		"asyncErrorCallbackName": asyncErrorsName,
		"scorchMergePlanOptions": map[string]any{"floorSegmentFileSize": 8 << 20, "maxSegmentSize": maxSegmentDocs},
		"scorchPersisterOptions": map[string]any{"MemoryPressurePauseThreshold": alwaysUnderPressure},
	}
}

// maxSegmentDocs bounds segments: those of more than half as many documents are not merged any more. So a build copies
// what it has written about once, whatever the size of the corpus, and a merge takes a bounded part of the memory.
const maxSegmentDocs = 100_000

// alwaysUnderPressure makes the engine write each segment to disk as it is, instead of merging it with others in memory
// first: ours are as large as they should be.
const alwaysUnderPressure = 0

type bleveIndex = bleve.Index // by this name it can be embedded: it has a method Index

// engine is an open bleve index that may be closed more than once.
type engine struct {
	bleveIndex
	dir   string
	close func() error
}

func (e *engine) Close() error { return e.close() }

// createIndex makes an empty index. The directory must not exist.
func createIndex(dir string, a access) (*engine, error) {
	ix, err := bleve.NewUsing(dir, schema.Mapping(), scorch.Name, scorch.Name, a.options())
	if err != nil {
		return nil, fmt.Errorf("indexer: create %q: %w", dir, err)
	}
	return newEngine(ix, dir), nil
}

// openIndex opens an index. A damaged one is an error: the engine would panic.
func openIndex(dir string, a access) (e *engine, err error) {
	defer func() {
		if v := recover(); v != nil {
			e, err = nil, fmt.Errorf("indexer: open %q: it is damaged: %v", dir, v)
		}
	}()
	ix, err := bleve.OpenUsing(dir, a.options())
	if err != nil {
		return nil, fmt.Errorf("indexer: open %q: %w", dir, err)
	}
	return newEngine(ix, dir), nil
}

func newEngine(ix bleve.Index, dir string) *engine {
	e := &engine{bleveIndex: ix, dir: dir}
	e.close = sync.OnceValue(func() error {
		asyncErrors.forget(dir)
		return ix.Close()
	})
	return e
}

// asyncErrorsName is the name under which the engine finds the function to tell of what fails in the background.
const asyncErrorsName = "oped"

// asyncErrors collects the failures of merging and writing in the background, by index directory. The engine knows such
// functions by a name registered for the whole program, so this is one for the whole program.
var asyncErrors = func() *asyncLog {
	l := &asyncLog{last: map[string]error{}}
	scorch.RegistryAsyncErrorCallbacks[asyncErrorsName] = l.add
	return l
}()

type asyncLog struct {
	mu   sync.Mutex
	last map[string]error
}

func (l *asyncLog) add(err error, store string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last[filepath.Dir(store)] = err
}

func (l *asyncLog) forget(dir string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.last, dir)
}

// err is the last failure in the background of an index.
func (e *engine) err() error {
	asyncErrors.mu.Lock()
	defer asyncErrors.mu.Unlock()
	if err := asyncErrors.last[e.dir]; err != nil {
		return fmt.Errorf("indexer: write %q in the background: %w", e.dir, err)
	}
	return nil
}

// exists reports whether something is at a path.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, os.ErrNotExist)
}
