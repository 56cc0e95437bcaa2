package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"oped/corpus"
	"oped/search"
	"oped/search/query"
)

func TestStatusOf(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want int
	}{
		{&query.SyntaxError{}, 400},
		{fmt.Errorf("search: %w", &query.SyntaxError{}), 400},
		{&ParamError{}, 400},
		{&search.RequestError{}, 400},
		{&search.BudgetError{}, 400},
		{fmt.Errorf("corpus: %w", corpus.ErrNotFound), 404},
		{fmt.Errorf("web: %w", search.ErrBusy), 429},
		{corpus.ErrRemoved, 410},
		{errMethod, 405},
		{errAddressTooLong, 414},
		{&tooManyError{}, 429},
		{search.ErrNoIndex, 503},
		{context.DeadlineExceeded, 504},
		{errors.New("disk on fire"), 500},
	} {
		if got := statusOf(tt.err); got != tt.want {
			t.Errorf("statusOf(%v) = %d, want %d", tt.err, got, tt.want)
		}
	}
}

func TestServerErrorsShowNothingOfTheCause(t *testing.T) {
	lib := newLibrary(3)
	lib.err = errors.New("open /var/secret/index: disk on fire")
	s := newSite(t, lib)
	for _, address := range []string{"/search?q=whistle", "/api/v1/search?q=whistle", "/search.csv?q=whistle", "/"} {
		body := s.get(address, http.StatusInternalServerError).Body.String()
		if strings.Contains(body, "secret") || strings.Contains(body, "fire") || body == "" {
			t.Errorf("GET %s says %s", address, body)
		}
	}
	if !strings.Contains(s.log.String(), "disk on fire") {
		t.Error("the log does not have the cause")
	}
}

func TestSyntaxErrorsTeach(t *testing.T) {
	s := newSite(t, newLibrary(3))
	_, err := query.Parse("tax AND (harbour", query.Options{})
	var want *query.SyntaxError
	if !errors.As(err, &want) || want.Nearest == "" {
		t.Fatalf("Parse: %v", err)
	}
	doc := s.page("/search?q=tax+AND+(harbour&type=letter", http.StatusBadRequest)
	if got := doc.Find("input[name=q]").AttrOr("value", ""); got != "tax AND (harbour" {
		t.Errorf("the box holds %q", got)
	}
	code, caret := doc.Find(".fault code").Text(), doc.Find(".fault .caret").Text()
	if code != "tax AND (harbour" {
		t.Errorf("shown as %q", code)
	}
	if got := strings.Index(caret, "^"); got != want.Offset {
		t.Errorf("caret at %d, want %d", got, want.Offset)
	}
	link := doc.Find(".nearest a")
	if got, want := link.AttrOr("href", ""), searchURL(search.Request{Query: want.Nearest, Filters: map[search.FacetField]search.Filter{search.FacetType: {Include: []string{"letter"}}}}); got != want {
		t.Errorf("nearest leads to %q, want %q", got, want)
	}
}

func TestProblems(t *testing.T) {
	s := newSite(t, newLibrary(3))
	for _, tt := range []struct {
		address       string
		status        int
		param, nearby string
	}{
		{"/api/v1/search?q=(a", 400, "q", "syntax"},
		{"/api/v1/search?from=soon", 400, "from", "2018-03"},
		{"/api/v1/search?cursor=zzz", 400, "cursor", "not a cursor"},
		{"/api/v1/article/2222222222222222", 404, "", "no such page"},
		{"/api/v1/facet/colour", 404, "", ""},
	} {
		w := s.get(tt.address, tt.status)
		if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("GET %s: Content-Type %q", tt.address, got)
		}
		var p problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatalf("GET %s: %v", tt.address, err)
		}
		if p.Status != tt.status || p.Param != tt.param || p.Title == "" || p.Detail == "" || !strings.Contains(w.Body.String(), tt.nearby) {
			t.Errorf("GET %s: %s", tt.address, w.Body)
		}
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	s := newSite(t, newLibrary(1))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, "TRACE", "BREW"} {
		w := s.do(httptest.NewRequest(method, "/search", strings.NewReader("q=a")))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" || w.Body.Len() == 0 {
			t.Errorf("%s: status %d, Allow %q, %d bytes", method, w.Code, w.Header().Get("Allow"), w.Body.Len())
		}
	}
}

func TestLongAddressesAndOddHostsAreRefused(t *testing.T) {
	s := newSite(t, newLibrary(1))
	s.get("/search?q="+strings.Repeat("a", maxAddressBytes), http.StatusRequestURITooLong)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = `evil"><script>`
	if w := s.do(r); w.Code != http.StatusBadRequest {
		t.Errorf("odd host: status %d", w.Code)
	}
}

func TestTheLogHoldsNoQuery(t *testing.T) {
	lib := newLibrary(3)
	s := newSite(t, lib)
	for _, address := range []string{
		"/search?q=whistleblower", "/search?q=(whistleblower", "/search?within=whistleblower&q=a", "/api/v1/search?q=whistleblower",
		"/suggest?q=whistleblower", "/search.csv?q=whistleblower", "/article/" + string(lib.articles[0].ID) + "?q=whistleblower",
		"/advanced?go=1&all=whistleblower", "/facet/author?prefix=whistleblower",
	} {
		s.any(address)
	}
	lib.err = fmt.Errorf("search: run %q: broken", "whistleblower")
	s.any("/search?q=whistleblower")
	if strings.Contains(s.log.String(), "whistleblower") {
		t.Errorf("the log tells what was searched for:\n%s", s.log)
	}
	for _, want := range []string{"method=GET", "route=/search ", "status=200", "status=400", "hits=0", "duration="} {
		if !strings.Contains(s.log.String(), want) {
			t.Errorf("the log has no %s:\n%s", want, s.log)
		}
	}
}

// any asks for an address whatever the answer.
func (s *site) any(address string) *httptest.ResponseRecorder {
	return s.do(httptest.NewRequest(http.MethodGet, address, nil))
}

type panicking struct{ *library }

func (panicking) Search(context.Context, search.Request) (*search.Results, error) {
	panic("index out of range in whistleblower")
}

func TestPanicsBecomeAnError(t *testing.T) {
	lib := newLibrary(1)
	s := newSite(t, lib, func(c *Config) { c.Searcher = panicking{lib} })
	w := s.get("/search?q=whistleblower", http.StatusInternalServerError)
	if strings.Contains(w.Body.String(), "index") || w.Header().Get("Content-Security-Policy") == "" {
		t.Errorf("answer: %v %s", w.Header(), w.Body)
	}
	if !strings.Contains(s.log.String(), "msg=panic") || strings.Contains(s.log.String(), "whistleblower") {
		t.Errorf("log: %s", s.log)
	}
}

func TestRateLimit(t *testing.T) {
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	s := newSite(t, newLibrary(1), func(c *Config) {
		c.Rate, c.Burst, c.Now = 1, 3, func() time.Time { return now }
	})
	ask := func(from string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/search", nil)
		r.RemoteAddr = from
		return s.do(r)
	}
	for range 3 {
		if w := ask("192.0.2.1:1000"); w.Code != http.StatusOK {
			t.Fatalf("status %d within the burst", w.Code)
		}
	}
	w := ask("192.0.2.1:1001")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), `"retry_after": 1`) {
		t.Errorf("status %d, Retry-After %q, %s", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
	if w := ask("192.0.2.2:1000"); w.Code != http.StatusOK {
		t.Errorf("another client: status %d", w.Code)
	}
	now = now.Add(time.Second)
	if w := ask("192.0.2.1:1000"); w.Code != http.StatusOK {
		t.Errorf("a second later: status %d", w.Code)
	}
}

func TestLimiterIsBounded(t *testing.T) {
	l := newLimiter(1, 1, time.Now)
	for i := range 3 * maxClients {
		l.wait(fmt.Sprint(i))
	}
	if n := len(l.buckets) + len(l.previous); n > maxClients {
		t.Errorf("%d buckets, want at most %d", n, maxClients)
	}
}

func TestClientsAreToldApartByNetwork(t *testing.T) {
	for _, tt := range []struct{ addr, want string }{
		{"192.0.2.1:80", "192.0.2.1"},
		{"[2001:db8:1:2:3:4:5:6]:80", "2001:db8:1:2::/64"},
		{"[::ffff:192.0.2.1]:80", "192.0.2.1"},
		{"@", "@"},
	} {
		if got := remoteAddress(&http.Request{RemoteAddr: tt.addr}); got != tt.want {
			t.Errorf("remoteAddress(%s) = %s, want %s", tt.addr, got, tt.want)
		}
	}
}

func TestETagSavesTheBody(t *testing.T) {
	lib := newLibrary(12)
	s := newSite(t, lib)
	for _, address := range []string{"/", "/search?q=harbour", "/api/v1/search?q=harbour", "/search.atom", "/article/" + string(lib.articles[0].ID)} {
		first := s.get(address, http.StatusOK)
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Host = "oped.test"
		r.Header.Set("If-None-Match", `"x", `+first.Header().Get("ETag"))
		w := s.do(r)
		if w.Code != http.StatusNotModified || w.Body.Len() != 0 {
			t.Errorf("GET %s again: status %d, %d bytes", address, w.Code, w.Body.Len())
		}
	}
	lib.articles[0].Headline = "Changed"
	r := httptest.NewRequest(http.MethodGet, "/search.atom", nil)
	if w := s.do(r); w.Code != http.StatusOK {
		t.Errorf("after a change: status %d", w.Code)
	}
}

func TestMetricsCountRequests(t *testing.T) {
	s := newSite(t, newLibrary(3))
	s.get("/search?q=a", http.StatusOK)
	s.get("/search?q=b", http.StatusOK)
	s.get("/nope", http.StatusNotFound)
	body := s.get("/metrics", http.StatusOK).Body.String()
	for _, want := range []string{
		"oped_ready 1\n", `oped_http_requests_total{route="/search",status="200"} 2`, `{route="(no such page)",status="404"} 1`,
		`oped_http_request_duration_seconds_bucket{route="/search",le="+Inf"} 2`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("metrics have no %s:\n%s", want, body)
		}
	}
}

// TestUnknownAddressesOfTheAPI keeps pages for people out of what programs read.
func TestUnknownAddressesOfTheAPI(t *testing.T) {
	s := newSite(t, newLibrary(1))
	for _, address := range []string{"/api", "/api/", "/api/v1/article/zzz", "/api/v2/search"} {
		w := s.get(address, http.StatusNotFound)
		if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("GET %s: Content-Type %q", address, got)
		}
	}
}
