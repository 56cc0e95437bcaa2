package discover

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"oped/corpus"
)

// feed reads RSS, Atom and JSON feeds.
func feed(r io.Reader, out *sink) error {
	body, err := whole(r)
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))), []byte("{")) {
		if err := sane(body); err != nil {
			return err
		}
	}
	f, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("the feed cannot be read: %w", err)
	}
	if f.FeedType == "json" && f.FeedVersion == "" && len(f.Items) == 0 {
		return ErrUnknown // any JSON parses as a feed of nothing
	}
	out.report.Title = strings.Join(strings.Fields(f.Title), " ")
	if len(out.report.Title) > maxTitleBytes {
		out.report.Title = ""
	}
	for _, one := range f.Items {
		if one == nil {
			continue
		}
		if err := out.emit(feedEntry(one, out.report.Title)); err != nil {
			return err
		}
	}
	return nil
}

// maxTitleBytes bounds a publication's name; what is longer is no name.
const maxTitleBytes = 200

func feedEntry(one *gofeed.Item, title string) Entry {
	e := Entry{URL: one.Link, Kind: corpus.TargetPage, Publication: title}
	if orig := one.Extensions["feedburner"]["origLink"]; len(orig) > 0 && orig[0].Value != "" {
		e.URL = orig[0].Value // the link itself goes through a counter
	}
	if e.URL == "" && strings.HasPrefix(one.GUID, "http") {
		e.URL = one.GUID
	}
	e.Modified, e.Published = timeOf(one.UpdatedParsed), timeOf(one.PublishedParsed)
	return e
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// whole reads a document that is needed at once.
func whole(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxWholeBytes+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxWholeBytes {
		return nil, fmt.Errorf("more than %d bytes: %w", maxWholeBytes, ErrTooLong)
	}
	return body, nil
}

// sane walks through XML before the feed parser does, which recurses into it and copies namespaces at every level:
// nesting, attributes and tokens must be within bounds. Plain mistakes are left for the parser to judge.
func sane(body []byte) error {
	x := newXMLReader(bytes.NewReader(body))
	for {
		_, err := x.next()
		switch {
		case errors.Is(err, ErrTooLong):
			return err
		case err != nil:
			return nil
		}
	}
}
