package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
	"oped/corpus/ingest"
)

const wxrHead = `<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file. <item>no item</item> -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
	<title>The Quay &amp; Harbour</title>
	<link>https://quay.example</link>
	<language>en-US</language>
	<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[jdoe]]></wp:author_login><wp:author_email>jane@example.com</wp:author_email><wp:author_display_name><![CDATA[Jane Doe]]></wp:author_display_name></wp:author>
	<wp:author><wp:author_login>roe</wp:author_login><wp:author_display_name>roe</wp:author_display_name><wp:author_first_name>John</wp:author_first_name><wp:author_last_name>Roe</wp:author_last_name></wp:author>
	<wp:author><wp:author_login>admin</wp:author_login><wp:author_display_name>Admin</wp:author_display_name></wp:author>
	<image><title>Logo</title><link>https://quay.example/logo</link></image>
`

const wxrFoot = "</channel>\n</rss>\n"

// wxrPost is an item of an export. extra is more of what stands in it.
func wxrPost(n int, creator, content, extra string) string {
	return fmt.Sprintf(`	<item>
		<title><![CDATA[Post %d: tea &amp; <em>sympathy</em>]]></title>
		<link>https://quay.example/2018/%d/</link>
		<pubDate>Tue, 01 May 2018 13:30:00 +0000</pubDate>
		<dc:creator><![CDATA[%s]]></dc:creator>
		<content:encoded><![CDATA[%s]]></content:encoded>
		<wp:post_date><![CDATA[2018-05-01 09:30:00]]></wp:post_date>
		<wp:post_date_gmt><![CDATA[2018-05-01 13:30:00]]></wp:post_date_gmt>
		<wp:post_type><![CDATA[post]]></wp:post_type>
		<wp:status><![CDATA[publish]]></wp:status>
		%s
	</item>
`, n, n, creator, content, extra)
}

func importWXR(t testing.TB, cfg ingest.Config, export string) (corpus.Counts, error) {
	t.Helper()
	return ingest.Reader(t.Context(), cfg, strings.NewReader(export), "quay.xml", ingest.FormatAuto)
}

// onlyArticle is the one article of an archive, without what the Store and the clock set.
func onlyArticle(t testing.TB, s *corpus.Store) *corpus.Article {
	t.Helper()
	list, err := s.List(t.Context(), corpus.ListFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var found *corpus.Article
	for a, err := range list {
		if err != nil || found != nil {
			t.Fatalf("more than one article, or %v", err)
		}
		a.ID, a.Version, a.Seq, a.PageHash, a.Aliases = "", 0, 0, "", nil
		found = a
	}
	if found == nil {
		t.Fatal("no article")
	}
	return found
}

// post is the article that the tests of both formats expect.
func post(changes func(*corpus.Article)) *corpus.Article {
	a := &corpus.Article{
		URL: "https://quay.example/2018/1", Publication: "The Quay & Harbour", Headline: "Post 1: tea & sympathy",
		Authors:   []corpus.Author{{Name: "Jane Doe"}},
		Published: corpus.Date{Time: time.Date(2018, 5, 1, 9, 30, 0, 0, time.FixedZone("", -4*3600)), HasClock: true, Source: "field"},
		Language:  "en", Body: []corpus.Block{{Kind: "p", Text: "First."}, {Kind: "p", Text: "Second."}}, Captured: noon,
	}
	changes(a)
	return a
}

func TestWXR(t *testing.T) {
	for _, tt := range []struct {
		name, item string
		want       func(*corpus.Article)
	}{
		{"block editor", wxrPost(1, "jdoe", "<!-- wp:paragraph {\"a\":1} -->\n<p>First.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph --><p>Second.</p><!-- /wp:paragraph -->", ""), func(*corpus.Article) {}},
		{"as typed", wxrPost(1, "jdoe", "First.\n\nSecond.", ""), func(*corpus.Article) {}},
		{"as typed, with tags", wxrPost(1, "jdoe", "<em>First</em>.\r\n\r\nSecond.", ""), func(*corpus.Article) {}},
		{"as typed, with line breaks", wxrPost(1, "jdoe", "First.\n<b>Second.</b>", ""), func(*corpus.Article) {}},
		{"full name instead of the login", wxrPost(1, "roe", "<p>First.<p>Second.", ""), func(a *corpus.Article) { a.Authors[0].Name = "John Roe" }},
		{"nobody", wxrPost(1, "admin", "<p>First.<p>Second.", ""), func(a *corpus.Article) { a.Authors = nil }},
		{"login that is not known", wxrPost(1, "jroe", "<p>First.<p>Second.", ""), func(a *corpus.Article) { a.Authors = nil }},
		{"name without a login", wxrPost(1, "Ann Poe", "<p>First.<p>Second.", ""), func(a *corpus.Article) { a.Authors[0].Name = "Ann Poe" }},
		{"several authors", wxrPost(1, "admin", "<p>First.<p>Second.", `<category domain="author" nicename="cap-jdoe"><![CDATA[jdoe]]></category><category domain="author" nicename="cap-ann-poe"><![CDATA[Ann Poe]]></category>`),
			func(a *corpus.Article) { a.Authors = []corpus.Author{{Name: "Jane Doe"}, {Name: "Ann Poe"}} }},
		{"section and tags", wxrPost(1, "jdoe", "<p>First.<p>Second.", `<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>
			<category domain="category" nicename="ships"><![CDATA[Ships &amp; tides]]></category><category domain="post_tag" nicename="tea"><![CDATA[tea]]></category><category domain="post_tag" nicename="x"><![CDATA[trade, free]]></category>`),
			func(a *corpus.Article) { a.Section, a.Tags = "Ships & tides", []string{"tea", "trade, free"} }},
		{"kind", wxrPost(1, "jdoe", "<p>First.<p>Second.", `<category domain="category"><![CDATA[Ships]]></category><category domain="category"><![CDATA[Letters]]></category>`),
			func(a *corpus.Article) {
				a.Section, a.Type, a.TypeReason = "Letters", corpus.TypeLetter, `the data calls it "Letters"`
			}},
		{"excerpt", wxrPost(1, "jdoe", "<p>First.<p>Second.", `<excerpt:encoded><![CDATA[What <i>this</i> says.]]></excerpt:encoded>`), func(a *corpus.Article) { a.Standfirst = "What this says." }},
		{"excerpt that is the text", wxrPost(1, "jdoe", "<p>First.<p>Second.", `<excerpt:encoded><![CDATA[First. Sec]]></excerpt:encoded>`), func(*corpus.Article) {}},
		{"modified", wxrPost(1, "jdoe", "<p>First.<p>Second.", `<wp:post_modified>2018-05-03 00:00:00</wp:post_modified><wp:post_modified_gmt>2018-05-03 04:00:00</wp:post_modified_gmt>`), func(a *corpus.Article) {
			a.Modified = corpus.Date{Time: time.Date(2018, 5, 3, 0, 0, 0, 0, time.FixedZone("", -4*3600)), Source: "field"}
		}},
		{"end of CDATA within", wxrPost(1, "jdoe", "<p>First.</p> <p>Second.</p>]]]]><![CDATA[><!-- </item> -->", ""), func(a *corpus.Article) { a.Body = append(a.Body, corpus.Block{Kind: "p", Text: "]]>"}) }},
		{"characters that XML forbids", wxrPost(1, "jdoe", "<p>Fi\x08rst.<p>Second.\x0b", ""), func(*corpus.Article) {}},
		{"no date of Greenwich", strings.Replace(wxrPost(1, "jdoe", "<p>First.<p>Second.", ""), "2018-05-01 13:30:00]", "0000-00-00 00:00:00]", 1), func(a *corpus.Article) {
			a.Published.Time = time.Date(2018, 5, 1, 9, 30, 0, 0, time.UTC)
		}},
		{"dates of RSS alone", strings.ReplaceAll(wxrPost(1, "jdoe", "<p>First.<p>Second.", ""), "wp:post_date", "wp:other"), func(a *corpus.Article) {
			a.Published.Time = time.Date(2018, 5, 1, 13, 30, 0, 0, time.UTC)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := config(t)
			cfg.Publication = "not this"
			if got, err := importWXR(t, cfg, wxrHead+tt.item+wxrFoot); err != nil || got.New != 1 || got.Seen != 1 {
				t.Fatalf("Reader = %v, %v, want 1 new", got, err)
			}
			if diff := cmp.Diff(post(tt.want), onlyArticle(t, cfg.Store)); diff != "" {
				t.Errorf("article (-want +got):\n%s", diff)
			}
			cfg.Publication = ""
			if got, err := ingest.Reextract(t.Context(), cfg); err != nil || got.Unchanged != 1 || got.Seen != 1 {
				t.Errorf("Reextract = %v, %v, want it unchanged", got, err)
			}
		})
	}
}

// TestWXRCounts imports an export of 500 posts among other things, and a second time.
func TestWXRCounts(t *testing.T) {
	var b strings.Builder
	b.WriteString(wxrHead)
	other := func(old, new string) { b.WriteString(strings.Replace(wxrPost(9999, "jdoe", "x", ""), old, new, 1)) }
	for n := range 500 {
		b.WriteString(wxrPost(n, "jdoe", fmt.Sprintf("Text of the post %d.", n), `<category domain="post_tag"><![CDATA[tea]]></category>`))
	}
	other("[post]", "[attachment]")
	other("[post]", "[page]")
	other("[post]", "[podcast]")
	other("[publish]", "[draft]")
	other("[publish]", "[pitch]")
	other("<wp:status>", "<wp:post_password>x</wp:post_password><wp:status>")
	other("<content:encoded><![CDATA[x]]></content:encoded>", "")
	b.WriteString(wxrFoot)
	want := corpus.Counts{
		Seen: 501, New: 500, Rejected: 1, Reasons: map[string]int{"empty": 1}, Skipped: 6,
		SkipReasons: map[string]int{"WordPress attachment": 1, "WordPress page": 1, "WordPress item of another type": 1,
			"WordPress post: draft": 1, "WordPress post in another state": 1, "WordPress post with a password": 1},
	}
	cfg := config(t)
	cfg.Extractor = nil
	got, err := importWXR(t, cfg, b.String())
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("Reader: %v (-want +got):\n%s", err, diff)
	}
	list, err := cfg.Store.List(t.Context(), corpus.ListFilter{Selection: corpus.AcceptedArticles})
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range list {
		if err != nil || len(a.Authors) != 1 || a.Published.Day() != "2018-05-01" || len(a.Tags) != 1 {
			t.Fatalf("%v: %+v", err, a)
		}
	}
	want.New, want.Unchanged = 0, 500
	got, err = importWXR(t, cfg, zipped(t, b.String()))
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Reader again: %v (-want +got):\n%s", err, diff)
	}
}

// TestWXRDamage breaks exports: whatever can be read is, and nothing makes the reader swell.
func TestWXRDamage(t *testing.T) {
	one, two, three := wxrPost(1, "jdoe", "One.", ""), wxrPost(2, "jdoe", "Two.", ""), wxrPost(3, "jdoe", "Three.", "")
	for _, tt := range []struct {
		name, export string
		wantNew      int
		wantReasons  map[string]int
	}{
		{"cut off", wxrHead + one + two[:300], 1, map[string]int{"cut off by the end of the file": 1}},
		{"item that is not closed", wxrHead + one + strings.Replace(two, "</item>", "", 1) + three + wxrFoot, 2, map[string]int{"the element is not closed": 1}},
		{"title that is not closed", strings.Replace(wxrHead, "</title>", "", 1) + one + two + wxrFoot, 2, nil},
		{"longer than can be", wxrHead + one + wxrPost(2, "jdoe", strings.Repeat("text ", 4<<20), "") + three + wxrFoot, 2, map[string]int{"longer than 16 MB": 1}},
		{"nested deeply", wxrHead + one + wxrPost(2, "jdoe", "x", strings.Repeat("<a>", 100_000)) + three + wxrFoot, 2, map[string]int{"not well-formed XML": 1}},
		{"too many elements", wxrHead + one + wxrPost(2, "jdoe", "x", strings.Repeat("<a></a>", 20_000)) + three + wxrFoot, 2, map[string]int{"not well-formed XML": 1}},
		{"broken XML", wxrHead + one + wxrPost(2, "jdoe", "x", "<a></>") + three + wxrFoot, 2, map[string]int{"not well-formed XML": 1}},
		{"entity bomb", `<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>` + wxrHead + one + wxrPost(2, "jdoe", "x", "<a>&b;&c;</a>") + wxrFoot, 2, nil},
		{"endless users", strings.Replace(wxrHead, "<image>", strings.Repeat("<wp:author><wp:author_login>u</wp:author_login></wp:author>", 10_000)+"<image>", 1) + one + wxrFoot, 1, nil},
		{"empty item", wxrHead + one + "<item/><item ></item >" + strings.Repeat("<item></item>", 2) + wxrFoot, 1, map[string]int{"neither text nor headline": 3}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ingest.Reader(t.Context(), config(t), strings.NewReader(tt.export), "quay.xml", ingest.FormatWXR)
			if err != nil || got.New != tt.wantNew {
				t.Errorf("Reader = %v, %v, want %d new", got, err, tt.wantNew)
			}
			for reason, n := range tt.wantReasons {
				if got.Reasons[reason] != n {
					t.Errorf("%v, want %d %q", got, n, reason)
				}
			}
		})
	}
}

// restPost is a post as the REST API gives it.
func restPost(n int, content, extra string) string {
	return fmt.Sprintf(`{"id":%d,"date":"2018-05-01T09:30:00","date_gmt":"2018-05-01T13:30:00","modified":"2018-05-01T09:30:00","modified_gmt":"2018-05-01T13:30:00",
		"slug":"x","status":"publish","type":"post","link":"https:\/\/quay.example\/2018\/%d\/","title":{"rendered":"Post %d: tea &#038; <em>sympathy<\/em>"},
		"content":{"rendered":%q,"protected":false},"author":5,"categories":[1,2],"tags":[12,13],"yoast_head_json":{"og_site_name":"The Quay & Harbour"},"lang":"en"%s}`, n, n, n, content, extra)
}

func importPosts(t testing.TB, cfg ingest.Config, answer string) (corpus.Counts, error) {
	t.Helper()
	return ingest.Reader(t.Context(), cfg, strings.NewReader(answer), "posts.json", ingest.FormatAuto)
}

func TestPosts(t *testing.T) {
	jane := `,"_embedded":{"author":[{"id":5,"name":"Jane Doe","link":"https://quay.example/author/jdoe"}]}`
	for _, tt := range []struct {
		name, post string
		want       func(*corpus.Article)
	}{
		{"author", restPost(1, "<p>First.</p>\n<p>Second.</p>\n", jane), func(*corpus.Article) {}},
		{"author that may not be seen", restPost(1, "<p>First.</p><p>Second.</p>", `,"_embedded":{"author":[{"code":"rest_user_invalid_id","message":"Invalid user ID."}]}`), func(a *corpus.Article) { a.Authors = nil }},
		{"author of the site's name", restPost(1, "<p>First.</p><p>Second.</p>", `,"_embedded":{"author":[{"name":"The Quay &amp; Harbour"}]}`), func(a *corpus.Article) { a.Authors = nil }},
		{"nothing embedded", restPost(1, "<p>First.</p><p>Second.</p>", ""), func(a *corpus.Article) { a.Authors = nil }},
		{"author of Yoast", strings.Replace(restPost(1, "<p>First.</p><p>Second.</p>", ""), `"og_site_name"`, `"author":"Jane Doe","og_site_name"`, 1), func(*corpus.Article) {}},
		{"terms", restPost(1, "<p>First.</p><p>Second.</p>", jane[:len(jane)-1]+`,"wp:term":[[{"taxonomy":"category","name":"Uncategorized"},{"taxonomy":"category","name":"Opinion"}],[{"taxonomy":"post_tag","name":"tea &amp; milk"},{"taxonomy":"post_tag","name":"ships"}],{"code":"x"}]}`),
			func(a *corpus.Article) {
				a.Section, a.Tags, a.Type, a.TypeReason = "Opinion", []string{"tea & milk", "ships"}, corpus.TypeOpEd, `the data calls it "Opinion"`
			}},
		{"excerpt made by WordPress", restPost(1, "<p>First.</p><p>Second.</p>", jane+`,"excerpt":{"rendered":"<p>First. Second. [&hellip;]</p>\n"}`), func(*corpus.Article) {}},
		{"excerpt made by a theme", restPost(1, "<p>First.</p><p>Second.</p>", jane+`,"excerpt":{"rendered":"<p>First. <a class=\"more-link\" href=\"x\">Read on</a></p>\n"}`), func(*corpus.Article) {}},
		{"excerpt", restPost(1, "<p>First.</p><p>Second.</p>", jane+`,"excerpt":{"rendered":"<p>What it says.</p>\n"}`), func(a *corpus.Article) { a.Standfirst = "What it says." }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := config(t)
			cfg.Extractor = nil
			if got, err := importPosts(t, cfg, "["+tt.post+"]"); err != nil || got.New != 1 || got.Seen != 1 {
				t.Fatalf("Reader = %v, %v, want 1 new", got, err)
			}
			if diff := cmp.Diff(post(tt.want), onlyArticle(t, cfg.Store)); diff != "" {
				t.Errorf("article (-want +got):\n%s", diff)
			}
			if got, err := ingest.Reextract(t.Context(), cfg); err != nil || got.Unchanged != 1 || got.Seen != 1 {
				t.Errorf("Reextract = %v, %v, want it unchanged", got, err)
			}
		})
	}
}

func TestPostsCounts(t *testing.T) {
	one, two := restPost(1, "<p>One.</p>", ""), restPost(2, "<p>Two.</p>", "")
	page := strings.Replace(restPost(3, "<p>x</p>", ""), `"type":"post"`, `"type":"page"`, 1)
	private := strings.Replace(restPost(3, "<p>x</p>", ""), `"publish"`, `"private"`, 1)
	locked := strings.Replace(restPost(3, "", ""), `"protected":false`, `"protected":true`, 1)
	long := restPost(3, strings.Repeat("text ", 4<<20), "")
	for _, tt := range []struct {
		name, answer string
		wantNew      int
		wantReasons  map[string]int
		wantSkipped  map[string]int
	}{
		{"several answers", "[" + one + "]\n[" + two + "]", 2, nil, nil},
		{"one post", one, 1, nil, nil},
		{"a post a line", one + "\n" + two, 2, nil, nil},
		{"no posts", "[" + one + "," + page + "," + private + "," + locked + "]", 1, nil,
			map[string]int{"WordPress page": 1, "WordPress post: private": 1, "WordPress post with a password": 1}},
		{"error", "[" + one + "]" + `{"code":"rest_post_invalid_page_number","message":"The page number is larger.","data":{"status":400}}`, 1,
			map[string]int{"neither text nor headline": 1}, nil},
		{"empty", "[" + restPost(1, "", "") + "," + two + "]", 1, map[string]int{"empty": 1}, nil},
		{"longer than can be", "[" + one + "," + long + "," + two + "]", 2, map[string]int{"longer than 16 MB": 1}, nil},
		{"cut off", "[" + one + "," + two[:200], 1, map[string]int{"cut off by the end of the file": 1}, nil},
		{"something else between", "[" + one + `, "text", 17, ` + two + "] null", 2, map[string]int{"not a JSON object": 2}, nil},
		{"broken", "[" + one + `,{"title":{"rendered":x}},` + two + "]", 2, map[string]int{"not one JSON object": 1}, nil},
		{"not UTF-8", "[" + one + "," + strings.Repeat(" ", 70_000) + strings.Replace(two, "sympathy", "\xe9", 1) + "]", 1, map[string]int{"not UTF-8, it seems to be windows-1252": 1}, nil},
		{"other types than expected", `[{"title":{"rendered":["a"]},"content":{"rendered":{"a":1}},"_embedded":[1],"type":7}]`, 0, map[string]int{"neither text nor headline": 1}, nil},
		{"nested deeply", "[" + one + `,{"content":{"rendered":"x"},"title":` + strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000) + "}," + two + "]", 2, map[string]int{"not one JSON object": 1}, nil},
		{"empty answer", "[]", 0, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ingest.Reader(t.Context(), config(t), strings.NewReader(tt.answer), "posts.json", ingest.FormatWordPress)
			if err != nil || got.New != tt.wantNew {
				t.Errorf("Reader = %v, %v, want %d new", got, err, tt.wantNew)
			}
			if diff := cmp.Diff(tt.wantReasons, got.Reasons); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.wantSkipped, got.SkipReasons); diff != "" {
				t.Errorf("skipped (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPostBody holds what of a post's content is text of the article.
func TestPostBody(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"gallery", "<p>A.</p>[gallery ids=\"1,2\"]<p>B.</p>", "A.|B."},
		{"caption", `[caption id="a_1" align="left"]<img src="x"/> Photo: X[/caption]<p>A.</p>`, "A."},
		{"box around text", "[vc_row][vc_column width=\"1/2\"]<p>A.</p>[/vc_column][/vc_row]", "A."},
		{"own shortcode around text", "<p>[dropcap]A[/dropcap] man.</p>", "A man."},
		{"words in brackets", `<p>He said [sic] that [the minister] and [see <a href="x=y">this</a>] and [1] [x = 3].</p>`, "He said [sic] that [the minister] and [see this] and [1] [x = 3]."},
		{"film in the text", "<p>In this [video] one sees.</p>", "In this [video] one sees."},
		{"players", "<p>A.</p>[embed width=\"1\"]https://v.example/1[/embed]\n<p>B.</p>\n[video src=\"x\"][/video]<p>C.", "A.|B.|C."},
		{"player that has no end", "<p>A.</p>[audio src=\"x\"]<p>B.</p>", "A.|B."},
		{"end without beginning", "<p>A.[/caption]</p>", "A."},
		{"address on a line", "<p>A.</p>\nhttps://www.youtube.com/watch?v=x\n<p>B.</p>", "A.|B."},
		{"address in a block", `<p>A.</p><figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">` + "\nhttps://v.example/1\n</div></figure><p>B.</p>", "A.|B."},
		{"address in a sentence", "<p>See https://a.example/x for more.</p>", "See https://a.example/x for more."},
		{"sharing", `<p>A.</p><div class="x sharedaddy sd-block"><div class="y"><h3>Share this:</h3><ul><li>Tweet</li></ul></div></div><p>B.</p>`, "A.|B."},
		{"related", `<p>A.</p><div id='jp-relatedposts' class='jp-relatedposts' ><h3>Related</h3></div>`, "A."},
		{"box that does not end", `<p>A.</p><div class="sharedaddy"><p>B.</p>`, "A.|B."},
		{"pull quote", `<p>A.</p><figure class="wp-block-pullquote"><blockquote><p>A.</p></blockquote></figure><blockquote><p>Q.</p></blockquote>`, "A.|Q."},
		{"headings and lists", "<h2>H</h2><ul><li>One</li><li>Two</li></ul>", "H|One|Two"},
		{"comment of the editor", "<!-- wp:list --><ul><li>One</li></ul><!-- /wp:list --><!--more--><!--nextpage-->", "One"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := config(t)
			if got, err := importPosts(t, cfg, "["+restPost(1, tt.in, "")+"]"); err != nil || got.New != 1 {
				t.Fatalf("Reader = %v, %v", got, err)
			}
			if got := strings.ReplaceAll(onlyArticle(t, cfg.Store).Text(), "\n\n", "|"); got != tt.want {
				t.Errorf("text = %q, want %q", got, tt.want)
			}
		})
	}
}

// TestPostFieldMap finds fields that plugins added.
func TestPostFieldMap(t *testing.T) {
	cfg := config(t)
	cfg.Fields = ingest.FieldMap{"standfirst": "acf.deck"}
	if got, err := importPosts(t, cfg, restPost(1, "<p>A.</p>", `,"acf":{"deck":"The deck."}`)); err != nil || got.New != 1 {
		t.Fatalf("Reader = %v, %v", got, err)
	}
	if got := onlyArticle(t, cfg.Store).Standfirst; got != "The deck." {
		t.Errorf("standfirst = %q", got)
	}
	cfg = config(t)
	cfg.Fields = ingest.FieldMap{"kicker": "meta.overline"}
	extra := `<wp:postmeta><wp:meta_key>_edit_lock</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key><![CDATA[overline]]></wp:meta_key><wp:meta_value><![CDATA[Ships]]></wp:meta_value></wp:postmeta>`
	if got, err := importWXR(t, cfg, wxrHead+wxrPost(1, "jdoe", "A.", extra)+wxrFoot); err != nil || got.New != 1 {
		t.Fatalf("Reader = %v, %v", got, err)
	}
	if got := onlyArticle(t, cfg.Store).Kicker; got != "Ships" {
		t.Errorf("kicker = %q", got)
	}
}

// TestFolderOfExports takes from a folder what comes from WordPress, and leaves other files of such names alone.
func TestFolderOfExports(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"quay.WordPress.2024-01-01.xml":     wxrHead + wxrPost(1, "jdoe", "One.", "") + wxrFoot,
		"quay.002.xml.gz":                   zipped(t, wxrHead+wxrPost(2, "jdoe", "Two.", "")+wxrFoot),
		"posts/1.json":                      "[" + restPost(3, "<p>Three.</p>", "") + "]",
		"sitemap.xml":                       `<?xml version="1.0"?><urlset><url><loc>https://quay.example/</loc></url></urlset>`,
		"settings.json":                     `{"title": "A", "body": "B"}`,
		"crawl.warc.gz":                     members(t, newsCrawl()),
		"empty.xml":                         "",
		filepath.Join("posts", ".hid.json"): "[" + restPost(4, "<p>Four.</p>", "") + "]",
	})
	got, err := ingest.Auto(t.Context(), config(t), dir)
	if err != nil || got.New != 3+newsCrawlCounts.New || got.Skipped != newsCrawlCounts.Skipped {
		t.Errorf("Auto = %v, %v", got, err)
	}
	single := config(t)
	if got, err := ingest.Auto(t.Context(), single, filepath.Join(dir, "quay.002.xml.gz")); err != nil || got.New != 1 {
		t.Errorf("Auto of a file = %v, %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "sitemap.xml")); err != nil {
		t.Error(err)
	}
}

func TestParseFormat(t *testing.T) {
	for in, want := range map[string]ingest.Format{"": ingest.FormatAuto, "WARC": ingest.FormatWARC, "wxr": ingest.FormatWXR, "wordpress": ingest.FormatWordPress} {
		if got, err := ingest.ParseFormat(in); err != nil || got != want {
			t.Errorf("ParseFormat(%q) = %v, %v, want %v", in, got, err, want)
		}
	}
	if _, err := ingest.ParseFormat("pdf"); err == nil || !strings.Contains(err.Error(), "warc, wxr or wordpress") {
		t.Errorf("ParseFormat(pdf) = %v", err)
	}
}
