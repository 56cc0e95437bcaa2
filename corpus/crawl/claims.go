package crawl

import (
	"sync"

	"oped/corpus"
)

const (
	// maxDepth bounds how lists lead to lists: site, index, index, sitemap is already more than anybody publishes.
	maxDepth = 5
	// maxLists bounds the lists of one Run. Papers with a sitemap for every day since 1851 have 60,000.
	maxLists = 100_000
)

// claims are the lists of a Run: each is read once, and knows which seed it was found for. Besides they hold the pages
// that were finished as the end of another one's redirects. Safe for concurrent use.
type claims struct {
	mu   sync.Mutex
	m    map[string]claim // by canonical URL
	ends map[string]bool
}

type claim struct {
	source *Source
	depth  int // 0 for a seed
}

// take claims a list for a source; false means that it is taken already, too deep or one too many.
func (c *claims) take(url string, by claim) bool {
	key, err := corpus.CanonicalURL(url)
	if err != nil || by.depth > maxDepth {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, taken := c.m[key]; taken || len(c.m) >= maxLists {
		return false
	}
	if c.m == nil {
		c.m = make(map[string]claim)
	}
	c.m[key] = by
	return true
}

// of returns the claim on a list.
func (c *claims) of(url string) (claim, bool) {
	key, err := corpus.CanonicalURL(url)
	if err != nil {
		return claim{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	by, ok := c.m[key]
	return by, ok
}

// end notes that a page was finished as the end of another one's redirects.
func (c *claims) end(url string) {
	key, err := corpus.CanonicalURL(url)
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ends == nil {
		c.ends = make(map[string]bool)
	}
	c.ends[key] = true
}

// ended reports whether a page was, and forgets it: should it be pending again, that has another reason.
func (c *claims) ended(url string) bool {
	key, err := corpus.CanonicalURL(url)
	if err != nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.ends[key]
	delete(c.ends, key)
	return was
}
