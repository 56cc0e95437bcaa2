package web

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"time"
)

const openSearchNS = "http://a9.com/-/spec/opensearch/1.1/"

type atomFeed struct {
	XMLName    xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	OpenSearch string      `xml:"xmlns:opensearch,attr"`
	ID         string      `xml:"id"`
	Title      string      `xml:"title"`
	Updated    string      `xml:"updated"`
	Links      []atomLink  `xml:"link"`
	Total      int         `xml:"opensearch:totalResults"`
	Start      int         `xml:"opensearch:startIndex"`
	PerPage    int         `xml:"opensearch:itemsPerPage"`
	Query      *atomQuery  `xml:"opensearch:Query"`
	Entries    []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomQuery struct {
	Role  string `xml:"role,attr"`
	Terms string `xml:"searchTerms,attr"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Links      []atomLink     `xml:"link"`
	Published  string         `xml:"published,omitempty"`
	Updated    string         `xml:"updated"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// atom is the feed in RFC 4287 with the OpenSearch response elements.
func (f *feed) atom() ([]byte, error) {
	out := atomFeed{
		OpenSearch: openSearchNS, ID: f.ID, Title: f.Title, Updated: atomTime(f.Updated),
		Total: f.Total, Start: f.Start, PerPage: f.PerPage, Query: &atomQuery{"request", f.Query},
		Links: []atomLink{
			{"self", "application/atom+xml", f.Self}, {"alternate", "text/html", f.HTML},
			{"search", "application/opensearchdescription+xml", f.OpenSearch}, {"first", "application/atom+xml", f.First},
		},
	}
	if f.Next != "" {
		out.Links = append(out.Links, atomLink{"next", "application/atom+xml", f.Next})
	}
	if f.Last != "" {
		out.Links = append(out.Links, atomLink{"last", "application/atom+xml", f.Last})
	}
	for _, e := range f.Entries {
		out.Entries = append(out.Entries, atomEntryOf(e))
	}
	return encodeXML(out)
}

func atomEntryOf(e feedEntry) atomEntry {
	out := atomEntry{
		ID: e.ID, Title: e.Title, Updated: atomTime(e.Updated), Summary: e.Summary,
		Links: []atomLink{{"alternate", "text/html", e.URL}},
	}
	if e.Original != "" {
		out.Links = append(out.Links, atomLink{"via", "text/html", e.Original})
	}
	if !e.Published.IsZero() {
		out.Published = atomTime(e.Published)
	}
	for _, name := range e.Authors {
		out.Authors = append(out.Authors, atomPerson{name})
	}
	if len(out.Authors) == 0 { // an entry without an author is not valid in a feed without one
		name := e.Publication
		if name == "" {
			name = "Unsigned"
		}
		out.Authors = []atomPerson{{name}}
	}
	for _, tag := range e.Tags {
		out.Categories = append(out.Categories, atomCategory{tag})
	}
	return out
}

// atomTime is RFC 3339. An empty feed has the beginning of time: it has never changed.
func atomTime(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0).UTC()
	}
	return t.Format(time.RFC3339)
}

type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	Description string     `xml:"description"`
	Built       string     `xml:"lastBuildDate,omitempty"`
	Self        atomLink   `xml:"atom:link"`
	Entries     []rssEntry `xml:"item"`
}

type rssEntry struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	Published   string   `xml:"pubDate,omitempty"`
	Creators    []string `xml:"dc:creator"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description,omitempty"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

// rss is the feed in RSS 2.0.
func (f *feed) rss() ([]byte, error) {
	out := rssFeed{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", DC: "http://purl.org/dc/elements/1.1/",
		Channel: rssChannel{
			Title: f.Title, Link: f.HTML, Description: "Articles found by a search, newest first",
			Self: atomLink{"self", "application/rss+xml", f.Self},
		},
	}
	if !f.Updated.IsZero() {
		out.Channel.Built = f.Updated.UTC().Format(http.TimeFormat)
	}
	for _, e := range f.Entries {
		entry := rssEntry{
			Title: e.Title, Link: e.URL, GUID: rssGUID{Value: e.ID}, Creators: e.Authors, Categories: e.Tags,
			Description: escapeHTML(e.Summary), // RSS readers take descriptions for HTML
		}
		if !e.Published.IsZero() {
			entry.Published = e.Published.UTC().Format(http.TimeFormat)
		}
		out.Channel.Entries = append(out.Channel.Entries, entry)
	}
	return encodeXML(out)
}

type jsonFeed struct {
	Version string          `json:"version"`
	Title   string          `json:"title"`
	HomeURL string          `json:"home_page_url"`
	FeedURL string          `json:"feed_url"`
	NextURL string          `json:"next_url,omitempty"`
	Entries []jsonFeedEntry `json:"items"`
}

type jsonFeedEntry struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	External  string       `json:"external_url,omitempty"`
	Title     string       `json:"title"`
	Text      string       `json:"content_text"`
	Published string       `json:"date_published,omitempty"`
	Modified  string       `json:"date_modified,omitempty"`
	Authors   []jsonPerson `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Language  string       `json:"language,omitempty"`
}

type jsonPerson struct {
	Name string `json:"name"`
}

// json is the feed in JSON Feed 1.1.
func (f *feed) json() ([]byte, error) {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, HomeURL: f.HTML, FeedURL: f.Self, NextURL: f.Next,
		Entries: []jsonFeedEntry{},
	}
	for _, e := range f.Entries {
		entry := jsonFeedEntry{
			ID: e.ID, URL: e.URL, External: e.Original, Title: e.Title, Text: e.Summary, Published: apiTime(e.Published),
			Modified: apiTime(e.Updated), Tags: e.Tags, Language: e.Language,
		}
		for _, name := range e.Authors {
			entry.Authors = append(entry.Authors, jsonPerson{name})
		}
		out.Entries = append(out.Entries, entry)
	}
	return encodeJSON(out)
}

func encodeXML(v any) ([]byte, error) {
	body, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("web: encode answer: %w", err)
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}
