package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"oped/corpus"
	"oped/search"
	"oped/web/cite"
)

// exportForms are the forms a whole result set is exported in, in the order pages offer them.
var exportForms = []struct{ extension, label, mediaType string }{
	{"csv", "CSV", "text/csv; charset=utf-8; header=present"},
	{"jsonl", "JSON lines", "application/jsonl; charset=utf-8"},
	{"ris", "RIS", "application/x-research-info-systems; charset=utf-8"},
	{"bib", "BibTeX", "application/x-bibtex; charset=utf-8"},
	{"md", "Markdown", "text/markdown; charset=utf-8"},
}

func exportLinks(req search.Request) []alternate {
	req = firstPage(req)
	req.Limit, req.Explain, req.NoFold, req.NoSnippets = 0, false, false, false
	var links []alternate
	for _, form := range exportForms {
		links = append(links, alternate{form.mediaType, form.label, address("/search."+form.extension, req)})
	}
	return links
}

// exporter writes articles one after another in some form.
type exporter interface {
	// Begin writes what stands before the first article.
	Begin() error
	// Article writes one article.
	Article(a *corpus.Article) error
	// Flush hands on everything that was written so far.
	Flush() error
}

// export streams all that a search finds, whatever page was looked at, walking by cursor: memory stays flat. Copies that a
// page folds are rows of their own, so that there are as many as the total says. A fault in the middle breaks the
// connection off, so that nobody takes a part for the whole.
func (s *server) export(w http.ResponseWriter, r *http.Request) error {
	req, err := ParseRequest(parseParams(r.URL.RawQuery))
	if err != nil {
		return err
	}
	req = withFold(req, false)
	req.Limit = search.MaxLimit
	res, err := s.exportBatch(r.Context(), req)
	if err != nil {
		return err
	}
	visitOf(r).hits = res.Total
	extension := r.PathValue("format")
	setExportHeaders(w.Header(), extension, res.Total)
	if r.Method == http.MethodHead {
		return nil
	}
	if err := s.stream(w, r, newExporter(w, extension, s.base(r)), req, res); err != nil {
		s.Log.Error("export broken off", "error", private(err.Error(), r))
		panic(http.ErrAbortHandler)
	}
	return nil
}

func setExportHeaders(h http.Header, extension string, total int) {
	for _, form := range exportForms {
		if form.extension == extension {
			h.Set("Content-Type", form.mediaType)
		}
	}
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "oped."+extension))
	h.Set("X-Total-Count", strconv.Itoa(total))
	h.Set("Cache-Control", "no-store")
}

// exportBatch runs one search of an export under a deadline of its own.
func (s *server) exportBatch(ctx context.Context, req search.Request) (*search.Results, error) {
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	res, err := s.listing(ctx, req)
	if err == nil && res.Partial {
		return nil, fmt.Errorf("web: export: %w", context.DeadlineExceeded)
	}
	return res, err
}

// stream writes the first batch and all that follow it.
func (s *server) stream(w http.ResponseWriter, r *http.Request, out exporter, req search.Request, res *search.Results) error {
	control := http.NewResponseController(w)
	if err := out.Begin(); err != nil {
		return err
	}
	for {
		// A server's write deadline is meant for pages; a long export gets a new one with each batch.
		_ = control.SetWriteDeadline(time.Now().Add(s.Timeout))
		for i := range res.Hits {
			if err := out.Article(res.Hits[i].Article); err != nil {
				return fmt.Errorf("web: export %q: %w", res.Hits[i].ID, err)
			}
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("web: export: %w", err)
		}
		if res.NextCursor == "" || len(res.Hits) == 0 {
			return nil
		}
		req.Cursor = res.NextCursor
		var err error
		if res, err = s.exportBatch(r.Context(), req); err != nil {
			return err
		}
	}
}

func newExporter(w io.Writer, extension, base string) exporter {
	each := func(form func(*corpus.Article, string) string) exporter {
		return &plainExporter{w: w, base: base, form: form}
	}
	switch extension {
	case "csv":
		return &csvExporter{w: w, csv: csv.NewWriter(w), base: base}
	case "ris":
		return each(cite.RIS)
	case "bib":
		return each(func(a *corpus.Article, link string) string { return cite.BibTeX(a, link) + "\n" })
	case "md":
		return each(func(a *corpus.Article, link string) string { return "- " + cite.Markdown(a, link) + "\n" })
	default:
		return &jsonExporter{enc: json.NewEncoder(w), base: base}
	}
}

// plainExporter writes each article as a piece of text.
type plainExporter struct {
	w    io.Writer
	base string
	form func(a *corpus.Article, permalink string) string
}

// Begin writes nothing.
func (e *plainExporter) Begin() error { return nil }

// Article writes one article.
func (e *plainExporter) Article(a *corpus.Article) error {
	_, err := io.WriteString(e.w, e.form(a, e.base+permalink(a.ID)))
	return err
}

// Flush has nothing to hand on.
func (e *plainExporter) Flush() error { return nil }

// jsonExporter writes one JSON object a line, body included.
type jsonExporter struct {
	enc  *json.Encoder
	base string
}

// Begin writes nothing.
func (e *jsonExporter) Begin() error { return nil }

// Article writes one line.
func (e *jsonExporter) Article(a *corpus.Article) error {
	return e.enc.Encode(struct {
		apiArticle
		Group       int64          `json:"group,omitempty"`
		Body        []corpus.Block `json:"body"`
		Corrections []string       `json:"corrections,omitempty"`
	}{apiArticleOf(e.base, a), a.Group, a.Body, a.Corrections})
}

// Flush has nothing to hand on.
func (e *jsonExporter) Flush() error { return nil }

// csvExporter writes a table that spreadsheets open as it is: UTF-8 with its mark, no line breaks in cells, no cell that
// a spreadsheet would take for a formula.
type csvExporter struct {
	w    io.Writer
	csv  *csv.Writer
	base string
}

var csvColumns = []string{
	"id", "headline", "standfirst", "authors", "publication", "published", "modified", "section", "type", "language",
	"access", "words", "tags", "author_note", "url", "permalink", "captured", "version", "group",
}

// Begin writes the byte order mark, by which Excel knows UTF-8, and the names of the columns.
func (e *csvExporter) Begin() error {
	if _, err := io.WriteString(e.w, "\ufeff"); err != nil {
		return err
	}
	e.csv.UseCRLF = true
	return e.csv.Write(csvColumns)
}

// Article writes one row.
func (e *csvExporter) Article(a *corpus.Article) error {
	row := []string{
		string(a.ID), a.Headline, a.Standfirst, strings.Join(a.AuthorNames(), "; "), a.Publication, apiDate(a.Published),
		apiDate(a.Modified), a.Section, string(a.Type), a.Language, string(a.Access),
		strconv.Itoa(len(strings.Fields(a.Text()))), strings.Join(a.Tags, "; "), a.AuthorNote, outside(a.URL),
		e.base + permalink(a.ID), apiTime(a.Captured), strconv.Itoa(a.Version),
		groupCell(a.Group),
	}
	for i := range row {
		row[i] = cite.Cell(row[i])
	}
	return e.csv.Write(row)
}

// groupCell is the number that copies of one text share, empty where there is no other.
func groupCell(group int64) string {
	if group == 0 {
		return ""
	}
	return strconv.FormatInt(group, 10)
}

// Flush hands on the rows that were written so far.
func (e *csvExporter) Flush() error {
	e.csv.Flush()
	return e.csv.Error()
}
