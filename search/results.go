package search

import (
	"time"

	"oped/corpus"
)

// Results answers a Request.
type Results struct {
	// Generation names the index generation that answered; a cursor holds it too.
	Generation string
	Reading    Reading
	// Total is the exact number of articles that match.
	Total int
	// Groups is the number of hits that the whole search has: Total without the copies that were folded.
	Groups int
	Hits   []Hit
	// Facets are in the order of Request.Facets. A count is the Total that choosing that value would give, all
	// other constraints kept: the constraint on the facet's own field is left out of the counting.
	Facets []Facet
	// Histogram counts matches by date of publication, oldest first, without gaps; Undated counts the others. Interval is
	// that of a Bin: a year, or less where the request is limited to a few months or years, all of which are then there.
	Histogram []Bin
	Interval  Interval
	Undated   int
	// NextCursor continues after the last hit; empty on the last page.
	NextCursor string
	// Partial is true where a budget ended the search early; PartialReason then says which.
	Partial       bool
	PartialReason string
	Took          time.Duration
}

// Reading tells how a query was understood.
type Reading struct {
	// Input is what was typed; Parsed is the same in canonical form, with every bracket and date written out.
	Input, Parsed string
	// Words says it in plain words: what "Searched as" shows.
	Words    string
	Warnings []string
	// Alternatives hold, for each warning, the query that would be read otherwise; empty where there is none to offer.
	Alternatives []string
	// AlsoSearched are the names that were searched for in other spellings too; Request.NoVariants turns that off.
	AlsoSearched []Variant
}

// Variant is a word of the query and the other spellings under which it was searched for.
type Variant struct {
	// Word is the word as it was typed.
	Word string
	// Also are the other spellings that the archive has.
	Also []Count
}

// Count is a word with the number of articles whose text has it, spelt exactly so.
type Count struct {
	Word     string
	Articles int
}

// Hit is one article found.
type Hit struct {
	ID    corpus.ID
	Score float64
	// Article is the version that the index answered from; its Body is set, for snippets and exports.
	Article *corpus.Article
	// Headline and Standfirst are the article's, with what matched marked.
	Headline, Standfirst []Span
	// Snippets are at most three extracts of the text, best first, each cut at sentence bounds.
	Snippets []Snippet
	// Copies is how many more articles match with nearly the same text, folded into this hit; Others are the earliest of
	// them, at most MaxOthers, without their bodies.
	Copies int
	Others []*corpus.Article
	// Explanation is set where Request.Explain asked for it.
	Explanation *Explanation
}

// Span is a piece of text that either is part of a match or not. Joined, the spans give the text; only a template makes
// markup of them, so nothing scraped can run.
type Span struct {
	Text  string
	Match bool
}

// Snippet is an extract of one segment of an article.
type Snippet struct {
	// Segment is where it stands: "body", "bio", "correction" or "byline".
	Segment string
	// Block is the index of the body block it was cut from; -1 outside the body.
	Block int
	Spans []Span
	// More is true on the side where the block goes on.
	MoreBefore, MoreAfter bool
}

// Facet is the counted values of one field.
type Facet struct {
	Field FacetField
	// Values are the commonest first, ties by value; values that are chosen are always among them.
	Values []FacetValue
	// Distinct is the number of different values among the matches, shown or not.
	Distinct int
}

// FacetValue is one value with the number of matching articles that have it.
type FacetValue struct {
	Value    string
	Count    int
	Included bool
	Excluded bool
}

// Bin is one bar of the date histogram. Month and Day are 0 where the interval is wider.
type Bin struct {
	Year, Month, Day int
	Count            int
}

// Explanation is a tree of scores: Value was made of Parts in the way Text says.
type Explanation struct {
	Value float64
	Text  string
	Parts []*Explanation
}

// Marked is an article with every match marked, for the article page.
type Marked struct {
	Article              *corpus.Article
	Headline, Standfirst []Span
	Bylines              [][]Span // one per author
	AuthorNote           []Span
	Blocks               [][]Span // one per body block
	Corrections          [][]Span
	// Count is the number of occurrences marked in the whole article.
	Count int
}
