package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"oped/corpus"
	"oped/search"
)

// schema is the part of JSON Schema that the description uses.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Properties map[string]*schema `json:"properties"`
	Required   []string           `json:"required"`
	Elements   *schema            `json:"items"`
	Additional json.RawMessage    `json:"additionalProperties"`
}

// check validates v and returns where it does not hold.
func (s *schema) check(all map[string]*schema, at string, v any) []string {
	if s.Ref != "" {
		target := all[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
		if target == nil {
			return []string{at + ": no schema " + s.Ref}
		}
		return target.check(all, at, v)
	}
	switch v := v.(type) {
	case map[string]any:
		return append(s.want("object", at), s.checkObject(all, at, v)...)
	case []any:
		faults := s.want("array", at)
		for i, element := range v {
			if s.Elements != nil {
				faults = append(faults, s.Elements.check(all, fmt.Sprintf("%s[%d]", at, i), element)...)
			}
		}
		return faults
	case string:
		return s.want("string", at)
	case bool:
		return s.want("boolean", at)
	case float64:
		if s.Type == "number" || v == float64(int64(v)) && s.Type == "integer" {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: %v is no %s", at, v, s.Type)}
}

func (s *schema) want(kind, at string) []string {
	if s.Type != kind {
		return []string{at + ": is " + kind + ", want " + s.Type}
	}
	return nil
}

func (s *schema) checkObject(all map[string]*schema, at string, v map[string]any) []string {
	var faults []string
	for _, name := range s.Required {
		if _, ok := v[name]; !ok {
			faults = append(faults, at+": "+name+" is missing")
		}
	}
	for name, member := range v {
		switch property := s.Properties[name]; {
		case property != nil:
			faults = append(faults, property.check(all, at+"."+name, member)...)
		case string(s.Additional) == "false":
			faults = append(faults, at+": "+name+" is not described")
		case len(s.Additional) > 0:
			var rest schema
			if err := json.Unmarshal(s.Additional, &rest); err != nil {
				return append(faults, err.Error())
			}
			faults = append(faults, rest.check(all, at+"."+name, member)...)
		}
	}
	return faults
}

func TestAnswersAreAsOpenAPISays(t *testing.T) {
	var described struct {
		Paths      map[string]any `json:"paths"`
		Components struct {
			Schemas map[string]*schema `json:"schemas"`
		} `json:"components"`
	}
	lib := newLibrary(30)
	s := newSite(t, lib)
	if err := json.Unmarshal(s.get("/openapi.json", http.StatusOK).Body.Bytes(), &described); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		address string
		status  int
		schema  string
	}{
		{"/api/v1/search", 200, "Results"},
		{"/api/v1/search?q=harbour+tax&explain=yes&pub=Northern+Courier", 200, "Results"},
		{"/api/v1/search?q=nosuchword", 200, "Results"},
		{"/api/v1/search?q=harbor+nosuchword&type=letter&to=2001", 200, "Results"},
		{"/api/v1/search?q=ferries", 200, "Results"},
		{"/api/v1/search?variants=maybe", 400, "Problem"},
		{"/api/v1/search?facets=none&snippets=no", 200, "Results"},
		{"/api/v1/article/" + string(lib.articles[0].ID), 200, "Article"},
		{"/api/v1/article/" + string(lib.articles[2].ID), 200, "Article"},
		{"/api/v1/article/" + string(lib.articles[0].ID) + "/versions", 200, "Versions"},
		{"/api/v1/article/" + string(lib.articles[0].ID) + "/changes", 200, "Changes"},
		{"/api/v1/article/" + string(lib.articles[0].ID) + "/copies", 200, "Copies"},
		{"/api/v1/facet/author?prefix=j", 200, "FacetList"},
		{"/api/v1/lines?q=harbour&by=right&per_page=5", 200, "Lines"},
		{"/api/v1/lines?q=nosuchword", 200, "Lines"},
		{"/api/v1/trend?q=harbour&q=tax&type=op-ed", 200, "Trend"},
		{"/api/v1/trend", 200, "Trend"},
		{"/api/v1/trend?q=harbour&by=colour", 400, "Problem"},
		{"/api/v1/search?q=(a", 400, "Problem"},
		{"/api/v1/search?page=x", 400, "Problem"},
		{"/api/v1/article/2222222222222222", 404, "Problem"},
	} {
		var v any
		if err := json.Unmarshal(s.get(tt.address, tt.status).Body.Bytes(), &v); err != nil {
			t.Fatalf("GET %s: %v", tt.address, err)
		}
		for _, fault := range (&schema{Ref: tt.schema}).check(described.Components.Schemas, tt.schema, v) {
			t.Errorf("GET %s: %s", tt.address, fault)
		}
	}
	for _, path := range []string{"/api/v1/search", "/api/v1/article/{id}", "/api/v1/article/{id}/versions",
		"/api/v1/article/{id}/changes", "/api/v1/article/{id}/copies", "/api/v1/facet/{field}", "/api/v1/lines", "/api/v1/trend"} {
		if described.Paths[path] == nil {
			t.Errorf("%s is not described", path)
		}
	}
}

// TestAPIAndPageAgree compares the numbers of the two.
func TestAPIAndPageAgree(t *testing.T) {
	s := newSite(t, newLibrary(60))
	for _, raw := range []string{"", "q=harbour&type=op-ed", "q=tax&-pub=Northern+Courier&from=2010&sort=oldest&page=2"} {
		var got apiResults
		if err := json.Unmarshal(s.get("/api/v1/search?"+raw, http.StatusOK).Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		doc := s.page("/search?"+raw, http.StatusOK)
		if want := folded(doc.Find("h1")); found(&search.Results{Total: got.Total, Groups: got.Groups}) != want {
			t.Errorf("%q: API has %d in %d, the page %s", raw, got.Total, got.Groups, want)
		}
		var ids []string
		for _, hit := range got.Hits {
			ids = append(ids, string(hit.ID))
		}
		var shown []string
		for i := range doc.Find("li.hit .unapi-id").Length() {
			shown = append(shown, doc.Find("li.hit .unapi-id").Eq(i).AttrOr("title", ""))
		}
		if !slices.Equal(ids, shown) {
			t.Errorf("%q: API has %v, the page %v", raw, ids, shown)
		}
	}
}

// TestAPIAndPageGiveTheSameAdvice compares every offer of the two.
func TestAPIAndPageGiveTheSameAdvice(t *testing.T) {
	s := newSite(t, newLibrary(60))
	for _, raw := range []string{"q=harbor&type=letter", "q=harbour+zeppelin&type=letter&from=2010&within=tax", "q=%22harbour+tax%22+W%2F2+harbor"} {
		var got apiResults
		if err := json.Unmarshal(s.get("/api/v1/search?"+raw, http.StatusOK).Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.Doctor == nil {
			t.Fatalf("%q: no advice", raw)
		}
		doc := s.page("/search?"+raw, http.StatusOK)
		var want, shown []string
		for _, o := range append(got.Doctor.Suggestions, got.Doctor.Relaxations...) {
			want = append(want, o.Text)
		}
		for _, p := range got.Doctor.Parts {
			want = append(want, p.Text)
		}
		links := doc.Find(".meant a, .zero > ul:not(.hints) > li > a")
		for i := range links.Length() {
			shown = append(shown, folded(links.Eq(i)))
		}
		if !slices.Equal(want, shown) {
			t.Errorf("%q: API offers %q, the page %q", raw, want, shown)
		}
	}
}

// TestMatchOffsetsSlice cuts the texts by the offsets given, counting characters and not bytes.
func TestMatchOffsetsSlice(t *testing.T) {
	lib := newLibrary(1)
	lib.articles[0].Body = []corpus.Block{{Kind: corpus.Paragraph, Text: "Élan — 日本 🚢 and the harbour, the harbour; naïve harbour."}}
	var got apiResults
	if err := json.Unmarshal(newSite(t, lib).get("/api/v1/search?q=harbour", http.StatusOK).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	snippet := got.Hits[0].Snippets[0]
	if len(snippet.Matches) != 3 {
		t.Fatalf("%d matches, want 3", len(snippet.Matches))
	}
	for _, m := range snippet.Matches {
		if cut := string([]rune(snippet.Text)[m.Start:m.End]); cut != "harbour" {
			t.Errorf("[%d:%d] of %q is %q", m.Start, m.End, snippet.Text, cut)
		}
	}
}

// TestAPICursorReachesEveryHit follows next_cursor through all pages.
func TestAPICursorReachesEveryHit(t *testing.T) {
	s := newSite(t, newLibrary(230))
	seen := map[corpus.ID]bool{}
	cursor := ""
	for range 10 {
		var got apiResults
		if err := json.Unmarshal(s.get("/api/v1/search?per_page=50&cursor="+cursor, http.StatusOK).Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		for _, hit := range got.Hits {
			seen[hit.ID] = true
		}
		if cursor = got.NextCursor; cursor == "" {
			break
		}
	}
	if len(seen) != 230 {
		t.Errorf("saw %d articles, want 230", len(seen))
	}
}

func TestSuggestCompletesNames(t *testing.T) {
	s := newSite(t, newLibrary(30))
	w := s.get("/suggest?q=tax+am", http.StatusOK)
	if got := w.Header().Get("Content-Type"); got != "application/x-suggestions+json; charset=utf-8" {
		t.Errorf("Content-Type = %q", got)
	}
	var got []any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || got[0] != "tax am" || fmt.Sprint(got[1]) != `[author:"Amara Okafor"]` || fmt.Sprint(got[2]) != "[6 articles]" {
		t.Errorf("suggestions = %v", got)
	}
	if err := json.Unmarshal(s.get("/suggest?q=", http.StatusOK).Body.Bytes(), &got); err != nil || len(got[1].([]any)) != 0 {
		t.Errorf("suggestions for nothing = %v, %v", got, err)
	}
}

func TestOpenSearchDescribesTheSearch(t *testing.T) {
	s := newSite(t, newLibrary(1), func(c *Config) { c.Name, c.BaseURL = "The Clippings of the Harbour", "https://clips.example/" })
	body := s.get("/opensearch.xml", http.StatusOK).Body.String()
	for _, want := range []string{
		"<ShortName>The Clippings of</ShortName>", `template="https://clips.example/search?q={searchTerms}&amp;page={startPage?}"`,
		`type="application/x-suggestions+json"`, `type="application/atom+xml"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
}

func FuzzAPIMatches(f *testing.F) {
	f.Add("a", "é🚢", "b")
	f.Fuzz(func(t *testing.T, before, match, after string) {
		before, match, after = utf8Only(before), utf8Only(match), utf8Only(after)
		spans := []search.Span{{Text: before}, {Text: match, Match: true}, {Text: after}}
		m := apiMatches(spans)[0]
		if got := string([]rune(text(spans))[m.Start:m.End]); got != match || m.End-m.Start != utf8.RuneCountInString(match) {
			t.Errorf("slice = %q, want %q", got, match)
		}
	})
}
