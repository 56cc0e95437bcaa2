package indexer

import (
	"context"
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"

	"oped/corpus"
	"oped/indexer/schema"
)

// writer applies the changes of a corpus to one index, in their order.
type writer struct {
	cfg        Config
	ix         *engine
	state      state
	batchBytes int
	// unwritten has a place for each batch that may be in memory only; nil where every batch is on disk at once.
	unwritten chan struct{}
	// committed, if set, is called after each batch with the number of changes in it.
	committed func(changes int)
	// attempted and failed count the changes since the writer was made, and those of them that became problems.
	attempted, failed int
}

// maxUnwritten bounds the batches in memory while building: enough to keep the disk busy, little enough for a small machine.
const maxUnwritten = 2

func newWriter(cfg Config, ix *engine, a access) (*writer, error) {
	s, err := readState(ix)
	if err != nil {
		return nil, err
	}
	w := &writer{cfg: cfg, ix: ix, state: s, batchBytes: cfg.BatchBytes}
	if a == building {
		w.unwritten = make(chan struct{}, maxUnwritten)
	}
	if w.batchBytes <= 0 && a == building {
		w.batchBytes = DefaultBuildBytes
	} else if w.batchBytes <= 0 {
		w.batchBytes = DefaultBatchBytes
	}
	return w, nil
}

// batch collects changes until they are worth writing.
type batch struct {
	tasks []*task
	ids   map[corpus.ID]bool
	bytes int
}

func (b *batch) add(t *task) {
	if b.ids == nil {
		b.ids = map[corpus.ID]bool{}
	}
	b.tasks = append(b.tasks, t)
	b.ids[t.change.ID] = true
	b.bytes += t.ready.bytes
}

// maxBatchChanges bounds a batch of removals and rejections, which have no text.
const maxBatchChanges = 1 << 14

// collect takes tasks in order as they get ready and makes batches of them.
func (w *writer) collect(ctx context.Context, tasks <-chan *task, full chan<- *batch) error {
	b := &batch{}
	pass := func() error {
		select {
		case full <- b:
			b = &batch{}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for t := range tasks {
		select {
		case <-t.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if t.fatal != nil {
			return t.fatal
		}
		if b.ids[t.change.ID] {
			if err := pass(); err != nil {
				return err
			}
		}
		b.add(t)
		if b.bytes >= w.batchBytes || len(b.tasks) >= maxBatchChanges {
			if err := pass(); err != nil {
				return err
			}
		}
	}
	if err := ctx.Err(); err != nil || len(b.tasks) == 0 {
		return err
	}
	return pass()
}

// commit writes a batch. Where the engine panics over it, its articles are written one by one, and the ones it panics
// over are left out.
func (w *writer) commit(ctx context.Context, b *batch) error {
	err := w.write(ctx, b.tasks)
	if p := (*panicError)(nil); errors.As(err, &p) {
		for _, t := range b.tasks {
			if err = w.commitAlone(ctx, t); err != nil {
				break
			}
		}
	}
	if err != nil {
		return err
	}
	w.attempted += len(b.tasks)
	for _, t := range b.tasks {
		if t.problem != nil {
			w.failed++
		}
	}
	if w.committed != nil {
		w.committed(len(b.tasks))
	}
	return w.tooManyProblems()
}

// commitAlone writes one article, made ready anew since the engine has touched its document.
func (w *writer) commitAlone(ctx context.Context, t *task) error {
	w.makeReady(ctx, t, nil)
	err := w.write(ctx, []*task{t})
	if p := (*panicError)(nil); errors.As(err, &p) {
		t.ready = prepared{}
		t.problem = t.problemAt("write", err)
		err = w.write(ctx, []*task{t})
	}
	return err
}

// Problems beyond these mean that something else is wrong than single articles.
const (
	toleratedProblems = 100
	toleratedShare    = 20 // one in so many
)

func (w *writer) tooManyProblems() error {
	if w.failed <= toleratedProblems || w.failed*toleratedShare <= w.attempted {
		return nil
	}
	last := w.state.problems[len(w.state.problems)-1]
	return fmt.Errorf("indexer: give up after %d of %d articles could not be indexed, the last one %s: %s",
		w.failed, w.attempted, last.ID, last.Reason)
}

// write puts documents, removals and the state that goes with them into the index in one batch.
func (w *writer) write(ctx context.Context, tasks []*task) error {
	next := w.state.clone()
	b := w.ix.NewBatch()
	reader, err := w.reader()
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if err = next.apply(b, reader, t); err != nil {
			break
		}
	}
	if err = errors.Join(err, reader.Close()); err != nil {
		return err
	}
	if err := next.put(b); err != nil {
		return err
	}
	if err := w.send(ctx, b); err != nil {
		return err
	}
	w.state = next
	return nil
}

// apply adds one change to a batch and to the state.
func (s *state) apply(b *bleve.Batch, reader index.IndexReader, t *task) error {
	id := string(t.change.ID)
	old, err := reader.Document(id)
	if err != nil {
		return fmt.Errorf("indexer: look up %q: %w", id, err)
	}
	if old != nil {
		stored, err := schema.ReadStored(old)
		if err != nil {
			return err
		}
		s.totals.Remove(stored)
	}
	s.sequence = t.change.Seq
	s.settle(t.change.ID)
	if t.problem != nil {
		s.problems = append(s.problems, *t.problem)
	}
	switch {
	case t.ready.doc != nil:
		s.totals.Add(t.ready.stored)
		return b.IndexAdvanced(t.ready.doc)
	case old != nil:
		b.Delete(id)
	}
	return nil
}
