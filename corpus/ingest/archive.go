package ingest

import (
	"errors"
	"io"
	"net/url"
	"strings"
	"time"

	"oped/corpus"
)

// maxMessageBytes bounds one HTTP response: a page and its header.
const maxMessageBytes = maxPageBytes + maxHeaderBytes

// warc offers every record of a web archive that is a page and counts all others.
func (j *job) warc(in io.Reader, name string) error {
	if j.cfg.Extractor == nil {
		return errNoExtractor
	}
	w := newWARCReader(in)
	for {
		rec, err := w.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		origin := name + "@" + rec.place
		if err == nil {
			err = j.warcRecord(w, rec, origin)
		}
		if fault := asFault(err); fault != nil {
			if err = j.refuseAt(origin, fault.short, fault.Error()); err == nil {
				err = w.resync(j.ctx)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return j.sourceError(origin, err)
		}
	}
}

// sourceError is a SourceError, unless it was the job that ended.
func (j *job) sourceError(name string, err error) error {
	if ended := j.ended(); ended != nil {
		return ended
	}
	return &SourceError{Name: name, Err: err}
}

// warcRecord offers, skips or refuses one record. A *recordFault says that the record is not whole and nothing has been
// done about it.
func (j *job) warcRecord(w *warcReader, rec warcRecord, origin string) error {
	if reason := rec.skip(); reason != "" {
		if err := w.discard(j.ctx); err != nil {
			return err
		}
		return j.skip(reason)
	}
	if rec.length > maxMessageBytes {
		if err := w.discard(j.ctx); err != nil {
			return err
		}
		return j.refuseAt(origin, tooLongProblem, "")
	}
	message, err := w.content()
	if err != nil {
		return err
	}
	page, err := rec.page(message, j.cfg.Now().UTC())
	var other notPage
	switch {
	case errors.As(err, &other):
		return j.skip(string(other))
	case err != nil: // the record is whole, so that the next one follows
		return j.refuseAt(origin, asFault(err).short, err.Error())
	}
	page.Origin, page.Publication = origin, j.cfg.Publication
	return j.offer(page, withData{j.cfg.Extractor}.Extract)
}

// recordTypes are the types of records that are no pages.
var recordTypes = []string{"warcinfo", "request", "metadata", "revisit", "conversion", "resource", "continuation"}

// skip says why a record is no page by its kind, or "".
func (r warcRecord) skip() string {
	typ := strings.ToLower(r.fields.Get("WARC-Type"))
	for _, known := range recordTypes {
		if typ == known {
			return typ + " record"
		}
	}
	if typ != "response" {
		return "record of another type"
	}
	address, err := url.Parse(r.address())
	content, _ := corpus.MediaType(r.fields.Get("Content-Type"))
	switch {
	case err == nil && address.Scheme != "" && address.Scheme != "http" && address.Scheme != "https" || content != "application/http" && content != "":
		return "response that is not HTTP"
	case err == nil && strings.EqualFold(address.Path, "/robots.txt"):
		return "robots.txt"
	}
	return ""
}

// address is the record's address; some programs write it between angle brackets.
func (r warcRecord) address() string {
	return strings.TrimSuffix(strings.TrimPrefix(r.fields.Get("WARC-Target-URI"), "<"), ">")
}

// page makes the page of a response. The error is a notPage or a *recordFault.
func (r warcRecord) page(message []byte, now time.Time) (*corpus.Page, error) {
	if number := r.fields.Get("WARC-Segment-Number"); number != "" {
		return nil, &recordFault{short: "response in several records"}
	}
	p, err := readResponse(message, r.fields.Get("WARC-Identified-Payload-Type"))
	if err != nil {
		return nil, err
	}
	p.URL = r.address()
	if _, err := corpus.CanonicalURL(p.URL); err != nil {
		return nil, &recordFault{"response without an address", err}
	}
	p.Fetched = captured(r.fields.Get("WARC-Date"), now)
	if why := r.fields.Get(truncatedHeader); why != "" {
		p.Header.Set(truncatedHeader, cut(why, 40))
	}
	return p, nil
}

// firstArchive is the year of the first web page.
const firstArchive = 1990

// captured reads when a response was received. What cannot be was received now.
func captured(date string, now time.Time) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "20060102150405"} {
		if t, err := time.Parse(layout, date); err == nil && t.Year() >= firstArchive && t.Before(now) {
			return t.UTC()
		}
	}
	return now
}
