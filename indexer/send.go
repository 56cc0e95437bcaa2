package indexer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// reader gives a reader of the index as it is now.
func (w *writer) reader() (index.IndexReader, error) { return newReader(w.ix) }

func newReader(ix bleve.Index) (index.IndexReader, error) {
	advanced, err := ix.Advanced()
	if err != nil {
		return nil, err
	}
	return advanced.Reader()
}

// healthCheck is how often a wait for the engine looks whether the engine still lives.
const healthCheck = 250 * time.Millisecond

// send gives a batch to the engine. An engine whose background work has died would never answer: that is an error too.
func (w *writer) send(ctx context.Context, b *bleve.Batch) error {
	if w.unwritten != nil {
		if err := w.wait(ctx, w.unwritten, true); err != nil {
			return err
		}
		b.SetPersistedCallback(func(error) { <-w.unwritten })
	}
	done := make(chan struct{})
	var err error
	go func() {
		defer close(done)
		err = batchSafely(w.ix, b)
	}()
	if dead := w.wait(context.WithoutCancel(ctx), done, false); dead != nil {
		return dead
	}
	if err != nil && w.unwritten != nil {
		<-w.unwritten
	}
	return err
}

// wait waits until a value can be sent to c, or received from it, unless ctx ends or the engine dies.
func (w *writer) wait(ctx context.Context, c chan struct{}, send bool) error {
	in, out := c, c
	if send {
		in = nil
	} else {
		out = nil
	}
	for {
		timer := time.NewTimer(healthCheck)
		select {
		case out <- struct{}{}:
			timer.Stop()
			return nil
		case <-in:
			timer.Stop()
			return nil
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
			if err := w.ix.err(); errors.Is(err, scorch.ErrAsyncPanic) || send && err != nil {
				return err
			}
		}
	}
}

// settle waits until every batch is on disk.
func (w *writer) settle(ctx context.Context) error {
	for range cap(w.unwritten) {
		if err := w.wait(ctx, w.unwritten, true); err != nil {
			return err
		}
	}
	for range cap(w.unwritten) {
		<-w.unwritten
	}
	return nil
}

// panicError is a panic of the engine.
type panicError struct{ value any }

func (e *panicError) Error() string { return fmt.Sprint("panic: ", e.value) }

// batchSafely makes an error of a panic in the engine.
func batchSafely(ix bleve.Index, b *bleve.Batch) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{v}
		}
	}()
	if err := ix.Batch(b); err != nil {
		return fmt.Errorf("indexer: write batch: %w", err)
	}
	return nil
}
