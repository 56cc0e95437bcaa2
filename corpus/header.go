package corpus

import (
	"mime"
	"net/http"
	"strings"
)

// keptHeaders are the response headers that a Page keeps; the rest is of no use once the body is stored.
var keptHeaders = []string{
	"Content-Type", "Content-Language", "ETag", "Last-Modified", "X-Robots-Tag", "Tdm-Reservation", "Tdm-Policy",
}

// Bounds of the headers kept: values of one header, and bytes of a value.
const (
	maxHeaderValues = 20
	maxHeaderValue  = 4096
)

// KeptHeader is what Page.Header holds of a response's header, bounded in size.
func KeptHeader(h http.Header) http.Header {
	kept := make(http.Header)
	for _, name := range keptHeaders {
		values := h.Values(name)
		for _, v := range values[:min(len(values), maxHeaderValues)] {
			if len(v) <= maxHeaderValue {
				kept.Add(name, v)
			}
		}
	}
	return kept
}

// MediaType reads a Content-Type: the type in lower case (XHTML as "text/html", for it is read the same way) and the label
// of the charset. One that cannot be parsed still gives its part before the semicolon.
func MediaType(header string) (typ, charset string) {
	typ, params, err := mime.ParseMediaType(header)
	if err != nil {
		typ, _, _ = strings.Cut(header, ";")
		typ = strings.ToLower(strings.TrimSpace(typ))
	}
	if typ == "application/xhtml+xml" {
		typ = "text/html"
	}
	return typ, strings.ToLower(params["charset"])
}
