package discover

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"oped/corpus"
)

// sitemap reads a urlset or a sitemapindex token by token: whatever its length, one entry is in memory at a time.
func sitemap(r io.Reader, out *sink) error {
	x := newXMLReader(r)
	s := sitemapReader{out: out}
	for {
		token, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			s.start(t.Name)
		case xml.EndElement:
			if err := s.end(t.Name); err != nil {
				return err
			}
		case xml.CharData:
			s.chars(t)
		}
	}
}

// newsSpace begins the namespaces of Google's news extension.
const newsSpace = "http://www.google.com/schemas/sitemap-news"

type sitemapReader struct {
	out   *sink
	entry Entry
	in    xml.Name // the url or sitemap element that is being read
	field string   // the element in it whose text is wanted, empty between two
	text  strings.Builder
}

func (s *sitemapReader) start(name xml.Name) {
	local := strings.ToLower(name.Local)
	if s.in.Local == "" {
		switch local {
		case "url":
			s.in, s.entry = name, Entry{Kind: corpus.TargetPage}
		case "sitemap":
			s.in, s.entry = name, Entry{Kind: corpus.TargetSitemap}
		}
		return
	}
	s.field = ""
	news := strings.HasPrefix(name.Space, newsSpace) || name.Space == "news"
	own := name.Space == s.in.Space // images and videos have a loc too, in namespaces of their own
	if own && (local == "loc" || local == "lastmod") || news && (local == "name" || local == "publication_date") {
		s.field = local
		s.text.Reset()
	}
}

func (s *sitemapReader) chars(data []byte) {
	if s.field != "" && s.text.Len() <= maxURLBytes {
		s.text.Write(data[:min(len(data), maxURLBytes+1)]) // one byte too many is seen as such later
	}
}

func (s *sitemapReader) end(name xml.Name) error {
	if s.field != "" && strings.EqualFold(name.Local, s.field) {
		s.set(strings.TrimSpace(s.text.String()))
		s.field = ""
	}
	if s.in.Local == "" || name != s.in {
		return nil
	}
	s.in = xml.Name{}
	return s.out.emit(s.entry)
}

func (s *sitemapReader) set(value string) {
	switch s.field {
	case "loc":
		s.entry.URL = value
	case "lastmod":
		s.entry.Modified = parseDate(value)
	case "name":
		if len(value) <= maxTitleBytes {
			s.entry.Publication = value
		}
	case "publication_date":
		s.entry.Published = parseDate(value)
	}
}

// parseDate reads the forms of W3C-DTF that sitemaps use, and the usual mistakes; zero for anything else.
func parseDate(s string) time.Time {
	for _, layout := range []string{
		time.RFC3339, "2006-01-02", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04:05-0700",
		"2006-01-02T15:04", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01", "2006",
		time.RFC1123Z, time.RFC1123,
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// xmlReader is an XML decoder with bounds on the depth, on the attributes of an element and on the bytes of a token,
// which the decoder would otherwise collect without end. Entities that a document declares are never expanded.
type xmlReader struct {
	d     *xml.Decoder
	fuel  *tokenFuel
	depth int
}

func newXMLReader(r io.Reader) *xmlReader {
	fuel := &tokenFuel{r: r}
	d := xml.NewDecoder(fuel)
	d.Strict = false // sites write bare ampersands into addresses
	d.CharsetReader = charset.NewReaderLabel
	return &xmlReader{d: d, fuel: fuel}
}

func (x *xmlReader) next() (xml.Token, error) {
	x.fuel.used = 0
	token, err := x.d.Token()
	if err != nil {
		if errors.Is(err, io.EOF) && x.depth == 0 {
			return nil, io.EOF
		}
		line, _ := x.d.InputPos()
		return nil, fmt.Errorf("line %d: %w", line, err)
	}
	switch t := token.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxXMLDepth {
			return nil, fmt.Errorf("elements nest deeper than %d: %w", maxXMLDepth, ErrTooLong)
		}
		if len(t.Attr) > maxXMLAttrs {
			return nil, fmt.Errorf("an element has more than %d attributes: %w", maxXMLAttrs, ErrTooLong)
		}
	case xml.EndElement:
		x.depth--
	}
	return token, nil
}

// tokenFuel stops a decoder that reads on and on without finishing a token.
type tokenFuel struct {
	r    io.Reader
	used int
}

func (f *tokenFuel) Read(p []byte) (int, error) {
	if f.used > maxTokenBytes {
		return 0, fmt.Errorf("one tag or text has more than %d bytes: %w", maxTokenBytes, ErrTooLong)
	}
	n, err := f.r.Read(p)
	f.used += n
	return n, err
}
