package search

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/spelling"
)

// Texts gives the Searcher the articles that it shows. It must be safe for concurrent use. corpus.Store is one.
type Texts interface {
	// Articles returns versions of articles in the order asked for, nil for those that are not there. They are only read.
	Articles(ctx context.Context, ids []corpus.VersionID) ([]*corpus.Article, error)
}

// Defaults of a Config.
const (
	DefaultTimeout       = 5 * time.Second
	DefaultCacheBytes    = 256 << 20
	DefaultMaxExpansions = 4096
)

// Config is what a Searcher needs. Only Texts must be set.
type Config struct {
	Texts Texts
	// Now is the clock that relative dates in queries are read by; nil means time.Now.
	Now func() time.Time
	// Timeout ends a search that takes longer; what was found until then is returned as partial. 0 means DefaultTimeout.
	Timeout time.Duration
	// CacheBytes bounds the decoded lists that are kept per generation; 0 means DefaultCacheBytes.
	CacheBytes int
	// MaxExpansions bounds the spellings that one wildcard or fuzzy word may stand for; 0 means DefaultMaxExpansions.
	MaxExpansions int
	// Variants are spellings of names that are known beside those that the index teaches; nil means none.
	Variants *spelling.Variants

	// division is how searches are divided, which tests make finer than any archive of theirs needs; zero means the usual.
	division division
}

// Searcher answers requests from the generation published last. It is safe for concurrent use.
type Searcher struct {
	config Config
	cores  *cores
	gate   *gate

	mu      sync.Mutex
	current *generation
}

// New returns a Searcher that has no index yet.
func New(c Config) *Searcher {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.CacheBytes == 0 {
		c.CacheBytes = DefaultCacheBytes
	}
	if c.MaxExpansions == 0 {
		c.MaxExpansions = DefaultMaxExpansions
	}
	if c.division == (division{}) {
		c.division = division{stretchDocs, helpedWork}
	}
	return &Searcher{config: c, cores: newCores(), gate: newGate()}
}

// Publish makes an index the one that searches begun from now on are answered from. Searches under way keep the one
// they began with; when the last of them has ended, that index's release is called. The index must be a scorch index of
// package schema's layout. Publish returns when the index is ready to answer quickly; nil takes the Searcher out of service.
func (s *Searcher) Publish(name string, ix bleve.Index, release func()) {
	var next *generation
	if ix != nil {
		next = newGeneration(name, ix, release, &s.config)
		if snap, err := next.snapshot(); err == nil { // an error comes back from every search
			s.learn(next, snap)
			snap.release()
		}
	}
	s.mu.Lock()
	last := s.current
	s.current = next
	s.mu.Unlock()
	if last != nil {
		last.retire()
	}
}

// Ready reports whether there is an index to answer from.
func (s *Searcher) Ready() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current != nil
}

// acquire takes the generation of the moment; the caller calls done on it.
func (s *Searcher) acquire() (*generation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == nil || !s.current.acquire() {
		return nil, ErrNoIndex
	}
	return s.current, nil
}

// errTimeout is the cause of a context that the Searcher itself ended.
var errTimeout = errors.New("search: time is up")

// Search answers a request. The error is a *query.SyntaxError, a *RequestError, a *BudgetError, ErrBusy, ErrNoIndex, that of ctx, or
// one that tells of a fault of the index. A search that runs out of Config.Timeout is no error: its Results are
// Partial.
func (s *Searcher) Search(ctx context.Context, r Request) (res *Results, err error) {
	defer recovered(&err)
	began := time.Now()
	p, err := newPlan(r, s.config.Now())
	if err != nil {
		return nil, err
	}
	g, snap, release, err := s.view()
	if err != nil {
		return nil, err
	}
	defer release()
	p.expand(s.variants(g))
	if res, err = s.answer(ctx, p, g, snap); err != nil {
		return nil, err
	}
	res.Took = time.Since(began)
	return res, nil
}

// answer runs a plan on a snapshot.
func (s *Searcher) answer(ctx context.Context, p *plan, g *generation, snap *snapshot) (*Results, error) {
	q, err := s.execute(ctx, p, g, snap)
	if err != nil {
		return nil, err
	}
	res := q.results()
	if err := s.fill(ctx, q, res); err != nil {
		return nil, err
	}
	return res, s.fillCopies(ctx, q, res)
}

// view takes the generation and the snapshot of the moment, and a core if one is idle; the caller calls release when it is done
// with them.
func (s *Searcher) view() (g *generation, snap *snapshot, release func(), err error) {
	if g, err = s.acquire(); err != nil {
		return nil, nil, nil, err
	}
	if snap, err = g.snapshot(); err != nil {
		g.done()
		return nil, nil, nil, err
	}
	s.learn(g, snap)
	core := s.cores.take()
	return g, snap, func() {
		if core {
			s.cores.giveBack()
		}
		snap.release()
		g.done()
	}, nil
}

// execute finds what a plan asks for in a snapshot, within the time that a search may take.
func (s *Searcher) execute(ctx context.Context, p *plan, g *generation, snap *snapshot) (*search, error) {
	program, err := p.compile(snap.langs)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeoutCause(ctx, s.config.Timeout, errTimeout)
	defer cancel()
	q := &search{plan: p, program: program, snapshot: snap, generation: g, maxExpansions: s.config.MaxExpansions, cores: s.cores, gate: s.gate, helpedWork: s.config.division.helpedWork}
	return q, q.execute(limited)
}

// Mark marks what matches the request's query in an article, whatever its filters. Where the article does not match,
// nothing is marked. The error is as that of Search.
func (s *Searcher) Mark(_ context.Context, a *corpus.Article, r Request) (m *Marked, err error) {
	defer recovered(&err)
	p, err := newPlan(Request{Query: r.Query, Within: r.Within, NoVariants: r.NoVariants}, s.config.Now())
	if err != nil {
		return nil, err
	}
	p.expand(s.currentVariants())
	program, err := p.compile([]string{schema.PrimaryLanguage(a.Language)})
	if err != nil {
		return nil, err
	}
	reader := match.NewReader(program)
	defer reader.Close()
	read := reader.Read(a)
	return newMarker(read.Outline, read.Occurrences()).marked(), nil
}

// recovered turns a panic into an error: one bad query must not end the program.
func recovered(err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("search: internal fault: %v\n%s", fault, debug.Stack())
	}
}
