package web

import (
	"net/http"

	"github.com/gorilla/mux"
)

// kind says in which form a route tells its errors.
type kind int

const (
	asPage    kind = iota // a page for people
	asProblem             // application/problem+json, RFC 9457
)

// handler answers a request or returns why it can not; it then must not have written anything.
type handler func(w http.ResponseWriter, r *http.Request) error

// route is one line of the table. Its path is also what logs and metrics call it.
type route struct {
	path string
	h    handler
	kind kind
}

const (
	anID     = "{id:[a-z2-7]{16}}"
	aFeed    = "{format:atom|rss|json}"
	anExport = "{format:csv|jsonl|ris|bib|md}"
	aCite    = "{format:json|jsonld|csl\\.json|ris|bib|txt|md}"
)

func (s *server) table() []route {
	return []route{
		{"/", s.home, asPage},
		{"/search", s.results, asPage},
		{"/search." + aFeed, s.feed, asPage},
		{"/search." + anExport, s.export, asPage},
		{"/selection." + anExport, s.selection, asPage},
		{"/lines", s.lines, asPage},
		{"/trend", s.trend, asPage},
		{"/trend.csv", s.trendCSV, asPage},
		{"/facet/{field}", s.facet, asPage},
		{"/article", s.lookup, asPage},
		{"/article/" + anID, s.article, asPage},
		{"/article/" + anID + "." + aCite, s.citation, asPage},
		{"/article/" + anID + "/changes", s.changes, asPage},
		{"/author/{slug}", s.author, asPage},
		{"/publication/{slug}", s.publication, asPage},
		{"/advanced", s.advanced, asPage},
		{"/help", s.help, asPage},

		{"/api/v1/search", s.apiSearch, asProblem},
		{"/api/v1/article/" + anID, s.apiArticle, asProblem},
		{"/api/v1/article/" + anID + "/versions", s.apiVersions, asProblem},
		{"/api/v1/article/" + anID + "/changes", s.apiChanges, asProblem},
		{"/api/v1/article/" + anID + "/copies", s.apiCopies, asProblem},
		{"/api/v1/facet/{field}", s.apiFacet, asProblem},
		{"/api/v1/lines", s.apiLines, asProblem},
		{"/api/v1/trend", s.apiTrend, asProblem},
		{"/openapi.json", s.openAPI, asProblem},
		{"/suggest", s.suggest, asProblem},
		{"/opensearch.xml", s.openSearch, asPage},
		{"/unapi", s.unAPI, asPage},

		{"/static/{name}", s.static, asPage},
		{"/robots.txt", s.robots, asPage},
		{"/healthz", s.healthz, asProblem},
		{"/readyz", s.readyz, asProblem},
		{"/metrics", s.showMetrics, asProblem},
	}
}

// routes builds the router. mux is known to this file only: handlers read variables with r.PathValue.
func (s *server) routes() http.Handler {
	m := mux.NewRouter()
	for _, rt := range s.table() {
		m.Handle(rt.path, withPathValues(s.serve(rt))).Methods(http.MethodGet, http.MethodHead)
	}
	m.NotFoundHandler = s.refuse("(no such page)", noSuchPage)
	m.MethodNotAllowedHandler = s.refuse("(method)", noSuchMethod)
	return m
}

// refuse answers what has no route, in the form that routes of its kind use.
func (s *server) refuse(name string, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.serve(route{path: name, h: h, kind: kindOf(r)}).ServeHTTP(w, r)
	})
}

func withPathValues(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range mux.Vars(r) {
			r.SetPathValue(name, value)
		}
		next.ServeHTTP(w, r)
	})
}
