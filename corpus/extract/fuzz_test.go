package extract

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"oped/corpus"
)

// FuzzExtract holds that no page makes Extract panic or hang, and that it invents no text: every word of every block
// stands on the page.
func FuzzExtract(f *testing.F) {
	for _, name := range pageNames(f) {
		p := readPage(f, name)
		f.Add(p.Body, p.MediaType, "")
	}
	f.Add([]byte("<p>caf\xe9<table><tr><td><p>a<li>b</table>"), "text/html", "shift_jis")
	f.Add([]byte(`<script type="application/ld+json">{"@type":"NewsArticle","author":[[[{"@id":"#a"}]]],"@id":"#a"</script>`), "text/html", "")
	f.Add([]byte("\xff\xfeh\x00"), "", "utf-16")
	f.Add([]byte("Headline\r\nBy\r\r\nText\x00"), "text/plain", "")
	e := newTestExtractor(f)
	f.Fuzz(func(t *testing.T, body []byte, mediaType, charset string) {
		p := &corpus.Page{URL: "https://paper.example/opinion/x", MediaType: mediaType, Charset: charset, Body: body, Fetched: fetched}
		watch := time.AfterFunc(20*time.Second, func() { panic("Extract hangs") })
		a, err := e.Extract(p)
		watch.Stop()
		if err != nil {
			return
		}
		checkArticle(t, a, decode(body, charset))
	})
}

func checkArticle(t *testing.T, a *corpus.Article, page string) {
	t.Helper()
	if _, err := json.Marshal(a); err != nil {
		t.Errorf("the article has no JSON: %v", err)
	}
	if !a.ID.Valid() {
		t.Errorf("ID %q is not valid", a.ID)
	}
	if a.Published.Time.After(fetched) || a.Modified.Time.After(fetched) {
		t.Errorf("dated after the fetch: %v, %v", a.Published, a.Modified)
	}
	// Words may be parted by markup, so they are looked for in all text of the page strung together.
	visible := squeeze(page)
	if root, err := parse(page); err == nil && strings.Contains(page, "<") {
		var b strings.Builder
		for n := root; n != nil; n = following(n, root, n.Type == html.ElementNode && opaque(n.DataAtom)) {
			if n.Type == html.TextNode {
				b.WriteString(n.Data)
			}
		}
		visible += squeeze(b.String())
		if d, err := newDocument(&corpus.Page{}, page); err == nil {
			if stated, ok := d.article["articleBody"].(string); ok {
				visible += plain(stated)
			}
		}
	}
	for _, b := range a.Body {
		if b.Text == "" || !utf8.ValidString(b.Text) || strings.TrimSpace(b.Text) != b.Text {
			t.Errorf("bad block %q", b.Text)
		}
		for _, word := range strings.Fields(b.Text) {
			if !strings.Contains(visible, word) {
				t.Errorf("the word %q does not stand on the page", word)
			}
		}
	}
}

func TestExtractIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("big pages")
	}
	paragraph := "<p>" + strings.Repeat("The ferry must stay, and here is why it must. ", 8) + "</p>"
	for _, tt := range []struct{ name, page string }{
		{"deeply nested", strings.Repeat("<div>", 100_000) + paragraph},
		{"deeply nested inline", strings.Repeat("<b><i>", 50_000) + paragraph},
		{"deep lists", strings.Repeat("<ul><li>", 20_000) + "text"},
		{"deep tables", strings.Repeat("<table><tr><td>", 10_000) + paragraph},
		{"many paragraphs", strings.Repeat(paragraph, 5_000)},
		{"many empty blocks", strings.Repeat("<div></div>", 200_000)},
		{"many links", strings.Repeat(`<a href="/author/x">Jane Doe</a> `, 50_000)},
		{"many h1", strings.Repeat("<h1>The ferry must stay</h1>", 20_000)},
		{"a huge attribute", `<p class="` + strings.Repeat("author ", 500_000) + `">x</p>`},
		{"a huge word", "<p>" + strings.Repeat("x", 4_000_000)},
		{"deep JSON-LD", `<script type="application/ld+json">` + strings.Repeat(`{"@type":"NewsArticle","author":[`, 50_000) + `</script>`},
		{"many metas", strings.Repeat(`<meta name="author" content="Jane Doe">`, 50_000)},
		{"a title of bars", "<title>" + strings.Repeat("a | ", 200_000) + "</title>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			if _, err := newTestExtractor(t).Extract(&corpus.Page{MediaType: "text/html", Body: []byte(tt.page), Fetched: fetched}); err != nil {
				t.Errorf("Extract: %v", err)
			}
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("Extract took %v", d)
			} else {
				t.Logf("%v for %d bytes", d, len(tt.page))
			}
		})
	}
}

func BenchmarkExtract(b *testing.B) {
	e := newTestExtractor(b)
	for _, name := range []string{"wordpress.html", "jsonld.html", "letter.txt"} {
		p := readPage(b, name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(p.Body)))
			for b.Loop() {
				if _, err := e.Extract(p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
