package ingest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxCodings bounds how often a content is wrapped. More than two are not in use.
const maxCodings = 4

// undoCodings undoes the transfer and content codings of a response. Programs that write web archives often undo them
// and leave the header as it was, so that a content that is not coded as its header says is taken as it is. cut says
// that the content ends, or is damaged, in its middle.
func undoCodings(h http.Header, body []byte) (out []byte, cut bool, err error) {
	codings := append(codingsOf(h["Content-Encoding"]), codingsOf(h["Transfer-Encoding"])...)
	if len(codings) > maxCodings {
		return nil, false, &recordFault{"content coding that is not known", fmt.Errorf("%d codings, one on the other", len(codings))}
	}
	for len(codings) > 0 {
		last := len(codings) - 1
		var short bool
		body, short, err = undo(codings[last], body)
		if err != nil {
			return nil, false, err
		}
		cut = cut || short
		codings = codings[:last]
	}
	if len(body) > maxPageBytes {
		return nil, false, errPageTooLong
	}
	return body, cut, nil
}

var errPageTooLong = &recordFault{short: tooLongProblem}

// codingsOf lists codings in the order in which they were applied.
func codingsOf(values []string) []string {
	var list []string
	for _, value := range values {
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" && name != "identity" && len(list) <= maxCodings {
				list = append(list, name)
			}
		}
	}
	return list
}

// undo undoes one coding.
func undo(coding string, body []byte) (out []byte, cut bool, err error) {
	if coding == "chunked" {
		return unchunk(body)
	}
	if plain(body) {
		return body, false, nil
	}
	r, err := decompressor(coding, body)
	if err != nil {
		return nil, false, &recordFault{"content coding that cannot be undone", fmt.Errorf("%.30q: %w", coding, err)}
	}
	defer r.Close()
	out, err = io.ReadAll(io.LimitReader(r, maxPageBytes+1))
	switch {
	case len(out) > maxPageBytes:
		return nil, false, errPageTooLong
	case err != nil && len(out) == 0:
		return nil, false, &recordFault{"content coding that cannot be undone", fmt.Errorf("%.30q: %w", coding, err)}
	}
	return out, err != nil, nil
}

// unchunk takes chunks apart, unless that was done before.
func unchunk(body []byte) (out []byte, cut bool, err error) {
	out, err = io.ReadAll(io.LimitReader(httputil.NewChunkedReader(bytes.NewReader(body)), maxPageBytes+1))
	if err != nil && len(out) == 0 {
		return body, false, nil
	}
	return out, err != nil, nil
}

// plain reports whether content shows no sign of compression: no byte that text does not hold.
func plain(body []byte) bool {
	for _, c := range body[:min(len(body), 512)] {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			return false
		}
	}
	return true
}

// decompressor begins to undo a compression. maxPageBytes bounds what a decoder may take to remember.
func decompressor(coding string, body []byte) (io.ReadCloser, error) {
	in := bytes.NewReader(body)
	switch coding {
	case "gzip", "x-gzip":
		return gzip.NewReader(in)
	case "deflate": // with the wrapping that the standard asks for, or without, as some servers send it
		if r, err := zlib.NewReader(in); err == nil {
			return r, nil
		}
		return flate.NewReader(bytes.NewReader(body)), nil
	case "zstd":
		d, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPageBytes), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return nil, fmt.Errorf("not one of gzip, deflate and zstd")
}
