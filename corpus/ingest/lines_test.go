package ingest_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
	"oped/corpus/ingest"
)

func headlines(t *testing.T, s *corpus.Store) []string {
	t.Helper()
	list, err := s.List(t.Context(), corpus.ListFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for a, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a.Headline+": "+a.Text())
	}
	return all
}

func TestJSONLAccountsForEveryLine(t *testing.T) {
	long := strings.Repeat("x", 17<<20)
	in := io.MultiReader(
		strings.NewReader(`{"title":"A","body":"one","url":"https://example.com/a"}`+"\r\n"),
		strings.NewReader("\n"),
		strings.NewReader("{broken\n"),
		strings.NewReader(`{"title":"Long","body":"`+long+"\"}\n"),
		strings.NewReader(`{"title":"A","body":"one, changed","url":"https://example.com/a?utm_source=x"}`+"\n"),
		strings.NewReader(`{"title":"A","body":"one, changed","url":"https://example.com/a/"}`+"\n"),
		strings.NewReader("{\"title\":\"caf\xe9\",\"body\":\"x\"}\n"),
		strings.NewReader(`{"x":1}`+"\n"),
		strings.NewReader(`{"title":"Empty","body":""}`+"\n"),
		strings.NewReader(`{"title":"No newline at the end","body":"two"}`),
	)
	cfg := config(t)
	got, err := ingest.JSONL(t.Context(), cfg, in, "list.jsonl")
	want := corpus.Counts{Seen: 10, New: 2, Updated: 1, Unchanged: 1, Rejected: 6, Reasons: map[string]int{
		"empty line": 1, "not one JSON object": 1, "longer than 16 MB": 1, "not UTF-8, it seems to be windows-1252": 1,
		"neither text nor headline": 1, "empty": 1}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("JSONL: %v (-want +got):\n%s", err, diff)
	}
	list, err := cfg.Store.Rejections(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, r := range list {
		places = append(places, r.Origin)
	}
	if got, want := fmt.Sprint(places), "[list.jsonl:9 list.jsonl:8 list.jsonl:7 list.jsonl:4 list.jsonl:3 list.jsonl:2]"; got != want {
		t.Errorf("rejections at %s, want %s", got, want)
	}
}

func TestCSV(t *testing.T) {
	want := []string{"A, B: one\"two\"", "C: three\nfour", "É: fin"}
	for _, tt := range []struct{ name, in string }{
		{"commas", "title,body\n\"A, B\",\"one\"\"two\"\"\"\nC,\"three\nfour\"\nÉ,fin\n"},
		{"semicolons", "title;body\nA, B;one\"two\"\nC;\"three\r\nfour\"\r\nÉ;fin"},
		{"tabs", "title\tbody\nA, B\tone\"two\"\nC\t\"three\nfour\"\nÉ\tfin\n"},
		{"byte order mark", "\ufefftitle,body\n\"A, B\",\"one\"\"two\"\"\"\nC,\"three\nfour\"\nÉ,fin\n"},
		{"UTF-16", utf16le("title,body\n\"A, B\",\"one\"\"two\"\"\"\nC,\"three\nfour\"\nÉ,fin\n")},
		{"typographic quotes", "“title”,“body”\n“A, B”,“one\"two\"”\n“C”,“three\nfour”\n“É”,“fin”\n"},
		{"hasty quotes", "title,body\n\"A, B\",one\"two\"\nC,\"three\nfour\"\nÉ,fin\n"},
		{"gzip", zipped(t, "title,body\n\"A, B\",\"one\"\"two\"\"\"\nC,\"three\nfour\"\nÉ,fin\n")},
		{"more columns", "id,Title,x,Body\n1,\"A, B\",,\"one\"\"two\"\"\"\n2,C,,\"three\nfour\"\n3,É,,fin\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := config(t)
			got, err := ingest.CSV(t.Context(), cfg, strings.NewReader(tt.in), "table.csv")
			if err != nil || got.New != 3 || got.Seen != 3 {
				t.Errorf("CSV = %v, %v, want 3 new", got, err)
			}
			lines := headlines(t, cfg.Store)
			for i := range lines {
				lines[i] = strings.ReplaceAll(lines[i], "\n\n", "\n")
			}
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("articles (-want +got):\n%s", diff)
			}
		})
	}
}

func utf16le(s string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

func TestCSVAccountsForEveryRow(t *testing.T) {
	in := "title,body\nA,one\n\nB,two,three\nE,\"five\nsix\"\nF\n,\nG,seven\n"
	cfg := config(t)
	got, err := ingest.CSV(t.Context(), cfg, strings.NewReader(in), "table.csv")
	want := corpus.Counts{Seen: 7, New: 3, Rejected: 4, Reasons: map[string]int{
		"empty line": 1, "more values than columns: a delimiter inside a value needs quotes around the value": 1,
		"empty": 1, "neither text nor headline": 1}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("CSV: %v (-want +got):\n%s", err, diff)
	}
}

func TestCSVUnclosedQuote(t *testing.T) {
	in := "title,body\nA,one\nB,\"open\nC,three\nD,four\n"
	cfg := config(t)
	got, err := ingest.CSV(t.Context(), cfg, strings.NewReader(in), "table.csv")
	if err != nil || got.New != 3 || got.Reasons["a quote is opened and not closed"] != 1 {
		t.Errorf("CSV = %v, %v, want A, C and D kept", got, err)
	}
	list, err := cfg.Store.Rejections(t.Context(), 1)
	if err != nil || list[0].Origin != "table.csv:3" {
		t.Errorf("Rejections = %+v, %v, want line 3", list, err)
	}
}

// TestCSVManyUnclosedQuotes is about time: a table full of stray quotes must not be read thousands of times over.
func TestCSVManyUnclosedQuotes(t *testing.T) {
	var in strings.Builder
	in.WriteString("title,body\n")
	for i := range 3000 {
		fmt.Fprintf(&in, "\"A%d,%s\n", i, strings.Repeat("word ", 100))
	}
	got, err := ingest.CSV(t.Context(), config(t), strings.NewReader(in.String()), "table.csv")
	if err != nil || got.Seen != 3000 {
		t.Errorf("CSV = %v, %v, want 3000 seen", got.Seen, err)
	}
}

func TestDataTeaches(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		run            func(ingest.Config, io.Reader) (corpus.Counts, error)
		fields         ingest.FieldMap
	}{
		{name: "windows-1252 table", in: "title,body\nA,one\nCaf\xe9,two\n", want: "line 3 is not UTF-8 (byte 0xe9): it seems to be windows-1252"},
		{name: "UTF-16 without a mark", in: utf16le("title,body\nA,one\n")[2:], want: "it seems to be utf-16le"},
		{name: "unknown columns", in: "a,b\n1,2\n", want: `the columns are ["a" "b"]: say which with a field map`},
		{name: "mapped column missing", in: "title,body\n1,2\n", fields: ingest.FieldMap{"authors": "by"}, want: `there is no column "by" for authors; the columns are ["title" "body"]`},
		{name: "column twice", in: "title,title\n1,2\n", want: `two columns have the name "title"`},
		{name: "empty", in: "", want: "its first row must name the columns"},
	} {
		cfg := config(t)
		cfg.Fields = tt.fields
		_, err := ingest.CSV(t.Context(), cfg, strings.NewReader(tt.in), "table.csv")
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "table.csv") {
			t.Errorf("%s: CSV = %v, want an error with %q and the name", tt.name, err, tt.want)
		}
	}
	_, err := ingest.JSONL(t.Context(), config(t), strings.NewReader(`[{"title":"A"}]`), "a.json")
	if err == nil || !strings.Contains(err.Error(), "jq -c") {
		t.Errorf("JSONL of an array = %v, want an error that says how to convert it", err)
	}
}

func TestEncodingGiven(t *testing.T) {
	cfg := config(t)
	cfg.Encoding = "windows-1252"
	got, err := ingest.CSV(t.Context(), cfg, strings.NewReader("title,body\nCaf\xe9,\x93two\x94\n"), "table.csv")
	if err != nil || got.New != 1 {
		t.Fatalf("CSV = %v, %v, want 1 new", got, err)
	}
	if diff := cmp.Diff([]string{"Café: “two”"}, headlines(t, cfg.Store)); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	cfg.Encoding = "klingon"
	if _, err := ingest.CSV(t.Context(), cfg, strings.NewReader("title\nx\n"), "table.csv"); err == nil || !strings.Contains(err.Error(), "windows-1252") {
		t.Errorf("CSV in an unknown encoding = %v, want an error that names usual ones", err)
	}
}
