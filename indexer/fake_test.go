package indexer

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"oped/corpus"
	"oped/indexer/schema"
)

// fakeCorpus is a corpus in memory.
type fakeCorpus struct {
	mu       sync.Mutex
	seq      uint64
	changes  []corpus.Change
	articles map[corpus.ID]*corpus.Article // newest versions
	broken   map[corpus.ID]error
	onRead   func(n int) // called with the number of reads so far
	reads    int
}

func newFakeCorpus(n int) *fakeCorpus {
	f := &fakeCorpus{articles: map[corpus.ID]*corpus.Article{}, broken: map[corpus.ID]error{}}
	for i := range n {
		f.put(articleID(i))
	}
	return f
}

func articleID(i int) corpus.ID { return corpus.IDFromURL(fmt.Sprint("https://example.org/", i)) }

// put keeps a new version of an article.
func (f *fakeCorpus) put(id corpus.ID) *corpus.Article {
	f.mu.Lock()
	defer f.mu.Unlock()
	version := 1
	if old := f.articles[id]; old != nil {
		version = old.Version + 1
	}
	a := madeUp(id, version, 120)
	f.articles[id] = a
	f.change(corpus.Change{ID: id, Version: version})
	return a
}

// reject keeps a version that is no article.
func (f *fakeCorpus) reject(id corpus.ID) {
	f.put(id).Quality.Rejected = true
}

func (f *fakeCorpus) remove(id corpus.ID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a := f.articles[id]; a != nil {
		f.change(corpus.Change{ID: id, Version: a.Version, Removed: true})
	}
}

func (f *fakeCorpus) change(c corpus.Change) {
	f.seq++
	c.Seq = f.seq
	f.changes = slices.DeleteFunc(f.changes, func(old corpus.Change) bool { return old.ID == c.ID })
	f.changes = append(f.changes, c)
}

// want is what an index of the corpus must hold.
func (f *fakeCorpus) want() map[corpus.ID]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	held := map[corpus.ID]int{}
	for _, c := range f.changes {
		if a := f.articles[c.ID]; !c.Removed && !a.Quality.Rejected && f.broken[c.ID] == nil {
			held[c.ID] = c.Version
		}
	}
	return held
}

func (f *fakeCorpus) Sequence(context.Context) (uint64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seq, nil
}

func (f *fakeCorpus) Changes(_ context.Context, after uint64, limit int) ([]corpus.Change, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i, _ := slices.BinarySearchFunc(f.changes, after, func(c corpus.Change, seq uint64) int {
		if c.Seq <= seq {
			return -1
		}
		return 1
	})
	return slices.Clone(f.changes[i:min(i+limit, len(f.changes))]), nil
}

func (f *fakeCorpus) Version(_ context.Context, id corpus.ID, version int) (*corpus.Article, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	if f.onRead != nil {
		f.onRead(f.reads)
	}
	if err := f.broken[id]; err != nil {
		return nil, err
	}
	a := f.articles[id]
	if a == nil {
		return nil, errors.New("not found")
	}
	c := *a
	if c.Version != version {
		c.Version = version
	}
	return &c, nil
}

func (f *fakeCorpus) Articles(ctx context.Context, ids []corpus.VersionID) ([]*corpus.Article, error) {
	articles := make([]*corpus.Article, len(ids))
	for i, id := range ids {
		a, err := f.Version(ctx, id.ID, id.Version)
		if err != nil {
			return nil, err
		}
		articles[i] = a
	}
	return articles, nil
}

// madeUp is an article of so many words that depends on nothing but its ID and version.
func madeUp(id corpus.ID, version, words int) *corpus.Article {
	seed := uint64(version)
	for _, c := range []byte(id) {
		seed = seed*131 + uint64(c)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	a := &corpus.Article{ID: id, Version: version, URL: "https://example.org/" + string(id), Publication: "The Harbour Gazette",
		Headline: prose(r, 6), Standfirst: prose(r, 15), Authors: []corpus.Author{{Name: "Jane Doe"}}, Language: "en",
		Published: corpus.Date{Time: time.Date(2005+r.IntN(20), 5, 1, 0, 0, 0, 0, time.UTC)}, Type: corpus.TypeOpEd}
	for n := 0; n < words; n += 40 {
		a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: prose(r, 40)})
	}
	return a
}

// prose strings words together, common ones more often than rare ones.
func prose(r *rand.Rand, words int) string {
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		n := int(r.ExpFloat64() * 400)
		fmt.Fprintf(&b, "%c%c%s", 'a'+n%26, 'a'+n/26%26, []string{"tion", "ing", "er", "al", "ed", "ment"}[n%6])
		if i%12 == 11 {
			b.WriteByte('.')
		}
	}
	return b.String()
}

func testConfig(t testing.TB, c Corpus) Config {
	t.Helper()
	return Config{Dir: t.TempDir(), Corpus: c, Holder: "a test", Poll: time.Millisecond}
}

func mustOpen(t testing.TB, cfg Config) *Live {
	t.Helper()
	l, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func mustSync(t testing.TB, l *Live) int {
	t.Helper()
	n, err := l.Sync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func mustRebuild(t testing.TB, cfg Config) Report {
	t.Helper()
	r, err := Rebuild(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// checkHolds compares what the live index holds with what the corpus has, and its totals with a count of the words.
func checkHolds(t testing.TB, l *Live, f *fakeCorpus) {
	t.Helper()
	held, err := contents(t.Context(), l.now().ix)
	if err != nil {
		t.Fatal(err)
	}
	want := f.want()
	if got := digestOf(held); got != digestOf(want) {
		t.Fatalf("index holds %d articles, want %d, or others", len(held), len(want))
	}
	var totals schema.Totals
	for id := range want {
		_, stored, err := schema.Prepare(f.articles[id])
		if err != nil {
			t.Fatal(err)
		}
		totals.Add(stored)
	}
	got := l.now().w.state.totals
	if got.Documents != totals.Documents || got.Words["body"] != totals.Words["body"] || got.Words["headline"] != totals.Words["headline"] {
		t.Errorf("totals = %v, want %v", got, totals)
	}
}
