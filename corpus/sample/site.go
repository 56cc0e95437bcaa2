package sample

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

//go:embed templates
var templates embed.FS

// site is one paper ready to be served. It is never changed once made.
type site struct {
	paper  *newspaper
	pieces []*piece // newest first
	pages  map[string]page
	tmpl   *template.Template
}

// page is what one path of a site answers.
type page struct {
	status    int // 0 means 200
	redirect  string
	mediaType string
	changed   time.Time
	render    func(*view) ([]byte, error)
}

const htmlType = "text/html"

func newSite(n *newspaper, pieces []*piece) (*site, error) {
	tmpl, err := template.New(n.Slug).Funcs(functions).ParseFS(templates, "templates/"+n.Slug+"/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("sample: parse templates of %q: %w", n.Slug, err)
	}
	s := &site{paper: n, pieces: pieces, pages: map[string]page{}, tmpl: tmpl}
	s.addIndexes()
	for _, p := range pieces {
		s.addArticle(p)
	}
	s.addFeed()
	s.addSitemaps()
	for _, j := range junk {
		if j.Paper == n.Slug {
			s.addJunk(j)
		}
	}
	robots := n.robots
	s.pages["/robots.txt"] = page{mediaType: "text/plain", changed: latest(pieces), render: func(v *view) ([]byte, error) {
		return []byte(strings.ReplaceAll(robots, "BASE", v.Base)), nil
	}}
	return s, nil
}

// html makes a page from one of the paper's templates. fill completes the view.
func (s *site) html(name string, changed time.Time, fill func(*view)) page {
	return page{mediaType: htmlType, changed: changed, render: func(v *view) ([]byte, error) {
		v.Sections = s.sections()
		v.Popular = v.teasers(s.popular())
		fill(v)
		var b bytes.Buffer
		err := s.tmpl.ExecuteTemplate(&b, name, v)
		return b.Bytes(), err
	}}
}

func (s *site) sections() []link {
	ls := make([]link, len(s.paper.sections))
	for i, sec := range s.paper.sections {
		ls[i] = link{sec.Name, "/" + sec.Slug + "/"}
	}
	return ls
}

// popular are the same five for everybody: every third piece.
func (s *site) popular() []*piece {
	var ps []*piece
	for i := 2; i < len(s.pieces) && len(ps) < 5; i += 3 {
		ps = append(ps, s.pieces[i])
	}
	return ps
}

// addIndexes adds the home page and the pages of sections, authors and topics.
func (s *site) addIndexes() {
	s.addIndex("/", "home", s.paper.Name, s.pieces)
	bySection, byAuthor, byTopic := map[string][]*piece{}, map[string][]*piece{}, map[string][]*piece{}
	for _, p := range s.pieces {
		bySection[p.section] = append(bySection[p.section], p)
		for _, name := range p.authors {
			byAuthor[name] = append(byAuthor[name], p)
		}
		for _, tag := range p.tags {
			byTopic[tag] = append(byTopic[tag], p)
		}
	}
	for _, sec := range s.paper.sections {
		s.addIndex("/"+sec.Slug+"/", "section", sec.Name, bySection[sec.Name])
	}
	if s.paper.authors != "" {
		for name, ps := range byAuthor {
			s.addIndex(s.paper.authors+slugify(name)+"/", "author", name, ps)
		}
	}
	if s.paper.Shows.Tags {
		for tag, ps := range byTopic {
			s.addIndex("/topic/"+slugify(tag)+"/", "topic", tag, ps)
		}
	}
}

func (s *site) addIndex(path, kind, title string, ps []*piece) {
	name := "list"
	if kind == "home" {
		name = "home"
	}
	s.pages[path] = s.html(name, latest(s.pieces), func(v *view) {
		v.Title, v.Kind, v.List = title, kind, v.teasers(ps)
	})
}

// addArticle adds an article with its AMP or print variant and its older address.
func (s *site) addArticle(p *piece) {
	fill := func(v *view) { v.Title, v.Kind, v.Article = p.headline, "article", v.story(p) }
	s.pages[p.path()] = s.html("article", p.changed(), fill)
	if s.paper.variant != "" {
		s.pages[p.path()+s.paper.variant] = s.html("variant", p.changed(), fill)
	}
	if s.paper == harbourGazette {
		s.pages["/opinion/"+p.slug] = page{status: http.StatusMovedPermanently, redirect: p.path()}
		s.pages[strings.TrimSuffix(p.path(), "/")] = page{status: http.StatusMovedPermanently, redirect: p.path()}
		s.pages[fmt.Sprintf("/?p=%d", p.number())] = page{status: http.StatusMovedPermanently, redirect: p.path()}
	}
}

func (s *site) addFeed() {
	if s.paper.Feed == "" {
		return
	}
	mediaType, render := "application/rss+xml", (*view).rss
	switch s.paper.feedKind {
	case atom:
		mediaType, render = "application/atom+xml", (*view).atom
	case jsonFeed:
		mediaType, render = "application/feed+json", (*view).jsonFeed
	}
	s.pages[s.paper.Feed] = page{mediaType: mediaType, changed: latest(s.pieces), render: func(v *view) ([]byte, error) {
		return render(v, s.pieces)
	}}
}

func (s *site) addSitemaps() {
	changed := latest(s.pieces)
	add := func(path, mediaType string, render func(*view) ([]byte, error)) {
		s.pages[path] = page{mediaType: mediaType, changed: changed, render: render}
	}
	switch s.paper {
	case harbourGazette:
		parts := []string{"/post-sitemap1.xml", "/post-sitemap2.xml"}
		add(s.paper.Sitemap, "application/xml", func(v *view) ([]byte, error) { return v.sitemapIndex(parts, changed) })
		half := len(s.pieces) / 2
		add(parts[0], "application/xml", func(v *view) ([]byte, error) { return v.urlSet(s.pieces[:half]) })
		add(parts[1], "application/xml", func(v *view) ([]byte, error) { return v.urlSet(s.pieces[half:]) })
	case meridianReview:
		add(s.paper.Sitemap, "application/xml", func(v *view) ([]byte, error) { return v.newsSitemap(s.pieces) })
	case capitalStandard:
		add(s.paper.Sitemap, "application/gzip", func(v *view) ([]byte, error) {
			text, err := v.urlSet(s.pieces)
			if err != nil {
				return nil, err
			}
			return compress(text)
		})
	}
}
