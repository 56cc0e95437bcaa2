package fetch

import "strings"

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
