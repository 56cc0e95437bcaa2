package web

import (
	"net/http"

	"oped/search"
	"oped/search/query"
)

// helpPage is the manual of the query language; it is made from the table that the language's own tests run.
type helpPage struct {
	frame
	Sections []manualSection
}

type manualSection struct {
	Title, Text string
	Examples    []manualExample
}

type manualExample struct{ Query, Finds, URL string }

func (s *server) help(w http.ResponseWriter, r *http.Request) error {
	page := &helpPage{frame: s.frame("How to search", search.Request{})}
	for _, section := range query.Manual() {
		m := manualSection{Title: section.Title, Text: section.Text}
		for _, e := range section.Examples {
			m.Examples = append(m.Examples, manualExample{e.Query, e.Finds, searchURL(search.Request{Query: e.Query})})
		}
		page.Sections = append(page.Sections, m)
	}
	return s.render(w, r, http.StatusOK, "help", page)
}
