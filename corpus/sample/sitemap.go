package sample

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"time"
)

const sitemapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

type urlSet struct {
	XMLName xml.Name     `xml:"urlset"`
	NS      string       `xml:"xmlns,attr"`
	News    string       `xml:"xmlns:news,attr,omitempty"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string       `xml:"loc"`
	LastMod string       `xml:"lastmod,omitempty"`
	News    *sitemapNews `xml:"news:news"`
}

type sitemapNews struct {
	Publication string `xml:"news:publication>news:name"`
	Language    string `xml:"news:publication>news:language"`
	Date        string `xml:"news:publication_date"`
	Title       string `xml:"news:title"`
}

type sitemapIndex struct {
	XMLName xml.Name     `xml:"sitemapindex"`
	NS      string       `xml:"xmlns,attr"`
	Maps    []sitemapURL `xml:"sitemap"`
}

// urlSet is a plain sitemap of the pieces.
func (v *view) urlSet(ps []*piece) ([]byte, error) {
	set := urlSet{NS: sitemapNS}
	for _, p := range ps {
		set.URLs = append(set.URLs, sitemapURL{Loc: v.Abs(p.path()), LastMod: p.changed().Format(time.RFC3339)})
	}
	return marshalXML(set)
}

// newsSitemap is a sitemap with titles and dates.
func (v *view) newsSitemap(ps []*piece) ([]byte, error) {
	set := urlSet{NS: sitemapNS, News: "http://www.google.com/schemas/sitemap-news/0.9"}
	for _, p := range ps {
		set.URLs = append(set.URLs, sitemapURL{
			Loc:  v.Abs(p.path()),
			News: &sitemapNews{Publication: v.Paper.Name, Language: v.Paper.Language, Date: iso(p.published), Title: p.headline},
		})
	}
	return marshalXML(set)
}

func (v *view) sitemapIndex(paths []string, changed time.Time) ([]byte, error) {
	index := sitemapIndex{NS: sitemapNS}
	for _, path := range paths {
		index.Maps = append(index.Maps, sitemapURL{Loc: v.Abs(path), LastMod: changed.Format(time.RFC3339)})
	}
	return marshalXML(index)
}

// compress makes the .gz of a sitemap: the file itself is compressed, not its transport.
func compress(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
