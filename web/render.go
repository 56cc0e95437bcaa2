package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"oped/corpus"
	"oped/search"
)

//go:embed templates
var templateFiles embed.FS

// pageNames are the templates that are pages of their own; each is parsed into one set with the layout and the partials.
var pageNames = []string{"home", "results", "article", "facet", "advanced", "help", "error", "changes", "lines", "trend"}

type pages map[string]*template.Template

func loadPages(a assets) (pages, error) {
	ps := pages{}
	for _, name := range pageNames {
		t, err := template.New("layout").Funcs(functions(a)).
			ParseFS(templateFiles, "templates/layout.html", "templates/part_*.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("web: parse template %q: %w", name, err)
		}
		ps[name] = t
	}
	return ps, nil
}

func functions(a assets) template.FuncMap {
	return template.FuncMap{
		"asset":      a.url,
		"searchURL":  searchURL,
		"count":      count,
		"plural":     plural,
		"day":        longDay,
		"stamp":      longTime,
		"rfc3339":    func(t time.Time) string { return t.Format(time.RFC3339) },
		"typeLabel":  func(t corpus.Type) string { return valueLabel(search.FacetType, string(t)) },
		"dateSource": dateSource,
		"langLabel":  func(l string) string { return valueLabel(search.FacetLanguage, l) },
	}
}

// frame is what the layout shows around every page; page structs embed it.
type frame struct {
	Title string // of the window, without the name of the site
	Site  string
	// Query and Hidden fill the search box: what was typed, and the constraints that a new query keeps.
	Query  string
	Hidden []param
	// Box is false where the page has a search box of its own.
	Box bool
	// Advanced is the address of the advanced form for this search.
	Advanced string
	// Notice is what every reader must know, "" where there is nothing.
	Notice string
	// Feeds are other forms of this page for the head.
	Feeds []alternate
}

// alternate is another form of the same page.
type alternate struct{ Type, Title, URL string }

// frame makes the frame of a page about the search r.
func (s *server) frame(title string, r search.Request) frame {
	return frame{
		Title: title, Site: s.Name, Query: r.Query, Box: true, Notice: s.Notice(),
		Hidden:   hidden(r, "q"),
		Advanced: address("/advanced", firstPage(r)),
	}
}

// render executes a template into a buffer and only then writes, so that a fault becomes a clean 500. A query that is no
// text is shown as far as it is.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, name string, page any) error {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout", page); err != nil {
		return fmt.Errorf("web: render page %q: %w", name, err)
	}
	body := b.Bytes()
	if !utf8.Valid(body) {
		body = bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	write(w, r, status, body)
	return nil
}

// write sends a whole answer. A good one gets an ETag made of its bytes (not of the name of the index generation, which
// changes in place as articles come in), and is not sent again to a client that has it.
func write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	writeTagged(w, r, status, body, body)
}

// writeTagged is write where the ETag is made of other bytes than the body's.
func writeTagged(w http.ResponseWriter, r *http.Request, status int, body, tagged []byte) {
	h := w.Header()
	if status == http.StatusOK {
		sum := sha256.Sum256(tagged)
		tag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
		h.Set("ETag", tag)
		if h.Get("Cache-Control") == "" {
			h.Set("Cache-Control", "private, no-cache")
		}
		if matchesTag(r.Header.Get("If-None-Match"), tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client went away: there is nobody to tell
}

// matchesTag compares weakly, as RFC 9110 13.1.2 says for If-None-Match.
func matchesTag(header, tag string) bool {
	if strings.TrimSpace(header) == "*" {
		return true
	}
	for given := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(given), "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// count writes a number with commas between thousands.
func count(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// plural writes a number with its noun: "1 article", "1,200 articles".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}

func longDay(d corpus.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format("2 January 2006")
}

func longTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 January 2006, 15:04 UTC")
}

// dateSource says where a date was read.
func dateSource(source string) string {
	switch source {
	case "jsonld", "meta", "microdata":
		return "as the page declares"
	case "time", "recipe", "text":
		return "as the page prints it"
	case "url":
		return "from the address"
	case "feed":
		return "from the feed"
	default:
		return "as supplied"
	}
}
