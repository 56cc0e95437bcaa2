package corpus

import (
	"net/http"
	"strings"
	"testing"
)

func TestMediaType(t *testing.T) {
	for _, tt := range []struct{ header, typ, charset string }{
		{"", "", ""},
		{"Text/HTML; Charset=ISO-8859-1", "text/html", "iso-8859-1"},
		{"application/xhtml+xml", "text/html", ""},
		{"TEXT/plain; charset", "text/plain", ""},
	} {
		if typ, charset := MediaType(tt.header); typ != tt.typ || charset != tt.charset {
			t.Errorf("MediaType(%q) = %q, %q, want %q, %q", tt.header, typ, charset, tt.typ, tt.charset)
		}
	}
}

func TestKeptHeaderIsBounded(t *testing.T) {
	h := http.Header{"Set-Cookie": {"a=b"}, "Etag": {`"1"`}, "Content-Type": {strings.Repeat("x", maxHeaderValue+1)}}
	for range 2 * maxHeaderValues {
		h.Add("X-Robots-Tag", "noarchive")
	}
	kept := KeptHeader(h)
	if len(kept) != 2 || kept.Get("ETag") != `"1"` || len(kept.Values("X-Robots-Tag")) != maxHeaderValues {
		t.Errorf("kept %v, want the ETag and %d values of X-Robots-Tag", kept, maxHeaderValues)
	}
}
