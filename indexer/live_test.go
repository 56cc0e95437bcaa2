package indexer

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"oped/corpus"
)

func TestLiveFollowsTheCorpus(t *testing.T) {
	f := newFakeCorpus(30)
	l := mustOpen(t, testConfig(t, f))
	if n := mustSync(t, l); n != 30 {
		t.Errorf("Sync = %d, want 30", n)
	}
	checkHolds(t, l, f)
	f.put(articleID(3))
	f.remove(articleID(4))
	f.reject(articleID(5))
	f.remove(articleID(6))
	f.put(articleID(6))
	mustSync(t, l)
	checkHolds(t, l, f)
	if seq, _ := f.Sequence(t.Context()); l.Sequence() != seq {
		t.Errorf("Sequence = %d, want %d", l.Sequence(), seq)
	}
}

func TestUnchangedCorpusCausesNoWrites(t *testing.T) {
	f := newFakeCorpus(10)
	cfg := testConfig(t, f)
	l := mustOpen(t, cfg)
	mustSync(t, l)
	written := func() any { return l.now().ix.StatsMap()["index"].(map[string]any)["TotBatches"] }
	before := written()
	for range 5 {
		if n := mustSync(t, l); n != 0 {
			t.Errorf("Sync = %d, want 0", n)
		}
	}
	if got := written(); got != before {
		t.Errorf("batches went from %v to %v", before, got)
	}
}

func TestReopenedIndexGoesOnWhereItWas(t *testing.T) {
	f := newFakeCorpus(20)
	cfg := testConfig(t, f)
	l := mustOpen(t, cfg)
	mustSync(t, l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	f.put(articleID(1))
	l = mustOpen(t, cfg)
	if n := mustSync(t, l); n != 1 {
		t.Errorf("Sync = %d, want 1", n)
	}
	checkHolds(t, l, f)
}

// TestLiveHoldsWhatTheCorpusHas is the property that all else rests on: whatever happens to the corpus, in whatever order,
// with whatever batches, the index holds exactly its articles.
func TestLiveHoldsWhatTheCorpusHas(t *testing.T) {
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 7))
		f := newFakeCorpus(0)
		cfg := testConfig(t, f)
		cfg.BatchBytes = 1 + r.IntN(20_000)
		l := mustOpen(t, cfg)
		for range 12 {
			for range r.IntN(30) {
				id := articleID(r.IntN(25))
				switch r.IntN(6) {
				case 0:
					f.remove(id)
				case 1:
					f.reject(id)
				default:
					f.put(id)
				}
			}
			mustSync(t, l)
			checkHolds(t, l, f)
		}
		if r.IntN(2) == 0 {
			mustRebuild(t, cfg)
			mustSync(t, l)
			checkHolds(t, l, f)
		}
	}
}

func TestSecondOwnerIsToldWhoHasTheIndex(t *testing.T) {
	cfg := testConfig(t, newFakeCorpus(0))
	mustOpen(t, cfg)
	began := time.Now()
	_, err := Open(t.Context(), cfg)
	if time.Since(began) > time.Second {
		t.Error("took more than a second")
	}
	var held *HeldError
	if !errors.As(err, &held) || !errors.Is(err, ErrHeld) {
		t.Fatalf("Open = %v, want a HeldError", err)
	}
	if held.PID != os.Getpid() || held.Doing != "a test" || held.Since.IsZero() || !strings.Contains(err.Error(), "(a test) since") {
		t.Errorf("held by %+v: %v", held, err)
	}
}

func TestLockFileLeftBehindHoldsNothing(t *testing.T) {
	cfg := testConfig(t, newFakeCorpus(1))
	if err := os.WriteFile(filepath.Join(cfg.Dir, liveLock), []byte(`{"pid":1,"doing":"a process that died"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	mustOpen(t, cfg)
}

// searcher counts the articles of whichever generation answers, all the time.
type searcher struct {
	mu  sync.Mutex
	gen Generation
}

func (s *searcher) publish(g Generation) {
	s.mu.Lock()
	old := s.gen
	s.gen = g
	s.mu.Unlock()
	if old.Release != nil {
		old.Release()
	}
}

func (s *searcher) count(t *testing.T) uint64 {
	s.mu.Lock() // a true searcher counts its searches instead of locking the generation
	defer s.mu.Unlock()
	res, err := s.gen.Index.Search(bleve.NewSearchRequest(query.NewMatchAllQuery()))
	if err != nil {
		t.Errorf("search: %v", err)
		return 0
	}
	return res.Total
}

func TestExchangeUnderSearches(t *testing.T) {
	f := newFakeCorpus(60)
	cfg := testConfig(t, f)
	l := mustOpen(t, cfg)
	mustSync(t, l)
	var s searcher
	l.OnPublish(s.publish)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := l.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	for range 3 {
		wg.Go(func() {
			for ctx.Err() == nil {
				if n := s.count(t); n != 60 {
					t.Errorf("found %d articles, want 60", n)
					return
				}
			}
		})
	}
	for range 4 {
		r := mustRebuild(t, cfg)
		waitFor(t, func() bool { return l.Generation() == r.Name })
	}
	cancel()
	wg.Wait()
	entries, err := os.ReadDir(cfg.generations())
	if err != nil || len(entries) > 3 {
		t.Errorf("%d generations are kept, want at most 3: %v", len(entries), err)
	}
}

// waitFor waits until something is so.
func waitFor(t *testing.T, so func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !so() {
		if time.Now().After(deadline) {
			t.Fatal("waited for too long")
		}
		time.Sleep(time.Millisecond)
	}
}

func TestOldGenerationStaysOpenUntilReleased(t *testing.T) {
	f := newFakeCorpus(5)
	cfg := testConfig(t, f)
	l := mustOpen(t, cfg)
	mustSync(t, l)
	var lent []Generation
	l.OnPublish(func(g Generation) { lent = append(lent, g) })
	mustRebuild(t, cfg)
	mustSync(t, l)
	if len(lent) != 2 || lent[0].Name == lent[1].Name {
		t.Fatalf("published %d generations, want 2 different ones", len(lent))
	}
	if n, err := lent[0].Index.DocCount(); err != nil || n != 5 {
		t.Errorf("the old one has %d documents: %v", n, err)
	}
	lent[0].Release()
	lent[0].Release()
	if _, err := lent[0].Index.DocCount(); err == nil {
		t.Error("the old one is still open after its release")
	}
	if n, err := lent[1].Index.DocCount(); err != nil || n != 5 {
		t.Errorf("the new one has %d documents: %v", n, err)
	}
}

func TestRollbackAndBack(t *testing.T) {
	f := newFakeCorpus(5)
	cfg := testConfig(t, f)
	first := mustRebuild(t, cfg)
	l := mustOpen(t, cfg)
	var s searcher
	l.OnPublish(s.publish)
	f.put(articleID(99))
	second := mustRebuild(t, cfg)
	for _, want := range []string{second.Name, first.Name, second.Name} {
		mustSync(t, l)
		if l.Generation() != want {
			t.Fatalf("generation %s answers, want %s", l.Generation(), want)
		}
		checkHolds(t, l, f)
		if _, err := Rollback(cfg); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRollbackNeedsAPrevious(t *testing.T) {
	cfg := testConfig(t, newFakeCorpus(1))
	mustRebuild(t, cfg)
	if _, err := Rollback(cfg); err == nil || !strings.Contains(err.Error(), "no previous generation") {
		t.Errorf("Rollback = %v", err)
	}
}

func TestIndexOfAnotherSchemaAnswersButIsNotWritten(t *testing.T) {
	f := newFakeCorpus(4)
	cfg := testConfig(t, f)
	r := mustRebuild(t, cfg)
	pretendSchema(t, cfg, r.Name, 0)
	f.put(articleID(50))
	l := mustOpen(t, cfg)
	var s searcher
	l.OnPublish(s.publish)
	stale := l.NeedsReindex()
	if stale == nil || !strings.Contains(stale.Error(), `run "oped reindex"`) {
		t.Fatalf("NeedsReindex = %v", stale)
	}
	if n := mustSync(t, l); n != 0 {
		t.Errorf("Sync wrote %d changes", n)
	}
	if n := s.count(t); n != 4 {
		t.Errorf("found %d articles, want 4", n)
	}
	st, err := Status(t.Context(), cfg)
	if err != nil || st.NeedsReindex != stale.Error() || st.Lag != 1 {
		t.Errorf("Status = %+v, %v", st, err)
	}
	mustRebuild(t, cfg)
	mustSync(t, l)
	if l.NeedsReindex() != nil {
		t.Error("still needs a reindex after one")
	}
	checkHolds(t, l, f)
}

// pretendSchema makes a generation look as if another version of the program had made it.
func pretendSchema(t *testing.T, cfg Config, name string, version int) {
	t.Helper()
	cfg, _ = cfg.withDefaults()
	m, err := readManifest(cfg.generation(name))
	if err != nil {
		t.Fatal(err)
	}
	m.Schema = version
	if err := writeJSON(filepath.Join(cfg.generation(name), manifestName), m); err != nil {
		t.Fatal(err)
	}
}

func TestRunGoesOnAfterAFailure(t *testing.T) {
	f := newFakeCorpus(3)
	flaky := &flakyCorpus{fakeCorpus: f, fail: true}
	cfg := testConfig(t, flaky)
	l := mustOpen(t, cfg)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- l.Run(ctx) }()
	waitFor(t, func() bool { return flaky.failures() > 1 })
	flaky.set(false)
	waitFor(t, func() bool { return l.Sequence() == 3 })
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
	checkHolds(t, l, f)
}

// flakyCorpus fails as long as it is told to.
type flakyCorpus struct {
	*fakeCorpus
	mu     sync.Mutex
	fail   bool
	failed int
}

func (f *flakyCorpus) set(fail bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail = fail
}

func (f *flakyCorpus) failures() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.failed
}

func (f *flakyCorpus) Changes(ctx context.Context, after uint64, limit int) ([]corpus.Change, error) {
	f.mu.Lock()
	fail := f.fail
	if fail {
		f.failed++
	}
	f.mu.Unlock()
	if fail {
		return nil, errors.New("the disk is busy")
	}
	return f.fakeCorpus.Changes(ctx, after, limit)
}
