package indexer

import (
	"context"
	"errors"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// Run follows the corpus and the pointer until ctx ends, and then returns nil. What fails is tried again, ever less
// often, and logged once; the error is of an engine that has died and needs a restart.
func (l *Live) Run(ctx context.Context) error {
	var last string
	wait := l.cfg.Poll
	for {
		_, err := l.Sync(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			wait, last = l.cfg.Poll, ""
		case errors.Is(err, scorch.ErrAsyncPanic):
			return err
		default:
			wait = min(2*wait, maxWait)
			if text := err.Error(); text != last {
				l.cfg.Log.Error("the index does not follow the corpus; trying again", "err", err)
				last = text
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// maxWait is the longest pause after a failure.
const maxWait = 10 * time.Second

// Sync moves to the generation that the pointer names, if it is another one, and applies what the corpus has beyond the
// index, all of it. It returns the number of changes applied; where there are none nothing is written. An index of
// another schema version is not written to: NeedsReindex then says so.
func (l *Live) Sync(ctx context.Context) (int, error) {
	l.step.Lock()
	defer l.step.Unlock()
	if l.isClosed() {
		return 0, errors.New("indexer: sync: closed")
	}
	exchangeErr := l.exchange(ctx)
	n, err := l.now().catchUp(ctx)
	if n > 0 {
		l.cfg.Log.Debug("index follows the corpus", "changes", n, "sequence", l.now().sequence())
	}
	return n, errors.Join(exchangeErr, err)
}

// exchange moves to the generation that the pointer names. It is made to hold all that the corpus has first, while the old
// one goes on following, so that no article vanishes for a while.
func (l *Live) exchange(ctx context.Context) error {
	p, err := l.cfg.readPointer()
	if err != nil || p.Current == "" || p.Current == l.now().name {
		return err
	}
	next, err := l.generation(p.Current)
	if err != nil {
		return err
	}
	for n := 1; n > 0 && err == nil; {
		if n, err = next.catchUp(ctx); err == nil {
			_, err = l.now().catchUp(ctx)
		}
	}
	if err != nil {
		l.drop(next)
		return err
	}
	l.install(next)
	l.cfg.Log.Info("a new index answers", "generation", next.name, "sequence", next.sequence())
	if stale := l.NeedsReindex(); stale != nil {
		l.cfg.Log.Warn(stale.Error())
	}
	return nil
}
