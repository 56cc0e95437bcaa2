package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"

	"oped/corpus"
	"oped/corpus/fetch"
)

// job is the work on one target. It reads what its run was configured with and the claims, and changes nothing of the
// run but through its result.
type job struct {
	*run
	target corpus.Target
	host   *host
	claim  claim // of a list
}

// result is what became of a target. At most one of fatal and err is set; without either the target is finished.
type result struct {
	host   *host
	target corpus.Target
	// fatal ends the Run: the Store failed.
	fatal error
	// err is a failure of the fetch that may pass; the target is still pending.
	err error
	// outcome is set where an article was kept, rejected (a short word for the counts) where a page was refused.
	outcome  corpus.Outcome
	rejected string
	// reason says in a sentence what was wrong, of lists too.
	reason  string
	fetched int
	// found is what a list named, and pending how many of that became pending, by host.
	found   Source
	pending map[string]int
}

func (j job) result() result { return result{host: j.host, target: j.target} }

// request asks only for what has changed since the last fetch, if that is known and was of use.
func (j job) request(ctx context.Context) (fetch.Request, error) {
	req := fetch.Request{URL: j.target.URL}
	last, err := j.Store.LastFetch(ctx, j.target.URL)
	if errors.Is(err, corpus.ErrNotFound) {
		return req, nil
	}
	if j.target.Kind != corpus.TargetPage || last.Outcome != 0 {
		req.ETag, req.LastModified = last.ETag, last.LastModified
	}
	return req, err
}

// page fetches an article, has it extracted and keeps it.
func (j job) page(ctx context.Context) result {
	res := j.result()
	if j.claims.ended(j.target.URL) {
		return res
	}
	req, err := j.request(ctx)
	if err != nil {
		res.fatal = err
		return res
	}
	page, err := j.Client.Fetch(ctx, req)
	switch {
	case errors.Is(err, fetch.ErrNotModified):
		res.fetched, res.outcome = 1, corpus.Unchanged
		res.fatal = j.commit(func(tx *corpus.Tx) error {
			return tx.Finish(corpus.Fetch{URL: j.target.URL, At: j.Now(), Status: http.StatusNotModified, Outcome: corpus.Unchanged})
		})
		return res
	case err != nil && (fetch.Temporary(err) || ctx.Err() != nil):
		res.err = err
		return res
	case err != nil:
		return j.refuse(res, refusal{stage: "fetch", word: word(err), reason: sentence(err), status: statusOf(err)})
	}
	res.fetched = 1
	page.Publication = j.target.Publication
	return j.keep(res, page)
}

// keep extracts and stores a page that was fetched.
func (j job) keep(res result, page *corpus.Page) result {
	signals := fetch.ReadSignals(page, j.Client.Agent(), j.Now())
	if wish := signals.Refusal(); wish != "" && !j.IgnoreReservations {
		return j.refuse(res, refusal{stage: "reserved", word: "reserved by the publisher",
			reason: "the publisher does not want the page kept (" + wish + ")", status: page.Status})
	}
	article, err := j.extract(page)
	if err != nil {
		return j.refuse(res, refusal{stage: "extract", word: "unreadable", reason: sentence(err), status: page.Status, page: page})
	}
	res.fatal = j.commit(func(tx *corpus.Tx) error {
		outcome, err := tx.Put(page, article)
		if err != nil {
			return err
		}
		res.outcome = outcome
		f := fetchOf(j.target.URL, page)
		f.Outcome = outcome
		if article.Quality.Rejected {
			res.rejected, res.reason = wordOf(article.Quality), article.Quality.Reason
			f.Reason = res.reason
			err = tx.Reject(corpus.Rejection{Origin: j.target.From, URL: j.target.URL, Stage: "quality", Reason: res.reason, At: page.Fetched})
		}
		return errors.Join(err, j.finish(tx, f, page))
	})
	return res
}

// extract reads the article of a page and sees to it that its address is one that the Store takes. The extractor reads
// what strangers wrote, with libraries that others wrote: should it panic, this one page is refused.
func (j job) extract(page *corpus.Page) (article *corpus.Article, err error) {
	defer func() {
		if p := recover(); p != nil {
			j.Log.Error("extractor panicked", "url", page.URL, "panic", p, "stack", string(debug.Stack()))
			article, err = nil, fmt.Errorf("crawl: the extractor failed on this page: %v", p)
		}
	}()
	if article, err = j.Extractor.Extract(page); err != nil {
		return nil, err
	}
	if article.URL != "" {
		if _, err := corpus.CanonicalURL(article.URL); err != nil {
			article.URL = page.Location()
		}
	}
	return article, nil
}

// finish takes a target out of the frontier, and the address that it redirected to with it: that one needs no fetch
// of its own. Lists and home pages do, for dead articles redirect there.
func (j job) finish(tx *corpus.Tx, f corpus.Fetch, page *corpus.Page) error {
	if err := tx.Finish(f); err != nil {
		return err
	}
	at := page.Location()
	if _, list := j.claims.of(at); list || at == j.target.URL || isHome(at) {
		return nil
	}
	if _, err := corpus.CanonicalURL(at); err != nil {
		return nil // it was fetched, but is no address that can be kept
	}
	j.claims.end(at)
	f.URL = at
	return tx.Finish(f)
}

func fetchOf(url string, page *corpus.Page) corpus.Fetch {
	return corpus.Fetch{
		URL: url, At: page.Fetched, Status: page.Status, PageHash: page.Hash(),
		ETag: page.Header.Get("ETag"), LastModified: page.Header.Get("Last-Modified"),
	}
}

// refusal is why a page does not become an article.
type refusal struct {
	stage, word, reason string
	status              int
	page                *corpus.Page // kept so that a better rule may try again; nil if it may not be kept
}

// refuse finishes a page with a reason.
func (j job) refuse(res result, why refusal) result {
	res.outcome, res.rejected, res.reason = 0, why.word, why.reason
	now := j.Now().UTC()
	res.fatal = j.commit(func(tx *corpus.Tx) error {
		f := corpus.Fetch{URL: j.target.URL, At: now, Status: why.status, Reason: why.reason}
		if why.page != nil {
			if err := tx.Keep(why.page); err != nil {
				return err
			}
			f.PageHash = why.page.Hash()
		}
		err := tx.Reject(corpus.Rejection{Origin: j.target.From, URL: j.target.URL, Stage: why.stage, Reason: why.reason, At: now})
		return errors.Join(err, tx.Finish(f))
	})
	if res.fatal == nil {
		j.Log.Info("page refused", "url", j.target.URL, "stage", why.stage, "reason", why.reason)
	}
	return res
}
