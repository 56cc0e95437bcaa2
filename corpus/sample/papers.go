package sample

import (
	"fmt"
	"strings"
)

var everything = Shows{Clock: true, Modified: true, Standfirst: true, Kicker: true, Section: true, Tags: true, Access: true, Structure: true}

var newspapers = []*newspaper{harbourGazette, meridianReview, northernLedger, oldPost, capitalStandard, courrier, vestnik}

// harbourGazette is a WordPress site with a block theme.
var harbourGazette = &newspaper{
	Paper: Paper{
		Slug: "harbour-gazette", Name: "The Harbour Gazette", Language: "en", Charset: "utf-8", Feed: "/feed/", Sitemap: "/sitemap_index.xml",
		Shows: Shows{Clock: true, Modified: true, Standfirst: true, Section: true, Tags: true, Structure: true},
	},
	zone:     zone(1),
	sections: []section{{"Opinion", "opinion"}, {"Columnists", "columnists"}, {"Editorials", "editorials"}, {"Letters", "letters"}},
	robots:   "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: BASE/sitemap_index.xml\n",
	feedKind: rss,
	path:     func(p *piece) string { return p.published.Format("/2006/01/02/") + p.slug + "/" },
	authors:  "/author/", variant: "amp/",
	labels: map[string]string{"op-ed": "OpEd", "column": "Column", "editorial": "Editorial", "letter": "Letter to the Editor", "analysis": "Analysis", "interview": "Interview", "review": "Review"},
}

// meridianReview describes its articles in JSON-LD.
var meridianReview = &newspaper{
	Paper: Paper{Slug: "meridian-review", Name: "Meridian Review", Language: "en", Charset: "utf-8", Sitemap: "/news-sitemap.xml", Shows: everything},
	zone:  zone(0),
	sections: []section{
		{"Politics", "politics"}, {"Economy", "economy"}, {"World", "world"}, {"Technology", "technology"}, {"Society", "society"},
	},
	robots:  "User-agent: *\nAllow: /\nSitemap: BASE/news-sitemap.xml\n",
	path:    func(p *piece) string { return "/" + p.sectionSlug() + "/" + p.slug },
	authors: "/people/",
	labels:  map[string]string{"op-ed": "Guest essay", "column": "Column", "editorial": "Editorial", "letter": "Letter", "analysis": "Analysis", "interview": "Interview", "review": "Review"},
}

// northernLedger marks its articles up with microdata.
var northernLedger = &newspaper{
	Paper: Paper{
		Slug: "northern-ledger", Name: "Northern Ledger", Language: "en", Charset: "utf-8", Feed: "/comment/atom.xml",
		Shows: Shows{Clock: true, Modified: true, Standfirst: true, Section: true, Tags: true, Structure: true},
	},
	zone:     zone(1),
	sections: []section{{"Comment", "comment"}, {"Columnists", "columnists"}, {"The Ledger View", "ledger-view"}, {"Letters", "letters"}},
	robots:   "# Be kind to the presses.\nUser-agent: *\nDisallow: /drafts/\nDisallow: /search\n\nUser-agent: GreedyBot\nDisallow: /\n",
	feedKind: atom,
	path: func(p *piece) string {
		return "/" + p.sectionSlug() + strings.ToLower(p.published.Format("/2006/Jan/02/")) + p.slug
	},
	authors: "/profile/", variant: "/print",
	labels: map[string]string{"op-ed": "Comment", "column": "Column", "editorial": "The Ledger View: editorial", "letter": "Letters to the editor", "analysis": "Analysis", "interview": "Interview", "review": "Review"},
}

// oldPost has not changed its pages since 1998.
var oldPost = &newspaper{
	Paper:    Paper{Slug: "old-post", Name: "The Fenwick Old Post", Language: "en", Charset: "windows-1252"},
	zone:     zone(0),
	sections: []section{{"Columns", "columns"}, {"Editorials", "editorials"}, {"Guest Opinion", "guests"}, {"Letters", "letters"}},
	robots:   "User-agent: *\nDisallow: /cgi-bin/\n",
	path:     func(p *piece) string { return p.published.Format("/archive/2006/01/02/") + p.slug + ".htm" },
	labels:   map[string]string{"op-ed": "Guest Opinion", "column": "Column", "editorial": "Editorial", "letter": "Letter to the Editor"},
}

// capitalStandard has a paywall and says so.
var capitalStandard = &newspaper{
	Paper: Paper{
		Slug: "capital-standard", Name: "The Capital Standard", Language: "en", Charset: "utf-8", Sitemap: "/sitemap.xml.gz", Shows: everything,
	},
	zone:     zone(1),
	sections: []section{{"Opinion", "opinion"}, {"Columnists", "columnists"}, {"Leaders", "leaders"}, {"Letters", "letters"}},
	robots:   "User-agent: *\nDisallow: /account/\nCrawl-delay: 0\nSitemap: BASE/sitemap.xml.gz\n",
	paywall:  true,
	path:     func(p *piece) string { return fmt.Sprintf("/%s/%s-%d", p.sectionSlug(), p.slug, p.number()) },
	labels:   map[string]string{"op-ed": "Opinion", "column": "Columnist", "editorial": "Leader", "letter": "Letters", "analysis": "Analysis"},
}

// courrier is French.
var courrier = &newspaper{
	Paper: Paper{
		Slug: "le-courrier-du-rivage", Name: "Le Courrier du rivage", Language: "fr", Charset: "utf-8", Feed: "/flux.json",
		Shows: Shows{Clock: true, Modified: true, Standfirst: true, Kicker: true, Section: true, Structure: true},
	},
	zone: zone(1),
	sections: []section{
		{"Tribunes", "tribunes"}, {"Chroniques", "chroniques"}, {"Éditoriaux", "editoriaux"}, {"Courrier des lecteurs", "courrier-des-lecteurs"}, //nolint:misspell // French
	},
	robots:   "User-agent: *\nDisallow: /recherche\n",
	feedKind: jsonFeed,
	path: func(p *piece) string {
		return fmt.Sprintf("/%s/article/%s/%s_%d.html", p.sectionSlug(), p.published.Format("2006/01/02"), p.slug, p.number())
	},
	labels: map[string]string{"op-ed": "Tribune", "column": "Chronique", "editorial": "Éditorial", "letter": "Courrier des lecteurs", "analysis": "Analyse", "interview": "Entretien"}, //nolint:misspell // French
}

// vestnik is Russian, in windows-1251 throughout.
var vestnik = &newspaper{
	Paper: Paper{
		Slug: "vestnik-proliva", Name: "Вестник пролива", Language: "ru", Charset: "windows-1251", Feed: "/rss.xml",
		Shows: Shows{Standfirst: true, Section: true, Structure: true},
	},
	zone:     zone(0),
	sections: []section{{"Мнения", "mnenia"}, {"Колонки", "kolonki"}, {"От редакции", "ot-redakcii"}, {"Письма", "pisma"}},
	robots:   "User-agent: *\nCrawl-delay: 0.1\nDisallow: /bitrix/\n",
	feedKind: rss,
	path: func(p *piece) string {
		return "/" + p.sectionSlug() + p.published.Format("/20060102/") + p.slug + ".html"
	},
	labels: map[string]string{"op-ed": "Мнение", "column": "Колонка", "editorial": "От редакции", "letter": "Письмо в редакцию", "interview": "Интервью"},
}
