package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"oped/corpus"
)

// A batch is one transaction. It is long enough that syncing to disk costs little and short enough that another
// process never waits long for its turn.
const (
	batchBytes    = 4 << 20
	batchArticles = 500
	batchTime     = time.Second
)

// candidate is one thing that was offered: a page on its way to become an article, or the reason why it cannot.
type candidate struct {
	page    *corpus.Page
	article *corpus.Article
	refusal *refusal
	skipped string // why it is no article by its kind: it is only counted
}

// refusal says why there is no article.
type refusal struct {
	origin, url, stage string
	short              string // counted
	reason             string // kept, in full
}

// job is one import: a source that offers candidates, workers that extract, and a collector that writes them in the
// order in which they were offered.
type job struct {
	cfg    Config
	ctx    context.Context // a job lives as long as the one call that made it
	queue  chan chan candidate
	busy   chan struct{} // one token for each extraction under way
	counts corpus.Counts

	batch []candidate
	size  int
	began time.Time
}

// run makes a job, lets feed offer candidates and writes them.
func run(ctx context.Context, cfg Config, feed func(*job) error) (corpus.Counts, error) {
	if cfg.Store == nil {
		return corpus.Counts{}, errors.New("ingest: no Store to import into")
	}
	if err := cfg.Fields.validate(); err != nil {
		return corpus.Counts{}, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers := runtime.GOMAXPROCS(0)
	j := &job{cfg: cfg, ctx: ctx, queue: make(chan chan candidate, 4*workers), busy: make(chan struct{}, workers)}
	fed := make(chan error, 1)
	go func() {
		defer close(j.queue)
		fed <- feed(j)
	}()
	err := j.collect(cancel)
	if source := <-fed; err == nil {
		err = source
	}
	return j.counts, err
}

// offer passes on a page to be extracted. It returns an error when the job is to end.
func (j *job) offer(p *corpus.Page, extract func(*corpus.Page) (*corpus.Article, error)) error {
	if err := j.ended(); err != nil {
		return err
	}
	result := make(chan candidate, 1)
	j.busy <- struct{}{}
	go func() {
		defer func() { <-j.busy }()
		a, err := safely(extract, p)
		c := candidate{page: p, article: a}
		if err != nil {
			c.refusal = refuse(p, err)
		}
		result <- c
	}()
	j.queue <- result
	return nil
}

// safely extracts. One page in a million may hit a fault in a library that parses; it must not end the job.
func safely(extract func(*corpus.Page) (*corpus.Article, error), p *corpus.Page) (a *corpus.Article, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("ingest: extract %q: fault in the extractor: %v", p.Origin, fault)
		}
	}()
	return extract(p)
}

// refuseAt passes on something that is not even a page: short is counted, reason is kept ("" if it says no more).
func (j *job) refuseAt(origin, short, reason string) error {
	if err := j.ended(); err != nil {
		return err
	}
	result := make(chan candidate, 1)
	if reason == "" {
		reason = short
	}
	result <- candidate{refusal: &refusal{origin: origin, stage: "import", short: short, reason: reason}}
	j.queue <- result
	return nil
}

// skip counts something that is no article by its kind. Of reasons there must be few.
func (j *job) skip(reason string) error {
	if err := j.ended(); err != nil {
		return err
	}
	result := make(chan candidate, 1)
	result <- candidate{skipped: reason}
	j.queue <- result
	return nil
}

func (j *job) ended() error {
	if j.ctx.Err() != nil {
		return context.Cause(j.ctx)
	}
	return nil
}

// refuse words the error of an extraction.
func refuse(p *corpus.Page, err error) *refusal {
	r := &refusal{origin: p.Origin, url: p.URL, stage: "extract", short: "not readable", reason: err.Error()}
	var bad *RecordError
	if errors.As(err, &bad) {
		r.stage, r.short = "import", bad.Problem
	}
	return r
}

// collect writes candidates until the source ends. When the Store fails it ends the job and drains the rest.
func (j *job) collect(cancel context.CancelCauseFunc) error {
	var failed error
	for result := range j.queue {
		c := <-result
		if failed != nil {
			continue
		}
		if failed = j.add(c); failed != nil {
			cancel(failed)
		}
	}
	if failed == nil {
		failed = j.flush()
	}
	return failed
}

func (j *job) add(c candidate) error {
	if c.skipped != "" {
		j.counts.AddSkipped(c.skipped)
		return nil
	}
	if len(j.batch) == 0 {
		j.began = time.Now() // not cfg.Now: this is about how long others wait, not about what is recorded
	}
	j.batch = append(j.batch, c)
	if c.page != nil {
		j.size += len(c.page.Body)
	}
	if j.size >= batchBytes || len(j.batch) >= batchArticles || time.Since(j.began) >= batchTime {
		return j.flush()
	}
	return nil
}

// flush writes the batch in one transaction. It does so even when ctx has ended, so that what was read is kept.
func (j *job) flush() error {
	if len(j.batch) == 0 {
		return nil
	}
	var counts corpus.Counts
	err := j.cfg.Store.Update(context.WithoutCancel(j.ctx), func(tx *corpus.Tx) error {
		for _, c := range j.batch {
			if err := j.keep(tx, c, &counts); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("ingest: %w", err)
	}
	j.counts.Merge(counts)
	clear(j.batch)
	j.batch, j.size = j.batch[:0], 0
	if j.cfg.Progress != nil {
		j.cfg.Progress(j.counts)
	}
	return nil
}

// keep writes one candidate.
func (j *job) keep(tx *corpus.Tx, c candidate, counts *corpus.Counts) error {
	if c.refusal != nil {
		return j.reject(tx, c, counts)
	}
	outcome, err := tx.Put(c.page, c.article)
	if errors.Is(err, corpus.ErrUnusable) {
		c.refusal = &refusal{origin: c.page.Origin, url: c.page.URL, stage: "import", short: "cannot be kept", reason: err.Error()}
		return j.reject(tx, candidate{refusal: c.refusal}, counts)
	}
	if err != nil {
		return err
	}
	if quality := c.article.Quality; quality.Rejected {
		short := strings.Join(quality.Flags, " + ")
		if short == "" {
			short = quality.Reason
		}
		c.refusal = &refusal{origin: c.page.Origin, url: cmp.Or(c.page.URL, c.article.URL), stage: "quality", short: short, reason: quality.Reason}
		return j.reject(tx, candidate{refusal: c.refusal}, counts)
	}
	counts.Add(outcome)
	return nil
}

// reject records a refusal, and keeps the page for a better rule where there is one.
func (j *job) reject(tx *corpus.Tx, c candidate, counts *corpus.Counts) error {
	r := c.refusal
	counts.AddRejected(r.short)
	if c.page != nil && r.stage == "extract" {
		if err := tx.Keep(c.page); err != nil {
			return err
		}
	}
	return tx.Reject(corpus.Rejection{Origin: r.origin, URL: r.url, Stage: r.stage, Reason: r.reason, At: j.cfg.Now()})
}
