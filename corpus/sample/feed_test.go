package sample

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"github.com/temoto/robotstxt"
)

// addresses are the canonical addresses of all articles of a paper, sorted.
func addresses(paper string) []string {
	var want []string
	for _, e := range Expected() {
		if e.Paper == paper {
			want = append(want, "http://"+e.Paper+".localhost"+port+e.Path)
		}
	}
	slices.Sort(want)
	return want
}

func TestFeedsListTheArticles(t *testing.T) {
	for _, p := range Papers() {
		if p.Feed == "" {
			continue
		}
		feed, err := gofeed.NewParser().Parse(get(t, p.Slug, p.Feed).Body)
		if err != nil {
			t.Errorf("%s%s: %v", p.Slug, p.Feed, err)
			continue
		}
		var got []string
		for _, entry := range feed.Items {
			address, _, _ := strings.Cut(entry.Link, "?utm_")
			got = append(got, address)
			if entry.PublishedParsed == nil || entry.Title == "" {
				t.Errorf("%s: entry %q lacks its title or date", p.Slug, entry.Link)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(addresses(p.Slug), got); diff != "" {
			t.Errorf("%s: feed lists other articles (-want +got):\n%s", p.Slug, diff)
		}
	}
}

func TestSitemapsListTheArticles(t *testing.T) {
	for _, p := range Papers() {
		if p.Sitemap == "" {
			continue
		}
		got := sitemap(t, p.Slug, p.Sitemap)
		slices.Sort(got)
		if diff := cmp.Diff(addresses(p.Slug), got); diff != "" {
			t.Errorf("%s: sitemap lists other articles (-want +got):\n%s", p.Slug, diff)
		}
	}
}

// sitemap reads the addresses of a sitemap and of all that an index names.
func sitemap(t *testing.T, paper, path string) []string {
	t.Helper()
	var r io.Reader = get(t, paper, path).Body
	if strings.HasSuffix(path, ".gz") {
		r = gunzip(t, r)
	}
	var doc struct {
		Pages []string `xml:"url>loc"`
		Maps  []string `xml:"sitemap>loc"`
	}
	if err := xml.NewDecoder(r).Decode(&doc); err != nil {
		t.Fatalf("%s%s: %v", paper, path, err)
	}
	for _, m := range doc.Maps {
		doc.Pages = append(doc.Pages, sitemap(t, paper, strings.TrimPrefix(m, "http://"+paper+".localhost"+port))...)
	}
	return doc.Pages
}

func TestRobotsAllowArticlesOnly(t *testing.T) {
	for _, p := range Papers() {
		robots, err := robotstxt.FromResponse(get(t, p.Slug, "/robots.txt"))
		if err != nil {
			t.Fatalf("%s: %v", p.Slug, err)
		}
		group := robots.FindGroup("oped")
		for _, e := range Expected() {
			if e.Paper == p.Slug && !group.Test(e.Path) {
				t.Errorf("%s: robots.txt forbids %s", p.Slug, e.Path)
			}
		}
		for _, j := range JunkPages() {
			if j.Paper == p.Slug && group.Test(j.Path) == (j.Kind == "disallowed") {
				t.Errorf("%s: %s is %q, which robots.txt does not say", p.Slug, j.Path, j.Kind)
			}
		}
		if p.Sitemap != "" && !slices.Contains(robots.Sitemaps, "http://"+p.Slug+".localhost"+port+p.Sitemap) {
			t.Errorf("%s: robots.txt names the sitemaps %q, want %s", p.Slug, robots.Sitemaps, p.Sitemap)
		}
	}
}
