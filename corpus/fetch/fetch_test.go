package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func newClient(t *testing.T, config Config) *Client {
	t.Helper()
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// serve starts a server whose robots.txt is missing.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		h(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func TestFetchPage(t *testing.T) {
	now := time.Date(2024, 5, 17, 12, 0, 0, 0, time.FixedZone("", 3600))
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/start" || r.URL.Path == "/middle" {
			http.Redirect(w, r, map[string]string{"/start": "/middle", "/middle": "/end?x=1#frag"}[r.URL.Path], http.StatusMovedPermanently)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/HTML; charset=Windows-1251")
		h.Set("ETag", `"v1"`)
		h.Set("X-Robots-Tag", "noarchive")
		h.Set("Set-Cookie", "a=b")
		fmt.Fprintf(w, "%s|%s", r.UserAgent(), r.Header.Get("Cookie"))
	})
	c := newClient(t, Config{AllowPrivate: true, UserAgent: "oped/2.1", Contact: "https://archive.example/bot", Now: func() time.Time { return now }})
	page, err := c.Fetch(t.Context(), Request{URL: s.URL + "/start"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(page.Body), "oped/2.1 (+https://archive.example/bot)|"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	if page.URL != s.URL+"/start" || page.FinalURL != s.URL+"/end?x=1" || len(page.Via) != 1 || page.Via[0] != s.URL+"/middle" {
		t.Errorf("redirects: %q via %q to %q", page.URL, page.Via, page.FinalURL)
	}
	if page.MediaType != "text/html" || page.Charset != "windows-1251" || page.Status != 200 {
		t.Errorf("type %q, charset %q, status %d", page.MediaType, page.Charset, page.Status)
	}
	if page.Header.Get("ETag") != `"v1"` || page.Header.Get("X-Robots-Tag") != "noarchive" || page.Header.Get("Set-Cookie") != "" {
		t.Errorf("kept headers %v", page.Header)
	}
	if !page.Fetched.Equal(now) || page.Fetched.Location() != time.UTC {
		t.Errorf("fetched %s, want %s in UTC", page.Fetched, now)
	}
}

func TestFetchConditional(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` || r.Header.Get("If-Modified-Since") == "Fri, 17 May 2024 10:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	c := newClient(t, Config{AllowPrivate: true})
	for _, tt := range []struct {
		name string
		req  Request
		want error
	}{
		{"none", Request{}, nil},
		{"current tag", Request{ETag: `"v1"`}, ErrNotModified},
		{"old tag", Request{ETag: `"v0"`}, nil},
		{"current date", Request{LastModified: "Fri, 17 May 2024 10:00:00 GMT"}, ErrNotModified},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.req.URL = s.URL + "/feed"
			if _, err := c.Fetch(t.Context(), tt.req); !errors.Is(err, tt.want) {
				t.Errorf("Fetch = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestFetchRefuses(t *testing.T) {
	const limit = 10_000
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	z.Write(make([]byte, 5<<20))
	z.Close()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/big":
			io.WriteString(w, strings.Repeat("x", limit+1))
		case "/declared":
			h.Set("Content-Length", "99999999")
			w.WriteHeader(200)
		case "/bomb":
			h.Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		case "/brotli":
			h.Set("Content-Encoding", "br")
		case "/image":
			h.Set("Content-Type", "image/jpeg")
			io.WriteString(w, strings.Repeat("x", 10*limit))
		case "/unlabelled-image":
			h["Content-Type"] = nil
			io.WriteString(w, "\x89PNG\r\n\x1a\n")
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/circle":
			http.Redirect(w, r, "/circle2", http.StatusFound)
		case "/circle2":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/nowhere":
			w.WriteHeader(http.StatusFound)
		case "/script":
			h.Set("Location", "javascript:alert(1)")
			w.WriteHeader(http.StatusFound)
		default: // /chain/xxx redirects on and on
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}
	})
	c := newClient(t, Config{AllowPrivate: true, MaxBytes: limit})
	for _, tt := range []struct {
		path, says string
		target     any
	}{
		{"/big", "longer than 10000 bytes", new(*SizeError)},
		{"/declared", "longer than 10000 bytes", new(*SizeError)},
		{"/bomb", "longer than 10000 bytes", new(*SizeError)},
		{"/brotli", `"br"`, new(*ContentError)},
		{"/image", `"image/jpeg"`, new(*ContentError)},
		{"/unlabelled-image", `"image/png"`, new(*ContentError)},
		{"/gone", "410 Gone", new(*StatusError)},
		{"/circle", "circle", new(*RedirectError)},
		{"/nowhere", "no Location", new(*RedirectError)},
		{"/script", "only http and https", new(*BlockedError)},
		{"/chain/", "more than 8", new(*RedirectError)},
	} {
		t.Run(tt.path, func(t *testing.T) {
			_, err := c.Fetch(t.Context(), Request{URL: s.URL + tt.path})
			if err == nil || !errors.As(err, tt.target) || !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("Fetch = %v, want a %T that says %q", err, tt.target, tt.says)
			}
			if Temporary(err) || HostFault(err) {
				t.Errorf("%v is temporary, want it final", err)
			}
		})
	}
}

func TestOpenStreams(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-gzip")
		w.(http.Flusher).Flush() // no Content-Length
		io.WriteString(w, "\x1f\x8b and more")
	})
	c := newClient(t, Config{AllowPrivate: true, MaxListBytes: 6})
	if _, err := c.Fetch(t.Context(), Request{URL: s.URL}); !errors.As(err, new(*ContentError)) {
		t.Errorf("Fetch of a gzipped file = %v, want a ContentError", err)
	}
	stream, err := c.Open(t.Context(), Request{URL: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	got, err := io.ReadAll(stream)
	if string(got) != "\x1f\x8b and" || !errors.As(err, new(*SizeError)) {
		t.Errorf("read %q, %v, want 6 bytes and a SizeError", got, err)
	}
}

// TestFetchSlowBody holds that a server which sends a byte now and then cannot hold a request for ever.
func TestFetchSlowBody(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				io.WriteString(w, "x")
				w.(http.Flusher).Flush()
			case <-r.Context().Done():
				return
			}
		}
	})
	c := newClient(t, Config{AllowPrivate: true, Timeout: 100 * time.Millisecond})
	_, err := c.Fetch(t.Context(), Request{URL: s.URL})
	if err == nil || !strings.Contains(err.Error(), "no complete answer within 100ms") {
		t.Errorf("Fetch = %v, want it to name the time limit", err)
	}
	if !Temporary(err) || !HostFault(err) {
		t.Errorf("%v is final, want it temporary", err)
	}
}

func TestFetchCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := newClient(t, Config{AllowPrivate: true}).Fetch(ctx, Request{URL: s.URL})
	if !errors.Is(err, context.Canceled) || Temporary(err) {
		t.Errorf("Fetch = %v, want %v", err, context.Canceled)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, config := range []Config{{UserAgent: "123"}, {UserAgent: "oped\r\nX: y"}, {Contact: "почта@example"}} {
		if _, err := New(config); err == nil {
			t.Errorf("New(%+v) accepts what cannot be sent", config)
		}
	}
}
