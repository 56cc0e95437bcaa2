package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"oped/corpus"
)

// notPage says that a record is fine but no page of HTML or text. It is skipped, not refused.
type notPage string

// Error is the reason.
func (n notPage) Error() string { return string(n) }

// truncatedHeader is kept with a page of which a web archive holds only the first part; its value says why.
const truncatedHeader = "Warc-Truncated"

// readResponse makes a page of an HTTP response as it went over the wire: status, header and content, whose codings
// are undone. identified is the media type that the archive found out, for a response that names none. The error is a
// notPage or a *recordFault.
func readResponse(message []byte, identified string) (*corpus.Page, error) {
	status, header, body, err := splitResponse(message)
	if err != nil {
		return nil, err
	}
	if status != http.StatusOK {
		return nil, notPage(fmt.Sprintf("response with HTTP status %d", status))
	}
	typ, charset := corpus.MediaType(header.Get("Content-Type"))
	if typ == "" {
		typ, _ = corpus.MediaType(identified)
	}
	if typ != "" && !pageType(typ) {
		return nil, errNeither
	}
	body, cut, err := undoCodings(header, body)
	if err != nil {
		return nil, err
	}
	if typ == "" {
		if typ, _ = corpus.MediaType(http.DetectContentType(body)); !pageType(typ) {
			return nil, errNeither
		}
	}
	p := &corpus.Page{Status: status, Header: corpus.KeptHeader(header), MediaType: typ, Charset: charset, Body: body}
	if cut {
		p.Header.Set(truncatedHeader, "damaged coding")
	}
	return p, nil
}

const errNeither = notPage("response that is neither HTML nor text")

// splitResponse parts the status line, the header and the content of a response.
func splitResponse(message []byte) (status int, header http.Header, body []byte, err error) {
	end, n := bytes.Index(message, []byte("\r\n\r\n")), 4
	if i := bytes.Index(message[:min(len(message), maxHeaderBytes)], []byte("\n\n")); i >= 0 && (end < 0 || i < end) {
		end, n = i, 2
	}
	if end < 0 {
		end, n = len(message), 0
	}
	if end > maxHeaderBytes {
		return 0, nil, nil, errHeaderTooLong
	}
	line, rest, _ := bytes.Cut(message[:end], []byte("\n"))
	fields := strings.Fields(string(line[:min(len(line), 200)]))
	if len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/") {
		return 0, nil, nil, &recordFault{"response without an HTTP status", fmt.Errorf("it begins %.50q", line)}
	}
	status, err = strconv.Atoi(fields[1])
	if err != nil || status < 100 || status > 599 {
		return 0, nil, nil, &recordFault{"response without an HTTP status", fmt.Errorf("it begins %.50q", line)}
	}
	return status, parseHeader(rest), message[end+n:], nil
}

// pageType reports whether a page of this type can hold an article.
func pageType(typ string) bool { return typ == "text/html" || typ == "text/plain" }

// truncated says in an article's quality that its page is not whole.
func truncated(a *corpus.Article, p *corpus.Page) {
	why := p.Header.Get(truncatedHeader)
	if why == "" || a.Quality.Rejected {
		return
	}
	a.Quality.Flags = append(a.Quality.Flags, "truncated")
	a.Quality.Reason = strings.TrimSpace(a.Quality.Reason + fmt.Sprintf(" The archive holds only the first part of the page (%s).", why))
}

// asFault is the fault that an error holds, or nil.
func asFault(err error) *recordFault {
	f, _ := errors.AsType[*recordFault](err)
	return f
}
