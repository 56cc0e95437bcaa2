package indexer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"oped/corpus"
	"oped/indexer/schema"
)

func TestRebuildGivesTheSameIndexAgain(t *testing.T) {
	f := newFakeCorpus(300)
	f.reject(articleID(7))
	f.remove(articleID(8))
	cfg := testConfig(t, f)
	cfg.BatchBytes = 50_000
	first, second := mustRebuild(t, cfg), mustRebuild(t, cfg)
	if first.Digest != second.Digest || first.Digest != digestOf(f.want()) {
		t.Errorf("digests %s and %s, want %s", first.Digest, second.Digest, digestOf(f.want()))
	}
	if first.Totals.Documents != 298 || second.Previous != first.Name || second.Sequence != f.seq {
		t.Errorf("reports %+v and %+v", first, second)
	}
	l := mustOpen(t, cfg)
	checkHolds(t, l, f)
	if n := mustSync(t, l); n != 0 {
		t.Errorf("Sync = %d after a rebuild, want 0", n)
	}
}

func TestRebuildKeepsOneGenerationBefore(t *testing.T) {
	cfg := testConfig(t, newFakeCorpus(2))
	var names []string
	for range 4 {
		names = append(names, mustRebuild(t, cfg).Name)
	}
	entries, err := os.ReadDir(filepath.Join(cfg.Dir, "generations"))
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, e := range entries {
		kept = append(kept, e.Name())
	}
	if !slices.Equal(kept, names[2:]) {
		t.Errorf("kept %v, want %v", kept, names[2:])
	}
}

func TestCancelledRebuildIsContinued(t *testing.T) {
	f := newFakeCorpus(600)
	cfg := testConfig(t, f)
	cfg.BatchBytes = 20_000
	ctx, cancel := context.WithCancel(t.Context())
	f.onRead = func(n int) {
		if n == 400 {
			cancel()
		}
	}
	if _, err := Rebuild(ctx, cfg); !errors.Is(err, context.Canceled) {
		t.Fatalf("Rebuild = %v, want it cancelled", err)
	}
	if st, err := Status(t.Context(), cfg); err != nil || !st.Interrupted {
		t.Errorf("Status = %+v, %v, want Interrupted", st, err)
	}
	reads := 0
	f.onRead = func(int) { reads++ }
	f.mu.Lock()
	f.reads = 0
	f.mu.Unlock()
	r := mustRebuild(t, cfg)
	if !r.Resumed || r.Digest != digestOf(f.want()) {
		t.Errorf("resumed %v with digest %s", r.Resumed, r.Digest)
	}
	if reads == 0 || reads >= 600 {
		t.Errorf("the second run read %d articles, want the rest only", reads)
	}
}

func TestCheckpointOfAnotherSchemaIsNotContinued(t *testing.T) {
	f := newFakeCorpus(3)
	cfg := testConfig(t, f)
	cfg.Check = func(context.Context, bleve.Index) error { return errors.New("not yet") }
	if _, err := Rebuild(t.Context(), cfg); err == nil {
		t.Fatal("Rebuild was not refused")
	}
	mark := filepath.Join(cfg.Dir, "building", checkpointName)
	if err := writeJSON(mark, checkpoint{Schema: schema.Version + 1}); err != nil {
		t.Fatal(err)
	}
	cfg.Check = nil
	if r := mustRebuild(t, cfg); r.Resumed {
		t.Error("continued what another schema began")
	}
}

func TestRefusedIndexIsNotPublished(t *testing.T) {
	f := newFakeCorpus(3)
	cfg := testConfig(t, f)
	first := mustRebuild(t, cfg)
	refusal := errors.New(`query "kuril" found 0 articles, 12 before`)
	cfg.Check = func(_ context.Context, ix bleve.Index) error {
		if n, err := ix.DocCount(); n != 3 || err != nil {
			t.Errorf("checked an index of %d documents: %v", n, err)
		}
		return refusal
	}
	if _, err := Rebuild(t.Context(), cfg); !errors.Is(err, refusal) {
		t.Errorf("Rebuild = %v, want the refusal", err)
	}
	if st, err := Status(t.Context(), cfg); err != nil || st.Current.Name != first.Name {
		t.Errorf("%+v answers: %v", st.Current, err)
	}
}

func TestSecondRebuildIsRefusedAtOnce(t *testing.T) {
	cfg := testConfig(t, newFakeCorpus(3))
	cfg.Check = func(context.Context, bleve.Index) error {
		began := time.Now()
		_, err := Rebuild(t.Context(), cfg)
		var held *HeldError
		if !errors.As(err, &held) || held.PID != os.Getpid() || time.Since(began) > time.Second {
			t.Errorf("second Rebuild = %v", err)
		}
		return nil
	}
	mustRebuild(t, cfg)
}

func TestPoisonDocumentsAreLeftOutAndNamed(t *testing.T) {
	f := newFakeCorpus(40)
	f.broken[articleID(1)] = errors.New("unexpected end of data")
	cfg := testConfig(t, f)
	l := mustOpen(t, cfg)
	l.cfg.prepare = poisonous(articleID(2), articleID(3), articleID(4))
	l.now().w.cfg.prepare = l.cfg.prepare
	mustSync(t, l)
	problems := l.now().w.state.problems
	got := map[corpus.ID]string{}
	for _, p := range problems {
		got[p.ID] = p.Stage + ": " + p.Reason
	}
	for i, want := range map[int]string{1: "read: unexpected end of data", 2: "analyze: no letters", 3: "analyze: panic: no words", 4: "write: panic: no terms"} {
		if got[articleID(i)] != want {
			t.Errorf("problem of article %d: %q, want %q", i, got[articleID(i)], want)
		}
	}
	if n, err := l.now().ix.DocCount(); n != 36 || err != nil || len(problems) != 4 {
		t.Errorf("%d documents and %d problems, want 36 and 4: %v", n, len(problems), err)
	}
	delete(f.broken, articleID(1))
	for i := range 5 {
		f.put(articleID(i))
	}
	l.now().w.cfg.prepare = prepare
	mustSync(t, l)
	if n := len(l.now().w.state.problems); n != 0 {
		t.Errorf("%d problems are left after a mended version", n)
	}
	checkHolds(t, l, f)
}

// poisonous fails for a, panics for b, and makes the engine panic over c.
func poisonous(a, b, c corpus.ID) func(*corpus.Article) (prepared, error) {
	return func(article *corpus.Article) (prepared, error) {
		switch article.ID {
		case a:
			return prepared{}, errors.New("no letters")
		case b:
			panic("no words")
		case c:
			p, err := prepare(article)
			p.doc.AddField(poison{p.doc.Fields[0]})
			return p, err
		}
		return prepare(article)
	}
}

func TestRebuildReportsPoisonDocuments(t *testing.T) {
	f := newFakeCorpus(20)
	f.broken[articleID(5)] = errors.New("unexpected end of data")
	cfg := testConfig(t, f)
	r := mustRebuild(t, cfg)
	if len(r.Problems) != 1 || r.Problems[0].ID != articleID(5) || r.Totals.Documents != 19 {
		t.Errorf("problems %v, %d documents", r.Problems, r.Totals.Documents)
	}
	v, err := Verify(t.Context(), cfg)
	if err != nil || !v.OK() || len(v.Problems) != 1 {
		t.Errorf("Verify = %v, %v", v, err)
	}
}

func TestRebuildGivesUpWhereEverythingFails(t *testing.T) {
	f := newFakeCorpus(600)
	for i := range 600 {
		f.broken[articleID(i)] = errors.New("no such table")
	}
	_, err := Rebuild(t.Context(), testConfig(t, f))
	if err == nil || !strings.Contains(err.Error(), "give up") || !strings.Contains(err.Error(), "no such table") {
		t.Errorf("Rebuild = %v", err)
	}
}

func TestRebuildTellsProgress(t *testing.T) {
	f := newFakeCorpus(50)
	cfg := testConfig(t, f)
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	cfg.BatchBytes = 20_000
	var stages []string
	var last Progress
	cfg.Progress = func(p Progress) {
		if !slices.Contains(stages, p.Stage) {
			stages = append(stages, p.Stage)
		}
		if p.Stage == "index" && p.Done > 0 && p.Done < p.Total && (p.PerSecond <= 0 || p.Left <= 0) {
			t.Errorf("progress without rate: %+v", p)
		}
		last = p
	}
	mustRebuild(t, cfg)
	if want := []string{"index", "verify", "publish"}; !slices.Equal(stages, want) || last.Done != 50 || last.Total != 50 {
		t.Errorf("stages %v, last %+v", stages, last)
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	f := newFakeCorpus(10)
	f.remove(articleID(0))
	cfg := testConfig(t, f)
	p, err := DryRun(t.Context(), cfg)
	if err != nil || p.Articles != 9 || p.Changes != 10 || p.SchemaFrom != 0 || p.Bytes <= 0 {
		t.Errorf("DryRun = %+v, %v", p, err)
	}
	r := mustRebuild(t, cfg)
	f.put(articleID(20))
	p, err = DryRun(t.Context(), cfg)
	if err != nil || p.Articles != 10 || p.Changes != 1 || p.Current != 9 || p.SchemaFrom != schema.Version || p.Free <= 0 {
		t.Errorf("DryRun = %+v, %v", p, err)
	}
	if st, err := Status(t.Context(), cfg); err != nil || st.Current.Name != r.Name || st.Lag != 1 || st.Documents != 9 {
		t.Errorf("Status = %+v, %v", st, err)
	}
}

func TestVerifyNamesWhatIsWrong(t *testing.T) {
	f := newFakeCorpus(10)
	cfg := testConfig(t, f)
	mustRebuild(t, cfg)
	l := mustOpen(t, cfg)
	ix := l.now().ix
	if err := errors.Join(ix.Delete(string(articleID(2))), indexAlone(ix, madeUp(articleID(77), 1, 50)), indexAlone(ix, madeUp(articleID(3), 9, 50))); err != nil {
		t.Fatal(err)
	}
	v, err := l.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := []corpus.ID{articleID(2), articleID(3)}; !sameIDs(v.Missing, want) {
		t.Errorf("missing %v, want %v", v.Missing, want)
	}
	if want := []corpus.ID{articleID(3), articleID(77)}; !sameIDs(v.Extra, want) {
		t.Errorf("extra %v, want %v", v.Extra, want)
	}
	if s := v.String(); !strings.Contains(s, "2 missing") || !strings.Contains(s, string(articleID(77))+" version 1") {
		t.Errorf("it says: %s", s)
	}
	held, err := Verify(t.Context(), cfg)
	if err != nil || held.NotCompared == "" {
		t.Errorf("Verify beside the owner = %+v, %v", held, err)
	}
}

func sameIDs(faults []Fault, want []corpus.ID) bool {
	var got []corpus.ID
	for _, f := range faults {
		got = append(got, f.ID)
	}
	slices.Sort(want)
	return slices.Equal(got, want)
}

func indexAlone(ix bleve.Index, a *corpus.Article) error {
	p, err := prepare(a)
	if err != nil {
		return err
	}
	b := ix.NewBatch()
	if err := b.IndexAdvanced(p.doc); err != nil {
		return err
	}
	return ix.Batch(b)
}

func TestVerifyFindsAFlippedByte(t *testing.T) {
	cfg := testConfig(t, newFakeCorpus(10))
	r := mustRebuild(t, cfg)
	l := mustOpen(t, cfg) // written once more after publishing, and closed well
	l.cfg.Corpus.(*fakeCorpus).put(articleID(11))
	mustSync(t, l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	cfg.Now = func() time.Time { return later }
	store := filepath.Join(cfg.Dir, "generations", r.Name, "index", "store")
	files, err := os.ReadDir(store)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := Verify(t.Context(), cfg); err != nil || !v.OK() {
		t.Fatalf("Verify before = %v, %v", v, err)
	}
	for _, file := range files {
		path := filepath.Join(store, file.Name())
		flip(t, path)
		v, err := Verify(t.Context(), cfg)
		if err != nil || len(v.Damaged) == 0 || !strings.Contains(v.Damaged[0], file.Name()) {
			t.Errorf("%s: Verify = %v, %v", file.Name(), v, err)
		}
		flip(t, path)
	}
	if v, err := Verify(t.Context(), cfg); err != nil || !v.OK() {
		t.Errorf("Verify after = %v, %v", v, err)
	}
}

// flip inverts the byte in the middle of a file.
func flip(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 0xff
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSealedButUnpublishedGenerationIsContinued(t *testing.T) {
	f := newFakeCorpus(30)
	cfg := testConfig(t, f)
	first := mustRebuild(t, cfg)
	second := mustRebuild(t, cfg)
	full, _ := cfg.withDefaults()
	if err := full.writePointer(pointer{Current: first.Name}); err != nil {
		t.Fatal(err)
	}
	r := mustRebuild(t, cfg)
	if !r.Resumed || r.Digest != second.Digest || exists(full.generation(second.Name)) {
		t.Errorf("resumed %v, digest %s", r.Resumed, r.Digest)
	}
}

func TestServerMayStartDuringTheFirstBuild(t *testing.T) {
	f := newFakeCorpus(10)
	cfg := testConfig(t, f)
	cfg.Check = func(context.Context, bleve.Index) error {
		l, err := Open(t.Context(), cfg)
		if err != nil {
			return err
		}
		return l.Close()
	}
	r := mustRebuild(t, cfg)
	if r.Totals.Documents != 10 || r.Previous == "" {
		t.Errorf("report %+v", r)
	}
}

func TestPointerOutsideTheDirectoryIsRefused(t *testing.T) {
	cfg := testConfig(t, newFakeCorpus(1))
	if err := os.WriteFile(filepath.Join(cfg.Dir, pointerName), []byte(`{"current":"../../etc"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), cfg); err == nil {
		t.Error("Open followed it")
	}
}

func BenchmarkRebuild(b *testing.B) {
	f := &fakeCorpus{articles: map[corpus.ID]*corpus.Article{}}
	const n = 400
	for i := range n {
		f.articles[articleID(i)] = madeUp(articleID(i), 1, 900)
		f.change(corpus.Change{ID: articleID(i), Version: 1})
	}
	for b.Loop() {
		if _, err := Rebuild(b.Context(), testConfig(b, f)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(0, "ns/op")
}
