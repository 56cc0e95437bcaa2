package crawl

import (
	"context"
	"errors"
	"time"

	"oped/corpus"
	"oped/corpus/fetch"
)

// failed decides on a target whose fetch may succeed later: when it is tried again, and whether its host is.
func (r *run) failed(res result, source *Source) error {
	h, t, now := res.host, res.target, r.Now()
	var busy *fetch.BusyError
	switch {
	case errors.Is(res.err, context.Canceled):
		return nil // the Run is being stopped; the target stays as it was
	case errors.As(res.err, &busy): // maybe not this host but one that it redirects to
		err := r.commit(func(tx *corpus.Tx) error { return tx.Retry(t.URL, busy.Until, busy.Error()) })
		r.again(h, r.readyAt(h))
		return err
	}
	h.fails++
	fault := fetch.HostFault(res.err)
	attempt := t.Attempts + 1
	if fault {
		attempt = h.fails
	}
	wait := max(fetch.Backoff(attempt), retryAfter(res.err))
	source.Reason = res.err.Error()
	r.Log.Info("fetch failed", "url", t.URL, "attempt", attempt, "error", res.err)
	if !fault && attempt >= r.MaxAttempts {
		return r.giveUp(res, source, attempt)
	}
	err := r.commit(func(tx *corpus.Tx) error { return tx.Retry(t.URL, now.Add(wait), res.err.Error()) })
	if err != nil {
		return err
	}
	h.targets = nil // Pending knows when the target is due
	r.takeBack(h, res, fault, now.Add(wait))
	return nil
}

// takeBack decides when a host is asked again after a failure. A fault of the host holds back everything on it.
func (r *run) takeBack(h *host, res result, fault bool, until time.Time) {
	reason := res.err.Error()
	switch {
	case fault && h.fails >= r.MaxAttempts, h.fails >= 2*r.MaxAttempts:
		r.unqueue(h)
		r.leave(h, reason)
	case fault:
		h.reason = reason
		r.unqueue(h)
		r.waitOrLeave(h, maxTime(until, r.readyAt(h)), reason)
	default:
		r.again(h, r.readyAt(h))
	}
}

// giveUp finishes a target that was tried often enough.
func (r *run) giveUp(res result, source *Source, attempts int) error {
	j := job{run: r, target: res.target, host: res.host}
	why := refusal{stage: "fetch", word: word(res.err), status: statusOf(res.err),
		reason: "given up after " + plural(attempts, "attempt") + ": " + res.err.Error()}
	if res.target.Kind != corpus.TargetPage {
		why.word = ""
	}
	fails := res.host.fails
	done := j.refuse(j.result(), why)
	if done.fatal != nil {
		return done.fatal
	}
	r.finished(res.host)
	res.host.fails = fails
	r.book(done, source)
	return nil
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
