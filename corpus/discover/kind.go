package discover

import (
	"net/url"
	"path"
	"strings"

	"oped/corpus"
)

// GuessKind says what an address that somebody typed most likely is, by its looks: a sitemap, a feed or a site. A wrong
// guess between these does no harm, as Read goes by the document itself. It never guesses an article: a list says so.
func GuessKind(rawURL string) corpus.TargetKind {
	u, err := url.Parse(rawURL)
	if err != nil {
		return corpus.TargetSite
	}
	name := strings.ToLower(strings.TrimSuffix(path.Base(u.Path), ".gz"))
	ext := path.Ext(name)
	switch {
	case strings.Contains(name, "sitemap") && ext != ".html" && ext != ".htm" && ext != ".php" && ext != "",
		strings.HasSuffix(u.Path, ".gz"):
		return corpus.TargetSitemap
	case name == "feed" || name == "rss" || name == "atom", ext == ".rss" || ext == ".atom" || ext == ".rdf",
		ext == ".xml" || ext == ".json":
		return corpus.TargetFeed
	}
	return corpus.TargetSite
}

// SameSite reports whether two addresses belong to one publication: they share the registrable domain, or the host and
// port where there is none.
func SameSite(a, b string) bool {
	u, errA := url.Parse(a)
	v, errB := url.Parse(b)
	return errA == nil && errB == nil && siteOf(u) == siteOf(v)
}
