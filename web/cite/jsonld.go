package cite

import (
	"encoding/json"
	"fmt"
	"time"

	"oped/corpus"
)

type ldArticle struct {
	Context     string    `json:"@context"`
	Type        string    `json:"@type"`
	ID          string    `json:"@id"`
	Headline    string    `json:"headline,omitempty"`
	Description string    `json:"description,omitempty"`
	Authors     []ldNamed `json:"author,omitempty"`
	Publisher   *ldNamed  `json:"publisher,omitempty"`
	Published   string    `json:"datePublished,omitempty"`
	Modified    string    `json:"dateModified,omitempty"`
	Section     string    `json:"articleSection,omitempty"`
	Keywords    []string  `json:"keywords,omitempty"`
	Language    string    `json:"inLanguage,omitempty"`
	URL         string    `json:"url"`
	Free        *bool     `json:"isAccessibleForFree,omitempty"`
}

type ldNamed struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// ldTypes are the schema.org types of kinds of journalism; the rest is a NewsArticle.
var ldTypes = map[corpus.Type]string{
	corpus.TypeOpEd: "OpinionNewsArticle", corpus.TypeColumn: "OpinionNewsArticle", corpus.TypeEditorial: "OpinionNewsArticle",
	corpus.TypeLetter: "OpinionNewsArticle", corpus.TypeAnalysis: "AnalysisNewsArticle", corpus.TypeReview: "ReviewNewsArticle",
	corpus.TypeReport: "ReportageNewsArticle",
}

// JSONLD is the article in the terms of schema.org, without its text.
func JSONLD(a *corpus.Article, permalink string) ([]byte, error) {
	out := ldArticle{
		Context: "https://schema.org", Type: ldTypes[a.Type], ID: permalink, Headline: line(a.Headline), Description: line(a.Standfirst),
		Published: ldDate(a.Published), Modified: ldDate(a.Modified), Section: line(a.Section), Keywords: a.Tags, Language: a.Language,
		URL: address(a, permalink),
	}
	if out.Type == "" {
		out.Type = "NewsArticle"
	}
	for _, name := range a.AuthorNames() {
		out.Authors = append(out.Authors, ldNamed{"Person", line(name)})
	}
	if name := line(a.Publication); name != "" {
		out.Publisher = &ldNamed{"Organization", name}
	}
	if a.Access == corpus.AccessPartial {
		out.Free = new(bool)
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("cite: encode %q: %w", a.ID, err)
	}
	return append(text, '\n'), nil
}

func ldDate(d corpus.Date) string {
	if d.HasClock {
		return d.Time.Format(time.RFC3339)
	}
	return d.Day()
}
