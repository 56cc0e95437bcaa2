package ingest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
	"oped/corpus/ingest"
)

func record(text string) *corpus.Page {
	return &corpus.Page{Origin: "a.jsonl:1", MediaType: "application/json", Body: []byte(text), Fetched: noon}
}

func TestData(t *testing.T) {
	p := record(`{"URL": "https://www.example.com/a/?utm_source=x", "source": {"id": 3, "name": "The Example"},
		"title": "Tea &amp; <em>sympathy</em>", "author": ["Dr. Jane Doe", {"name": "John Roe"}],
		"Date Published": "2018-05-01T09:30:00-04:00", "updated_at": "May 2nd, 2018", "section": "Opinion", "tags": "trade; tea,trade",
		"type": "Op-Ed", "lang": "en-GB", "body": "First  line.\r\n\r\nSecond line.\n", "subtitle": null, "views": 17}`)
	got, err := ingest.Data(p)
	if err != nil {
		t.Fatal(err)
	}
	want := &corpus.Article{
		URL: "https://www.example.com/a", Publication: "The Example", Headline: "Tea & sympathy",
		Authors:   []corpus.Author{{Name: "Jane Doe", Title: "Dr."}, {Name: "John Roe"}},
		Published: corpus.Date{Time: time.Date(2018, 5, 1, 9, 30, 0, 0, time.FixedZone("", -4*3600)), HasClock: true, Source: "field"},
		Modified:  corpus.Date{Time: time.Date(2018, 5, 2, 0, 0, 0, 0, time.UTC), Source: "field"},
		Section:   "Opinion", Tags: []string{"trade", "tea"},
		Type: corpus.TypeOpEd, TypeReason: `the data calls it "Op-Ed"`, Language: "en",
		Body:     []corpus.Block{{Kind: "p", Text: "First line."}, {Kind: "p", Text: "Second line."}},
		Captured: noon, PageHash: p.Hash(),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Data (-want +got):\n%s", diff)
	}
}

func TestDataFieldMap(t *testing.T) {
	p := record(`{"headline": "not this", "hed": "This", "title": {"rendered": "Nested"}, "payload": {"text": {"html": "<p>Deep</p>"}}}`)
	p.Header = map[string][]string{"Oped-Fields": {"headline=Hed,kicker=title.rendered,body=payload.text.html"}}
	got, err := ingest.Data(p)
	if err != nil || got.Headline != "This" || got.Kicker != "Nested" || got.Text() != "Deep" {
		t.Errorf("Data = %+v, %v", got, err)
	}
}

func TestDataRefuses(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`{"title": "A"`, "not one JSON object: unexpected EOF"},
		{`[1,2]`, "not one JSON object"},
		{`null`, "not one JSON object: null"},
		{`{"title":"A"} {"title":"B"}`, "more follows"},
		{`{"a": 1, "b": "x"}`, `neither text nor headline: its fields are ["a" "b"]`},
	} {
		_, err := ingest.Data(record(tt.in))
		var bad *ingest.RecordError
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), tt.want) || bad.Origin != "a.jsonl:1" {
			t.Errorf("Data(%s) = %v, want a RecordError with %q", tt.in, err, tt.want)
		}
	}
	got, err := ingest.Data(record(`{"title": "Only a headline", "body": " "}`))
	if err != nil || !got.Quality.Rejected || got.Quality.Flags[0] != "empty" || got.Quality.Reason == "" {
		t.Errorf("Data of a record without text = %+v, %v, want Quality.Rejected", got, err)
	}
}

func TestDataDates(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`"2018-05-01"`, "2018-05-01"},
		{`"2018/5/1"`, "2018-05-01"},
		{`"20180501"`, "2018-05-01"},
		{`20180501`, "2018-05-01"},
		{`"2018-05-01 09:30:00"`, "2018-05-01T09:30:00Z"},
		{`"2018-05-01T09:30:00.123Z"`, "2018-05-01T09:30:00.123Z"},
		{`"2018-05-01T09:30:00+0200"`, "2018-05-01T09:30:00+02:00"},
		{`"2018-05-01T00:00:00Z"`, "2018-05-01"},
		{`"Tue, 01 May 2018 09:30:00 GMT"`, "2018-05-01T09:30:00Z"},
		{`"Tue, 01 May 2018 09:30:00 -0500"`, "2018-05-01T09:30:00-05:00"},
		{`"May 1, 2018"`, "2018-05-01"},
		{`"Tuesday, May 1st, 2018 at 9:30 a.m. EDT"`, "2018-05-01T09:30:00-04:00"},
		{`"1 May 2018"`, "2018-05-01"},
		{`"Sept. 3, 2018"`, "2018-09-03"},
		{`"1.5.2018"`, "2018-05-01"},
		{`"25/12/2018"`, "2018-12-25"},
		{`"12/25/2018"`, "2018-12-25"},
		{`"12/12/2018"`, "2018-12-12"},
		{`1525167000`, "2018-05-01T09:30:00Z"},
		{`1525167000000`, "2018-05-01T09:30:00Z"},
		{`{"$date": "2018-05-01"}`, "2018-05-01"},
		// could be read in two ways, is no date, or cannot be
		{`"03/04/2018"`, ""},
		{`"2018-02-31"`, ""},
		{`"31/31/2018"`, ""},
		{`"2018"`, ""},
		{`"3 hours ago"`, ""},
		{`"2027-01-01"`, ""},
		{`"0001-01-01T00:00:00Z"`, ""},
		{`"1492-10-12"`, ""},
		{`0`, ""},
		{`1e300`, ""},
		{`"NaN"`, ""},
		{`null`, ""},
		{`["2018-05-01"]`, ""},
	} {
		a, err := ingest.Data(record(`{"body": "text", "date": ` + tt.in + `}`))
		if err != nil {
			t.Fatal(err)
		}
		got := a.Published.Day()
		if a.Published.HasClock {
			got = a.Published.Time.Format(time.RFC3339Nano)
		}
		if got != tt.want {
			t.Errorf("date %s = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDataAuthors(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`"Jane Doe"`, "Jane Doe"},
		{`"By Jane Doe and John Roe"`, "Jane Doe|John Roe"},
		{`"Jane Doe, John Roe & Ann Poe"`, "Jane Doe|John Roe|Ann Poe"},
		{`"Jane Doe, John Roe, and Ann Poe"`, "Jane Doe|John Roe|Ann Poe"},
		{`"Jane Doe; John Roe"`, "Jane Doe|John Roe"},
		{`"Doe, Jane; Roe, John A."`, "Jane Doe|John A. Roe"},
		{`"Doe, Jane"`, "Jane Doe"},
		{`"Martin Luther King, Jr."`, "Martin Luther King Jr."},
		{`"Jane Doe, Ph.D., and John Roe, MD"`, "Jane Doe|John Roe"},
		{`"Jane Doe, Opinion Columnist"`, "Jane Doe"},
		{`"Jane Doe, The Washington Post"`, "Jane Doe"},
		{`"Sen. Rand Paul"`, "Sen. Rand Paul"},
		{`["Jane Doe", "John Roe", "Jane Doe"]`, "Jane Doe|John Roe"},
		{`[{"name": "Jane Doe"}]`, "Jane Doe"},
		{`"Юлия Петрова и Иван Сидоров"`, "Юлия Петрова|Иван Сидоров"},
		{`"Par Élodie Martin et Luc Petit"`, "Élodie Martin|Luc Petit"},
		{`"Associated Press"`, "Associated Press"},
		{`"The Editorial Board"`, "The Editorial Board"},
		{`""`, ""},
		{`"--"`, ""},
		{`null`, ""},
	} {
		a, err := ingest.Data(record(`{"body": "text", "byline": ` + tt.in + `}`))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, author := range a.Authors {
			names = append(names, strings.TrimSpace(author.Title+" "+author.Name))
		}
		if got := strings.Join(names, "|"); got != tt.want {
			t.Errorf("byline %s = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDataBody(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []corpus.Block
	}{
		{"lines", `"One.\nTwo."`, []corpus.Block{{Kind: "p", Text: "One."}, {Kind: "p", Text: "Two."}}},
		{"list of paragraphs", `["One.", "", "Two."]`, []corpus.Block{{Kind: "p", Text: "One."}, {Kind: "p", Text: "Two."}}},
		{"entities", `"Tea &amp; &quot;cake&quot;"`, []corpus.Block{{Kind: "p", Text: `Tea & "cake"`}}},
		{"less than is no HTML", `"if a < b and c > d"`, []corpus.Block{{Kind: "p", Text: "if a < b and c > d"}}},
		{"HTML", `"<h2>Head</h2><p>One <a href='x'>two</a>.</p><script>alert(1)</script><blockquote><p>Said.</p></blockquote><ul><li>A</li><li><p>B</p></li></ul><p>Three<br>four &amp; five</p><figure><img><figcaption>Photo: X</figcaption></figure>"`,
			[]corpus.Block{{Kind: "h", Level: 2, Text: "Head"}, {Kind: "p", Text: "One two."}, {Kind: "quote", Text: "Said."},
				{Kind: "li", Text: "A"}, {Kind: "li", Text: "B"}, {Kind: "p", Text: "Three"}, {Kind: "p", Text: "four & five"}}},
		{"empty heading", `"<h2></h2><p>One.</p>"`, []corpus.Block{{Kind: "p", Text: "One."}}},
		{"escaped twice stays escaped once", `"<p>&amp;lt;b&gt;</p>"`, []corpus.Block{{Kind: "p", Text: "&lt;b>"}}},
	} {
		a, err := ingest.Data(record(`{"headline": "H", "text": ` + tt.in + `}`))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, a.Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestDataLanguage(t *testing.T) {
	french := strings.Repeat("Le conseil municipal a voté la taxe portuaire, et personne ne sait dire pourquoi elle importe à la ville. ", 4)
	for _, tt := range []struct{ lang, body, want string }{
		{"en_US", french, "en"},
		{"French", "court", "fr"},
		{"", french, "fr"},
		{"", "Too short to tell.", ""},
		{"", strings.Repeat("Die Abstimmung über die Hafenabgabe ist vorbei, und niemand weiß, wozu sie gut sein soll. ", 4), "de"},
		{"", strings.Repeat("De raad heeft voor de havenheffing gestemd, maar niemand kan zeggen waarom het voor de stad van belang is. ", 4), "nl"},
		{"", strings.Repeat("Die raad het vir die hawe se heffing gestem, maar niemand kan sê hoekom dit vir die dorp belangrik is nie. ", 4), "af"},
		{"", strings.Repeat("Совет проголосовал за портовый сбор, и никто не может сказать, зачем он нужен городу. ", 4), "ru"},
		{"xx-unknown-nonsense-tag", "Too short to tell.", ""},
	} {
		a, err := ingest.Data(record(`{"language": "` + tt.lang + `", "text": "` + tt.body + `"}`))
		if err != nil || a.Language != tt.want {
			t.Errorf("language %q = %q, %v, want %q", tt.lang, a.Language, err, tt.want)
		}
	}
}

func TestParseFieldMap(t *testing.T) {
	m, err := ingest.ParseFieldMap(" headline=Hed , body = text.html,")
	if err != nil || m.String() != "body=text.html,headline=Hed" {
		t.Errorf("ParseFieldMap = %v, %v", m, err)
	}
	for _, tt := range []struct{ in, want string }{
		{"headline", "must be FIELD=NAME"},
		{"headline=", "must be FIELD=NAME"},
		{"titel=x", `no field "titel"; the fields are author_note, authors, body`},
		{"body=a,body=b", "given twice"},
	} {
		if _, err := ingest.ParseFieldMap(tt.in); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ParseFieldMap(%q) = %v, want an error with %q", tt.in, err, tt.want)
		}
	}
}

func TestWithData(t *testing.T) {
	e := ingest.WithData(fakeExtractor{})
	if a, err := e.Extract(record(`{"title":"A","body":"b"}`)); err != nil || a.Headline != "A" {
		t.Errorf("Extract of data = %+v, %v", a, err)
	}
	if a, err := e.Extract(&corpus.Page{MediaType: "text/html", Body: []byte("H|b")}); err != nil || a.Headline != "H" {
		t.Errorf("Extract of a page = %+v, %v", a, err)
	}
	if _, err := ingest.WithData(nil).Extract(&corpus.Page{MediaType: "text/html"}); err == nil {
		t.Error("Extract of a page without an extractor: no error")
	}
}

func FuzzData(f *testing.F) {
	f.Add(`{"title":"A","body":"<p>x","date":"Tue, 01 May 2018 09:30:00 GMT","author":"By Doe, Jane; Roe, J."}`)
	f.Add(`{"body":"<li><h2><blockquote></h9>","date":{"$date":1e9},"tags":[1,[2],{"name":"x"}]}`)
	f.Add(`{"body":["a","b\u2028c"],"byline":"Sen.","url":"https://m.x.com/a#!b","date":"4 M."}`)
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ingest.Data(record(text))
		if err != nil {
			return
		}
		for _, block := range a.Body {
			if block.Text == "" || strings.Contains(block.Text, "\n") || strings.TrimSpace(block.Text) != block.Text {
				t.Errorf("block %q", block.Text)
			}
		}
		for _, author := range a.Authors {
			if author.Name == "" {
				t.Error("author without a name")
			}
		}
	})
}
