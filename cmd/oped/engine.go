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

// openEngine opens archive and index. what tells others, who find the index held, who holds it.
func (a *app) openEngine(ctx context.Context, what string) (*engine, error) {
	dir, err := a.dir()
	if err != nil {
		return nil, err
	}
	store, err := corpus.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	live, err := indexer.Open(ctx, a.indexConfig(dir, store, what))
	if err != nil {
		store.Close()
		return nil, err
	}
	e := &engine{store: store, live: live, searcher: search.New(search.Config{Texts: store, Now: a.now})}
	live.OnPublish(func(g indexer.Generation) { e.searcher.Publish(g.Name, g.Index, g.Release) })
	return e, nil
}

func (a *app) indexConfig(dir string, store *corpus.Store, what string) indexer.Config {
	return indexer.Config{Dir: filepath.Join(dir, "index"), Corpus: store, Holder: what, Log: a.logger(a.verbose)}
}

// handler is the web site over this engine.
func (e *engine) handler(c web.Config) (http.Handler, error) {
	c.Searcher, c.Archive = e.searcher, e.store
	return web.New(c)
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
