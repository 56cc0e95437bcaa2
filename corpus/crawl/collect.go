package crawl

import (
	"context"
	"errors"
	"net/url"

	"oped/corpus"
	"oped/corpus/discover"
	"oped/corpus/fetch"
)

// collector gathers what one list names and writes it to the frontier in batches.
type collector struct {
	job
	ctx    context.Context
	res    *result
	page   *corpus.Page // of the list
	html   bool
	full   []discover.Entry // held back until the page's head is known
	groups map[string][]corpus.Target
	size   int
	cut    bool // the window left something out
	lists  int
}

// sitemaps asks robots.txt for them. A site whose robots.txt cannot be read is not read either.
func (c *collector) sitemaps() error {
	found, err := c.Client.Sitemaps(c.ctx, c.target.URL)
	if err != nil {
		var blocked *fetch.BlockedError
		if errors.As(err, &blocked) {
			return nil // the fetch of the site itself says so
		}
		return err
	}
	for _, at := range found {
		if err := c.add(discover.Entry{URL: at, Kind: corpus.TargetSitemap}); err != nil {
			return err
		}
	}
	return c.flush()
}

// take is called for every entry. Those of a site are held back: its head may say that no link is to be followed.
func (c *collector) take(e discover.Entry) error {
	if c.target.Kind == corpus.TargetSite {
		c.full = append(c.full, e)
		return nil
	}
	return c.add(e)
}

// drain adds what was held back and writes the rest.
func (c *collector) drain() error {
	noFollow := ""
	if c.html && !c.IgnoreReservations {
		noFollow = fetch.ReadSignals(c.page, c.Client.Agent(), c.Now()).NoFollow
	}
	for _, e := range c.full {
		if noFollow != "" && (e.Kind == corpus.TargetPage || e.Kind == corpus.TargetSite) {
			continue
		}
		if err := c.add(e); err != nil {
			return err
		}
	}
	c.full = nil
	return c.flush()
}

// guessedSitemap is where a sitemap is looked for when nobody names one.
const guessedSitemap = "/sitemap.xml"

// guess looks for the sitemap of a site that names none.
func (c *collector) guess() error {
	if c.target.Kind != corpus.TargetSite || c.claim.depth > 0 || c.lists > 0 || !c.html {
		return nil
	}
	u, err := url.Parse(c.page.Location())
	if err != nil {
		return nil
	}
	at := url.URL{Scheme: u.Scheme, Host: u.Host, Path: guessedSitemap}
	return errors.Join(c.add(discover.Entry{URL: at.String(), Kind: corpus.TargetSitemap}), c.flush())
}

// add judges one entry and puts it into the batch.
func (c *collector) add(e discover.Entry) error {
	if _, err := corpus.CanonicalURL(e.URL); err != nil {
		return nil
	}
	t := corpus.Target{URL: e.URL, Kind: e.Kind, Publication: e.Publication, From: c.target.URL}
	if t.Publication == "" {
		t.Publication = c.target.Publication
	}
	if e.Kind != corpus.TargetPage {
		return c.addList(e, t)
	}
	c.res.found.Found++
	if !c.wanted(e) {
		return nil
	}
	if !e.Modified.After(c.Now()) { // a date to come would have it fetched in every Run
		t.LastModified = e.Modified
	}
	u, err := url.Parse(e.URL)
	if err != nil {
		return nil
	}
	c.groups[u.Host] = append(c.groups[u.Host], t)
	if c.size++; c.size >= batch {
		return c.flush()
	}
	return nil
}

// wanted counts and leaves out what is outside the window, and what a sitemap says of other sites.
func (c *collector) wanted(e discover.Entry) bool {
	sitemap := c.target.Kind == corpus.TargetSitemap
	if sitemap && !c.speaksFor(e.URL) {
		c.res.found.Elsewhere++
		return false
	}
	if c.Since.IsZero() {
		return true
	}
	in, dated := e.Within(c.Since)
	switch {
	case in, !dated && !sitemap:
		return true
	case dated:
		c.res.found.TooOld++
	default:
		c.res.found.Undated++
	}
	c.cut = true
	return false
}

// speaksFor reports whether a sitemap may name an address: one of its own site, or of the seed that named it.
func (c *collector) speaksFor(at string) bool {
	return discover.SameSite(at, c.target.URL) || c.claim.source != nil && discover.SameSite(at, c.claim.source.URL)
}

// addList makes a list pending that was not read in this Run. Sections of a site are looked at only where a seed
// names them, or a crawl would walk through the whole site.
func (c *collector) addList(e discover.Entry, t corpus.Target) error {
	if e.Kind == corpus.TargetSite && c.claim.depth > 0 {
		return nil
	}
	c.lists++
	if in, dated := e.Within(c.Since); !c.Since.IsZero() && dated && !in {
		c.cut = true
		return nil
	}
	if !c.claims.take(e.URL, claim{source: c.claim.source, depth: c.claim.depth + 1}) {
		return nil
	}
	u, err := url.Parse(e.URL)
	if err != nil {
		return nil
	}
	if err := c.commit(func(tx *corpus.Tx) error { return tx.Requeue(t) }); err != nil {
		return &storeError{err}
	}
	c.became(u.Host, 1)
	return nil
}

// flush writes the batch.
func (c *collector) flush() error {
	if c.size == 0 {
		return nil
	}
	added := make(map[string]int)
	err := c.commit(func(tx *corpus.Tx) error {
		for host, targets := range c.groups {
			n, err := tx.Enqueue(targets...)
			if err != nil {
				return err
			}
			added[host] = n
		}
		return nil
	})
	if err != nil {
		return &storeError{err}
	}
	for host, targets := range c.groups {
		n := added[host]
		c.became(host, n)
		c.res.found.Fresh += n
		c.res.found.Known += len(targets) - n
		if n < len(targets) && !c.res.found.Current {
			c.res.found.Current = c.keptBefore(c.ctx, targets)
		}
	}
	clear(c.groups)
	c.size = 0
	return nil
}

func (c *collector) became(host string, pending int) {
	if c.res.pending == nil {
		c.res.pending = make(map[string]int)
	}
	if pending > 0 {
		c.res.pending[host] += pending
	}
}
