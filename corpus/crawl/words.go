package crawl

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"oped/corpus"
	"oped/corpus/fetch"
)

// word is the short name under which a failure is counted: few, so that the counts can be read.
func word(err error) string {
	var (
		robots      *fetch.RobotsError
		status      *fetch.StatusError
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &robots):
		return "refused by robots.txt"
	case errors.As(err, &status):
		return fmt.Sprintf("HTTP %d", status.Status)
	case errors.As(err, new(*fetch.BlockedError)):
		return "blocked address"
	case errors.As(err, new(*fetch.SizeError)):
		return "too large"
	case errors.As(err, new(*fetch.ContentError)):
		return "not a text"
	case errors.As(err, new(*fetch.RedirectError)):
		return "bad redirect"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host"
	case errors.As(err, &certificate):
		return "bad certificate"
	}
	return "no answer"
}

// sentence is an error's text for a person, who knows that something was fetched.
func sentence(err error) string { return strings.TrimPrefix(err.Error(), "fetch: ") }

// wordOf is the same for a page that is no article.
func wordOf(q corpus.Quality) string {
	if len(q.Flags) > 0 {
		return strings.ReplaceAll(q.Flags[0], "-", " ")
	}
	return "no article"
}

// statusOf is the HTTP status behind an error, 0 if there is none.
func statusOf(err error) int {
	var status *fetch.StatusError
	if errors.As(err, &status) {
		return status.Status
	}
	return 0
}

// retryAfter is what the host asked for, 0 if it did not.
func retryAfter(err error) time.Duration {
	var robots *fetch.RobotsError
	var status *fetch.StatusError
	switch {
	case errors.As(err, &robots):
		return robots.RetryAfter
	case errors.As(err, &status):
		return status.RetryAfter
	}
	return 0
}

func isHome(rawURL string) bool {
	u, err := url.Parse(rawURL)
	return err != nil || strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
