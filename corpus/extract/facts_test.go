package extract

import (
	"strings"
	"testing"

	"oped/corpus"
)

// extractHTML reads a page of a head and a short body.
func extractHTML(t *testing.T, address, html string) *corpus.Article {
	t.Helper()
	a, err := newTestExtractor(t).Extract(&corpus.Page{URL: address, MediaType: "text/html", Body: []byte(html), Fetched: fetched})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAccess(t *testing.T) {
	ld := func(s string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry must stay",` + s + `}</script>`
	}
	for _, tt := range []struct {
		name, html string
		want       corpus.Access
	}{
		{"a bool", ld(`"isAccessibleForFree":false`), corpus.AccessPartial},
		{"a string", ld(`"isAccessibleForFree":"False"`), corpus.AccessPartial},
		{"an address", ld(`"isAccessibleForFree":"http://schema.org/False"`), corpus.AccessPartial},
		{"of a part", ld(`"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".x"}`), corpus.AccessPartial},
		{"free", ld(`"isAccessibleForFree":"true"`), corpus.AccessFull},
		{"a tier", `<meta property="article:content_tier" content="locked">`, corpus.AccessPartial},
		{"not said", ld(`"name":"x"`), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := extractHTML(t, "", tt.html).Access; got != tt.want {
				t.Errorf("Access = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAddress(t *testing.T) {
	for _, tt := range []struct{ name, url, canonical, want string }{
		{"rel=canonical of the site", "https://m.paper.example/a?utm_source=x", "https://www.paper.example/a", "https://www.paper.example/a"},
		{"another site's is not believed", "https://paper.example/a", "https://thief.example/a", "https://paper.example/a"},
		{"the home page is no article's", "https://paper.example/a", "https://paper.example/", "https://paper.example/a"},
		{"a relative one", "https://paper.example/x/a?ref=1", "/x/a", "https://paper.example/x/a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want, err := corpus.CanonicalURL(tt.want)
			if err != nil {
				t.Fatal(err)
			}
			if got := extractHTML(t, tt.url, `<link rel="canonical" href="`+tt.canonical+`"><p>x`).URL; got != want {
				t.Errorf("URL = %q, want %q", got, want)
			}
		})
	}
}

func TestTypeAndItsReason(t *testing.T) {
	for _, tt := range []struct {
		name, url, html string
		want            corpus.Type
		reason          string
	}{
		{"JSON-LD", "", `<script type="application/ld+json">{"@type":"OpinionNewsArticle","headline":"A"}</script>`, corpus.TypeOpEd, "the page's JSON-LD type is OpinionNewsArticle"},
		{"the editorial board", "", `<script type="application/ld+json">{"@type":"OpinionNewsArticle","headline":"A","author":{"@type":"Organization","name":"The Editorial Board"}}</script>`, corpus.TypeEditorial, "the byline is the editorial board"},
		{"a section", "", `<meta property="article:section" content="Letters">`, corpus.TypeLetter, `it stands in the section "Letters"`},
		{"a narrow sign goes before opinion", "https://p.example/opinion/columnists/doe/ferry", `<meta property="article:section" content="Opinion">`, corpus.TypeColumn, `its address holds "/columnists/"`},
		{"an address", "https://p.example/commentisfree/2020/ferry", `<p>x`, corpus.TypeOpEd, `its address holds "/commentisfree/"`},
		{"nothing said", "https://p.example/2020/the-opinion-of-ferries", `<p>x`, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &corpus.Page{URL: tt.url, MediaType: "text/html", Body: []byte(tt.html), Fetched: fetched}
			r, err := newTestExtractor(t).open(p)
			if err != nil {
				t.Fatal(err)
			}
			if r.article.Type != tt.want || r.article.TypeReason != tt.reason {
				t.Errorf("Type = %q, %q; want %q, %q", r.article.Type, r.article.TypeReason, tt.want, tt.reason)
			}
		})
	}
}

func TestJSONLDIsReadThroughFaults(t *testing.T) {
	for _, tt := range []struct{ name, script string }{
		{"a trailing comma", `{"@type":"NewsArticle","headline":"The ferry must stay","author":[{"name":"Jane Doe"},],}`},
		{"a raw line break", "{\"@type\":\"NewsArticle\",\"headline\":\"The ferry must stay\",\"description\":\"a\nb\",\"author\":\"Jane Doe\"}"},
		{"a bad escape", `{"@type":"NewsArticle","headline":"The ferry must stay","description":"it\'s","author":{"@type":"Person","name":["Jane Doe"]}}`},
		{"a semicolon", `{"@type":"NewsArticle","headline":"The ferry must stay","author":"Jane Doe"};`},
		{"a comment", `<!-- {"@type":"NewsArticle","headline":"The ferry must stay","author":"By Jane Doe"} -->`},
		{"a list of graphs", `[{"@graph":[{"@type":["Thing","NewsArticle"],"headline":"The ferry must stay","author":{"@id":"#j"}}]},{"@type":"Person","@id":"#j","name":"Jane Doe"}]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := extractHTML(t, "", `<script type="application/ld+json">`+tt.script+`</script><body><p>x`)
			if a.Headline != "The ferry must stay" || show(a.Authors) != "Jane Doe" {
				t.Errorf("Headline, Authors = %q, %q", a.Headline, show(a.Authors))
			}
		})
	}
}

func TestAuthorNoteAndCorrection(t *testing.T) {
	authors := []corpus.Author{{Name: "Jane Doe", Title: "Dr."}}
	for _, tt := range []struct {
		in               string
		note, correction bool
	}{
		{"Jane Doe is a fellow at the Institute for Coastal Studies.", true, false},
		{"Dr. Jane Doe teaches history in Fenwick.", true, false},
		{"The writer is a former harbour master.", true, false},
		{"Jane Doe was not the only one to cross that night, and nobody asked her.", true, false},
		{"Janet Doerr is a fellow at the Institute.", false, false},
		{"Jane Doe’s boat left at eleven.", false, false},
		{"Correction: An earlier version gave the wrong year.", false, true},
		{"This article has been amended to name the hull.", false, true},
		{"The correction of the bridge took years.", false, false},
	} {
		if got := isAuthorNote(tt.in, authors); got != tt.note {
			t.Errorf("isAuthorNote(%q) = %v, want %v", tt.in, got, tt.note)
		}
		if got := isCorrection(tt.in); got != tt.correction {
			t.Errorf("isCorrection(%q) = %v, want %v", tt.in, got, tt.correction)
		}
	}
}

func TestLanguage(t *testing.T) {
	french := []corpus.Block{{Text: "Le conseil du port décidera jeudi si la navette de nuit doit disparaître. Il aurait tort. Depuis quarante ans, le bateau qui quitte le quai nord à onze heures ramène chez eux des infirmières, des boulangers et des étudiants, et rien ne dit comment ils voyageront ensuite."}}
	for _, tt := range []struct {
		name   string
		body   []corpus.Block
		stated string
		want   string
	}{
		{"stated", nil, "en-GB", "en"},
		{"stated with an underscore", nil, "pt_BR", "pt"},
		{"the text goes before a template's", french, "en-US", "fr"},
		{"not stated", french, "", "fr"},
		{"too short to tell", []corpus.Block{{Text: "Bonjour"}}, "", ""},
		{"nonsense", nil, "x-default", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := readLanguage(tt.body, tt.stated); got != tt.want {
				t.Errorf("readLanguage(%q) = %q, want %q", tt.stated, got, tt.want)
			}
		})
	}
}

func TestHeadlineWithoutHeadings(t *testing.T) {
	page := `<title>The Old Courier - The fog horn was never for the fog</title><table><tr><td><font size="5"><b>The fog horn was never for the fog</b></font><br>By J. P. HALLORAN<br>April 17, 2003<br><br>` +
		strings.Repeat("The horn was never for the fog, it was for us who heard it. ", 6) + `</td></tr></table>`
	a := extractHTML(t, "", page)
	if a.Headline != "The fog horn was never for the fog" || show(a.Authors) != "J. P. Halloran" || a.Published.Day() != "2003-04-17" {
		t.Errorf("got %q by %s on %s", a.Headline, show(a.Authors), a.Published.Day())
	}
}
