package crawl

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"oped/corpus"
	"oped/corpus/fetch"
)

// Extractor reads the article of a page. Articles that are none say so in their Quality; an error means that nothing
// could be read. It must be safe for concurrent use.
type Extractor interface {
	Extract(*corpus.Page) (*corpus.Article, error)
}

// Defaults of a Config.
const (
	DefaultConcurrency = 8
	DefaultMaxAttempts = 5
	DefaultMaxWait     = 10 * time.Minute
)

// Config says what to crawl and with what. Store, Client and Extractor are needed.
type Config struct {
	Store     *corpus.Store
	Client    *fetch.Client
	Extractor Extractor

	// Seeds are where to look: sites, feeds and sitemaps, which are read again in every Run, and pages, which are
	// fetched unless they were. A seed without a kind is a site. Besides the seeds, a Run does what earlier ones left.
	Seeds []corpus.Target
	// Since leaves out addresses that are dated before it; the zero time leaves out none. Addresses without a date
	// are left out too where a sitemap names them, for a sitemap holds all years; feeds and home pages hold the latest.
	Since time.Time
	// Limit ends the Run after that many pages; 0 means no limit. What is left stays for the next Run.
	Limit int
	// Concurrency is how many hosts are asked at a time.
	Concurrency int
	// MaxAttempts is how often a page is tried, and how many failures in a row make a host be left for this Run.
	MaxAttempts int
	// MaxWait is how long a Run waits for a host that asks to be left alone; one that asks for longer is left to the
	// next Run.
	MaxWait time.Duration
	// IgnoreReservations keeps pages whose publisher forbids it by noindex, noarchive or tdm-reservation: for those
	// who have leave to. robots.txt is obeyed all the same.
	IgnoreReservations bool
	// Progress, if not nil, is called about twice a second and once at the end, from one goroutine at a time. The
	// crawl waits for it.
	Progress func(Progress)
	// Log may be nil.
	Log *slog.Logger
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

func (c *Config) check() error {
	switch {
	case c.Store == nil:
		return errors.New("crawl: configure: no Store")
	case c.Client == nil:
		return errors.New("crawl: configure: no Client")
	case c.Extractor == nil:
		return errors.New("crawl: configure: no Extractor")
	}
	if c.Concurrency <= 0 {
		c.Concurrency = DefaultConcurrency
	}
	if c.MaxAttempts <= 0 {
		c.MaxAttempts = DefaultMaxAttempts
	}
	if c.MaxWait <= 0 {
		c.MaxWait = DefaultMaxWait
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	seeds := make([]corpus.Target, len(c.Seeds))
	for i, seed := range c.Seeds {
		if _, err := corpus.CanonicalURL(seed.URL); err != nil {
			return fmt.Errorf("crawl: seed %q: %w", seed.URL, err)
		}
		if seed.Kind == "" {
			seed.Kind = corpus.TargetSite
		}
		seed.From = ""
		seeds[i] = seed
	}
	c.Seeds = seeds
	return nil
}
