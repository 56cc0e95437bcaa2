package fetch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"oped/corpus"
)

// response is an answer of status 200 at the end of a chain of redirects.
type response struct {
	page  *corpus.Page
	http  *http.Response
	body  io.Reader
	close func() // idempotent
}

// open asks for a document and refuses by header what cannot be used, before the body is read.
func (c *Client) open(ctx context.Context, req Request, list bool) (*response, error) {
	u, err := c.checkURL(req.URL)
	if err != nil {
		return nil, err
	}
	timeout := c.config.Timeout
	limit := c.config.MaxBytes
	if list {
		timeout, limit = 10*timeout, c.config.MaxListBytes
	}
	resp, err := c.follow(ctx, u, req, hops{check: c.checkRobots, timeout: timeout})
	if err != nil {
		return nil, err
	}
	if err := resp.accept(list, limit); err != nil {
		resp.close()
		return nil, err
	}
	return resp, nil
}

// hops says how a chain of redirects is walked: check, where not nil, is asked before each request, and timeout
// bounds each of them up to the end of its body.
type hops struct {
	check   func(context.Context, *url.URL) error
	timeout time.Duration
}

// follow walks from u to a document. The turn of a host is given back before the next one's is awaited, so two hosts
// that redirect to each other cannot block two callers.
func (c *Client) follow(ctx context.Context, u *url.URL, req Request, h hops) (*response, error) {
	page := &corpus.Page{URL: u.String()}
	seen := map[string]bool{}
	for {
		if h.check != nil {
			if err := h.check(ctx, u); err != nil {
				return nil, err
			}
		}
		seen[u.String()] = true
		resp, err := c.send(ctx, u, req, h.timeout)
		if err != nil {
			return nil, err
		}
		location := resp.http.Header.Get("Location")
		if !redirects(resp.http.StatusCode) {
			resp.page, page.Status = page, resp.http.StatusCode
			if u.String() != page.URL {
				page.FinalURL = u.String()
			}
			return resp, c.judge(u, resp)
		}
		resp.close()
		next, err := c.redirect(u, location, seen)
		if err != nil {
			return nil, err
		}
		if u.String() != page.URL {
			page.Via = append(page.Via, u.String())
		}
		u = next
	}
}

func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// redirect judges where a redirect leads. Every address on the way passes the same checks as the first.
func (c *Client) redirect(from *url.URL, location string, seen map[string]bool) (*url.URL, error) {
	refused := func(reason string) error { return &RedirectError{URL: from.String(), Reason: reason} }
	if location == "" {
		return nil, refused("no Location is given")
	}
	to, err := from.Parse(location)
	if err != nil {
		return nil, refused("the Location is no web address")
	}
	next, err := c.checkURL(to.String())
	if err != nil {
		return nil, err
	}
	if seen[next.String()] {
		return nil, refused("they run in a circle")
	}
	if len(seen) > c.config.MaxRedirects {
		return nil, refused(fmt.Sprintf("more than %d", c.config.MaxRedirects))
	}
	return next, nil
}

// send makes one request in the host's turn. The caller closes the response, which ends the turn.
func (c *Client) send(ctx context.Context, u *url.URL, req Request, timeout time.Duration) (*response, error) {
	g, err := c.enter(ctx, hostKey(u))
	if err != nil {
		return nil, err
	}
	if timeout <= 0 {
		timeout = c.config.Timeout
	}
	sent, cancel := context.WithTimeoutCause(ctx, timeout,
		fmt.Errorf("no complete answer within %s", timeout))
	end := sync.OnceFunc(func() { cancel(); c.leave(g) })
	r, err := http.NewRequestWithContext(sent, http.MethodGet, u.String(), nil)
	if err != nil {
		end()
		return nil, &BlockedError{URL: u.String(), Reason: "it is no web address"}
	}
	r.Header = c.header.Clone()
	if req.ETag != "" {
		r.Header.Set("If-None-Match", req.ETag)
	}
	if req.LastModified != "" {
		r.Header.Set("If-Modified-Since", req.LastModified)
	}
	answer, err := c.transport.RoundTrip(r)
	if err != nil {
		err = networkError(ctx, sent, u, err)
		end()
		return nil, err
	}
	resp := &response{http: answer, body: answer.Body}
	resp.close = sync.OnceFunc(func() {
		cancel() // first: Close would otherwise drain what the server still sends
		answer.Body.Close()
		c.leave(g)
	})
	return resp, nil
}

// networkError says what went wrong with a request: the caller's own end, the time limit, or the network.
func networkError(ctx, sent context.Context, u *url.URL, err error) error {
	var blocked *BlockedError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &blocked):
		return &BlockedError{URL: u.String(), Address: blocked.Address,
			Reason: fmt.Sprintf("its host is at %s, %s", blocked.Address, blocked.Reason)}
	case sent.Err() != nil:
		err = context.Cause(sent)
	}
	return &NetworkError{URL: u.String(), Err: err}
}

// judge turns every status but 200 into an error, closes the response then, and holds the host back where it asks.
func (c *Client) judge(u *url.URL, resp *response) error {
	status := resp.http.StatusCode
	switch status {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		return nil
	case http.StatusNotModified:
		resp.close()
		return ErrNotModified
	}
	err := &StatusError{URL: u.String(), Status: status}
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		err.RetryAfter = retryAfter(resp.http.Header, c.config.Now())
	}
	resp.close()
	c.gates.of(hostKey(u)).holdUntil(c.config.Now().Add(err.RetryAfter))
	return err
}

// accept fills in the page from the headers and bounds the body.
func (r *response) accept(list bool, limit int64) error {
	h, at := r.http.Header, r.page.Location()
	if encoding := h.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return &ContentError{URL: at, Type: shorten(encoding)}
	}
	if r.http.ContentLength > limit {
		return &SizeError{URL: at, Limit: limit}
	}
	r.body = &limited{r: r.body, left: limit, err: &SizeError{URL: at, Limit: limit}}
	r.page.Header = corpus.KeptHeader(h)
	r.page.MediaType, r.page.Charset = corpus.MediaType(h.Get("Content-Type"))
	if r.page.MediaType == "" {
		peek := bufio.NewReaderSize(r.body, 512)
		start, _ := peek.Peek(512) // an error comes again when the body is read
		r.page.MediaType, _ = corpus.MediaType(http.DetectContentType(start))
		r.body = peek
	}
	if !readable(r.page.MediaType) && !(list && compressed(r.page.MediaType)) {
		return &ContentError{URL: at, Type: shorten(r.page.MediaType)}
	}
	return nil
}

// readError says what went wrong while the body was read.
func (r *response) readError(ctx context.Context, err error) error {
	var size *SizeError
	sent := r.http.Request.Context()
	switch {
	case errors.As(err, &size):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case sent.Err() != nil:
		err = context.Cause(sent)
	}
	return &NetworkError{URL: r.page.Location(), Err: err}
}

// limited reads at most left bytes and then fails with err, where io.LimitReader would cut the text silently.
type limited struct {
	r    io.Reader
	left int64
	err  error
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, l.err
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return n - 1, l.err
	}
	return n, err
}
