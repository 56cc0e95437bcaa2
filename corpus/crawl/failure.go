package crawl

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"oped/corpus"
	"oped/corpus/fetch"
)

// failed decides on a target whose fetch may succeed later: when it is tried again, and whether its host is.
func (r *run) failed(res result, source *Source) error {
	h, t := res.host, res.target
	h.targets = nil // the Store knows what is due
	var busy *fetch.BusyError
	switch {
	case errors.Is(res.err, context.Canceled):
		return nil // the Run is being stopped; the target stays as it was
	case errors.As(res.err, &busy): // maybe not this host but one that it redirects to
		r.again(h, r.readyAt(h))
		return r.retry(t, busy.Until, res.err)
	}
	h.fails++
	source.Reason = sentence(res.err)
	fault := fetch.HostFault(res.err) && failedAt(res.err, h.name)
	r.Log.Info("fetch failed", "url", t.URL, "attempt", t.Attempts+1, "host_fails", h.fails, "error", res.err)
	// A host that cannot be reached is no fault of its pages; one page that fails where others come is.
	if t.Attempts+1 >= r.MaxAttempts && (!fault || h.fetched > 0 && !asksForPatience(res.err)) {
		return r.giveUp(res, source, t.Attempts+1)
	}
	attempt := t.Attempts + 1
	if fault {
		attempt = h.fails
	}
	until := r.Now().Add(max(fetch.Backoff(attempt), retryAfter(res.err)))
	if err := r.retry(t, until, res.err); err != nil {
		return err
	}
	r.takeBack(h, res, fault, until)
	return nil
}

// retry puts a target off. It may have been finished meanwhile as the end of another one's redirects.
func (r *run) retry(t corpus.Target, until time.Time, why error) error {
	err := r.commit(func(tx *corpus.Tx) error { return tx.Retry(t.URL, until, sentence(why)) })
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	return err
}

// takeBack decides when a host is asked again after a failure. A fault of the host holds back everything on it.
func (r *run) takeBack(h *host, res result, fault bool, until time.Time) {
	reason := sentence(res.err)
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
		reason: "given up after " + plural(attempts, "attempt") + ": " + sentence(res.err)}
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

// asksForPatience reports whether a failure is the host's wish to be left alone, or the lack of its robots.txt.
func asksForPatience(err error) bool {
	var status *fetch.StatusError
	return errors.As(err, new(*fetch.RobotsError)) ||
		errors.As(err, &status) && (status.Status == http.StatusTooManyRequests || status.Status == http.StatusServiceUnavailable)
}

// failedAt reports whether an error came from a host, rather than from another one that it redirects to.
func failedAt(err error, host string) bool {
	var (
		at      string
		robots  *fetch.RobotsError
		status  *fetch.StatusError
		network *fetch.NetworkError
	)
	switch {
	case errors.As(err, &robots):
		at = robots.Robots
	case errors.As(err, &status):
		at = status.URL
	case errors.As(err, &network):
		at = network.URL
	}
	u, parseErr := url.Parse(at)
	return parseErr != nil || at == "" || strings.EqualFold(u.Host, host)
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
