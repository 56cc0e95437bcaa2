package sample

import (
	"slices"
	"time"

	"oped/corpus"
)

// Expectation is one article and what must be extracted from its page.
type Expectation struct {
	Paper string `json:"paper"` // Paper.Slug
	Path  string `json:"path"`  // of its canonical URL on the paper's host
	// Article holds the fields that the page states. ID, URL, Aliases, Author.URL, Date.Source, TypeReason, Quality and
	// what belongs to one fetch are left zero: they depend on the address served from or are the extractor's own
	// words. Quality is that of an article fit to be shown.
	Article corpus.Article `json:"article"`
}

// Expected lists every article of every paper with what must be extracted from its page, in the order of Papers
// and newest first in each. The result is the caller's own.
func Expected() []Expectation {
	var all []Expectation
	for _, n := range newspapers {
		for _, p := range loaded().papers[n.Slug] {
			all = append(all, Expectation{Paper: n.Slug, Path: p.path(), Article: p.article()})
		}
	}
	return all
}

// article is the truth about a piece, as far as its page tells it.
func (p *piece) article() corpus.Article {
	n := p.paper
	a := corpus.Article{
		Publication: n.Name,
		Headline:    p.headline,
		AuthorNote:  p.note,
		Published:   p.published.date(n.Shows.Clock),
		Type:        corpus.Type(p.typ),
		Language:    n.Language,
		Corrections: slices.Clone(p.corrections),
	}
	for _, name := range p.authors {
		a.Authors = append(a.Authors, corpus.Author{Name: name})
	}
	p.addShown(&a)
	for _, b := range p.shown() {
		a.Body = append(a.Body, corpus.Block{Kind: b.kind, Level: b.level, Text: b.plain()})
	}
	return a
}

// addShown adds the fields that only some papers print.
func (p *piece) addShown(a *corpus.Article) {
	shows := p.paper.Shows
	if shows.Standfirst {
		a.Standfirst = p.standfirst
	}
	if shows.Kicker {
		a.Kicker = p.kicker
	}
	if shows.Section {
		a.Section = p.section
	}
	if shows.Tags {
		a.Tags = slices.Clone(p.tags)
	}
	if shows.Modified && !p.modified.IsZero() {
		a.Modified = p.modified.date(shows.Clock)
	}
	if shows.Access {
		a.Access = corpus.AccessFull
	}
	if p.walled() {
		a.Access = corpus.AccessPartial
		a.AuthorNote, a.Corrections = "", nil // they stand after the edge
	}
}

// date is the stamp as a page states it, with or without the time of day.
func (s stamp) date(clock bool) corpus.Date {
	if s.clock && clock {
		return corpus.Date{Time: s.Time, HasClock: true}
	}
	y, m, d := s.Date()
	return corpus.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
}
