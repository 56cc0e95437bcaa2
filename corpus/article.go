package corpus

import (
	"strings"
	"time"
)

// Article is what was read out of a Page. A field that is not known for sure is left at its zero value: an empty
// field is honest, a guessed one is not.
type Article struct {
	ID ID `json:"id"`
	// Version counts the different contents seen under this ID, from 1. The Store assigns it.
	Version int `json:"version"`
	// Seq is the number of this version in the Store's change sequence. The Store assigns it.
	Seq uint64 `json:"seq"`

	// URL is canonical: no tracking parameters, no fragment, the publisher's own rel=canonical where it is of the
	// same site. Empty for articles that came without an address.
	URL string `json:"url,omitempty"`
	// Aliases are the other addresses this article was seen under, sorted, without URL.
	Aliases []string `json:"aliases,omitempty"`
	// Group is a number that all articles with nearly the same text share: the copies of a syndicated column. It is 0
	// where there is no other, and may change when a copy comes or goes. The Store assigns it.
	Group int64 `json:"group,omitempty"`

	Publication string   `json:"publication,omitempty"`
	Headline    string   `json:"headline,omitempty"`
	Kicker      string   `json:"kicker,omitempty"`
	Standfirst  string   `json:"standfirst,omitempty"`
	Authors     []Author `json:"authors,omitempty"`
	// AuthorNote is the publication's sentence about its writer ("The writer is a fellow at ..."); it is not
	// part of Body.
	AuthorNote string   `json:"author_note,omitempty"`
	Published  Date     `json:"published,omitzero"`
	Modified   Date     `json:"modified,omitzero"`
	Section    string   `json:"section,omitempty"`
	Tags       []string `json:"tags,omitempty"`
	Type       Type     `json:"type,omitempty"`
	// TypeReason tells a reader why Type was chosen, for example `the headline is labelled "OpEd"`.
	TypeReason string `json:"type_reason,omitempty"`
	// Language is a BCP 47 primary tag in lower case ("en", "fr"), empty if unknown.
	Language string `json:"language,omitempty"`
	Access   Access `json:"access,omitempty"`
	// Corrections are the corrections and editor's notes printed with the article, one a string.
	Corrections []string `json:"corrections,omitempty"`
	Body        []Block  `json:"body"`
	Quality     Quality  `json:"quality,omitzero"`

	// Captured is when the page behind this version was received, UTC.
	Captured time.Time `json:"captured"`
	// PageHash is Page.Hash of that page.
	PageHash string `json:"page_hash,omitempty"`
}

// Author is one writer as printed. Name holds the name only: no "By", no role, no honorific.
type Author struct {
	Name string `json:"name"`
	// Title is an honorific or office printed with the name ("Dr.", "Sen.").
	Title string `json:"title,omitempty"`
	// URL is the author's own page at the publication, if linked.
	URL string `json:"url,omitempty"`
}

// Date is a point in time as an article states it, with where that was read.
type Date struct {
	// Time carries the offset that was written; UTC where none was.
	Time time.Time `json:"time,omitzero"`
	// HasClock is false where only the day is known; Time is then midnight.
	HasClock bool `json:"has_clock,omitempty"`
	// Source is where it was read: "jsonld", "meta", "microdata", "time", "recipe", "url", "text", "feed" or "field".
	Source string `json:"source,omitempty"`
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// Day is the date as written, "2006-01-02", or "" if unknown.
func (d Date) Day() string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(time.DateOnly)
}

// Type is the kind of journalism, after schema.org where it has a name for it.
type Type string

// The types that oped tells apart. Empty means not known.
const (
	TypeOpEd      Type = "op-ed"     // a guest's opinion
	TypeColumn    Type = "column"    // a regular or staff writer's opinion
	TypeEditorial Type = "editorial" // the publication's own opinion
	TypeLetter    Type = "letter"
	TypeInterview Type = "interview"
	TypeAnalysis  Type = "analysis"
	TypeReview    Type = "review"
	TypeReport    Type = "report"
)

// Access says how much of the article the page held.
type Access string

// Full is also the default of an article whose page does not speak of access: it then stays empty.
const (
	AccessFull    Access = "full"
	AccessPartial Access = "partial" // behind a paywall that the page itself declares; the text kept is a part
)

// BlockKind says what a Block is.
type BlockKind string

// The kinds of blocks of a body.
const (
	Paragraph BlockKind = "p"
	Heading   BlockKind = "h"
	Quote     BlockKind = "quote"
	ListItem  BlockKind = "li"
)

// Block is one paragraph, heading, quotation or list item of a body: plain text, never markup, white space folded,
// never empty.
type Block struct {
	Kind BlockKind `json:"kind"`
	// Level is 2 to 6 for a heading, else 0.
	Level int    `json:"level,omitempty"`
	Text  string `json:"text"`
}

// Quality says whether the article may be shown as one.
type Quality struct {
	// Flags are short stable names of what was noticed: "cookie-wall", "access-denied", "login", "index-page",
	// "empty", "live-blog", "short". None means fine.
	Flags []string `json:"flags,omitempty"`
	// Rejected is true where the page is no article; it is kept in the Store but never indexed.
	Rejected bool `json:"rejected,omitempty"`
	// Reason is a sentence for the operator, set whenever Flags is.
	Reason string `json:"reason,omitempty"`
}

// Text joins the body's blocks with blank lines.
func (a *Article) Text() string {
	var b strings.Builder
	for i, block := range a.Body {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(block.Text)
	}
	return b.String()
}

// AuthorNames are the names of Authors, in print order.
func (a *Article) AuthorNames() []string {
	names := make([]string, len(a.Authors))
	for i, author := range a.Authors {
		names[i] = author.Name
	}
	return names
}
