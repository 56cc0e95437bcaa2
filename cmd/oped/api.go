package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"oped/indexer"
	"oped/web"
)

// apiClient asks the API: that of the server which has the index open, or one inside this process.
type apiClient struct {
	base   string
	client *http.Client
	close  func() error
}

// serverAddress finds the address in what a server says of itself to those who find the index held.
var serverAddress = regexp.MustCompile(`http://[^\s]+`)

// heldRetry and heldPatience say how long a search waits for another one that has the index open.
const (
	heldRetry    = 100 * time.Millisecond
	heldPatience = 20 * time.Second
)

// openAPI opens the index, or, where a server has it open, finds that server. It waits for other searches to end.
func (a *app) openAPI(ctx context.Context) (*apiClient, error) {
	patience, cancel := context.WithTimeout(ctx, heldPatience)
	defer cancel()
	for {
		store, dir, err := a.openKnown(ctx)
		if err != nil {
			return nil, err
		}
		e, err := a.openEngine(ctx, store, dir, searching)
		var taken *indexer.HeldError
		if !errors.As(err, &taken) {
			if err != nil {
				return nil, err
			}
			return a.insideAPI(ctx, e)
		}
		if address := serverAddress.FindString(taken.Doing); address != "" {
			return &apiClient{base: address, client: http.DefaultClient, close: func() error { return nil }}, nil
		}
		select {
		case <-time.After(heldRetry):
		case <-patience.Done():
		}
		if patience.Err() != nil || taken.Doing != searching && taken.Doing != "" {
			return nil, held(err)
		}
	}
}

// searching is what a search says of itself to those who find the index held.
const searching = "oped search"

// insideAPI brings the index up to date and answers from it in this process.
func (a *app) insideAPI(ctx context.Context, e *engine) (*apiClient, error) {
	sequence, err := e.store.Sequence(ctx)
	if err == nil && sequence > e.live.Sequence() {
		a.say("indexing what is new first")
		_, err = e.live.Sync(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	e.publish()
	handler, err := e.handler(web.Config{Now: a.now})
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	inside := &http.Client{Transport: handlerTransport{handler}}
	return &apiClient{base: "http://oped.localhost", client: inside, close: e.Close}, nil
}

// Close releases the index if this process opened it.
func (c *apiClient) Close() error { return c.close() }

// maxAnswerBytes bounds an answer: a hundred hits with snippets are well under a megabyte.
const maxAnswerBytes = 64 << 20

func (c *apiClient) get(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return nil, err
	}
	res, err := c.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", c.base, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswerBytes))
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", c.base, err)
	}
	if res.StatusCode != http.StatusOK {
		return nil, problemError(body, res.Status)
	}
	return body, nil
}

// problemError makes an error of a refusal by the API, with a caret under the fault of a query.
func problemError(body []byte, status string) error {
	var p struct {
		Detail string `json:"detail"`
		Syntax *struct {
			Input    string `json:"input"`
			Offset   int    `json:"offset"`
			End      int    `json:"end"`
			Expected string `json:"expected"`
			Nearest  string `json:"nearest"`
		} `json:"syntax"`
	}
	if err := json.Unmarshal(body, &p); err != nil || p.Detail == "" {
		return fmt.Errorf("the server answered %s", status)
	}
	if p.Syntax == nil {
		return &codeError{code: exitUsage, text: p.Detail}
	}
	hint := p.Syntax.Expected
	if p.Syntax.Nearest != "" {
		hint = "try: " + p.Syntax.Nearest
	}
	return &codeError{code: exitUsage, text: p.Detail + "\n" + caret(p.Syntax.Input, p.Syntax.Offset, p.Syntax.End), hint: hint}
}

// caret is a query with a line below that points at its fault.
func caret(input string, start, end int) string {
	start, end = min(max(start, 0), len(input)), min(max(end, start), len(input))
	before := strings.Repeat(" ", utf8.RuneCountInString(input[:start]))
	return input + "\n" + before + strings.Repeat("^", max(utf8.RuneCountInString(input[start:end]), 1))
}

// handlerTransport answers requests from a handler in this process.
type handlerTransport struct{ handler http.Handler }

// RoundTrip runs the handler and returns what it wrote.
func (t handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r.RequestURI = r.URL.RequestURI()
	w := &memoryResponse{header: http.Header{}, status: http.StatusOK}
	t.handler.ServeHTTP(w, r)
	return &http.Response{
		StatusCode: w.status, Status: fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)),
		Header: w.header, Body: io.NopCloser(&w.body), Request: r,
	}, nil
}

// memoryResponse keeps an answer in memory.
type memoryResponse struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *memoryResponse) Header() http.Header         { return w.header }
func (w *memoryResponse) WriteHeader(status int)      { w.status = status }
func (w *memoryResponse) Write(p []byte) (int, error) { return w.body.Write(p) }

// searchPath is the address of a search page under a server's own.
func searchPath(q string) string { return "/search?q=" + url.QueryEscape(q) }
