package web

import (
	"html"
	"net/url"
	"strings"

	"oped/corpus"
	"oped/search"
)

var facetLabels = map[search.FacetField]string{
	search.FacetPublication: "Publication",
	search.FacetAuthor:      "Author",
	search.FacetType:        "Type",
	search.FacetSection:     "Section",
	search.FacetYear:        "Year",
	search.FacetLanguage:    "Language",
	search.FacetLength:      "Length",
	search.FacetAccess:      "Access",
}

var sortLabels = map[search.Sort]string{
	search.SortRelevance: "Relevance",
	search.SortNewest:    "Newest",
	search.SortOldest:    "Oldest",
	search.SortLongest:   "Longest",
}

var typeLabels = map[corpus.Type]string{
	corpus.TypeOpEd: "Op-ed", corpus.TypeColumn: "Column", corpus.TypeEditorial: "Editorial", corpus.TypeLetter: "Letter",
	corpus.TypeInterview: "Interview", corpus.TypeAnalysis: "Analysis", corpus.TypeReview: "Review", corpus.TypeReport: "Report",
}

var languageLabels = map[string]string{
	"ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
	"en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
	"hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
	"lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
	"ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "th": "Thai",
	"tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}

var accessLabels = map[corpus.Access]string{corpus.AccessFull: "Full text", corpus.AccessPartial: "Partial text"}

var missingLabels = map[search.FacetField]string{
	search.FacetPublication: "No publication", search.FacetAuthor: "Unsigned", search.FacetType: "Type not known",
	search.FacetSection: "No section", search.FacetYear: "No date", search.FacetLanguage: "Language not known",
	search.FacetLength: "Length not known", search.FacetAccess: "Access not stated",
}

// valueLabel is what a page calls a value of a facet; a value without a name of its own is shown as it is.
func valueLabel(field search.FacetField, value string) string {
	label := ""
	switch {
	case value == search.NoValue:
		label = missingLabels[field]
	case field == search.FacetType:
		label = typeLabels[corpus.Type(value)]
	case field == search.FacetLanguage:
		label = languageLabels[value]
	case field == search.FacetAccess:
		label = accessLabels[corpus.Access(value)]
	case field == search.FacetLength:
		label = strings.ReplaceAll(value, "-", "–") + " words"
	}
	if label == "" {
		return value
	}
	return label
}

// outside returns an address that a page may link to, or "" for anything but http and https.
func outside(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	return u.String()
}

// hostOf is the host of an address for showing, without "www.".
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// utf8Only replaces bytes that are no text, for formats that must be text throughout.
func utf8Only(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// escapeHTML is for formats whose readers take a text for HTML; pages are escaped by their templates.
func escapeHTML(s string) string { return html.EscapeString(s) }

// text joins spans to the text they mark.
func text(spans []search.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
