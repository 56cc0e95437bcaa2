package extract

import (
	"errors"
	"strings"
	"testing"

	"oped/corpus"
)

func TestExplainTellsWhatWon(t *testing.T) {
	recipes, err := ParseRecipes("paper.json", []byte(`[
  {"site": "paper.example", "headline": ".hed", "author": ".who", "section": ".gone", "body": ".text", "remove": [".ad", ".none"]}
]`))
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(WithRecipes(recipes...))
	if err != nil {
		t.Fatal(err)
	}
	paragraph := "<p>" + strings.Repeat("The night boat has crossed the sound for a hundred years. ", 8) + "</p>"
	page := &corpus.Page{URL: "https://www.paper.example/ferry", MediaType: "text/html", Fetched: fetched, Body: []byte(
		`<html><head><meta property="article:published_time" content="2018-05-01"><meta property="article:section" content="Harbour"></head>` +
			`<body><h2 class="hed">The ferry must stay</h2><p class="who">Jane Doe</p><p class="ad">Buy soap</p><div class="text">` + paragraph + paragraph + `</div></body></html>`)}
	x, err := e.Explain(page)
	if err != nil {
		t.Fatal(err)
	}
	if x.Recipe != "paper.json:2" {
		t.Errorf("Recipe = %q, want paper.json:2", x.Recipe)
	}
	want := map[string]Finding{
		"headline":   {Value: "The ferry must stay", Rule: `selector ".hed"`},
		"standfirst": {},
		"author":     {Value: "Jane Doe", Rule: `selector ".who"`},
		"date":       {Value: "2018-05-01", Rule: "meta element"},
		"section":    {Value: "Harbour", Rule: "stated section", Missed: ".gone"},
		"note":       {},
		"body":       {Rule: `selector ".text"`},
	}
	for _, got := range x.Findings {
		w := want[got.Field]
		w.Field = got.Field
		if got.Field == "body" {
			w.Value = got.Value
			if !strings.HasPrefix(got.Value, "2 blocks, 176 words: The night boat") {
				t.Errorf("body = %q, want its size and beginning", got.Value)
			}
		}
		if got != w {
			t.Errorf("%s = %+v, want %+v", got.Field, got, w)
		}
	}
	if len(x.Removed) != 2 || x.Removed[0] != (Removal{".ad", 1}) || x.Removed[1] != (Removal{".none", 0}) {
		t.Errorf("Removed = %v, want one element by .ad and none by .none", x.Removed)
	}
}

func TestExplainNamesTheRule(t *testing.T) {
	const h1 = `<h1>The ferry must stay</h1>`
	for _, tt := range []struct{ name, page, field, rule string }{
		{"h1", h1, "headline", "h1"},
		{"title only", `<title>The ferry must stay</title><p>Text.`, "headline", "title element"},
		{"JSON-LD", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry must stay"}</script><p>Text.`, "headline", "JSON-LD"},
		{"byline", h1 + `<p class="byline">By Jane Doe</p>`, "author", "byline"},
		{"meta author", `<meta name="author" content="Jane Doe">` + h1, "author", "meta element"},
		{"printed day", h1 + `<p>1 May 2018</p>`, "date", "printed line"},
		{"nobody", h1, "author", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, err := newTestExtractor(t).Explain(&corpus.Page{MediaType: "text/html", Body: []byte("<html>" + tt.page), Fetched: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if x.Recipe != "" {
				t.Errorf("Recipe = %q, want none", x.Recipe)
			}
			for _, f := range x.Findings {
				if f.Field == tt.field && f.Rule != tt.rule {
					t.Errorf("%s is by %q, want %q", f.Field, f.Rule, tt.rule)
				}
			}
		})
	}
}

func TestExplainReadsHTMLOnly(t *testing.T) {
	_, err := newTestExtractor(t).Explain(&corpus.Page{MediaType: "text/plain", Body: []byte("Text.")})
	var kind *MediaTypeError
	if !errors.As(err, &kind) {
		t.Errorf("Explain of a text = %v, want a MediaTypeError", err)
	}
}
