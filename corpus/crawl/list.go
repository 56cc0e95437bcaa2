package crawl

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"

	"oped/corpus"
	"oped/corpus/discover"
	"oped/corpus/fetch"
)

// maxHead is how much of a site's page is looked at for robots meta tags.
const maxHead = 64 << 10

// list reads a feed, a sitemap or a page of links, and puts what it names into the frontier.
func (j job) list(ctx context.Context) result {
	res := j.result()
	res.found.Lists = 1
	c := collector{job: j, ctx: ctx, res: &res, groups: make(map[string][]corpus.Target)}
	if j.target.Kind == corpus.TargetSite && j.claim.depth == 0 {
		if err := c.sitemaps(); err != nil {
			res.err, res.fatal = c.split(err)
			return res
		}
	}
	req, err := j.request(ctx)
	if err != nil {
		res.fatal = err
		return res
	}
	stream, err := j.Client.Open(ctx, req)
	switch {
	case errors.Is(err, fetch.ErrNotModified):
		res.fetched, res.found.Unchanged = 1, 1
		res.fatal = j.commit(func(tx *corpus.Tx) error {
			return tx.Finish(corpus.Fetch{URL: j.target.URL, At: j.Now(), Status: http.StatusNotModified})
		})
		j.Log.Info("list unchanged", "url", j.target.URL)
		return res
	case err != nil && (fetch.Temporary(err) || ctx.Err() != nil):
		res.err = err
		return res
	case err != nil:
		c.refused(err)
		return res
	}
	defer stream.Close()
	res.fetched = 1
	c.read(stream)
	return res
}

// split tells a failure of the Store from one of the network.
func (c *collector) split(err error) (network, store error) {
	var failed *storeError
	if errors.As(err, &failed) {
		return nil, failed.err
	}
	return err, nil
}

// storeError marks what is not the list's fault.
type storeError struct{ err error }

func (e *storeError) Error() string { return e.err.Error() }
func (e *storeError) Unwrap() error { return e.err }

// refused finishes a list that will not get better.
func (c *collector) refused(err error) {
	if c.guessed() && statusOf(err) != 0 {
		c.res.found.Lists = 0
		c.res.fatal = c.commit(func(tx *corpus.Tx) error {
			return tx.Finish(corpus.Fetch{URL: c.target.URL, At: c.Now(), Status: statusOf(err), Reason: sentence(err)})
		})
		return
	}
	*c.res = c.refuse(*c.res, refusal{stage: "discover", reason: sentence(err), status: statusOf(err)})
}

// guessed reports whether nobody named this sitemap; see guess.
func (c *collector) guessed() bool {
	u, err := url.Parse(c.target.URL)
	return err == nil && u.Path == guessedSitemap && c.target.Kind == corpus.TargetSitemap && c.claim.depth > 0
}

// read reads the body of a list. What it named before an error counts.
func (c *collector) read(stream *fetch.Stream) {
	c.page = stream.Page
	head := &headWriter{left: maxHead}
	body := &watched{r: io.TeeReader(stream, head)}
	src := discover.Source{URL: c.page.Location(), MediaType: c.page.MediaType, Charset: c.page.Charset}
	report, err := discover.Read(body, src, c.take)
	if err == nil || !errors.As(err, new(*storeError)) {
		c.page.Body = head.buf.Bytes()
		c.html = report.Format == discover.FormatHTML
		err = errors.Join(err, c.drain(), c.guess())
	}
	var failed *storeError
	switch {
	case errors.As(err, &failed):
		c.res.fatal = failed.err
	case body.err != nil && (fetch.Temporary(body.err) || c.ctx.Err() != nil):
		c.res.err = body.err
	case err != nil:
		c.refused(err)
	default:
		c.finish(report)
	}
}

// finish takes the list out of the frontier. Its validators are kept only where "not modified" will mean that there is
// nothing to do: an index that did not change still has sitemaps that may have, and a list read for a shorter time
// may be wanted for a longer one.
func (c *collector) finish(report discover.Report) {
	f := corpus.Fetch{URL: c.target.URL, At: c.Now().UTC(), Status: c.page.Status}
	if !c.cut && c.lists == 0 && (report.Format == discover.FormatFeed || report.Format == discover.FormatSitemap) {
		f.ETag, f.LastModified = c.page.Header.Get("ETag"), c.page.Header.Get("Last-Modified")
	}
	c.res.fatal = c.commit(func(tx *corpus.Tx) error { return tx.Finish(f) })
	found := c.res.found
	c.Log.Info("list read", "url", c.target.URL, "format", string(report.Format), "articles", found.Found,
		"fresh", found.Fresh, "lists", c.lists, "bad", report.Bad)
}

// headWriter keeps the beginning of what is written to it.
type headWriter struct {
	buf  bytes.Buffer
	left int
}

func (h *headWriter) Write(p []byte) (int, error) {
	n := min(len(p), h.left)
	h.buf.Write(p[:n])
	h.left -= n
	return len(p), nil
}

// watched remembers an error of the network, which a parser may report as one of the document.
type watched struct {
	r   io.Reader
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}
