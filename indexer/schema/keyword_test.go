package schema

import (
	"slices"
	"strings"
	"testing"

	"oped/corpus"
)

func TestHosts(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://www.Example.org:8080/a", "www.example.org example.org org"},
		{"http://127.0.0.1/a", "127.0.0.1"},
		{"http://[::1]/a", "::1"},
		{"not a url\x7f", ""},
		{"", ""},
		{"http://" + strings.Repeat("a.", 200) + "org", ""},
	} {
		if got := strings.Join(hosts(tt.in), " "); got != tt.want {
			t.Errorf("hosts(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestKeywordValue(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"  The \n Gazette ", "The Gazette"}, {"a\xffb", "ab"}, {" ", ""}, {strings.Repeat("é", 200), strings.Repeat("é", 128)},
	} {
		if got := KeywordValue(tt.in); got != tt.want {
			t.Errorf("KeywordValue(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestLengthBucket(t *testing.T) {
	for words, want := range map[int]string{0: "", 1: "1-399", 399: "1-399", 400: "400-799", 1199: "800-1199", 2000: "2000+", 99999: "2000+"} {
		if got := LengthBucket(words); got != want {
			t.Errorf("LengthBucket(%d) = %q, want %q", words, got, want)
		}
	}
	if labels := LengthBuckets(); len(labels) != 5 || labels[0] != "1-399" || labels[4] != "2000+" {
		t.Errorf("LengthBuckets = %v", labels)
	}
}

func TestArticleWithoutAnythingHasFewKeywords(t *testing.T) {
	got := Analyze(&corpus.Article{ID: "x", Version: 1}).Keywords
	if want := []Keyword{{FieldWords, "0000000"}, {FieldVersion, "1"}}; !slices.Equal(got, want) {
		t.Errorf("keywords = %v, want %v", got, want)
	}
}

func TestPrimaryLanguage(t *testing.T) {
	for in, want := range map[string]string{"en-GB": "en", " FR ": "fr", "pt_BR": "pt", "nb": "no", "": ""} {
		if got := PrimaryLanguage(in); got != want {
			t.Errorf("PrimaryLanguage(%q) = %q, want %q", in, got, want)
		}
	}
}

// words makes a paragraph of n words, with a sentence end after each of the given ones.
func words(n int, ends ...int) corpus.Block {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		b.WriteString("Word")
		if slices.Contains(ends, i) {
			b.WriteByte('.')
		}
		b.WriteByte(' ')
	}
	return corpus.Block{Kind: corpus.Paragraph, Text: b.String()}
}

func TestLead(t *testing.T) {
	heading := corpus.Block{Kind: corpus.Heading, Level: 2, Text: "One heading"}
	for _, tt := range []struct {
		name string
		body []corpus.Block
		want int
	}{
		{"nothing", nil, 0},
		{"two paragraphs", []corpus.Block{words(20), words(30), words(40)}, 50},
		{"headings between count, one after does not", []corpus.Block{heading, words(20), heading, words(30), heading, words(5)}, 54},
		{"cut at the end of the sentence with word 120", []corpus.Block{words(300, 50, 119, 140)}, 140},
		{"a sentence that ends with word 120", []corpus.Block{words(300, 120, 200)}, 120},
		{"one long sentence", []corpus.Block{words(300), words(10)}, 300},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := len(Analyze(&corpus.Article{Body: tt.body}).Tokens[Lead]); got != tt.want {
				t.Errorf("lead has %d words, want %d", got, tt.want)
			}
		})
	}
}

func TestLongArticleIsTruncated(t *testing.T) {
	d := Analyze(&corpus.Article{Body: []corpus.Block{{Text: strings.Repeat("a ", maxWords+10)}, {Text: "more"}}})
	if !d.Truncated || d.Words != maxWords {
		t.Errorf("truncated %v after %d words", d.Truncated, d.Words)
	}
}
