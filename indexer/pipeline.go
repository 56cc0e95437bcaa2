package indexer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	"golang.org/x/sync/errgroup"

	"oped/corpus"
	"oped/indexer/schema"
)

// prepared is an article made ready for the index. Without doc it is to be left out.
type prepared struct {
	doc    *document.Document
	stored schema.Stored
	bytes  int // of text, as a measure of the memory and work it stands for
}

// prepare makes an article ready.
func prepare(a *corpus.Article) (prepared, error) {
	doc, stored, err := schema.Prepare(a)
	if err != nil {
		return prepared{}, err
	}
	p := prepared{doc: doc, stored: stored, bytes: articleOverhead}
	for _, s := range schema.Segments() {
		if s == schema.Lead {
			continue // its texts are those of the body
		}
		for _, text := range schema.Texts(a, s) {
			p.bytes += len(text)
		}
	}
	return p, nil
}

// articleOverhead is the bytes that an article counts for beside its text.
const articleOverhead = 256

// maxReasonBytes bounds what is kept of an error or panic: it is written with every batch.
const maxReasonBytes = 300

// task is one change on its way into the index.
type task struct {
	change  corpus.Change
	done    chan struct{} // closed when what follows is set
	ready   prepared
	problem *Problem
	fatal   error
}

// problemAt describes why the task's article can not be indexed.
func (t *task) problemAt(stage string, err error) *Problem {
	reason := err.Error()
	if len(reason) > maxReasonBytes {
		reason = strings.ToValidUTF8(reason[:maxReasonBytes], "") + "..."
	}
	return &Problem{ID: t.change.ID, Version: t.change.Version, Stage: stage, Reason: reason}
}

// Sizes of the stages.
const (
	pageSize  = 512 // changes read from the corpus at a time
	queueSize = 256 // articles between the stages
	chunkSize = 16  // articles read and made ready together
)

// catchUp applies all changes that the corpus has beyond the index and returns their number. Where there are none,
// nothing is written. Batches that were written before an error stay.
func (w *writer) catchUp(ctx context.Context) (int, error) {
	page, err := w.changes(ctx, w.state.sequence)
	if err != nil || len(page) == 0 {
		return 0, err
	}
	before := w.attempted
	g, ctx := errgroup.WithContext(ctx)
	ordered := make(chan *task, queueSize)
	work := make(chan []*task)
	full := make(chan *batch) // one is filled while another is written
	g.Go(func() error {
		defer close(ordered)
		defer close(work)
		return w.feed(ctx, page, ordered, work)
	})
	for range w.cfg.Workers {
		g.Go(func() error {
			for tasks := range work {
				w.makeAllReady(ctx, tasks)
			}
			return nil
		})
	}
	g.Go(func() error {
		defer close(full)
		return w.collect(ctx, ordered, full)
	})
	g.Go(func() error {
		for b := range full {
			if err := w.commit(ctx, b); err != nil {
				return err
			}
		}
		return nil
	})
	err = g.Wait()
	return w.attempted - before, err
}

// changes reads the next page of changes.
func (w *writer) changes(ctx context.Context, after uint64) ([]corpus.Change, error) {
	page, err := w.cfg.Corpus.Changes(ctx, after, pageSize)
	if err != nil {
		return nil, fmt.Errorf("indexer: read changes after %d: %w", after, err)
	}
	return page, nil
}

// feed makes tasks of the changes: in order for the one who writes, some at a time for those who make ready.
func (w *writer) feed(ctx context.Context, page []corpus.Change, ordered chan<- *task, work chan<- []*task) error {
	for len(page) > 0 {
		for changes := range slices.Chunk(page, chunkSize) {
			tasks := make([]*task, len(changes))
			for i, c := range changes {
				tasks[i] = &task{change: c, done: make(chan struct{})}
			}
			select {
			case work <- tasks:
			case <-ctx.Done():
				return ctx.Err()
			}
			for _, t := range tasks {
				select {
				case ordered <- t:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
		if len(page) < pageSize {
			return nil
		}
		var err error
		if page, err = w.changes(ctx, page[len(page)-1].Seq); err != nil {
			return err
		}
	}
	return nil
}

// readTries is how often an article is read before it counts as unreadable: a corpus may be busy for a moment.
const readTries = 3

// makeAllReady makes some tasks ready, whose articles are read together.
func (w *writer) makeAllReady(ctx context.Context, tasks []*task) {
	var ids []corpus.VersionID
	for _, t := range tasks {
		if !t.change.Removed {
			ids = append(ids, corpus.VersionID{ID: t.change.ID, Version: t.change.Version})
		}
	}
	articles, err := w.cfg.Corpus.Articles(ctx, ids)
	for _, t := range tasks {
		var a *corpus.Article
		if err == nil && !t.change.Removed {
			a, articles = articles[0], articles[1:]
		}
		if a != nil && !isOf(a, t.change) {
			a = nil // tells so when it is read by itself
		}
		w.makeReady(ctx, t, a)
		close(t.done)
	}
}

// makeReady analyses the article of a change, and reads it if it could not be read before (nil). Whatever goes wrong with
// it is the article's problem, not the job's, unless the job is being ended.
func (w *writer) makeReady(ctx context.Context, t *task, a *corpus.Article) {
	t.ready, t.problem = prepared{}, nil
	if t.change.Removed {
		return
	}
	var err error
	for try := 0; a == nil && try < readTries && ctx.Err() == nil; try++ {
		a, err = w.read(ctx, t.change)
	}
	switch {
	case ctx.Err() != nil:
		t.fatal = ctx.Err()
	case err != nil:
		t.problem = t.problemAt("read", err)
	case !a.Quality.Rejected:
		if t.ready, err = w.analyze(a); err != nil {
			t.problem = t.problemAt("analyze", err)
		}
	}
}

// read reads one version of an article and checks that it is the one that was asked for.
func (w *writer) read(ctx context.Context, c corpus.Change) (*corpus.Article, error) {
	a, err := w.cfg.Corpus.Version(ctx, c.ID, c.Version)
	if err != nil {
		return nil, err
	}
	if !isOf(a, c) {
		return nil, fmt.Errorf("asked for %s version %d, got %s version %d", c.ID, c.Version, a.ID, a.Version)
	}
	return a, nil
}

func isOf(a *corpus.Article, c corpus.Change) bool { return a.ID == c.ID && a.Version == c.Version }

// analyze makes an error of a panic in the analysis.
func (w *writer) analyze(a *corpus.Article) (p prepared, err error) {
	defer func() {
		if v := recover(); v != nil {
			p, err = prepared{}, &panicError{v}
		}
	}()
	return w.cfg.prepare(a)
}
