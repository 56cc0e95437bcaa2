package indexer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"oped/indexer/schema"
)

// Report is the outcome of a Rebuild.
type Report struct {
	Manifest
	// Previous is the generation that can be rolled back to, empty if there is none.
	Previous string `json:"previous,omitempty"`
	// Resumed is true where an interrupted run was continued.
	Resumed bool `json:"resumed,omitempty"`
	// Took is the time of this run.
	Took time.Duration `json:"took_ns"`
}

// checkpoint marks the directory of a generation that is being built.
type checkpoint struct {
	Schema int `json:"schema"`
}

const checkpointName = "checkpoint.json"

// Rebuild makes a new generation of the whole corpus beside the live one, verifies it against the corpus, publishes it and
// removes all older ones but the one before. It works while another process serves the live index. An interrupted
// Rebuild, by ctx or by the death of the process, is continued by the next one.
//
// Articles that can not be indexed are left out and listed in the report; the job goes on. The error is a *HeldError where
// another Rebuild runs, a *VerifyError where the new index does not hold what the corpus does, or Config.Check's own,
// wrapped; the live index is untouched then. Cancelling ctx keeps what is done.
func Rebuild(ctx context.Context, cfg Config) (Report, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return Report{}, err
	}
	if err := cfg.makeDir(); err != nil {
		return Report{}, err
	}
	l, err := cfg.acquire(buildLock, cfg.Holder)
	if err != nil {
		return Report{}, err
	}
	defer l.release()
	began := cfg.Now()
	b, err := cfg.startBuild()
	if err != nil {
		return Report{}, err
	}
	r, err := b.run(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("indexer: rebuild: %w", err)
	}
	r.Took = cfg.Now().Sub(began)
	return r, nil
}

// build is a Rebuild under way.
type build struct {
	cfg     Config
	ix      *engine
	w       *writer
	meter   *meter
	resumed bool
}

// startBuild opens the generation that an interrupted run left, or makes a new one.
func (c Config) startBuild() (*build, error) {
	if err := c.adoptUnpublished(); err != nil {
		return nil, err
	}
	if !c.Fresh && c.canResume() {
		if ix, err := openIndex(indexDir(c.building()), building); err == nil {
			if w, err := newWriter(c, ix, building); err == nil {
				return &build{cfg: c, ix: ix, w: w, resumed: w.state.sequence > 0}, nil
			}
			_ = ix.Close()
		}
		c.Log.Warn("the interrupted build can not be continued; it begins anew", "dir", c.building())
	}
	return c.newBuild()
}

// newBuild begins a generation anew.
func (c Config) newBuild() (*build, error) {
	if err := os.RemoveAll(c.building()); err != nil {
		return nil, fmt.Errorf("indexer: clear build: %w", err)
	}
	if err := os.Mkdir(c.building(), 0o755); err != nil {
		return nil, fmt.Errorf("indexer: begin build: %w", err)
	}
	ix, err := createIndex(indexDir(c.building()), building)
	if err != nil {
		return nil, err
	}
	if err := writeJSON(filepath.Join(c.building(), checkpointName), checkpoint{schema.Version}); err != nil {
		return nil, errors.Join(fmt.Errorf("indexer: begin build: %w", err), ix.Close())
	}
	w, err := newWriter(c, ix, building)
	if err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return &build{cfg: c, ix: ix, w: w}, nil
}

func (c Config) canResume() bool {
	var p checkpoint
	return readJSON(filepath.Join(c.building(), checkpointName), &p) == nil && p.Schema == schema.Version
}

// run takes a build from wherever it is to publication.
func (b *build) run(ctx context.Context) (Report, error) {
	defer func() { _ = b.ix.Close() }() // where it was not published
	var m Manifest
	err := b.index(ctx)
	if err == nil {
		m, err = b.verify(ctx)
	}
	if err == nil {
		err = b.check(ctx)
	}
	if err != nil {
		if v := (*VerifyError)(nil); errors.As(err, &v) {
			_ = os.Remove(filepath.Join(b.cfg.building(), checkpointName)) // continuing it would not mend it
		}
		return Report{}, err
	}
	return b.publish(ctx, m)
}

// index fills the index until it has all that the corpus has. When ctx ends, it still waits for what was written to be on
// disk, which is what a next run continues from.
func (b *build) index(ctx context.Context) error {
	total, err := countChanges(ctx, b.cfg.Corpus, b.w.state.sequence)
	if err != nil {
		return err
	}
	done := 0
	if b.resumed {
		done = b.w.state.totals.Documents
	}
	b.meter = newMeter(b.cfg, done, done+total)
	b.w.committed = func(n int) { b.meter.done(n, b.w.state.problems) }
	b.meter.stage("index")
	for err == nil {
		var n int
		if n, err = b.w.catchUp(ctx); n == 0 {
			break
		}
	}
	return errors.Join(err, b.w.settle(context.WithoutCancel(ctx)))
}

// countChanges counts the changes after a number.
func countChanges(ctx context.Context, c Corpus, after uint64) (int, error) {
	const page = 10_000
	total := 0
	for {
		changes, err := c.Changes(ctx, after, page)
		if err != nil {
			return 0, fmt.Errorf("count changes: %w", err)
		}
		total += len(changes)
		if len(changes) < page {
			return total, nil
		}
		after = changes[page-1].Seq
	}
}

// verify compares the new index with the corpus.
func (b *build) verify(ctx context.Context) (Manifest, error) {
	b.meter.stage("verify")
	v, err := compare(ctx, b.cfg.Corpus, b.ix, b.w.state)
	if err != nil {
		return Manifest{}, err
	}
	if v.Documents != b.w.state.totals.Documents {
		return Manifest{}, &VerifyError{Verification: v, Reason: fmt.Sprintf("it counts %d documents and holds %d", b.w.state.totals.Documents, v.Documents)}
	}
	if !v.OK() {
		return Manifest{}, &VerifyError{Verification: v, Reason: "it does not hold what the corpus does"}
	}
	s := b.w.state
	return Manifest{Schema: s.schema, Sequence: s.sequence, Totals: s.totals, Digest: v.Digest, Problems: s.problems,
		PerSecond: b.meter.rate()}, nil
}

func (b *build) check(ctx context.Context) error {
	if b.cfg.Check == nil {
		return nil
	}
	b.meter.stage("check")
	if err := b.cfg.Check(ctx, b.ix); err != nil {
		return fmt.Errorf("the new index was refused: %w", err)
	}
	return nil
}

// publish closes the index, seals it with its manifest and lets the pointer name it.
func (b *build) publish(ctx context.Context, m Manifest) (Report, error) {
	b.meter.stage("publish")
	if err := b.ix.Close(); err != nil {
		return Report{}, err
	}
	if err := b.cfg.manifest(ctx, &m); err != nil {
		return Report{}, err
	}
	previous, err := b.cfg.publish(&m)
	if err != nil {
		return Report{}, err
	}
	return Report{Manifest: m, Previous: previous, Resumed: b.resumed}, nil
}
