package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	backoffBase = 2 * time.Second
	backoffMax  = 5 * time.Minute
	// maxRetryAfter bounds what a host can ask for, so that a nonsense date does not put it off for years.
	maxRetryAfter = 7 * 24 * time.Hour
)

// Backoff is how long to wait before the attempt after the failed one numbered attempt (from 1): twice as long each
// time, from 2 s up to 5 min, less a random part of up to half so that many hosts do not come back at once.
func Backoff(attempt int) time.Duration {
	d := backoffMax
	if attempt < 1 {
		attempt = 1
	}
	if attempt < 16 {
		d = min(d, backoffBase<<(attempt-1))
	}
	return d - rand.N(d/2+1)
}

// Temporary reports whether the same request may succeed later: server errors, 429, 408, an unreadable robots.txt, a
// busy host, and network errors other than a name that does not exist or a certificate that is wrong. Everything
// that the address, the site's rules or the document itself are to blame for is not temporary, nor is a cancelled
// context.
func Temporary(err error) bool {
	var (
		status *StatusError
		rules  *RobotsError
		busy   *BusyError
	)
	switch {
	case err == nil, errors.Is(err, ErrNotModified), errors.Is(err, context.Canceled), permanent(err):
		return false
	case errors.As(err, &rules):
		return rules.Rule == ""
	case errors.As(err, &status):
		return status.Status >= 500 && status.Status != http.StatusNotImplemented ||
			status.Status == http.StatusTooManyRequests || status.Status == http.StatusRequestTimeout
	case errors.As(err, &busy):
		return true
	}
	return true // the network
}

func permanent(err error) bool {
	var (
		blocked     *BlockedError
		size        *SizeError
		content     *ContentError
		redirect    *RedirectError
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
	)
	return errors.As(err, &blocked) || errors.As(err, &size) || errors.As(err, &content) ||
		errors.As(err, &redirect) || errors.As(err, &certificate) || errors.As(err, &dns) && dns.IsNotFound
}

// HostFault reports whether err, a temporary one, lies with the host rather than with the one document asked for: it
// could not be reached, its robots.txt could not be read, or it asks to be left alone.
func HostFault(err error) bool {
	var status *StatusError
	if !Temporary(err) {
		return false
	}
	if errors.As(err, &status) {
		var rules *RobotsError
		return errors.As(err, &rules) || status.Status == http.StatusTooManyRequests ||
			status.Status == http.StatusServiceUnavailable
	}
	return true
}

// retryAfter reads the header in both its forms, seconds and HTTP date; 0 means absent or nonsense.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
		if seconds > uint64(maxRetryAfter/time.Second) {
			return maxRetryAfter
		}
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), maxRetryAfter)
	}
	return 0
}
