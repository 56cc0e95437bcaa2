package sample

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"oped/corpus"
)

// view is what a template sees: one page of one paper under the address it was asked at.
type view struct {
	Paper    *newspaper
	Base     string // "http://harbour-gazette.localhost:8080"
	Path     string
	Title    string
	Kind     string // "home", "section", "author", "article" or "junk"
	Sections []link
	List     []teaser // home, section and author pages
	Popular  []teaser
	Article  *story

	suffix string // what follows the paper's slug in the host: ".localhost:8080"
	scheme string
}

// link is a word with an address.
type link struct{ Name, URL string }

// teaser is what other pages show of an article.
type teaser struct {
	Headline, Standfirst, Kicker, Label, Type, Slug string
	Section                                         link
	Authors                                         []link
	URL                                             string
	Published                                       stamp
	Number                                          int
}

// story is the whole of an article's page.
type story struct {
	teaser
	Modified    stamp
	Note        string
	Pull        string
	Photo       string
	Tags        []link
	Corrections []string
	Comments    []comment
	Blocks      []markup
	Walled      bool
	Related     []teaser
	Variant     string // address of the AMP or print variant
	Graph       any    // JSON-LD
}

// markup is a block ready to be printed.
type markup struct {
	Kind  string // corpus.BlockKind
	Level int
	HTML  template.HTML
}

// Abs is the absolute address of a path on this paper.
func (v *view) Abs(path string) string { return v.Base + path }

// address is where another piece, named paper/slug, is served.
func (v *view) address(target string) string {
	p := loaded().pieces[target]
	if p == nil {
		return v.Base + "/"
	}
	return v.scheme + "://" + p.paper.Slug + v.suffix + p.path()
}

func (v *view) teaser(p *piece) teaser {
	t := teaser{
		Headline: p.headline, Standfirst: p.standfirst, Kicker: p.kicker, Label: p.paper.label(p.typ), Type: p.typ, Slug: p.slug,
		Section: link{p.section, "/" + p.sectionSlug() + "/"}, URL: v.Base + p.path(), Published: p.published, Number: p.number(),
	}
	for _, name := range p.authors {
		author := link{Name: name}
		if p.paper.authors != "" {
			author.URL = p.paper.authors + slugify(name) + "/"
		}
		t.Authors = append(t.Authors, author)
	}
	return t
}

func (v *view) teasers(ps []*piece) []teaser {
	ts := make([]teaser, len(ps))
	for i, p := range ps {
		ts[i] = v.teaser(p)
	}
	return ts
}

func (v *view) story(p *piece) *story {
	s := &story{
		teaser: v.teaser(p), Modified: p.modified, Note: p.note, Pull: p.pull, Photo: p.photo, Corrections: p.corrections,
		Comments: p.comments, Walled: p.walled(), Related: v.teasers(related(p)),
	}
	if p.paper.variant != "" {
		s.Variant = v.Base + p.path() + p.paper.variant
	}
	for _, tag := range p.tags {
		s.Tags = append(s.Tags, link{tag, "/topic/" + slugify(tag) + "/"})
	}
	for _, b := range p.shown() {
		s.Blocks = append(s.Blocks, markup{string(b.kind), b.level, typeset(b.html(v.address), p.paper.Language)})
	}
	s.Graph = v.graph(p)
	return s
}

// frenchSpaces keeps French punctuation from standing alone at the start of a line.
var frenchSpaces = strings.NewReplacer("« ", "«\u00a0", " »", "\u00a0»", " :", "\u00a0:", " ;", "\u00a0;", " !", "\u00a0!", " ?", "\u00a0?")

// typeset puts in the spaces that the sources leave to the printer.
func typeset(text template.HTML, language string) template.HTML {
	if language != "fr" {
		return text
	}
	return template.HTML(frenchSpaces.Replace(string(text)))
}

// related are up to three other pieces of the paper, those with a common tag first.
func related(p *piece) []*piece {
	all := loaded().papers[p.paper.Slug]
	var near, far []*piece
	for _, other := range all {
		switch {
		case other == p:
		case common(p.tags, other.tags):
			near = append(near, other)
		default:
			far = append(far, other)
		}
	}
	near = append(near, far...)
	return near[:min(3, len(near))]
}

func common(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// functions are what the templates can call.
var functions = template.FuncMap{
	"date":   dateText,
	"day":    func(s stamp) string { return s.Format(time.DateOnly) },
	"time":   func(s stamp) string { return s.Format("15:04") },
	"format": func(layout string, s stamp) string { return s.Format(layout) },
	"iso":    iso,
	"names":  func(ls []link, and string) string { return joinNames(ls, and) },
	"upper":  strings.ToUpper,
	"add":    func(a, b int) int { return a + b },
	"first":  func(n int, ts []teaser) []teaser { return ts[:min(n, len(ts))] },
	"isPara": func(m markup) bool { return m.Kind == string(corpus.Paragraph) },
}

// iso is the stamp in the form of ISO 8601, without time of day where that is not known.
func iso(s stamp) string {
	if !s.clock {
		return s.Format(time.DateOnly)
	}
	return s.Format(time.RFC3339)
}

var months = map[string][]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
}

// dateText is the day in words, in the language given.
func dateText(language string, s stamp) string {
	y, m, d := s.Date()
	day := strconv.Itoa(d)
	if language == "fr" && d == 1 {
		day = "1er"
	}
	return day + " " + months[language][m-1] + " " + strconv.Itoa(y)
}

func joinNames(ls []link, and string) string {
	var b strings.Builder
	for i, l := range ls {
		switch {
		case i > 0 && i == len(ls)-1:
			b.WriteString(" " + and + " ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(l.Name)
	}
	return b.String()
}
