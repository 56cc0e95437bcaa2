package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"oped/corpus"
)

// Defaults of a Config.
const (
	DefaultUserAgent    = "oped/1.0"
	DefaultMaxBytes     = 8 << 20
	DefaultMaxListBytes = 64 << 20 // the sitemap protocol allows 50 MB
	DefaultTimeout      = 30 * time.Second
	DefaultMaxRedirects = 8
	DefaultPace         = time.Second
	DefaultMaxWait      = 2 * time.Minute
)

// Config says how a Client behaves. The zero value is polite.
type Config struct {
	// UserAgent is the product and version sent with every request; its leading letters are the name that
	// robots.txt files know us by. Empty means DefaultUserAgent.
	UserAgent string
	// Contact is an address (a web page or mail address) where a site's owner can complain; it is sent along.
	Contact string
	// AllowPrivate allows loopback, private and other reserved networks and every port: for tests, for the demo
	// and for a paper's own intranet. Link-local addresses (cloud metadata) stay refused.
	AllowPrivate bool
	// MaxBytes bounds the body of a page after decompression, MaxListBytes that of a list read through Open.
	MaxBytes, MaxListBytes int64
	// Timeout bounds one request from dialling to the last byte of a page; a list gets ten times as long.
	Timeout time.Duration
	// MaxRedirects bounds the redirects that are followed for one document; 0 means DefaultMaxRedirects.
	MaxRedirects int
	// Pace is the least pause between two requests to a host, counted from the end of the first. A host's
	// Crawl-delay goes before it where that is longer. 0 means DefaultPace, but none with AllowPrivate: who owns the
	// network may hurry.
	Pace time.Duration
	// MaxWait is how long a call waits for its host's turn before it returns a BusyError.
	MaxWait time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Transport takes the place of the network, for tests; nil means the network. The check of dialled addresses is
	// part of the network, so whatever stands here has none.
	Transport http.RoundTripper
}

// Client fetches documents. It is safe for concurrent use; requests to one host take turns.
type Client struct {
	config      Config
	agent       string // product token for robots.txt
	header      http.Header
	transport   http.RoundTripper
	gates       gates
	robotsCache robotsCache

	// allowed judges a dialled address; tests let their own servers pass.
	allowed func(netip.AddrPort) string
}

// New checks the configuration and makes a Client. Nothing is fetched before the first call.
func New(config Config) (*Client, error) {
	config.setDefaults()
	c := &Client{config: config, agent: productToken(config.UserAgent)}
	if c.agent == "" {
		return nil, fmt.Errorf("fetch: configure user agent %q: it starts with no name; use letters, as in %q",
			config.UserAgent, DefaultUserAgent)
	}
	agent := config.UserAgent
	if config.Contact != "" {
		agent += " (+" + config.Contact + ")"
	}
	if strings.ContainsFunc(agent, func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil, fmt.Errorf("fetch: configure user agent %q: only plain ASCII can be sent", agent)
	}
	c.header = http.Header{
		"User-Agent": {agent},
		"Accept":     {"text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,text/plain;q=0.7,*/*;q=0.1"},
	}
	c.allowed = func(ap netip.AddrPort) string { return checkIP(ap.Addr(), config.AllowPrivate) }
	c.transport = config.Transport
	if c.transport == nil {
		c.transport = c.network()
	}
	return c, nil
}

func (c *Config) setDefaults() {
	if c.UserAgent == "" {
		c.UserAgent = DefaultUserAgent
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	c.MaxBytes = orDefault(c.MaxBytes, DefaultMaxBytes)
	c.MaxListBytes = orDefault(c.MaxListBytes, DefaultMaxListBytes)
	c.Timeout = orDefault(c.Timeout, DefaultTimeout)
	c.MaxRedirects = orDefault(c.MaxRedirects, DefaultMaxRedirects)
	c.MaxWait = orDefault(c.MaxWait, DefaultMaxWait)
	if c.Pace <= 0 && !c.AllowPrivate {
		c.Pace = DefaultPace
	}
	c.Pace = max(c.Pace, 0)
}

func orDefault[T int | int64 | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}

// network is the guarded way out: no proxy, bounded headers, one connection a host, every dialled address checked.
func (c *Client) network() *http.Transport {
	return &http.Transport{
		DialContext:            dialer(func(ap netip.AddrPort) string { return c.allowed(ap) }, c.config.Timeout),
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    c.config.Timeout,
		ResponseHeaderTimeout:  c.config.Timeout,
		MaxResponseHeaderBytes: 128 << 10,
		MaxConnsPerHost:        2, // one under way, one being closed
		MaxIdleConnsPerHost:    1,
		MaxIdleConns:           64,
		IdleConnTimeout:        30 * time.Second,
	}
}

// Close ends idle connections. Calls under way are not disturbed.
func (c *Client) Close() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Agent is the name by which robots.txt files and robots meta tags know this client ("oped").
func (c *Client) Agent() string { return c.agent }

// Ready is when the next request to the host of an address may go out: now or in the past if it may at once. It is
// the zero time for an address that is no URL.
func (c *Client) Ready(rawURL string) time.Time {
	u, err := c.checkURL(rawURL)
	if err != nil {
		return time.Time{}
	}
	return c.gates.of(hostKey(u)).ready()
}

// Request names a document. ETag and LastModified are the validators of the copy that the caller has, as they were
// sent; with either of them an unchanged document gives ErrNotModified.
type Request struct {
	URL          string
	ETag         string
	LastModified string
}

// Fetch gets one page with its whole body. It waits for the host's turn, asks robots.txt first (for every redirect
// too) and follows redirects. It fails with a RobotsError, BlockedError, StatusError, SizeError, ContentError,
// RedirectError, BusyError or NetworkError, with ErrNotModified, or with the context's error.
func (c *Client) Fetch(ctx context.Context, req Request) (*corpus.Page, error) {
	resp, err := c.open(ctx, req, false)
	if err != nil {
		return nil, err
	}
	defer resp.close()
	page := resp.page
	if page.Body, err = io.ReadAll(resp.body); err != nil {
		return nil, resp.readError(ctx, err)
	}
	page.Fetched = c.config.Now().UTC()
	return page, nil
}

// Stream is a document whose body is still to be read: Page holds everything but Body. The host's turn lasts until
// Close, so the reader must not fetch from the same host in between. Read fails with a SizeError past the limit.
type Stream struct {
	Page *corpus.Page
	ctx  context.Context
	resp *response
}

// Read reads the document.
func (s *Stream) Read(p []byte) (int, error) {
	n, err := s.resp.body.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = s.resp.readError(s.ctx, err)
	}
	return n, err
}

// Close ends the request; what was not read is not fetched.
func (s *Stream) Close() error {
	s.resp.close()
	return nil
}

// Open gets a document that may be large, such as a sitemap, as a stream. Besides what Fetch takes it takes gzipped
// files, which it hands on as they are. It fails as Fetch does.
func (c *Client) Open(ctx context.Context, req Request) (*Stream, error) {
	resp, err := c.open(ctx, req, true)
	if err != nil {
		return nil, err
	}
	resp.page.Fetched = c.config.Now().UTC()
	return &Stream{Page: resp.page, ctx: ctx, resp: resp}, nil
}
