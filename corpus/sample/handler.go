package sample

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
)

// handler serves every paper; which one is said by the first label of the request's host.
type handler struct {
	sites map[string]*site
	kiosk *template.Template
}

var served = sync.OnceValue(func() *handler {
	h, err := newHandler(loaded())
	if err != nil {
		panic(err) // templates and sources are part of the program
	}
	return h
})

// Handler serves all newspapers. The first label of the request's Host chooses the paper:
// "harbour-gazette.localhost:8080" is The Harbour Gazette. Any other host gets a page that links to the papers.
// Absolute links use the host that was asked for, so one handler can serve on any port. What it answers depends on
// the request alone. It is safe for concurrent use.
func Handler() http.Handler { return served() }

func newHandler(lib *library) (*handler, error) {
	kiosk, err := template.ParseFS(templates, "templates/kiosk.tmpl")
	if err != nil {
		return nil, fmt.Errorf("sample: parse kiosk template: %w", err)
	}
	h := &handler{sites: map[string]*site{}, kiosk: kiosk}
	for _, n := range newspapers {
		if h.sites[n.Slug], err = newSite(n, lib.papers[n.Slug]); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	label, rest, dotted := strings.Cut(r.Host, ".")
	s := h.sites[strings.ToLower(label)]
	if s == nil || !dotted {
		h.serveKiosk(w, r)
		return
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	v := &view{Paper: s.paper, Base: scheme + "://" + s.paper.Slug + "." + rest, Path: r.URL.Path, scheme: scheme, suffix: "." + rest}
	s.serve(w, r, v)
}

// serve answers for one paper.
func (s *site) serve(w http.ResponseWriter, r *http.Request, v *view) {
	p, ok := s.find(r)
	if !ok {
		p = s.html("missing", junkChanged, func(v *view) { v.Title, v.Kind = s.paper.Name, "junk" })
		p.status = http.StatusNotFound
	}
	if p.redirect != "" {
		http.Redirect(w, r, v.Base+p.redirect, p.status)
		return
	}
	body, err := p.render(v)
	if err == nil {
		body, err = encode(body, s.paper.Charset, p.mediaType)
	}
	if err != nil {
		http.Error(w, "the presses have stopped", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", s.contentType(p.mediaType))
	if p.status != 0 && p.status != http.StatusOK {
		w.WriteHeader(p.status)
		_, _ = w.Write(body) // a reader who has gone away is no fault
		return
	}
	sum := sha256.Sum256(body)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	w.Header().Set("Cache-Control", "max-age=60")
	http.ServeContent(w, r, "", p.changed, bytes.NewReader(body))
}

// find is the page at the request's path; of the query only WordPress' "p" counts.
func (s *site) find(r *http.Request) (page, bool) {
	if id := r.URL.Query().Get("p"); id != "" && r.URL.Path == "/" {
		if p, ok := s.pages["/?p="+id]; ok {
			return p, true
		}
	}
	p, ok := s.pages[r.URL.Path]
	return p, ok
}

// contentType names the charset, but for the Old Post, whose server never did.
func (s *site) contentType(mediaType string) string {
	if s.paper == oldPost || mediaType == "application/gzip" {
		return mediaType
	}
	return mediaType + "; charset=" + s.paper.Charset
}

// serveKiosk answers for a host that is no paper: a list of the papers.
func (h *handler) serveKiosk(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	port := ""
	if i := strings.LastIndexByte(r.Host, ':'); i >= 0 && !strings.HasSuffix(r.Host, "]") {
		port = r.Host[i:]
	}
	var papers []link
	for _, p := range Papers() {
		papers = append(papers, link{p.Name, "http://" + p.Slug + ".localhost" + port + "/"})
	}
	var b bytes.Buffer
	if err := h.kiosk.Execute(&b, papers); err != nil {
		http.Error(w, "the kiosk is closed", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // a reader who has gone away is no fault
}
