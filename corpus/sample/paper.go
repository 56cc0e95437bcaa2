package sample

import (
	"cmp"
	"slices"
	"time"
)

// Paper is one fictional newspaper. Its site answers on the host <Slug>.localhost.
type Paper struct {
	Slug     string
	Name     string
	Language string // BCP 47 primary tag
	// Charset is the encoding of its pages, as an HTML label.
	Charset string
	// Feed is the path of its RSS, Atom or JSON feed, empty if it has none.
	Feed string
	// Sitemap is the path of its sitemap or sitemap index, empty if it has none.
	Sitemap string
	// Shows tells what its article pages say.
	Shows Shows
}

// Shows tells what the article pages of a paper say of an article, beyond headline, authors, day, type and text.
// Expected leaves a field that is not shown at its zero value.
type Shows struct {
	Clock      bool // the time of day of publication
	Modified   bool
	Standfirst bool
	Kicker     bool
	Section    bool
	Tags       bool
	Access     bool // whether it is free to read
	Structure  bool // headings and lists, not only paragraphs and quotations
}

// section is one department of a paper, which has an index page of its own.
type section struct{ Name, Slug string }

// newspaper is a Paper with what only the package itself needs.
type newspaper struct {
	Paper
	zone     *time.Location
	sections []section
	robots   string // robots.txt; "BASE" stands for the site's own address
	feedKind feedKind
	paywall  bool
	path     func(*piece) string // where an article lives
	authors  string              // path prefix of the authors' own pages, empty if it has none
	variant  string              // suffix of an article's path that gives its AMP or print variant, empty if none
	labels   map[string]string   // what the paper calls each type of article
}

// Papers lists the newspapers in a fixed order.
func Papers() []Paper {
	ps := make([]Paper, len(newspapers))
	for i, n := range newspapers {
		ps[i] = n.Paper
	}
	return ps
}

// sectionSlug is the address part of a section, empty if the paper has no such section.
func (n *newspaper) sectionSlug(name string) string {
	i := slices.IndexFunc(n.sections, func(s section) bool { return s.Name == name })
	if i < 0 {
		return ""
	}
	return n.sections[i].Slug
}

// label is what the paper prints over an article of this type.
func (n *newspaper) label(typ string) string { return cmp.Or(n.labels[typ], typ) }

// zone is a fixed offset: the papers' country has no summer time, and the tests no time zone database.
func zone(hours int) *time.Location { return time.FixedZone("", hours*60*60) }
