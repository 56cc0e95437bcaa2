package main

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"time"

	"oped/corpus"
	"oped/indexer"
	"oped/search"
	"oped/web"
)

// engine is the archive with its index open in this process, kept fresh and searchable.
type engine struct {
	store    *corpus.Store
	live     *indexer.Live
	searcher *search.Searcher
}

// openEngine opens the index of an archive; what tells others, who find the index held, who holds it. Closing the
// engine closes the archive too; where opening fails, the archive is closed.
func (a *app) openEngine(ctx context.Context, store *corpus.Store, dir, what string) (*engine, error) {
	variants, err := a.variants(dir)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	live, err := indexer.Open(ctx, a.indexConfig(dir, store, what))
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	e := &engine{store: store, live: live, searcher: search.New(search.Config{Texts: store, Now: a.now, Variants: variants})}
	if err := e.checkArchive(ctx); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

// checkArchive refuses an index that knows of changes which the archive does not: the archive was put back to an
// earlier state, and what is new in it would never be indexed.
func (e *engine) checkArchive(ctx context.Context) error {
	sequence, err := e.store.Sequence(ctx)
	if err != nil || e.live.Sequence() <= sequence {
		return err
	}
	return &codeError{
		code: exitFailed, text: "the index is ahead of the archive, which must have been replaced by an earlier one",
		hint: "make the index anew: oped reindex --fresh",
	}
}

// publish lets searches use the index from now on.
func (e *engine) publish() {
	e.live.OnPublish(func(g indexer.Generation) { e.searcher.Publish(g.Name, g.Index, g.Release) })
}

func (a *app) indexConfig(dir string, store *corpus.Store, what string) indexer.Config {
	return indexer.Config{Dir: filepath.Join(dir, "index"), Corpus: store, Holder: what, Log: a.logger(a.verbose)}
}

// handler is the web site over this engine.
func (e *engine) handler(c web.Config) (http.Handler, error) {
	c.Searcher, c.Archive, c.Notice = e.searcher, e.store, e.notice
	return web.New(c)
}

// notice tells readers of an index that another version of the program has made.
func (e *engine) notice() string {
	if e.live.NeedsReindex() == nil {
		return ""
	}
	return "The index is of another version of this program: searches may find less than there is, and new articles are missing, " +
		"until it is made anew with “oped reindex”."
}

// freshPoll is how often waitFresh looks.
const freshPoll = 50 * time.Millisecond

// waitFresh waits until the index holds everything that the archive held when it was called.
func (e *engine) waitFresh(ctx context.Context) error {
	sequence, err := e.store.Sequence(ctx)
	if err != nil {
		return err
	}
	tick := time.NewTicker(freshPoll)
	defer tick.Stop()
	for e.live.Sequence() < sequence {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// Close closes index and archive; no search may be under way.
func (e *engine) Close() error {
	e.searcher.Publish("", nil, nil)
	return errors.Join(e.live.Close(), e.store.Close())
}
