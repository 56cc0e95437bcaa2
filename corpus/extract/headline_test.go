package extract

import (
	"testing"

	"oped/corpus"
)

func TestSplitLabel(t *testing.T) {
	for _, tt := range []struct{ in, headline, label string }{
		{"Keep the Night Ferry – OpEd", "Keep the Night Ferry", "OpEd"},
		{"Opinion: The ferry must stay", "The ferry must stay", "Opinion"},
		{"Editorial | The ferry must stay", "The ferry must stay", "Editorial"},
		{"Leave the lamps alone [Letter]", "Leave the lamps alone", "Letter"},
		{"An opinion on ferries", "An opinion on ferries", ""},
		{"The review that never came", "The review that never came", ""},
		{"Letters", "Letters", ""},
		{"Letters: the ferry and the dogs", "Letters: the ferry and the dogs", ""},
	} {
		h, l := splitLabel(tt.in)
		if h != tt.headline || l != tt.label {
			t.Errorf("splitLabel(%q) = %q, %q; want %q, %q", tt.in, h, l, tt.headline, tt.label)
		}
	}
}

func TestDropSite(t *testing.T) {
	for _, tt := range []struct{ in, site, host, want string }{
		{"The ferry must stay - Ellery Review", "Ellery Review", "", "The ferry must stay"},
		{"The ferry must stay | Opinion | The Ellery Review", "Ellery Review", "", "The ferry must stay"},
		{"Ellery Review: The ferry must stay", "Ellery Review", "", "Ellery Review: The ferry must stay"},
		{"Ellery Review » The ferry must stay", "Ellery Review", "", "The ferry must stay"},
		{"The ferry – and the town – must stay", "Ellery Review", "", "The ferry – and the town – must stay"},
		{"Ellery Review", "", "Ellery Review", "Ellery Review"},
		{"The ferry must stay - Harbour Lantern", "", "harbourlantern", "The ferry must stay"},
		{"The ferry must stay - Harbour", "", "harbourlantern", "The ferry must stay - Harbour"},
		{"The ferry must stay - co", "", "co", "The ferry must stay - co"},
	} {
		if got := dropSite(tt.in, tt.site, tt.host); got != tt.want {
			t.Errorf("dropSite(%q, %q, %q) = %q, want %q", tt.in, tt.site, tt.host, got, tt.want)
		}
	}
}

func TestHeadlineOfPage(t *testing.T) {
	for _, tt := range []struct{ name, page, headline, kicker string }{
		{"the logo is the first h1", `<title>The ferry must stay | Ellery Review</title><meta property="og:site_name" content="Ellery Review"><body><h1>Ellery Review</h1><h1>The ferry must stay</h1>`, "The ferry must stay", ""},
		{"the kicker stands inside the h1", `<title>The ferry must stay</title><body><h1><span class="kicker">Opinion</span>The ferry must stay</h1>`, "The ferry must stay", "Opinion"},
		{"the kicker is glued to the h1", `<meta property="og:title" content="The ferry must stay"><body><h1>OpinionThe ferry must stay</h1>`, "The ferry must stay", "Opinion"},
		{"the h1 before a shorter search title", `<meta property="og:title" content="The night ferry must stay, whatever it costs"><title>Ferry must stay</title><body><h1>The night ferry must stay, whatever it costs</h1>`, "The night ferry must stay, whatever it costs", ""},
		{"the only h1 agrees with no stated headline", `<title>Ferry news: what to know | Ellery Review</title><meta property="og:site_name" content="Ellery Review"><body><h1>Keep the night boat running</h1><p>Text.`, "Keep the night boat running", ""},
		{"the only h1 names a section", `<title>The ferry must stay | Ellery Review</title><body><h1>Harbour life</h1><p>Text.`, "The ferry must stay", ""},
		{"the only h1 stands in a menu", `<title>The ferry must stay | Ellery Review</title><body><nav><h1>News for all the isles</h1></nav><p>Text.`, "The ferry must stay", ""},
		{"a slogan stands in the h1 behind the headline", `<meta property="og:title" content="The ferry must stay"><title>The ferry must stay</title><body><h1>The ferry must stay <span>News for all the isles</span></h1>`, "The ferry must stay", ""},
		{"the site's name begins the title without a break", `<title>Jane Doe “Lost work” – A new study of ferries</title><meta property="og:site_name" content="Jane Doe"><meta property="og:title" content="“Lost work” – A new study of ferries"><body><h1>“Lost work” – A new study of ferries</h1>`, "“Lost work” – A new study of ferries", ""},
		{"the only h1 stands in an article with a featured picture", `<title>Ferry news: what to know | Ellery Review</title><meta property="og:site_name" content="Ellery Review"><body><article class="post no-featured-image"><h1>Keep the night boat running</h1><p>Text.</article>`, "Keep the night boat running", ""},
		{"a line prints the title with its bar", `<title>Keep the boat | A guide for the isles</title><meta property="og:site_name" content="Ellery Review"><body><p>Keep the boat | A guide for the isles</p><p>Text.`, "Keep the boat | A guide for the isles", ""},
		{"h1 is the logo, and the article's header has the headline", `<title>You will not believe this ferry</title><meta property="og:site_name" content="Ellery Review"><body><h1>Ellery Review</h1><article><header><h2>Keep the night boat running</h2></header><p>Text.</article>`, "Keep the night boat running", ""},
		{"h1 is the logo over a list", `<title>You will not believe this ferry</title><meta property="og:site_name" content="Ellery Review"><body><h1>Ellery Review</h1><article><header><h2>Keep the night boat running</h2></header></article><article><header><h2>Bring the dogs home now</h2></header></article>`, "You will not believe this ferry", ""},
		{"h1 is a link home by a name with a break in it", `<title>The ferry must stay - Ellery Review - News of the isles</title><body><h1><a href="/">Ellery Review - News of the isles</a></h1><p>Text.`, "The ferry must stay", ""},
		{"the kicker stands inside a link in the h1", `<title>The ferry must stay</title><body><h1><a href="/ferry"><span class="label">Opinion</span>The ferry must stay</a></h1>`, "The ferry must stay", "Opinion"},
		{"no h1 at all", `<title>The ferry must stay - Ellery Review</title><meta property="og:site_name" content="Ellery Review"><body><p>Text.`, "The ferry must stay", ""},
		{"nothing but the site's name", `<title>Ellery Review</title><meta property="og:site_name" content="Ellery Review"><body><p>Text.`, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := newTestExtractor(t).Extract(&corpus.Page{MediaType: "text/html", Body: []byte("<html>" + tt.page), Fetched: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if a.Headline != tt.headline || a.Kicker != tt.kicker {
				t.Errorf("Headline, Kicker = %q, %q; want %q, %q", a.Headline, a.Kicker, tt.headline, tt.kicker)
			}
		})
	}
}
