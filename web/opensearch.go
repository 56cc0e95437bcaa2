package web

import (
	"encoding/xml"
	"net/http"
	"strings"

	"oped/search"
	"oped/search/query"
)

type openSearchDescription struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"`
	Description string          `xml:"Description"`
	Encoding    string          `xml:"InputEncoding"`
	Image       openSearchImage `xml:"Image"`
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	Type   string `xml:"type,attr"`
	URL    string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
}

// openSearch describes the search to browsers, which then offer it in their address bar.
func (s *server) openSearch(w http.ResponseWriter, r *http.Request) error {
	base := s.base(r)
	icon, err := s.assets.url("icon.svg")
	if err != nil {
		return err
	}
	body, err := encodeXML(openSearchDescription{
		ShortName: shortName(s.Name), Description: "Search the opinion pieces of " + s.Name, Encoding: "UTF-8",
		Image: openSearchImage{16, 16, "image/svg+xml", base + icon},
		URLs: []openSearchURL{
			{Type: "text/html", Template: base + "/search?q={searchTerms}&page={startPage?}"},
			{Type: "application/atom+xml", Template: base + "/search.atom?q={searchTerms}"},
			{Type: "application/x-suggestions+json", Template: base + "/suggest?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Template: base + "/opensearch.xml", Rel: "self"},
		},
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/opensearchdescription+xml; charset=utf-8")
	write(w, r, http.StatusOK, body)
	return nil
}

// shortName cuts a name to the 16 characters that OpenSearch allows.
func shortName(name string) string {
	if runes := []rune(name); len(runes) > 16 {
		return strings.TrimSpace(string(runes[:16]))
	}
	return name
}

// maxSuggestions bounds the answers of /suggest for each of authors and publications.
const maxSuggestions = 5

// suggest completes what is being typed to queries for authors and publications, in the array form of OpenSearch:
// ["jan", ["author:\"Jane Doe\""], ["12 articles"], ["https://..."]].
func (s *server) suggest(w http.ResponseWriter, r *http.Request) error {
	typed := parseParams(r.URL.RawQuery).Get("q")
	queries, counts, urls := []string{}, []string{}, []string{}
	if prefix := lastWords(typed); prefix != "" {
		fields := []search.FacetField{search.FacetAuthor, search.FacetPublication}
		res, err := s.search(r.Context(), search.Request{
			Limit: 1, NoSnippets: true, Facets: fields, FacetLimit: maxSuggestions,
			FacetPrefix: map[search.FacetField]string{fields[0]: prefix, fields[1]: prefix},
		})
		if err != nil {
			return err
		}
		for _, facet := range res.Facets {
			for _, value := range facet.Values {
				q := string(facet.Field) + ":" + query.Quote(value.Value)
				queries = append(queries, q)
				counts = append(counts, plural(value.Count, "article", "articles"))
				urls = append(urls, s.base(r)+searchURL(search.Request{Query: q}))
			}
		}
	}
	body, err := encodeJSON([]any{utf8Only(typed), queries, counts, urls})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/x-suggestions+json; charset=utf-8")
	write(w, r, http.StatusOK, body)
	return nil
}

// lastWords is the word under the cursor, which is what a suggestion completes.
func lastWords(typed string) string {
	words := strings.Fields(strings.Trim(utf8Only(typed), `"()`))
	if len(words) == 0 {
		return ""
	}
	return clip(words[len(words)-1], 60)
}
