package web

import (
	"fmt"
	"net/http"
	"strings"

	"oped/corpus"
	"oped/web/cite"
)

// citeForms are the forms of one article, in the order the page offers them. Extension is that of the address.
var citeForms = []struct{ extension, label, mediaType string }{
	{"ris", "RIS", "application/x-research-info-systems; charset=utf-8"},
	{"csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json"},
	{"bib", "BibTeX", "application/x-bibtex; charset=utf-8"},
	{"txt", "Plain text", "text/plain; charset=utf-8"},
	{"md", "Markdown", "text/markdown; charset=utf-8"},
	{"json", "JSON", "application/json; charset=utf-8"},
	{"jsonld", "JSON-LD", "application/ld+json"},
}

func citeLinks(id corpus.ID) []alternate {
	links := make([]alternate, len(citeForms))
	for i, form := range citeForms {
		links[i] = alternate{Type: form.mediaType, Title: form.label, URL: permalink(id) + "." + form.extension}
	}
	return links
}

// citation answers with an article in one of the forms to cite by.
func (s *server) citation(w http.ResponseWriter, r *http.Request) error {
	a, err := s.stored(r, parseParams(r.URL.RawQuery))
	if err != nil {
		return err
	}
	return s.writeCitation(w, r, a, r.PathValue("format"))
}

func (s *server) writeCitation(w http.ResponseWriter, r *http.Request, a *corpus.Article, extension string) error {
	body, err := citationOf(a, s.base(r)+permalink(a.ID), extension)
	if err != nil {
		return err
	}
	for _, form := range citeForms {
		if form.extension == extension {
			w.Header().Set("Content-Type", form.mediaType)
		}
	}
	if extension == "ris" || extension == "bib" || extension == "csl.json" {
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", string(a.ID)+"."+extension))
	}
	write(w, r, http.StatusOK, body)
	return nil
}

func citationOf(a *corpus.Article, permalink, extension string) ([]byte, error) {
	switch extension {
	case "ris":
		return []byte(cite.RIS(a, permalink)), nil
	case "csl.json":
		return cite.CSL(a, permalink)
	case "bib":
		return []byte(cite.BibTeX(a, permalink)), nil
	case "txt":
		return []byte(cite.TextArticle(a, permalink)), nil
	case "md":
		return []byte(cite.MarkdownArticle(a, permalink)), nil
	case "json":
		return encodeJSON(a)
	case "jsonld":
		return cite.JSONLD(a, permalink)
	default:
		return nil, errNoPage
	}
}

// unAPI serves single articles to reference managers that find an unapi-id on a page.
func (s *server) unAPI(w http.ResponseWriter, r *http.Request) error {
	params := parseParams(r.URL.RawQuery)
	id, format := corpus.ID(params.Get("id")), params.Get("format")
	if id != "" && !id.Valid() {
		return corpus.ErrNotFound
	}
	if format == "" {
		return writeUnAPIFormats(w, r, id)
	}
	extension := map[string]string{"ris": "ris", "csl": "csl.json", "bibtex": "bib"}[format]
	if extension == "" {
		return &ParamError{Param: "format", Value: format, Problem: "is not one of ris, csl, bibtex"}
	}
	a, err := s.Archive.Article(r.Context(), id)
	if err != nil {
		return err
	}
	return s.writeCitation(w, r, a, extension)
}

func writeUnAPIFormats(w http.ResponseWriter, r *http.Request, id corpus.ID) error {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<formats")
	if id != "" {
		fmt.Fprintf(&b, " id=%q", string(id))
	}
	b.WriteString(">\n" +
		"<format name=\"ris\" type=\"application/x-research-info-systems\"/>\n" +
		"<format name=\"csl\" type=\"application/vnd.citationstyles.csl+json\"/>\n" +
		"<format name=\"bibtex\" type=\"application/x-bibtex\"/>\n</formats>\n")
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	write(w, r, http.StatusOK, []byte(b.String()))
	return nil
}
