package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestArticleShowsTheSource(t *testing.T) {
	lib := newLibrary(5)
	a := lib.articles[0]
	s := newSite(t, lib)
	doc := s.page(permalink(a.ID), http.StatusOK)
	for selector, want := range map[string]string{
		"h1":                       a.Headline,
		".clip .standfirst":        a.Standfirst,
		".byline":                  "Jane Doe",
		".source a[rel~=external]": "paper0.example",
		".source":                  "Published 1 January 2005 (as the page declares)",
		".source dl":               "Captured 1 March 2026, 09:30 UTC",
		".kicker":                  "Op-edCommentOpinion",
		".note":                    a.AuthorNote,
		".corrections":             a.Corrections[0],
		".text blockquote":         "A tax that nobody can read is not a tax but a toll on patience.",
		".text h2":                 "Who pays",
		".tags":                    "Tags harbours · tax",
		"link[rel=canonical]":      "",
		"meta[name='DC.type'][content='newspaperArticle']": "",
		"meta[name='DC.creator'][content='Doe, Jane']":     "",
		"abbr.unapi-id": "",
	} {
		if got := folded(doc.Find(selector)); doc.Find(selector).Length() == 0 || !strings.Contains(strings.ReplaceAll(got, " ", ""), strings.ReplaceAll(want, " ", "")) {
			t.Errorf("%s = %q, want %q", selector, got, want)
		}
	}
	if got := doc.Find(".source a[rel~=external]").AttrOr("rel", ""); !strings.Contains(got, "noopener noreferrer nofollow") {
		t.Errorf("rel of the original = %q", got)
	}
	if doc.Find(".place,.matches,mark").Length() != 0 {
		t.Error("a bare permalink speaks of results or matches")
	}
	if got := folded(doc.Find(".source dl [aria-current]")); got != "2" {
		t.Errorf("version shown = %q, want 2", got)
	}
}

func TestArticleMarksEveryMatch(t *testing.T) {
	lib := newLibrary(5)
	s := newSite(t, lib)
	doc := s.page(permalink(lib.articles[0].ID)+"?q=harbour+tax", http.StatusOK)
	marks := doc.Find(".clip mark[id]")
	total := marks.Length()
	if total < 8 || !strings.HasPrefix(folded(doc.Find(".matches")), fmt.Sprintf("%d matches", total)) {
		t.Fatalf("%d marks, bar says %q", total, folded(doc.Find(".matches")))
	}
	marks.Each(func(i int, m *goquery.Selection) {
		if got, want := m.AttrOr("id", ""), fmt.Sprintf("m%d", i+1); got != want {
			t.Errorf("mark %d has id %q", i+1, got)
		}
		step := m.Next()
		if _, ok := step.Attr("hidden"); !step.HasClass("step") || !ok {
			t.Fatalf("mark %d has no hidden steps behind it", i+1)
		}
		if got, want := folded(step.Find("span")), fmt.Sprintf("Match %d of %d", i+1, total); got != want {
			t.Errorf("mark %d says %q", i+1, got)
		}
		step.Find("a").Each(func(_ int, a *goquery.Selection) {
			if doc.Find(a.AttrOr("href", "?")).Length() != 1 {
				t.Errorf("mark %d leads to %q, which is nowhere", i+1, a.AttrOr("href", ""))
			}
		})
	})
}

// TestArticleKnowsItsPlace walks from article to article through all results, across pages, and back.
func TestArticleKnowsItsPlace(t *testing.T) {
	lib := newLibrary(33)
	s := newSite(t, lib)
	first := s.page("/search?q=harbour&per_page=7", http.StatusOK).Find("li.hit h2 a").First().AttrOr("href", "")
	var way []string
	for address := first; address != ""; {
		doc := s.page(address, http.StatusOK)
		way = append(way, address)
		if got, want := folded(doc.Find(".position")), fmt.Sprintf("%d of 33", len(way)); got != want {
			t.Fatalf("position = %q, want %q", got, want)
		}
		back := doc.Find(".place .back").AttrOr("href", "")
		if s.page(back, http.StatusOK).Find("li.hit .unapi-id[title='"+doc.Find("abbr.unapi-id").AttrOr("title", "?")+"']").Length() != 1 {
			t.Errorf("%s goes back to %s, where it is not", address, back)
		}
		address = doc.Find(".steps a[rel=next]").AttrOr("href", "")
	}
	if len(way) != 33 {
		t.Fatalf("walked over %d articles, want 33", len(way))
	}
	for i := len(way) - 1; i > 0; i-- {
		if got := s.page(way[i], http.StatusOK).Find(".steps a[rel=prev]").AttrOr("href", ""); got != way[i-1] {
			t.Fatalf("before article %d comes %q, want %q", i+1, got, way[i-1])
		}
	}
}

func TestArticleSurvivesASearchThatCannotBeMade(t *testing.T) {
	lib := newLibrary(5)
	s := newSite(t, lib)
	doc := s.page(permalink(lib.articles[0].ID)+"?q=(broken", http.StatusOK)
	if doc.Find("mark").Length() != 0 || doc.Find(".place .back").Length() != 1 {
		t.Error("want no marks, and the way back")
	}
	lib.closed = true
	s.page(permalink(lib.articles[0].ID)+"?page=1", http.StatusOK)
}

func TestArticleWithoutAnythingIsHonest(t *testing.T) {
	lib := newLibrary(3)
	a := lib.articles[2]
	a.URL, a.Headline, a.Standfirst, a.Body, a.Publication = "javascript:alert(1)", "", "", nil, ""
	doc := newSite(t, lib).page(permalink(a.ID), http.StatusOK)
	source := folded(doc.Find(".source"))
	for _, want := range []string{"Original no address known", "Published not stated"} {
		if !strings.Contains(strings.ReplaceAll(source, " ", ""), strings.ReplaceAll(want, " ", "")) {
			t.Errorf("source = %q, want %q in it", source, want)
		}
	}
	if folded(doc.Find("h1")) != "Untitled" || folded(doc.Find(".byline")) != "Unsigned" || doc.Find(".text .notice").Length() != 1 {
		t.Error("missing headline, byline or text is not told")
	}
	if doc.Find("[href^='javascript']").Length() != 0 {
		t.Error("links to a script")
	}
}

func TestListParagraphsMakeOneList(t *testing.T) {
	lib := newLibrary(1)
	a := lib.articles[0]
	a.Body = append(a.Body, a.Body[0], a.Body[0], a.Body[0])
	for i := len(a.Body) - 3; i < len(a.Body); i++ {
		a.Body[i].Kind = "li"
	}
	doc := newSite(t, lib).page(permalink(a.ID), http.StatusOK)
	if doc.Find(".text > ul").Length() != 1 || doc.Find(".text > ul > li").Length() != 3 {
		t.Errorf("%d lists, %d of their parts", doc.Find(".text > ul").Length(), doc.Find(".text > ul > li").Length())
	}
}
