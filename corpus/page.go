package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"
)

// Page is one document as it came from outside, before anything was read out of it.
type Page struct {
	// URL is the address that was asked for, absolute; empty for a file that has none.
	URL string
	// FinalURL is the address that answered after redirects; empty means URL.
	FinalURL string
	// Via are the addresses passed through between URL and FinalURL, in order, without those two.
	Via []string
	// Origin says where an imported page was read from: a file path, or "path:line" of a list of them.
	Origin string
	// Publication is a hint from whoever brought the page (a feed's title, a column of a table); the page's own
	// word goes before it.
	Publication string
	// Status is the HTTP status, 0 if the page did not come over HTTP.
	Status int
	// Header holds the response headers that are worth keeping (Content-Type, ETag, Last-Modified, X-Robots-Tag).
	Header http.Header
	// MediaType is "text/html", "text/plain" or "application/json" (an article that came as data).
	MediaType string
	// Charset is the label given by the transport, empty if none was; the page itself may say better.
	Charset string
	// Body is the raw bytes, bounded in size by whoever made the page.
	Body []byte
	// Fetched is when the bytes were received (or the file read), UTC.
	Fetched time.Time
}

// Hash names the page's bytes: 64 hexadecimal digits of SHA-256.
func (p *Page) Hash() string {
	sum := sha256.Sum256(p.Body)
	return hex.EncodeToString(sum[:])
}

// Location is where the bytes came from after redirects, or "" for a page without an address.
func (p *Page) Location() string {
	if p.FinalURL != "" {
		return p.FinalURL
	}
	return p.URL
}
