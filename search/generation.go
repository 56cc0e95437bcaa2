package search

import (
	"context"
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// maxFreshDocs is how many new documents a search reads columns for before it answers. For more (a merge, a large
// import) it answers from the snapshot before, while the new one is made ready beside it.
const maxFreshDocs = 2_000

// generation is a published index with everything that lives as long as it does.
type generation struct {
	name    string
	index   bleve.Index
	release func()
	lists   *cache
	values  *ordinals
	stretch uint32 // documents
	names   learning
	life    context.Context // ends when another generation takes over
	end     context.CancelFunc

	mu      sync.Mutex
	users   int  // searches under way, and one for being published
	loading bool // a snapshot is being made beside
	failed  bool // making one beside failed: the next search makes it itself, and tells why it cannot
	current *snapshot
}

func newGeneration(name string, ix bleve.Index, release func(), c *Config) *generation {
	g := &generation{name: name, index: ix, release: release, lists: newCache(c.CacheBytes), values: newOrdinals(),
		stretch: c.division.stretchDocs, users: 1}
	g.life, g.end = context.WithCancel(context.Background())
	return g
}

// retire ends what goes on beside searches, and gives up the user that stands for being published.
func (g *generation) retire() {
	g.end()
	g.names.end()
	g.done()
}

// acquire adds a user; it fails after the last one has gone.
func (g *generation) acquire() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.users == 0 {
		return false
	}
	g.users++
	return true
}

// done removes a user; the last one closes the door.
func (g *generation) done() {
	g.mu.Lock()
	g.users--
	last := g.users == 0
	current := g.current
	if last {
		g.current = nil
	}
	g.mu.Unlock()
	if !last {
		return
	}
	if current != nil {
		current.release()
	}
	if g.release != nil {
		g.release()
	}
}

// snapshot is the newest one that can be had without waiting long. The caller releases it.
func (g *generation) snapshot() (*snapshot, error) {
	index, err := g.read()
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.current != nil {
		if g.current.index == index || g.loading {
			_ = index.Close()
			g.current.users.Add(1)
			return g.current, nil
		}
		if g.current.newDocs(index) > maxFreshDocs && !g.failed {
			g.loading = true
			g.users++
			go g.load(index, g.current)
			g.current.users.Add(1)
			return g.current, nil
		}
	}
	fresh, err := newSnapshot(index, g.current, g)
	if err != nil {
		return nil, err
	}
	g.failed = false
	g.replace(fresh)
	fresh.users.Add(1)
	return fresh, nil
}

// load makes a snapshot while searches go on.
func (g *generation) load(index *scorch.IndexSnapshot, before *snapshot) {
	fresh, err := newSnapshot(index, before, g)
	g.mu.Lock()
	g.loading, g.failed = false, err != nil
	if err == nil {
		g.replace(fresh)
	}
	g.mu.Unlock()
	g.done()
}

// replace puts a snapshot in the place of the current one. The caller holds mu.
func (g *generation) replace(fresh *snapshot) {
	if g.current != nil {
		g.current.release()
	}
	g.current = fresh
}

// read opens bleve's snapshot of this moment.
func (g *generation) read() (*scorch.IndexSnapshot, error) {
	advanced, err := g.index.Advanced()
	if err != nil {
		return nil, fmt.Errorf("search: open generation %q: %w", g.name, err)
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, fmt.Errorf("search: read generation %q: %w", g.name, err)
	}
	index, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		_ = reader.Close()
		return nil, fmt.Errorf("search: read generation %q: index is of type %T, not scorch", g.name, reader)
	}
	return index, nil
}
