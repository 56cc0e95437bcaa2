package extract

import (
	"strings"
	"testing"

	"oped/corpus"
)

// ldBy is JSON-LD of an article by the given author value.
func ldBy(author string) string {
	return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry must stay","author":` + author + `}</script>`
}

func TestAuthorsOfPage(t *testing.T) {
	const head = `<title>The ferry must stay</title><body><h1>The ferry must stay</h1>`
	const link = `<a rel="author" href="/author/`
	for _, tt := range []struct{ name, page, want string }{
		{"stated first only, both linked in the byline", ldBy(`{"@type":"Person","name":"Jane Doe"}`) + head + `<p class="byline">` + link + `jane">Jane Doe</a>, ` + link + `john">John Roe</a></p>`, "Jane Doe; John Roe"},
		{"a name that is printed without a link does not widen the stated list", ldBy(`{"@type":"Person","name":"Jane Doe"}`) + head + `<p class="byline">Jane Doe, Harbour Lights</p>`, "Jane Doe"},
		{"byline and meta agree against JSON-LD", ldBy(`{"@type":"Person","name":"Web Master"}`) + `<meta name="author" content="Jane Doe">` + head + `<p class="byline">By Jane Doe</p>`, "Jane Doe"},
		{"meta names who put the page up", `<meta name="author" content="John Roe">` + head + `<p class="byline">By Jane Doe</p>`, "Jane Doe"},
		{"the one who put up what a desk has written", `<meta name="author" content="Gazette Newsroom"><meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">` + head, ""},
		{"a label names the author", `<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">` + head, "Jane Doe"},
		{"contributors did not write", ldBy(`[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Roe"}]`) + head + `<div class="byline">By <a href="/author/jane">Jane Doe</a><span>Contributions from <a href="/author/john">John Roe</a></span></div>`, "Jane Doe"},
		{"the photographer did not write", head + `<div class="byline">By <b>Jane Doe</b> <i>Photographs by John Roe</i></div>`, "Jane Doe"},
		{"a pull quote's source", head + `<p>Text.</p><blockquote>Keep it.<cite class="author">John Roe</cite></blockquote>`, ""},
		{"a pull quote's source beside it", head + `<p>Text.</p><div class="pull-quote"><blockquote>Keep it.</blockquote><div class="pull-quote__author"><span class="author">John Roe</span></div></div>`, ""},
		{"a thing named behind the byline's date", head + `<div class="byline">By <b>The Gazette Kitchens</b> <span>Updated June 13, 2019</span> <span>Make with Betty Bright Flour</span></div>`, ""},
		{"a picture's credit", head + `<div>The boat lies at the pier of the old harbour in March. By ` + link + `john">John Roe</a></div><div>By ` + link + `jane">Jane Doe</a>, Staff Writer</div>`, "Jane Doe"},
		{"topics within the byline's element", head + `<div class="byline"><b>Staff</b><div><h3>Follow the topics within this article</h3><div><ul><li><a href="/t">Davis Cup</a></li></ul></div></div></div>`, ""},
		{"a late byline", head + `<ul>` + strings.Repeat("<li>Share</li>", 14) + `</ul><p>Written by: Jane Doe</p>`, "Jane Doe"},
		{"one name beside a date", head + `<p>by oz on December 4, 2006</p>`, "oz"},
		{"one name behind a date", head + `<p>Posted on 2015-04-05 by marc | Leave a comment</p>`, "marc"},
		{"one word without a date", head + `<p>Made by hand, loved by all</p>`, ""},
		{"an abbreviation beside a date", head + `<p>by ANI on December 4, 2006</p>`, ""},
		{"a footer of the headline", head + `<footer class="meta"><p class="byline">By JANE DOE</p></footer>`, "Jane Doe"},
		{"names alone before the first paragraph", head + `<p>Jane Doe/John Roe</p><p>The night boat has crossed the sound for a hundred years, and for a hundred years somebody has wanted to stop it, whatever it costs.</p>`, "Jane Doe; John Roe"},
		{"the first of two is marked and stated", ldBy(`["Jane Doe"]`) + head + `<div class="byline__names">By <span class="byline__name">Jane Doe</span> and John Roe, Gazette</div>`, "Jane Doe; John Roe"},
		{"a name beside a date, parted by style alone", head + `<div><span>Jane Doe</span><span>Dec 05, 2023</span><span>2 shares</span></div>`, "Jane Doe"},
		{"words beside a date", head + `<div><span>Great Summer Exhibition Ellery</span> <span>Dec 05, 2023</span></div>`, ""},
		{"the headline is no byline", `<title>Yellow Vests and I</title><body><article class="author-jane"><h1>Yellow Vests and I</h1><p>Text.</p>`, ""},
		{"the site is named after its writer", `<meta property="og:site_name" content="Jane Doe's blog">` + head, "Jane Doe"},
		{"the site is named after a thing", `<meta property="og:site_name" content="The Harbour's blog">` + head, ""},
		{"a first name, the whole one linked", `<meta name="author" content="Jane">` + head + strings.Repeat("<p>Text.</p>", 30) + `<div class="info">by <a href="/author/jane-doe/">Jane Doe</a></div>`, "Jane Doe"},
		{"a box at the end, marked without a link", head + strings.Repeat("<p>Text.</p>", 30) + `<div class="author-box">About the author: Jane Doe</div>`, ""},
		{"a box at the end that is the name", head + strings.Repeat("<p>Text.</p>", 30) + `<div class="author-box"><p class="author__name">Jane Doe</p></div>`, "Jane Doe"},
		{"boxes of several at the end", head + strings.Repeat("<p>Text.</p>", 30) + `<p class="author__name">Jane Doe</p><p class="author__name">John Roe</p>`, ""},
		{"a badge in the sidebar", head + strings.Repeat("<p>Text.</p>", 30) + `<aside><p class="profile">Jane Doe</p></aside>`, ""},
		{"teasers link their authors far below", head + strings.Repeat("<p>Text.</p>", 30) + `<p>` + link + `jane">Jane Doe</a></p>` + strings.Repeat("<p>Text.</p>", 5) + `<p>` + link + `john">John Roe</a></p>`, ""},
		{"teasers by others stand above what the staff signs", ldBy(`{"@type":"Person","name":"Gazette Staff"}`) + `<title>The ferry must stay</title><body><div class="author">Jane Doe</div><h1>The ferry must stay</h1><p>Gazette Staff</p>`, ""},
		{"one is called by an honorific", head + `<div class="byline">Written by <a href="/author/toby/">Sir Toby</a></div>`, "Sir Toby"},
		{"signers of letters", head + `<p>` + strings.Repeat("Your leader on the ferry says that nobody uses it, and I do. ", 3) + `</p><p><b>Jane Doe, Ellery</b></p><p>` + strings.Repeat("The church clock is four minutes fast, and should stay so. ", 3) + `</p>`, ""},
		{"a short line that is no name", head + `<p>Harbour news</p><p>The night boat has crossed the sound for a hundred years, and for a hundred years somebody has wanted to stop it, whatever it costs.</p>`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := newTestExtractor(t).Extract(&corpus.Page{MediaType: "text/html", Body: []byte("<html>" + tt.page), Fetched: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if got := show(a.Authors); got != tt.want {
				t.Errorf("Authors = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBylineAboveReferences(t *testing.T) {
	text := strings.Repeat("<p>"+strings.Repeat("The night boat has crossed the sound for a hundred years, and nobody has ever missed it. ", 4)+"</p>", 6)
	for _, tt := range []struct {
		name, below string
		kept        bool // as a line of the text
	}{
		{"at the end", "", false},
		{"above references", strings.Repeat("<p>[1] The harbour board, report on the boats of the night, of all isles and of their crews.</p>", 6), true},
	} {
		a := extractHTML(t, "", `<title>The ferry must stay</title><body><h1>The ferry must stay</h1><article>`+text+`<p>Written by Jane Doe</p>`+tt.below+`</article>`)
		if got := show(a.Authors); got != "Jane Doe" {
			t.Errorf("%s: Authors = %q", tt.name, got)
		}
		if got := strings.Contains(a.Text(), "Written by"); got != tt.kept {
			t.Errorf("%s: the byline is a line of the text: %v, want %v", tt.name, got, tt.kept)
		}
	}
}
