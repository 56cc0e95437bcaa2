package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"oped/corpus"
	"oped/search"
	"oped/search/doctor"
)

// Searcher is what the pages need of a search backend. It is used by many requests at once.
type Searcher interface {
	// Search answers a request.
	Search(ctx context.Context, r search.Request) (*search.Results, error)
	// Mark marks in one article everything that makes it match the request.
	Mark(ctx context.Context, a *corpus.Article, r search.Request) (*search.Marked, error)
	// Archive is asked about searches that find little.
	doctor.Archive
	// Ready reports whether searches can be answered.
	Ready() bool
}

// Archive is what the pages need of the store of articles. It is used by many requests at once. Where there is no such
// article, errors wrap corpus.ErrNotFound.
type Archive interface {
	// Article returns the newest version.
	Article(ctx context.Context, id corpus.ID) (*corpus.Article, error)
	// Version returns one version, counted from 1.
	Version(ctx context.Context, id corpus.ID, version int) (*corpus.Article, error)
	// Versions lists all versions, oldest first, without bodies.
	Versions(ctx context.Context, id corpus.ID) ([]corpus.Article, error)
	// Copies returns up to limit articles with nearly the same text as one, itself among them, the earliest first, without
	// bodies, and how many there are; none where there is no other.
	Copies(ctx context.Context, id corpus.ID, limit int) ([]*corpus.Article, int, error)
	// Lookup finds the article at an address, canonical or not.
	Lookup(ctx context.Context, url string) (corpus.ID, error)
}

// Config is what a handler is made of. Searcher and Archive are needed, the rest may be zero.
type Config struct {
	Searcher Searcher
	Archive  Archive
	// Log gets one line per request, without what was searched for; nil logs nothing.
	Log *slog.Logger
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Name is the name of the archive on its pages; empty means "oped".
	Name string
	// BaseURL is the public address, as in "https://clips.example.org", for feeds, citations and OpenSearch; empty
	// means whatever host the request was made to.
	BaseURL string
	// Examples are queries to offer on the front page; empty means some made from what the archive holds.
	Examples []string
	// Notice is what readers of every page must know, such as that the index is out of date; "" or a nil func is nothing.
	Notice func() string
	// Rate is how many requests a second one client may make for long, and Burst how many at once. A Rate of 0 means no
	// limit; a Burst of 0 means four seconds' worth, but at least twenty.
	Rate  float64
	Burst int
	// ClientKey tells clients apart for Rate; nil takes the address of the connection (of IPv6, the /64).
	ClientKey func(*http.Request) string
	// Timeout bounds the work for one request, except for exports, where it bounds each batch; 0 means 20 seconds.
	Timeout time.Duration
}

// server holds what all handlers share. It is immutable but for its metrics and its limiter, which lock themselves.
type server struct {
	Config
	assets  assets
	pages   pages
	metrics *metrics
	limiter *limiter
}

// New returns the handler of the whole site, safe for concurrent use. It fails where the Config is incomplete or not valid.
func New(c Config) (http.Handler, error) {
	if c.Searcher == nil || c.Archive == nil {
		return nil, fmt.Errorf("web: configure: Searcher and Archive are needed")
	}
	if err := c.complete(); err != nil {
		return nil, err
	}
	s := &server{Config: c, metrics: newMetrics()}
	s.limiter = newLimiter(c.Rate, c.Burst, c.Now)
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = loadPages(s.assets); err != nil {
		return nil, err
	}
	return s.guard(s.routes()), nil
}

func (c *Config) complete() error {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Name == "" {
		c.Name = "oped"
	}
	if c.Notice == nil {
		c.Notice = func() string { return "" }
	}
	if c.Timeout == 0 {
		c.Timeout = 20 * time.Second
	}
	if c.ClientKey == nil {
		c.ClientKey = remoteAddress
	}
	if c.BaseURL == "" {
		return nil
	}
	var err error
	c.BaseURL, err = ParseBaseURL(c.BaseURL)
	return err
}

// ParseBaseURL checks a Config.BaseURL, which has a scheme and a host and nothing else, and returns it without a slash
// at its end.
func ParseBaseURL(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return "", fmt.Errorf("web: configure base URL %q: want a scheme and a host only, as in https://clips.example.org", raw)
	}
	return strings.TrimRight(raw, "/"), nil
}

// base is the public address of the site, without a slash at the end.
func (s *server) base(r *http.Request) string {
	switch {
	case s.BaseURL != "":
		return s.BaseURL
	case r.TLS != nil:
		return "https://" + r.Host
	default:
		return "http://" + r.Host
	}
}
