package synth

import (
	"fmt"
	"math"
	"strings"
	"time"

	"oped/corpus"
)

// meanWords is the mean length of a body.
const meanWords = 866

// The first and last day of publication.
var (
	firstDay = time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
)

// types are the types of articles with how many of a hundred are of each; the rest is not labelled.
var types = []weighted[corpus.Type]{
	{corpus.TypeOpEd, 32}, {corpus.TypeColumn, 30}, {corpus.TypeEditorial, 12}, {corpus.TypeLetter, 9},
	{corpus.TypeAnalysis, 6}, {corpus.TypeInterview, 4}, {corpus.TypeReview, 3}, {"", 4},
}

// article writes the article.
func (w *writer) article() *corpus.Article {
	a := &corpus.Article{Type: pick(w.random, types)}
	authors, pub := w.byline(a)
	a.Publication, a.Language, w.lang = pub.name, pub.lang, pub.lang
	w.choose()
	w.dates(a)
	a.URL = w.address(a, pub)
	a.Headline = w.headline()
	if w.chance(0.6) {
		a.Standfirst = w.sentence(w.between(12, 26))
	}
	if w.chance(0.95) {
		a.Section = sections[w.zipf(len(sections), 3)]
	}
	w.tags(a)
	w.access(a, pub)
	a.Body = w.body(int(w.lognormal(meanWords, 0.38)))
	if len(authors) > 0 && w.chance(0.3) {
		a.AuthorNote = fmt.Sprintf("%s writes on %s for %s.", authors[0].name, w.topics[0].name, w.places[w.zipf(numPlaces, 40)])
	}
	if w.chance(0.01) {
		a.Corrections = []string{"An earlier version of this article misspelled the name of " + w.people[w.zipf(numPeople, 50)].String() + "."}
	}
	return a
}

// byline signs the article: editorials are the paper's own, some articles are unsigned, a few have two authors.
func (w *writer) byline(a *corpus.Article) ([]author, publication) {
	first := w.world.authors[w.zipf(numAuthors, 30)]
	pub := w.publications[first.home]
	if !first.columnist && w.chance(0.4) {
		pub = w.publications[w.zipf(numPublications, 6)]
	}
	if a.Type == corpus.TypeEditorial || w.chance(0.05) {
		return nil, pub
	}
	authors := []author{first}
	if w.chance(0.04) {
		authors = append(authors, w.world.authors[w.zipf(numAuthors, 30)])
	}
	for _, one := range authors {
		a.Authors = append(a.Authors, corpus.Author{Name: one.name, Title: one.title, URL: "https://" + pub.host + "/author/" + corpus.Slug(one.name)})
	}
	return authors, pub
}

// dates says when the article appeared, and that it was captured soon after. There are more articles of late years.
func (w *writer) dates(a *corpus.Article) {
	days := lastDay.Sub(firstDay).Hours() / 24
	day := firstDay.AddDate(0, 0, int(days*math.Pow(w.Float64(), 0.7)))
	a.Captured = day.Add(time.Duration(w.between(30, 70)) * time.Hour)
	if w.chance(0.02) {
		return
	}
	a.Published = corpus.Date{Time: day, Source: "jsonld"}
	if w.chance(0.8) {
		a.Published.HasClock = true
		a.Published.Time = day.Add(time.Duration(w.between(5*60, 22*60)) * time.Minute)
	}
	if w.chance(0.2) {
		a.Modified = corpus.Date{Time: a.Published.Time.Add(time.Duration(w.between(1, 40)) * time.Hour), HasClock: true, Source: "jsonld"}
	}
}

// address is where the article would stand. Its number is in it, so that no two articles share one.
func (w *writer) address(a *corpus.Article, pub publication) string {
	day := a.Captured.Format("2006/01/02")
	return fmt.Sprintf("https://%s/%s/%s-%d", pub.host, day, corpus.Slug(w.topics[0].name), w.n)
}

func (w *writer) tags(a *corpus.Article) {
	for i := range w.topics {
		if w.chance(0.7) {
			a.Tags = append(a.Tags, w.topics[i].name)
		}
	}
	for w.chance(0.3) && len(a.Tags) < 5 {
		if w.chance(0.5) {
			a.Tags = append(a.Tags, w.people[w.zipf(numPeople, 50)].String())
		} else {
			a.Tags = append(a.Tags, w.places[w.zipf(numPlaces, 40)])
		}
	}
}

func (w *writer) access(a *corpus.Article, pub publication) {
	switch {
	case pub.paywall && w.chance(0.3):
		a.Access = corpus.AccessPartial
	case w.chance(0.4):
		a.Access = corpus.AccessFull
	}
}

// headline is a few words without a full stop.
func (w *writer) headline() string {
	return strings.TrimRight(w.sentence(w.between(5, 11)), ".!")
}
