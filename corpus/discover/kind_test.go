package discover

import (
	"testing"

	"oped/corpus"
)

func TestGuessKind(t *testing.T) {
	for url, want := range map[string]corpus.TargetKind{
		"https://a.example/":                    corpus.TargetSite,
		"https://a.example/opinion":             corpus.TargetSite,
		"https://a.example/sitemap.html":        corpus.TargetSite,
		"https://a.example/sitemap_index.xml":   corpus.TargetSitemap,
		"https://a.example/news-sitemap.xml.gz": corpus.TargetSitemap,
		"https://a.example/feed/":               corpus.TargetFeed,
		"https://a.example/opinion/rss":         corpus.TargetFeed,
		"https://a.example/index.xml":           corpus.TargetFeed,
		"https://a.example/feed.json":           corpus.TargetFeed,
	} {
		if got := GuessKind(url); got != want {
			t.Errorf("GuessKind(%q) = %q, want %q", url, got, want)
		}
	}
}

func TestSameSite(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"https://www.a.example/x", "http://opinion.A.example/y", true},
		{"https://a.co.uk/", "https://b.co.uk/", false},
		{"http://harbour-gazette.localhost:8080/", "http://le-courrier.localhost:8080/", false},
		{"http://127.0.0.1:80/", "http://127.0.0.1:81/", false},
		{"http://127.0.0.1:80/x", "http://127.0.0.1:80/y", true},
		{"://", "https://a.example/", false},
	} {
		if got := SameSite(tt.a, tt.b); got != tt.want {
			t.Errorf("SameSite(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
