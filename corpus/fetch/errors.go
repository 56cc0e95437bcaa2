package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// ErrNotModified is returned where the server answers 304 to the validators of a Request: what the caller has is
// current.
var ErrNotModified = errors.New("fetch: not modified since the last fetch")

// RobotsError is a refusal by a site's robots.txt, or the lack of one that could be read: RFC 9309 forbids every
// fetch from a host whose robots.txt answers with a server error or does not answer.
type RobotsError struct {
	// URL is the address that was not fetched.
	URL string
	// Robots is the address of the robots.txt.
	Robots string
	// Rule is the line that refused, as written ("Disallow: /private/"), and Line its number from 1. Both are zero
	// where robots.txt could not be read.
	Rule string
	Line int
	// Status is the answer for robots.txt that forbids all, 0 where a rule refused or nothing answered.
	Status int
	// RetryAfter is how long the host asked to be left alone, 0 if it did not.
	RetryAfter time.Duration
	// Err is why robots.txt could not be read, nil where a rule refused.
	Err error
}

func (e *RobotsError) Error() string {
	switch {
	case e.Rule != "":
		return fmt.Sprintf("fetch: %q is refused by line %d of %s: %s", e.URL, e.Line, e.Robots, e.Rule)
	case e.Status != 0:
		return fmt.Sprintf("fetch: %q may not be fetched: %s answers %s, which forbids the whole host until it can be read",
			e.URL, e.Robots, statusText(e.Status))
	default:
		return fmt.Sprintf("fetch: %q may not be fetched while %s cannot be read: %v", e.URL, e.Robots, e.Err)
	}
}

// Unwrap gives the cause.
func (e *RobotsError) Unwrap() error { return e.Err }

// BlockedError is an address that is never fetched, whatever a page or a redirect says.
type BlockedError struct {
	// URL is the address asked for or redirected to; empty where only the dialled address is known.
	URL string
	// Address is the network address that was refused, if it came that far.
	Address string
	// Reason says what is wrong with it.
	Reason string
}

func (e *BlockedError) Error() string {
	if e.URL == "" {
		return fmt.Sprintf("fetch: address %s is blocked: %s", e.Address, e.Reason)
	}
	return fmt.Sprintf("fetch: %q is blocked: %s", e.URL, e.Reason)
}

// StatusError is an answer that is neither a document nor "not modified".
type StatusError struct {
	URL    string
	Status int
	// RetryAfter is how long the host asked to be left alone (Retry-After of a 429 or 503), 0 if it did not ask.
	RetryAfter time.Duration
}

func (e *StatusError) Error() string {
	text := fmt.Sprintf("fetch: %q answers %s", e.URL, statusText(e.Status))
	if e.RetryAfter > 0 {
		text += fmt.Sprintf(" and asks to come back in %s", e.RetryAfter)
	}
	return text
}

// SizeError is a body longer than the limit, counted after decompression.
type SizeError struct {
	URL   string
	Limit int64
}

func (e *SizeError) Error() string {
	return fmt.Sprintf("fetch: %q is longer than %d bytes", e.URL, e.Limit)
}

// NetworkError is a request that got no answer, or not all of one in time.
type NetworkError struct {
	URL string
	Err error
}

func (e *NetworkError) Error() string { return fmt.Sprintf("fetch: get %q: %v", e.URL, e.Err) }

// Unwrap gives the cause.
func (e *NetworkError) Unwrap() error { return e.Err }

// ContentError is an answer of a kind that holds no article and no list of articles; its body was not read.
type ContentError struct {
	URL string
	// Type is the media type, or the content encoding, that was refused.
	Type string
}

func (e *ContentError) Error() string {
	return fmt.Sprintf("fetch: %q is %q, neither HTML, text, XML nor JSON", e.URL, e.Type)
}

// RedirectError is a chain of redirects that is too long, runs in a circle or leads nowhere.
type RedirectError struct {
	URL    string
	Reason string
}

func (e *RedirectError) Error() string {
	return fmt.Sprintf("fetch: redirects from %q: %s", e.URL, e.Reason)
}

// BusyError is a host that may not be asked before Until, which is further away than the client waits.
type BusyError struct {
	Host  string
	Until time.Time
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("fetch: host %q is to be left alone until %s", e.Host, e.Until.UTC().Format(time.RFC3339))
}

func statusText(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return fmt.Sprint(status)
}
