package web

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"oped/corpus"
	"oped/search"
	"oped/search/query"
)

var (
	errNoPage         = errors.New("web: no such page")
	errMethod         = errors.New("web: method not allowed")
	errAddressTooLong = errors.New("web: address too long")
	errBadHost        = errors.New("web: host not valid")
	errNotReady       = errors.New("web: index not open yet")
)

// tooManyError refuses a request of a client that made too many.
type tooManyError struct{ wait time.Duration }

// Error says how long to wait.
func (e *tooManyError) Error() string {
	return fmt.Sprintf("web: too many requests: wait %s", e.wait.Round(time.Second))
}

func noSuchPage(http.ResponseWriter, *http.Request) error   { return errNoPage }
func noSuchMethod(http.ResponseWriter, *http.Request) error { return errMethod }

// statusOf is the only place where a domain error becomes an HTTP status.
func statusOf(err error) int {
	var (
		syntax  *query.SyntaxError
		param   *ParamError
		request *search.RequestError
		budget  *search.BudgetError
		tooMany *tooManyError
	)
	switch {
	case errors.As(err, &syntax), errors.As(err, &param), errors.As(err, &request), errors.As(err, &budget),
		errors.Is(err, errBadHost):
		return http.StatusBadRequest
	case errors.Is(err, corpus.ErrRemoved):
		return http.StatusGone
	case errors.Is(err, corpus.ErrNotFound), errors.Is(err, errNoPage):
		return http.StatusNotFound
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(err, errAddressTooLong):
		return http.StatusRequestURITooLong
	case errors.As(err, &tooMany), errors.Is(err, search.ErrBusy):
		return http.StatusTooManyRequests
	case isNotReady(err), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	default:
		return http.StatusInternalServerError
	}
}

// fault is what an error says to a reader. Nothing of the cause of a 5xx is in it.
type fault struct {
	Status int
	Title  string
	Detail string
	// Param is the parameter at fault, if one is.
	Param string
	// Syntax is set where a query could not be read.
	Syntax *query.SyntaxError
	// RetryAfter is in whole seconds, 0 if it does not apply.
	RetryAfter int
}

// faultOf words an error for a reader.
func faultOf(err error) fault {
	f := fault{Status: statusOf(err), Title: http.StatusText(statusOf(err))}
	var (
		param   *ParamError
		request *search.RequestError
		budget  *search.BudgetError
		tooMany *tooManyError
	)
	switch {
	case errors.As(err, &f.Syntax):
		f.Title, f.Detail, f.Param = "This query cannot be read", capital(f.Syntax.Problem), "q"
	case errors.As(err, &param):
		f.Title, f.Param = "This address cannot be read", param.Param
		f.Detail = fmt.Sprintf("The parameter %s=%s %s.", param.Param, clip(param.Value, 60), param.Problem)
	case errors.As(err, &request):
		f.Title, f.Param = "This search cannot be made", requestParam(request.Field)
		f.Detail = fmt.Sprintf("The parameter %s=%s %s.", f.Param, clip(request.Value, 60), strings.TrimRight(request.Problem, "."))
	case errors.As(err, &budget):
		f.Title, f.Detail = "This search asks for too much", sentence(budget.Error())
	case errors.As(err, &tooMany):
		f.RetryAfter = int(math.Ceil(tooMany.wait.Seconds()))
		f.Detail = fmt.Sprintf("That was more than one reader may ask for at a time. Please try again in %d s.", f.RetryAfter)
	case errors.Is(err, search.ErrBusy):
		f.RetryAfter = busySeconds
		f.Detail = fmt.Sprintf("Many demanding searches are being made at this moment. Please try again in %d s, or be more specific.", busySeconds)
	default:
		f.plain()
	}
	return f
}

// busySeconds is when a search that was refused for the sake of others may be made again.
const busySeconds = 3

// requestParam is the parameter by which an address gives a field of a request.
func requestParam(field string) string {
	switch field {
	case "Limit":
		return "per_page"
	case "Offset":
		return "page"
	case "FacetLimit":
		return "facet_limit"
	default:
		return strings.ToLower(field)
	}
}

// plain words the faults that carry nothing but their status.
func (f *fault) plain() {
	switch f.Status {
	case http.StatusNotFound:
		f.Title, f.Detail = "There is no such page", "The archive has nothing at this address."
	case http.StatusGone:
		f.Title, f.Detail = "This article was taken down", "It is no longer part of the archive."
	case http.StatusMethodNotAllowed:
		f.Detail = "Everything here is read with GET."
	case http.StatusRequestURITooLong:
		f.Detail = fmt.Sprintf("An address may have %d bytes. Shorten the query or leave out some filters.", maxAddressBytes)
	case http.StatusBadRequest:
		f.Detail = "The request names a host that is not valid."
	case http.StatusServiceUnavailable:
		f.RetryAfter = 5
		f.Title, f.Detail = "The index is being opened", "Searching will be possible in a moment."
	case http.StatusGatewayTimeout:
		f.Title, f.Detail = "This search took too long", "It was ended. A narrower search, or longer words before a wildcard, is quicker."
	default:
		f.Title, f.Detail = "Something went wrong on our side", "Please try again; the address is fine to keep."
	}
}

// isNotReady reports that no index is open yet, whoever noticed.
func isNotReady(err error) bool {
	return errors.Is(err, errNotReady) || errors.Is(err, search.ErrNoIndex)
}

// fail answers with an error, as a page or as problem+json.
func (s *server) fail(w http.ResponseWriter, r *http.Request, k kind, err error) {
	f := faultOf(err)
	if f.Status >= http.StatusInternalServerError && !isNotReady(err) && !errors.Is(err, context.Canceled) {
		s.Log.Error("request failed", "route", visitOf(r).route, "error", private(err.Error(), r))
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if f.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(f.RetryAfter))
	}
	if f.Status == http.StatusMethodNotAllowed {
		h.Set("Allow", "GET, HEAD")
	}
	if k == asProblem {
		writeProblem(w, f)
		return
	}
	s.writeErrorPage(w, r, f)
}

// private takes what was searched for out of a text that goes into the log.
func private(text string, r *http.Request) string {
	for _, values := range parseParams(r.URL.RawQuery) {
		for _, value := range values {
			if value != "" {
				text = strings.ReplaceAll(text, value, "(withheld)")
				text = strings.ReplaceAll(text, strings.Trim(strconv.Quote(value), `"`), "(withheld)")
			}
		}
	}
	return text
}

// sentence makes an error text a sentence: without the name of its package, with a capital and a full stop.
func sentence(text string) string {
	if _, rest, ok := strings.Cut(text, ": "); ok {
		text = rest
	}
	return capital(text)
}

// capital writes a text as a sentence.
func capital(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + strings.TrimRight(text[size:], ".") + "."
}

// clip bounds what an error repeats of the input.
func clip(s string, runes int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	for i := range s {
		if runes--; runes < 0 {
			return s[:i] + "…"
		}
	}
	return s
}
