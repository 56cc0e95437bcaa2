package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"oped/corpus"
)

// revised is a library whose first article had another headline and text in its first version.
type revised struct{ *library }

func (l revised) Version(ctx context.Context, id corpus.ID, version int) (*corpus.Article, error) {
	a, err := l.library.Version(ctx, id, version)
	if err != nil || version > 1 {
		return a, err
	}
	old := *a
	old.Headline = `The harbour toll <b>, again: part 1`
	old.Body = append([]corpus.Block{{Kind: corpus.Paragraph, Text: "A paragraph that was withdrawn."}}, a.Body...)
	old.Body[1].Text = strings.Replace(old.Body[1].Text, "twice the price", "three times the price", 1)
	return &old, nil
}

func TestArticleListsItsVersions(t *testing.T) {
	lib := newLibrary(3)
	s := newSite(t, lib, func(c *Config) { c.Archive = revised{lib} })
	doc := s.page("/article/"+string(lib.articles[0].ID), http.StatusOK)
	rows := doc.Find("#versions li")
	if rows.Length() != 2 || folded(rows.First()) != "Version 1 1 March 2026, 09:30 UTC, given without a page" {
		t.Errorf("%d versions, the first %q", rows.Length(), folded(rows.First()))
	}
	link := rows.Last().Find("a").Last().AttrOr("href", "")
	if link != "/article/"+string(lib.articles[0].ID)+"/changes?from=1&to=2" {
		t.Errorf("the way to what changed is %q", link)
	}
	if s.page("/article/"+string(lib.articles[1].ID), http.StatusOK).Find("#versions").Length() > 0 {
		t.Error("an article with one version lists versions")
	}
}

func TestChanges(t *testing.T) {
	lib := newLibrary(3)
	s := newSite(t, lib, func(c *Config) { c.Archive = revised{lib} })
	path := "/article/" + string(lib.articles[0].ID) + "/changes"
	doc := s.page(path, http.StatusOK)
	if got := folded(doc.Find(".compare dl dd")); got != "The harbour taken out: toll <b>put in: tax, again: part 1" {
		t.Errorf("headline changed as %q", got)
	}
	var changed []string
	doc.Find(".text del, .text ins").Each(func(_ int, piece *goquery.Selection) { changed = append(changed, folded(piece)) })
	want := "taken out: A paragraph that was withdrawn.|taken out: three times|put in: twice"
	if got := strings.Join(changed, "|"); got != want {
		t.Errorf("changed %q, want %q", got, want)
	}
	if n := doc.Find("select option[selected]").Length(); n != 2 {
		t.Errorf("%d versions are selected", n)
	}
	same := s.page(path+"?from=2&to=2", http.StatusOK)
	if same.Find("del, ins").Length() > 0 || !strings.Contains(folded(same.Find(".notice")), "Nothing") {
		t.Error("a version differs from itself")
	}
	s.get(path+"?from=9", http.StatusNotFound)
	s.get(path+"?from=x", http.StatusBadRequest)
	s.get("/article/aaaaaaaaaaaaaaaa/changes", http.StatusNotFound)
}

func TestAPIChanges(t *testing.T) {
	lib := newLibrary(3)
	s := newSite(t, lib, func(c *Config) { c.Archive = revised{lib} })
	base := "/api/v1/article/" + string(lib.articles[0].ID)
	var got apiDifference
	if err := json.Unmarshal(s.get(base+"/changes?from=1&to=2", http.StatusOK).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Fields) != 1 || got.Fields[0].Field != "headline" || got.Inserted != 1 || got.Deleted != 7 {
		t.Errorf("changes are %+v", got)
	}
	var versions struct{ Versions []apiVersion }
	if err := json.Unmarshal(s.get(base+"/versions", http.StatusOK).Body.Bytes(), &versions); err != nil || len(versions.Versions) != 2 {
		t.Errorf("versions are %+v, %v", versions, err)
	}
	s.get("/api/v1/article/aaaaaaaaaaaaaaaa/versions", http.StatusNotFound)
	s.get("/api/v1/article/aaaaaaaaaaaaaaaa/copies", http.StatusNotFound)
}
