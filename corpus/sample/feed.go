package sample

import (
	"encoding/json"
	"encoding/xml"
	"time"
)

type feedKind int

const (
	noFeed feedKind = iota
	rss
	atom
	jsonFeed
)

type rssFeed struct {
	XMLName xml.Name  `xml:"rss"`
	Version string    `xml:"version,attr"`
	DC      string    `xml:"xmlns:dc,attr"`
	Title   string    `xml:"channel>title"`
	Link    string    `xml:"channel>link"`
	Lang    string    `xml:"channel>language"`
	Entries []rssPost `xml:"channel>item"`
}

type rssPost struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Creator     []string `xml:"dc:creator"`
	PubDate     string   `xml:"pubDate"`
	Category    []string `xml:"category"`
	GUID        string   `xml:"guid"`
	Description string   `xml:"description,omitempty"`
}

// rss is the paper's RSS feed. Its links carry the campaign parameters that newsletters and feeds put there.
func (v *view) rss(ps []*piece) ([]byte, error) {
	f := rssFeed{Version: "2.0", DC: "http://purl.org/dc/elements/1.1/", Title: v.Paper.Name, Link: v.Abs("/"), Lang: v.Paper.Language}
	for _, p := range ps {
		f.Entries = append(f.Entries, rssPost{
			Title: p.headline, Link: v.Abs(p.path()) + "?utm_source=rss&utm_medium=feed", Creator: p.authors, PubDate: p.published.Format(time.RFC1123Z),
			Category: append([]string{p.section}, p.tags...), GUID: v.Abs(p.path()), Description: p.standfirst,
		})
	}
	return marshalXML(f)
}

type atomFeed struct {
	XMLName xml.Name    `xml:"feed"`
	NS      string      `xml:"xmlns,attr"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title     string   `xml:"title"`
	ID        string   `xml:"id"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Authors   []string `xml:"author>name"`
	Summary   string   `xml:"summary,omitempty"`
}

func (v *view) atom(ps []*piece) ([]byte, error) {
	f := atomFeed{
		NS: "http://www.w3.org/2005/Atom", Title: v.Paper.Name, ID: v.Abs("/"), Updated: latest(ps).Format(time.RFC3339),
		Links: []atomLink{{"self", v.Abs(v.Path)}, {"alternate", v.Abs("/")}},
	}
	for _, p := range ps {
		f.Entries = append(f.Entries, atomEntry{
			Title: p.headline, ID: v.Abs(p.path()), Link: atomLink{"alternate", v.Abs(p.path())}, Authors: p.authors, Summary: p.standfirst,
			Published: p.published.Format(time.RFC3339), Updated: p.changed().Format(time.RFC3339),
		})
	}
	return marshalXML(f)
}

func (v *view) jsonFeed(ps []*piece) ([]byte, error) {
	type author struct {
		Name string `json:"name"`
	}
	type post struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Summary   string   `json:"summary,omitempty"`
		Published string   `json:"date_published"`
		Authors   []author `json:"authors,omitempty"`
	}
	var posts []post
	for _, p := range ps {
		e := post{ID: v.Abs(p.path()), URL: v.Abs(p.path()), Title: p.headline, Summary: p.standfirst, Published: p.published.Format(time.RFC3339)}
		for _, name := range p.authors {
			e.Authors = append(e.Authors, author{name})
		}
		posts = append(posts, e)
	}
	return json.MarshalIndent(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": v.Paper.Name, "language": v.Paper.Language,
		"home_page_url": v.Abs("/"), "feed_url": v.Abs(v.Path), "items": posts,
	}, "", " ")
}

func marshalXML(doc any) ([]byte, error) {
	out, err := xml.MarshalIndent(doc, "", " ")
	return append([]byte(xml.Header), out...), err
}

// latest is when the newest change among the pieces happened.
func latest(ps []*piece) time.Time {
	var t time.Time
	for _, p := range ps {
		if p.changed().After(t) {
			t = p.changed()
		}
	}
	return t
}
