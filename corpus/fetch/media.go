package fetch

import (
	"mime"
	"net/http"
	"strings"
)

// mediaType reads a Content-Type: the type in lower case (XHTML as "text/html", for it is read the same way) and the
// charset label. A header that cannot be parsed still gives its part before the semicolon.
func mediaType(header string) (typ, charset string) {
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

// readable reports whether a document of this type can hold an article or a list of articles.
func readable(typ string) bool {
	switch typ {
	case "text/html", "text/plain", "text/xml", "application/xml", "application/json", "text/json":
		return true
	}
	return strings.HasPrefix(typ, "application/") &&
		(strings.HasSuffix(typ, "+xml") || strings.HasSuffix(typ, "+json"))
}

// compressed reports whether a list of articles may come as this type: a gzipped sitemap, labelled as one or not.
func compressed(typ string) bool {
	switch typ {
	case "application/gzip", "application/x-gzip", "application/octet-stream", "binary/octet-stream":
		return true
	}
	return false
}

// keptHeaders are the response headers that a Page keeps; the rest is of no use once the body is stored.
var keptHeaders = []string{
	"Content-Type", "Content-Language", "ETag", "Last-Modified", "X-Robots-Tag", "Tdm-Reservation", "Tdm-Policy",
}

// maxHeaderValues bounds the values kept of one header.
const maxHeaderValues = 20

func keep(h http.Header) http.Header {
	kept := make(http.Header)
	for _, name := range keptHeaders {
		values := h.Values(name)
		for _, v := range values[:min(len(values), maxHeaderValues)] {
			if len(v) <= maxURLBytes {
				kept.Add(name, v)
			}
		}
	}
	return kept
}
