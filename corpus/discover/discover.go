package discover

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"oped/corpus"
)

// Entry is one address found.
type Entry struct {
	// URL is absolute, http or https, without a fragment.
	URL string
	// Kind is what is to be expected there.
	Kind corpus.TargetKind
	// Publication is the name that the list gives its publication, empty if none.
	Publication string
	// Modified is when the document last changed (lastmod, updated), Published when it appeared; zero if not told.
	Modified, Published time.Time
}

// Within reports whether the entry is dated since then or later, by the later of Modified and Published, or else by the
// day or month in its address (/2024/05/17/), which counts to its end. dated is false where nothing tells.
func (e Entry) Within(since time.Time) (in, dated bool) {
	date := e.Modified
	if e.Published.After(date) {
		date = e.Published
	}
	if !date.IsZero() {
		return !date.Before(since), true
	}
	end := dateInPath(e.URL)
	return end.After(since), !end.IsZero()
}

// Format is what a document turned out to be.
type Format string

// The formats that Read tells apart.
const (
	FormatFeed    Format = "feed"
	FormatSitemap Format = "sitemap"
	FormatIndex   Format = "sitemap index"
	FormatHTML    Format = "page"
	FormatList    Format = "list"
)

// Source describes a document to read.
type Source struct {
	// URL is where it comes from; relative addresses are resolved against it.
	URL string
	// MediaType is what the server calls it, empty if unknown. The document's own beginning goes before it.
	MediaType string
	// Charset is the transport's label, empty if none; only HTML needs it.
	Charset string
}

// Report tells what was read.
type Report struct {
	Format Format
	// Title is the feed's title, empty for other formats.
	Title string
	// Entries counts what was handed on, Bad what looked like an entry and held no usable address.
	Entries, Bad int
}

// Limits of one document. The sitemap protocol allows 50,000 entries and 50 MB; real sites overdo it.
const (
	maxEntries    = 200_000
	maxUnpacked   = 64 << 20
	maxWholeBytes = 16 << 20 // of a feed or page, which are read whole
	maxTokenBytes = 1 << 20  // of one XML tag or text
	maxXMLDepth   = 100
	maxXMLAttrs   = 200
	maxURLBytes   = 4096
)

// ErrUnknown is returned for a document that is neither feed, sitemap, HTML nor a list of addresses.
var ErrUnknown = errors.New("neither a feed, a sitemap, a web page nor a list of addresses")

// ErrTooLong is returned where a document goes on after a limit of entries or bytes; what stood before was handed on.
var ErrTooLong = errors.New("the document is longer than the limit")

// Read finds out what a document is, by its beginning rather than by its label, and calls each for every entry. It
// stops with each's error if that is not nil. On any other error the entries handed on before it are good.
func Read(r io.Reader, src Source, each func(Entry) error) (Report, error) {
	return readWithin(maxUnpacked, r, src, each)
}

func readWithin(unpacked int64, r io.Reader, src Source, each func(Entry) error) (Report, error) {
	var report Report
	base, err := url.Parse(src.URL)
	if err != nil || base.Host == "" {
		return report, fmt.Errorf("discover: read %q: it is no web address", src.URL)
	}
	in := bufio.NewReaderSize(r, 4096)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(in)
		if err != nil {
			return report, fmt.Errorf("discover: unpack %q: %w", src.URL, err)
		}
		defer z.Close()
		in = bufio.NewReaderSize(&bounded{r: z, left: unpacked}, 4096)
	}
	out := &sink{base: base, each: each, report: &report}
	start, err := in.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && len(start) == 0 {
		return report, fmt.Errorf("discover: read %q: %w", src.URL, err)
	}
	switch report.Format = detect(start, src.MediaType); report.Format {
	case FormatSitemap, FormatIndex:
		err = sitemap(in, out)
	case FormatFeed:
		err = feed(in, out)
	case FormatHTML:
		err = links(in, src, out)
	case FormatList:
		_, err = list(in, out)
	default:
		err = ErrUnknown
	}
	if err != nil && !out.stopped {
		err = fmt.Errorf("discover: read %q: %w", src.URL, err)
	}
	return report, err
}

// detect looks at the first element, or at the first characters of what is no markup.
func detect(start []byte, mediaType string) Format {
	start = bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	text := strings.ToLower(string(bytes.TrimSpace(start)))
	switch {
	case strings.HasPrefix(text, "{"):
		return FormatFeed
	case strings.HasPrefix(text, "<"):
		return detectMarkup(text, mediaType)
	case mediaType == "text/html":
		return FormatHTML
	case text == "" || strings.HasPrefix(text, "http") || strings.HasPrefix(text, "#"):
		return FormatList
	}
	return ""
}

func detectMarkup(text, mediaType string) Format {
	root := rootName(text)
	if _, local, ok := strings.Cut(root, ":"); ok {
		root = local // a namespace prefix: rdf:RDF, sm:urlset
	}
	switch root {
	case "urlset":
		return FormatSitemap
	case "sitemapindex":
		return FormatIndex
	case "rss", "feed", "rdf":
		return FormatFeed
	case "html", "!doctype":
		return FormatHTML
	}
	if mediaType == "text/html" || mediaType == "" {
		return FormatHTML
	}
	return ""
}

// rootName is the name of the first element of lower-case markup, past declarations and comments. A document type
// counts as the root "!doctype" only if it is that of HTML.
func rootName(text string) string {
	for {
		text = strings.TrimSpace(text)
		skip := ""
		switch {
		case strings.HasPrefix(text, "<?"):
			skip = "?>"
		case strings.HasPrefix(text, "<!--"):
			skip = "-->"
		case strings.HasPrefix(text, "<!doctype") && !strings.HasPrefix(strings.TrimSpace(text[9:]), "html"):
			skip = ">"
		case !strings.HasPrefix(text, "<"):
			return ""
		}
		if skip == "" {
			name := text[1:]
			if end := strings.IndexAny(name, " \t\r\n/>"); end >= 0 {
				name = name[:end]
			}
			return name
		}
		_, rest, ok := strings.Cut(text, skip)
		if !ok {
			return ""
		}
		text = rest
	}
}

// sink resolves, checks and hands on what the readers find.
type sink struct {
	base    *url.URL
	each    func(Entry) error
	report  *Report
	stopped bool // each returned an error
}

// emit hands one entry on; e.URL may still be relative and have white space around it.
func (s *sink) emit(e Entry) error {
	absolute, ok := resolve(s.base, e.URL)
	if !ok {
		s.report.Bad++
		return nil
	}
	if s.report.Entries >= maxEntries {
		return ErrTooLong
	}
	e.URL = absolute
	s.report.Entries++
	if err := s.each(e); err != nil {
		s.stopped = true
		return err
	}
	return nil
}

// resolve makes an address absolute and drops its fragment; ok is false for what cannot be fetched.
func resolve(base *url.URL, raw string) (string, bool) {
	raw = strings.TrimSpace(raw)
	if raw == "" || len(raw) > maxURLBytes {
		return "", false
	}
	u, err := base.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return "", false
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	return u.String(), true
}

// bounded fails with ErrTooLong where io.LimitReader would silently end.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, ErrTooLong
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}
