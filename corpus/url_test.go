package corpus_test

import (
	"strings"
	"testing"

	"oped/corpus"
)

func TestCanonicalURL(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "https://example.com/2024/05/carbon-tax", "https://example.com/2024/05/carbon-tax"},
		{"home page", "https://example.com", "https://example.com/"},
		{"host in capitals", "HTTPS://WWW.Example.COM/Path", "https://www.example.com/Path"},
		{"default port", "http://example.com:80/a", "http://example.com/a"},
		{"other port", "http://example.com:8080/a", "http://example.com:8080/a"},
		{"white space around", "  https://example.com/a\n", "https://example.com/a"},
		{"user and password", "https://jane:secret@example.com/a", "https://example.com/a"},
		{"fragment", "https://example.com/a#comments", "https://example.com/a"},
		{"fragment that named the article", "https://example.com/#!/story/12", "https://example.com/#!/story/12"},
		{"trailing slash", "https://example.com/a/", "https://example.com/a"},
		{"many slashes", "https://example.com//a///b//", "https://example.com/a/b"},
		{"archived address keeps its slashes", "https://web.archive.org/web/2020/https://example.com/a/", "https://web.archive.org/web/2020/https://example.com/a"},
		{"dot segments", "https://example.com/a/../b/./c", "https://example.com/b/c"},
		{"trailing dot of the host", "https://example.com./a", "https://example.com/a"},
		{"directory index", "https://example.com/news/index.html", "https://example.com/news"},
		{"directory index with a query", "https://example.com/index.php?p=12", "https://example.com/?p=12"},
		{"default page", "https://example.com/Default.aspx", "https://example.com/"},
		{"visit number in the path", "https://example.com/a.html;jsessionid=A1B2", "https://example.com/a.html"},

		{"utm", "https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a"},
		{"utm in capitals", "https://example.com/a?UTM_Source=x", "https://example.com/a"},
		{"utm beside the article's own", "https://example.com/a?utm_source=x&id=7&fbclid=z", "https://example.com/a?id=7"},
		{"the article's own only", "https://example.com/a?id=7", "https://example.com/a?id=7"},
		{"sorted by name", "https://example.com/a?page=2&id=7", "https://example.com/a?id=7&page=2"},
		{"values keep their order", "https://example.com/a?x=2&x=1", "https://example.com/a?x=2&x=1"},
		{"empty query", "https://example.com/a?", "https://example.com/a"},
		{"empty pairs", "https://example.com/a?&&id=7&", "https://example.com/a?id=7"},
		{"mail campaign", "https://example.com/a?mc_cid=1&mc_eid=2&mkt_tok=3", "https://example.com/a"},
		{"Guardian", "https://www.theguardian.com/a?CMP=share_btn_tw", "https://www.theguardian.com/a"},
		{"BBC", "https://www.bbc.co.uk/news/a-1?at_medium=RSS&at_campaign=KARANGA", "https://www.bbc.co.uk/news/a-1"},
		{"source=rss", "https://example.com/a?source=rss", "https://example.com/a"},
		{"source that chooses", "https://example.com/a?source=1745", "https://example.com/a?source=1745"},
		{"print view", "https://example.com/a?print=1", "https://example.com/a"},
		{"reply link of a comment", "https://example.com/a?replytocom=55", "https://example.com/a"},

		{"escapes that are not needed", "https://example.com/%61b%2dc", "https://example.com/ab-c"},
		{"escapes in lower case", "https://example.com/%d0%b0", "https://example.com/%D0%B0"},
		{"letters that need escapes", "https://example.com/а", "https://example.com/%D0%B0"},
		{"escaped slash stays", "https://example.com/a%2fb", "https://example.com/a%2Fb"},
		{"broken escape", "https://example.com/100%", "https://example.com/100%"},
		{"host in Unicode", "https://Пример.рф/а", "https://xn--e1afmkfd.xn--p1ai/%D0%B0"},

		{"AMP segment at the end", "https://example.com/2024/a/amp/", "https://example.com/2024/a"},
		{"AMP segment at the front", "https://example.com/amp/politics/a", "https://example.com/politics/a"},
		{"AMP ending", "https://example.com/a.amp.html", "https://example.com/a.html"},
		{"AMP ending alone", "https://example.com/a.amp", "https://example.com/a"},
		{"AMP parameter", "https://example.com/a?amp=1", "https://example.com/a"},
		{"AMP parameter without value", "https://example.com/a?amp", "https://example.com/a"},
		{"AMP output type", "https://example.com/a.html?outputType=amp", "https://example.com/a.html"},
		{"AMP host", "https://amp.theguardian.com/a", "https://theguardian.com/a"},
		{"AMP viewer", "https://www.google.com/amp/s/www.example.com/a%3famp=1", "https://www.example.com/a%3Famp=1"},
		{"AMP cache", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a/amp/?usqp=mq", "https://www.example.com/a"},
		{"AMP cache without s", "https://example-com.cdn.ampproject.org/v/example.com/a", "http://example.com/a"},
		{"only amp", "https://example.com/amp", "https://example.com/amp"},
		{"amplifier", "https://example.com/amplifier/amped", "https://example.com/amplifier/amped"},

		{"mobile host", "https://m.example.com/a", "https://example.com/a"},
		{"mobile host, long", "https://mobile.nytimes.com/a", "https://nytimes.com/a"},
		{"mobile label in the middle", "https://en.m.wikipedia.org/wiki/A", "https://en.wikipedia.org/wiki/A"},
		{"mobile label before a public suffix", "https://m.co.uk/a", "https://m.co.uk/a"},
		{"local host", "http://harbour-gazette.localhost:8080/a/", "http://harbour-gazette.localhost:8080/a"},
		{"address of a machine", "http://127.0.0.1:99/a", "http://127.0.0.1:99/a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := corpus.CanonicalURL(tt.in)
			if err != nil || got != tt.want {
				t.Errorf("CanonicalURL(%q) = %q, %v, want %q", tt.in, got, err, tt.want)
			}
		})
	}
}

func TestCanonicalURLRefuses(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", "not an absolute address"},
		{"/opinion/a", "not an absolute address"},
		{"example.com/a", "not an absolute address"},
		{"mailto:jane@example.com", `scheme "mailto"`},
		{"javascript:alert(1)", `scheme "javascript"`},
		{"file:///etc/passwd", `scheme "file"`},
		{"https://", "not an absolute address"},
		{"https://" + strings.Repeat("a", 5000), "longer than 4096 bytes"},
		{"https://" + strings.Repeat("m.", 20) + "example.com/", "too deeply wrapped"},
	} {
		got, err := corpus.CanonicalURL(tt.in)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("CanonicalURL(%.40q) = %q, %v, want an error with %q", tt.in, got, err, tt.want)
		}
	}
}

func FuzzCanonicalURL(f *testing.F) {
	for _, seed := range []string{
		"https://www.example.com/a/amp/?utm_source=x&b=2&a=1#c", "http://m.example.com:80//a/../index.html",
		"https://www.google.com/amp/s/m.example.com/a.amp.html", "https://x-com.cdn.ampproject.org/c/s/x.com/a",
		"https://Пример.рф/%d0%b0?%61=%zz", "https://example.com/#!/a b", "https://[::1]:8080/;jsessionid=1",
		"https://a.com/amp/index.html.amp/;jsessionid=", "https://a.com/https://b.com//amp",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		once, err := corpus.CanonicalURL(raw)
		if err != nil {
			return
		}
		twice, err := corpus.CanonicalURL(once)
		if err != nil || twice != once {
			t.Errorf("CanonicalURL(%q) = %q, and of that %q, %v", raw, once, twice, err)
		}
		if !strings.HasPrefix(once, "http://") && !strings.HasPrefix(once, "https://") || strings.ContainsAny(once, " \n\t") {
			t.Errorf("CanonicalURL(%q) = %q", raw, once)
		}
	})
}

func TestSlug(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Jane Doe", "jane-doe"},
		{"Renée O'Connor, Jr.", "renee-oconnor-jr"},
		{"  Paul  Krugman ", "paul-krugman"},
		{"Jean-Luc Mélenchon", "jean-luc-melenchon"},
		{"Bjørn Łódź Straße", "bjorn-lodz-strasse"},
		{"Юлия Йовович", "юлия-йовович"},
		{"Ёлка", "ёлка"},
		{"Νίκος", "νίκος"},
		{"朝日新聞", "朝日新聞"},
		{"The New York Times", "the-new-york-times"},
		{"İstanbul", "istanbul"},
		{"--!?--", ""},
		{"", ""},
		{"a\xffb", "a-b"},
		{"Q&A #3", "q-a-3"},
		{strings.Repeat("word ", 40), strings.TrimSuffix(strings.Repeat("word-", 24), "-")},
	} {
		if got := corpus.Slug(tt.in); got != tt.want {
			t.Errorf("Slug(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzSlug(f *testing.F) {
	f.Add("Renée O'Connor")
	f.Add(strings.Repeat("ё", 200))
	f.Fuzz(func(t *testing.T, s string) {
		got := corpus.Slug(s)
		if again := corpus.Slug(got); again != got {
			t.Errorf("Slug(%q) = %q, and of that %q", s, got, again)
		}
		if len(got) > 120 || strings.Trim(got, "-") != got || strings.ContainsAny(got, "/?#% ") {
			t.Errorf("Slug(%q) = %q", s, got)
		}
	})
}
