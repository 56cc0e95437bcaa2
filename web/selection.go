package web

import (
	"fmt"
	"net/http"

	"oped/corpus"
)

// selectionForms are the forms in which chosen articles are kept, for the buttons below results.
func selectionForms() []alternate {
	var forms []alternate
	for _, form := range exportForms {
		forms = append(forms, alternate{form.mediaType, form.label, "/selection." + form.extension})
	}
	return forms
}

// selection exports the articles that a reader has ticked, in the order of their IDs in the address. It is a path of its own
// so that no tick at all can never mean the whole archive.
func (s *server) selection(w http.ResponseWriter, r *http.Request) error {
	p := paramReader{values: parseParams(r.URL.RawQuery)}
	ids := p.all("id")
	if p.err != nil {
		return p.err
	}
	if len(ids) == 0 {
		return &ParamError{Param: "id", Problem: "is missing: go back and tick at least one article"}
	}
	articles := make([]*corpus.Article, len(ids))
	for i, id := range ids {
		if !corpus.ID(id).Valid() {
			return &ParamError{Param: "id", Value: id, Problem: "is not the ID of an article"}
		}
		var err error
		if articles[i], err = s.Archive.Article(r.Context(), corpus.ID(id)); err != nil {
			return fmt.Errorf("web: read chosen article %q: %w", id, err)
		}
	}
	visitOf(r).hits = len(articles)
	extension := r.PathValue("format")
	setExportHeaders(w.Header(), extension, len(articles))
	return writeArticles(newExporter(w, extension, s.base(r)), articles)
}

func writeArticles(out exporter, articles []*corpus.Article) error {
	if err := out.Begin(); err != nil {
		return fmt.Errorf("web: export: %w", err)
	}
	for _, a := range articles {
		if err := out.Article(a); err != nil {
			return fmt.Errorf("web: export %q: %w", a.ID, err)
		}
	}
	return out.Flush()
}
