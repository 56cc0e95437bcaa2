package discover

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"oped/corpus"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files under testdata")

// read runs Read over a text and collects what it hands on.
func read(t *testing.T, src Source, text string) ([]Entry, Report, error) {
	t.Helper()
	var got []Entry
	report, err := Read(strings.NewReader(text), src, func(e Entry) error {
		got = append(got, e)
		return nil
	})
	return got, report, err
}

// TestReadGolden reads every document under testdata and compares what was found.
func TestReadGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.in")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents under testdata: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			entries, report, err := read(t, Source{URL: "https://www.gazette.example/"}, string(body))
			var b strings.Builder
			fmt.Fprintf(&b, "format %s, title %q, %d entries, %d bad, error %v\n", report.Format, report.Title, report.Entries, report.Bad, err)
			for _, e := range entries {
				fmt.Fprintf(&b, "%s %s pub=%q modified=%s published=%s\n", e.Kind, e.URL, e.Publication, stamp(e.Modified), stamp(e.Published))
			}
			golden := strings.TrimSuffix(file, ".in") + ".want"
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("Read(%s) differs from the golden file (-want +got):\n%s", file, diff)
			}
		})
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}

func TestReadUnpacksGzip(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, `<urlset><url><loc>https://a.example/x</loc></url></urlset>`)
	z.Close()
	entries, report, err := read(t, Source{URL: "https://a.example/sitemap.xml.gz", MediaType: "application/x-gzip"}, b.String())
	if err != nil || report.Format != FormatSitemap || len(entries) != 1 {
		t.Errorf("Read(gz) = %v, %+v, %v, want one entry of a sitemap", entries, report, err)
	}
}

func TestReadRefuses(t *testing.T) {
	deep := strings.Repeat("<a>", 200_000)
	for _, tt := range []struct {
		name, text, says string
		entries          int
		is               error
	}{
		{name: "an image", text: "\x89PNG\r\n\x1a\n", is: ErrUnknown},
		{name: "unknown markup", text: "<svg></svg>", is: ErrUnknown},
		{name: "deep sitemap", text: "<urlset>" + deep, is: ErrTooLong, says: "deeper"},
		{name: "deep feed", text: `<rss version="2.0"><channel>` + deep, is: ErrTooLong, says: "deeper"},
		{name: "endless token", text: "<urlset><url><loc>" + strings.Repeat("x", 3<<20), is: ErrTooLong, says: "one tag or text"},
		{name: "attributes without end", text: "<urlset " + strings.Repeat(`a="b" `, 5000) + ">", is: ErrTooLong, says: "attributes"},
		{name: "broken off", text: "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.exa", entries: 1, says: "line 1"},
		{name: "feed that is none", text: `{"no": "feed"}`, is: ErrUnknown},
		{
			name: "entities are not expanded", entries: 0, says: "",
			text: `<!DOCTYPE x [<!ENTITY a "https://a.example/bomb"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			entries, _, err := read(t, Source{URL: "https://a.example/", MediaType: "application/xml"}, tt.text)
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("Read = %v, want an error that is %v", err, tt.is)
			}
			if tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("Read = %v, want an error that says %q", err, tt.says)
			}
			for _, e := range entries {
				if strings.Contains(e.URL, "bomb") {
					t.Errorf("Read expanded an entity: %s", e.URL)
				}
			}
			if tt.says != "" && len(entries) != tt.entries {
				t.Errorf("Read handed on %d entries, want %d", len(entries), tt.entries)
			}
		})
	}
}

func TestReadBoundsUnpacking(t *testing.T) {
	const limit = 1 << 20
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	io.WriteString(z, "<urlset>")
	io.WriteString(z, strings.Repeat("<!-- nothing at all -->", 2*limit/20))
	z.Close()
	_, err := readWithin(limit, &bomb, Source{URL: "https://a.example/s.gz"}, func(Entry) error { return nil })
	if !errors.Is(err, ErrTooLong) {
		t.Errorf("reading a gzip bomb = %v, want %v", err, ErrTooLong)
	}
}

func TestReadStopsWithTheCaller(t *testing.T) {
	stop := errors.New("enough")
	n := 0
	_, err := Read(strings.NewReader(`<urlset><url><loc>/1</loc></url><url><loc>/2</loc></url></urlset>`),
		Source{URL: "https://a.example/"}, func(Entry) error { n++; return stop })
	if err != stop || n != 1 {
		t.Errorf("Read = %v after %d entries, want the caller's error after 1", err, n)
	}
}

func TestWithin(t *testing.T) {
	since := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name      string
		e         Entry
		in, dated bool
	}{
		{"modified later", Entry{URL: "https://a.example/x", Modified: since.Add(time.Hour)}, true, true},
		{"modified on the minute", Entry{URL: "https://a.example/x", Modified: since}, true, true},
		{"published before, modified later", Entry{Published: since.AddDate(-3, 0, 0), Modified: since.AddDate(0, 1, 0)}, true, true},
		{"modified before", Entry{URL: "https://a.example/2024/05/01/x", Modified: since.Add(-time.Hour)}, false, true},
		{"day in the address", Entry{URL: "https://a.example/2024/01/01/x"}, true, true},
		{"day before", Entry{URL: "https://a.example/2023/12/31/x"}, false, true},
		{"day without separators", Entry{URL: "https://a.example/opinion/20240215-slug.html"}, true, true},
		{"month in the address counts to its end", Entry{URL: "https://a.example/2024/01/x"}, true, true},
		{"no date", Entry{URL: "https://a.example/carbon-tax-now"}, false, false},
		{"a number is no date", Entry{URL: "https://a.example/20245/x"}, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if in, dated := tt.e.Within(since); in != tt.in || dated != tt.dated {
				t.Errorf("Within = %v, %v, want %v, %v", in, dated, tt.in, tt.dated)
			}
		})
	}
}

func TestList(t *testing.T) {
	text := "\xef\xbb\xbf# my list\n\nhttps://A.example/x?a=1#top\r\n  http://b.example/y  a note\nexample.com/z\nftp://c.example/\nhttps://user:pw@c.example/\n" +
		"https://c.example/" + strings.Repeat("x", 20_000) + "\nhttps://d.example/last"
	var got []string
	lines, err := List(strings.NewReader(text), func(e Entry) error {
		if e.Kind != corpus.TargetPage {
			t.Errorf("%s is a %s, want a page", e.URL, e.Kind)
		}
		got = append(got, e.URL)
		return nil
	})
	if err != nil {
		t.Fatalf("List: %v", err)
	}
	want := []string{"https://a.example/x?a=1", "http://b.example/y", "https://d.example/last"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("List (-want +got):\n%s", diff)
	}
	var bad []int
	for _, b := range lines.First {
		bad = append(bad, b.Line)
		if b.Reason == "" || len(b.String()) > 300 {
			t.Errorf("bad line says %q", b)
		}
	}
	if diff := cmp.Diff([]int{5, 6, 7, 8}, bad); diff != "" || lines.Bad != 4 || lines.Entries != 3 {
		t.Errorf("List = %+v, bad lines (-want +got):\n%s", lines, diff)
	}
}

func TestLooksLike(t *testing.T) {
	for _, tt := range []struct {
		path             string
		article, section bool
	}{
		{"/2024/05/17/carbon-tax", true, false},
		{"/2024/05/", false, false},
		{"/opinion/a-tax-on-carbon-is-overdue", true, false},
		{"/col/0412.htm", true, false},
		{"/art0123.htm", true, false},
		{"/opinion.html", false, true},
		{"/opinion/", false, true},
		{"/news/opinion", false, true},
		{"/index.html", false, false},
		{"/", false, false},
		{"/about", false, false},
		{"/author/jane-doe-of-the-gazette", false, false},
		{"/tag/carbon-tax-now", false, false},
		{"/?p=123", true, false},
		{"/article.php?id=77", true, false},
		{"/img/one-two-three.jpg", false, false},
		{"/sport", false, false},
		{"/story/123456", true, false},
	} {
		t.Run(tt.path, func(t *testing.T) {
			base := Source{URL: "https://a.example/home"}
			entries, _, err := read(t, base, `<html><a href="`+tt.path+`">x</a>`)
			if err != nil {
				t.Fatal(err)
			}
			var article, section bool
			for _, e := range entries {
				article = article || e.Kind == corpus.TargetPage
				section = section || e.Kind == corpus.TargetSite
			}
			if article != tt.article || section != tt.section {
				t.Errorf("article %v, section %v, want %v, %v", article, section, tt.article, tt.section)
			}
		})
	}
}
