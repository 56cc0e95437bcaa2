package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	// robotsTTL is how long a robots.txt is believed; RFC 9309 allows a day.
	robotsTTL = 24 * time.Hour
	// maxRobotsKept bounds the cache over a crawl of very many hosts.
	maxRobotsKept = 4096
)

// robotsCache holds what was read, by origin ("https://example.com"). A failure is not kept: the host may be back.
type robotsCache struct {
	mu sync.Mutex
	m  map[string]*robotsEntry
}

type robotsEntry struct {
	busy    chan struct{} // holds a token while the file is being fetched
	robots  *robots
	expires time.Time
}

func (rc *robotsCache) of(origin string) *robotsEntry {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	if rc.m == nil {
		rc.m = make(map[string]*robotsEntry)
	}
	e := rc.m[origin]
	if e == nil {
		if len(rc.m) >= maxRobotsKept {
			rc.evict()
		}
		e = &robotsEntry{busy: make(chan struct{}, 1)}
		rc.m[origin] = e
	}
	return e
}

// evict drops a quarter of the cache, in the map's random order; a dropped file is merely read again.
func (rc *robotsCache) evict() {
	for origin := range rc.m {
		if len(rc.m) <= maxRobotsKept*3/4 {
			return
		}
		delete(rc.m, origin)
	}
}

// checkRobots returns a RobotsError where u may not be fetched.
func (c *Client) checkRobots(ctx context.Context, u *url.URL) error {
	r, err := c.robots(ctx, u)
	if err != nil {
		return err
	}
	if rule := r.refuses(u.RequestURI()); rule != nil {
		return &RobotsError{URL: u.String(), Robots: robotsURL(u).String(), Rule: rule.text, Line: rule.line}
	}
	return nil
}

// Sitemaps are the sitemaps that the robots.txt of an address's host names, resolved to absolute URLs, in their
// order. It fetches robots.txt unless it is known, and fails as Fetch does where that cannot be read.
func (c *Client) Sitemaps(ctx context.Context, rawURL string) ([]string, error) {
	u, err := c.checkURL(rawURL)
	if err != nil {
		return nil, err
	}
	r, err := c.robots(ctx, u)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, s := range r.sitemaps {
		if ref, err := u.Parse(s); err == nil {
			found = append(found, ref.String())
		}
	}
	return found, nil
}

// robots returns what the origin of u says to us, from memory for a day.
func (c *Client) robots(ctx context.Context, u *url.URL) (*robots, error) {
	e := c.robotsCache.of(u.Scheme + "://" + u.Host)
	select {
	case e.busy <- struct{}{}:
		defer func() { <-e.busy }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if e.robots != nil && c.config.Now().Before(e.expires) {
		return e.robots, nil
	}
	r, err := c.fetchRobots(ctx, u)
	if err != nil {
		return nil, err
	}
	e.robots, e.expires = r, c.config.Now().Add(robotsTTL)
	c.gates.of(hostKey(u)).setDelay(c.config.Now(), r.delay)
	return r, nil
}

// fetchRobots reads robots.txt. A client error means that there is none; 429 does not, for it says "later".
func (c *Client) fetchRobots(ctx context.Context, u *url.URL) (*robots, error) {
	at := robotsURL(u)
	refused := &RobotsError{URL: u.String(), Robots: at.String()}
	resp, err := c.follow(ctx, at, Request{}, hops{})
	if err == nil {
		defer resp.close()
		var body []byte
		if body, err = io.ReadAll(io.LimitReader(resp.body, maxRobotsBytes+1)); err == nil {
			return parseRobots(body, c.agent), nil
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var status *StatusError
	var redirect *RedirectError
	var busy *BusyError
	switch {
	case errors.As(err, &status) && status.Status >= 400 && status.Status < 500 && status.Status != http.StatusTooManyRequests,
		errors.As(err, &redirect): // RFC 9309, 2.3.1.2: too many redirects count as "unavailable"
		return &robots{}, nil
	case permanent(err): // the host itself is blocked or does not exist: that says more
		return nil, err
	case errors.As(err, &status):
		refused.Status, refused.RetryAfter = status.Status, status.RetryAfter
	case errors.As(err, &busy):
		return nil, fmt.Errorf("fetch: robots.txt for %q: %w", u.String(), err)
	}
	refused.Err = err
	return nil, refused
}

func robotsURL(u *url.URL) *url.URL {
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
}
