package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// contentPolicy allows our own style, script and images and nothing else: no inline code, no third party, no framing.
const contentPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxBodyBytes bounds request bodies; no route reads one.
const maxBodyBytes = 1 << 10

// visit is what the log and the metrics say about one request. Handlers fill it in.
type visit struct {
	route string
	hits  int
}

type visitKey struct{}

// visitOf returns the visit of a request; what is written to it shows in the log.
func visitOf(r *http.Request) *visit {
	if v, ok := r.Context().Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{}
}

// guard wraps every route: headers, bounds, limits, the log, the metrics, and an answer even after a panic.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, v := s.Now(), &visit{route: "(refused)", hits: -1}
		rec := &recorder{ResponseWriter: w}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		r.Body = http.MaxBytesReader(rec, r.Body, maxBodyBytes)
		setHeaders(w.Header())
		defer func() {
			fault := recover()
			aborted := fault == http.ErrAbortHandler //nolint:errorlint // the value of a panic, as net/http compares it
			if fault != nil && !aborted {
				s.logPanic(r, fault)
				s.answerPanic(rec, r)
			}
			s.observe(r, v, rec.status(), s.Now().Sub(start))
			if aborted || (fault != nil && rec.broken) {
				panic(http.ErrAbortHandler)
			}
		}()
		if err := s.admit(r); err != nil {
			s.fail(rec, r, kindOf(r), err)
			return
		}
		next.ServeHTTP(rec, r)
	})
}

func setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex")
}

// admit refuses requests that are too long or too many before any work is done for them.
func (s *server) admit(r *http.Request) error {
	if len(r.URL.RequestURI()) > maxAddressBytes {
		return errAddressTooLong
	}
	if !validHost(r.Host) {
		return errBadHost
	}
	if strings.HasPrefix(r.URL.Path, "/static/") || r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
		return nil
	}
	if wait := s.limiter.wait(s.ClientKey(r)); wait > 0 {
		return &tooManyError{wait}
	}
	return nil
}

// validHost keeps out hosts that no browser sends: feeds and citations repeat the host.
func validHost(host string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]%"
	return len(host) <= 255 && strings.Trim(host, allowed) == ""
}

// kindOf tells in which form to refuse a request that has not reached its route.
func kindOf(r *http.Request) kind {
	if r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/suggest" {
		return asProblem
	}
	return asPage
}

// observe writes the log line. What was searched for is in none of its fields: sources are at risk if it is.
func (s *server) observe(r *http.Request, v *visit, status int, took time.Duration) {
	s.metrics.observe(v.route, status, took)
	attrs := []slog.Attr{
		slog.String("method", methodName(r.Method)),
		slog.String("route", v.route),
		slog.Int("status", status),
		slog.Duration("duration", took),
	}
	if v.hits >= 0 {
		attrs = append(attrs, slog.Int("hits", v.hits))
	}
	s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", attrs...)
}

// methodName bounds what a client can write into the log.
func methodName(method string) string {
	if len(method) > 10 {
		return "(other)"
	}
	return method
}

func (s *server) logPanic(r *http.Request, fault any) {
	s.Log.Error("panic", "route", visitOf(r).route, "fault", private(fmt.Sprint(fault), r), "stack", string(debug.Stack()))
}

// answerPanic gives the plain page of an internal error, if nothing was written yet.
func (s *server) answerPanic(w *recorder, r *http.Request) {
	if w.code != 0 {
		w.broken = true
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	fmt.Fprintln(w, "Something went wrong on our side. Please try again; the address is fine to keep.")
}

// serve runs a handler under its deadline and turns its error into an answer.
func (s *server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visitOf(r).route = rt.path
		if !strings.Contains(rt.path, anExport) {
			ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
			defer cancel()
			r = r.WithContext(ctx)
		}
		if err := rt.h(w, r); err != nil {
			s.fail(w, r, rt.kind, err)
		}
	})
}

// recorder remembers the status that was written.
type recorder struct {
	http.ResponseWriter
	code   int
	broken bool // a panic came after the first byte
}

// WriteHeader notes the status.
func (w *recorder) WriteHeader(code int) {
	if w.code == 0 {
		w.code = code
	}
	w.ResponseWriter.WriteHeader(code)
}

// Write notes the status that a first write implies.
func (w *recorder) Write(b []byte) (int, error) {
	if w.code == 0 {
		w.code = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}
