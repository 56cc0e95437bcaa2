package search

import "oped/search/query"

// Request is one search, the same for the web page, the API, the feed, the export, the alert and the command line.
// The zero Request asks for the first results of the whole archive, newest first.
type Request struct {
	// Query is what the reader typed, in the language of package query.
	Query string
	// Within are further queries, each of which an article must match as well ("search within results").
	Within []string
	// Filters are the constraints chosen by facet, by facet field. Values of one field are joined by OR, fields by AND.
	Filters map[FacetField]Filter
	// From and To bound the publication date, both days included; empty means open.
	From, To query.Day
	// Sort is the order of hits; empty means SortRelevance where the query has words, else SortNewest.
	Sort Sort
	// Offset and Limit choose the hits returned. Limit 0 means DefaultLimit; it is at most MaxLimit.
	Offset, Limit int
	// Cursor continues after the last hit of an earlier Results and then replaces Offset.
	Cursor string
	// Facets names the facets to count; nil means all of FacetFields, empty means none.
	Facets []FacetField
	// FacetLimit bounds the values per facet; 0 means DefaultFacetLimit. Chosen values are always returned.
	FacetLimit int
	// FacetPrefix keeps, per facet, the values with a word that begins so, whatever its case and accents.
	FacetPrefix map[FacetField]string
	// NoSnippets leaves out snippets and highlights, for counting and exporting.
	NoSnippets bool
	// Explain adds to each hit how its score came about.
	Explain bool
	// NoVariants searches for names as they are typed only, not for other spellings of them.
	NoVariants bool
	// NoFold makes every article a hit of its own. Otherwise the copies of one text make one hit, the first of them in the
	// order of the search.
	NoFold bool
}

// Filter is the choice made in one facet. The value NoValue stands for articles without any.
type Filter struct {
	Include, Exclude []string
}

// NoValue is the facet value that stands for articles that have none; pages show it as "(none)".
const NoValue = "(none)"

// Sort is an order of hits. Ties fall by date (newest first), then by ID, so that an order is total and stable;
// articles without a date come last in both date orders.
type Sort string

// The orders.
const (
	SortRelevance Sort = "relevance"
	SortNewest    Sort = "newest"
	SortOldest    Sort = "oldest"
	SortLongest   Sort = "longest"
)

// FacetField names a facet.
type FacetField string

// The facets.
const (
	FacetPublication FacetField = "publication"
	FacetAuthor      FacetField = "author"
	FacetType        FacetField = "type"
	FacetSection     FacetField = "section"
	FacetLanguage    FacetField = "lang"
	FacetYear        FacetField = "year"
	FacetLength      FacetField = "length"
	FacetAccess      FacetField = "access"
)

// FacetFields lists all facets in the order pages show them.
func FacetFields() []FacetField {
	return []FacetField{FacetPublication, FacetAuthor, FacetType, FacetSection, FacetYear, FacetLanguage, FacetLength, FacetAccess}
}

// Bounds of a Request, the same for every caller.
const (
	DefaultLimit      = 10
	MaxLimit          = 100 // nobody reads more on a page; exports walk by cursor
	DefaultFacetLimit = 10
	MaxFacetLimit     = 1000
	MaxOffset         = 1000 // beyond, walk by cursor: an offset sorts everything before it again
)
