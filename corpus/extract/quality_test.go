package extract

import (
	"slices"
	"strings"
	"testing"
)

func TestIndexPages(t *testing.T) {
	text := strings.Repeat("<p>"+strings.Repeat("The night boat has crossed the sound for a hundred years, and nobody has ever missed it. ", 4)+"</p>", 4)
	menu := "<ul>" + strings.Repeat(`<li><a href="/x">News of the isles and harbours</a></li>`, 40) + "</ul>"
	teasers := strings.Repeat(`<h2><a href="/y">The ferry must stay</a></h2>`, 6)
	short := "<h1>The ferry must stay</h1><p>By Jane Doe</p><p>May 4, 2018</p>" + strings.Repeat("<p>The night boat has crossed the sound for a hundred years, and nobody has missed it.</p>", 4)
	for _, tt := range []struct {
		name, url, html string
		index           bool
	}{
		{"a front page of teasers", "https://p.example/", menu + teasers + text, true},
		{"a front page of links", "https://p.example/", menu, true},
		{"one text is the whole site", "https://p.example/", "<h1>The ferry must stay</h1>" + text, false},
		{"a page that says it is a list", "https://p.example/news", `<script type="application/ld+json">{"@type":"CollectionPage"}</script>` + menu, true},
		{"a short article in a long menu", "https://p.example/news/1", `<meta property="og:type" content="article">` + menu + short, false},
		{"a short list in a long menu", "https://p.example/news/1", menu + "<p>All the news of the isles.</p>", true},
	} {
		q := extractHTML(t, tt.url, tt.html).Quality
		if got := slices.Contains(q.Flags, FlagIndexPage); got != tt.index {
			t.Errorf("%s: index page %v, want %v (%v)", tt.name, got, tt.index, q)
		}
	}
}

func TestLiveHeadline(t *testing.T) {
	for headline, want := range map[string]bool{
		"Harbour vote LIVE from Ellery":               true,
		"Harbour vote live: what we know":             true,
		"Live updates on the harbour vote":            true,
		"The harbour vote as it happened":             true,
		"Le vote du port en direct":                   true,
		"New live-action ferry film shows its cast":   false,
		"How we live by the harbour":                  false,
		"The isles where dogs live and nobody is sad": false,
	} {
		if got := liveHeadline.MatchString(headline); got != want {
			t.Errorf("liveHeadline(%q) = %v, want %v", headline, got, want)
		}
	}
}
