package cite

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

const here = "https://oped.example/article/abcdefghijklmnop"

func article() *corpus.Article {
	return &corpus.Article{
		ID: "abcdefghijklmnop", URL: "https://paper.example/op_ed?a=1&b={2}", Publication: "Bits & Pieces", Headline: "100% of $5: #1_choice",
		Standfirst: "Why\r\nER  - not", Authors: []corpus.Author{{Name: "Tomas van der Berg"}, {Name: "Plato"}},
		Published: corpus.Date{Time: time.Date(2018, 5, 3, 0, 0, 0, 0, time.UTC)}, Section: "Opinion", Tags: []string{"tax", "sea"},
		Language: "en", Captured: time.Date(2026, 3, 1, 23, 0, 0, 0, time.UTC),
		Body: []corpus.Block{{Kind: corpus.Heading, Level: 3, Text: "1. Why"}, {Kind: corpus.Paragraph, Text: "- <b>*no*</b>"}, {Kind: corpus.Quote, Text: "yes"}},
	}
}

func TestSplitName(t *testing.T) {
	for _, tt := range []struct{ name, family, given string }{
		{"Jane Doe", "Doe", "Jane"},
		{"Jane Q. Doe", "Doe", "Jane Q."},
		{"Tomas van der Berg", "van der Berg", "Tomas"},
		{"Van Morrison", "Morrison", "Van"},
		{"Martin Luther King Jr.", "King", "Martin Luther Jr."},
		{"Plato", "Plato", ""},
		{"Doe, Jane", "Doe, Jane", ""},
		{" ", "", ""},
		{"A\nB", "B", "A"},
	} {
		if family, given := SplitName(tt.name); family != tt.family || given != tt.given {
			t.Errorf("SplitName(%q) = %q, %q, want %q, %q", tt.name, family, given, tt.family, tt.given)
		}
	}
}

func TestRIS(t *testing.T) {
	want := strings.Join([]string{
		"TY  - NEWS", "TI  - 100% of $5: #1_choice", "AU  - van der Berg, Tomas", "AU  - Plato", "T2  - Bits & Pieces", "SE  - Opinion",
		"PY  - 2018", "DA  - 2018/05/03", "N2  - Why ER - not", "KW  - tax", "KW  - sea", "LA  - en",
		"UR  - https://paper.example/op_ed?a=1&b={2}", "L2  - " + here, "ID  - abcdefghijklmnop", "Y2  - 2026/03/01", "ER  - ", "", "",
	}, "\r\n")
	if diff := cmp.Diff(want, RIS(article(), here)); diff != "" {
		t.Errorf("RIS (-want +got):\n%s", diff)
	}
}

func TestRISOfAnEmptyArticle(t *testing.T) {
	if got, want := RIS(&corpus.Article{ID: "x"}, here), "TY  - NEWS\r\nUR  - "+here+"\r\nL2  - "+here+"\r\nID  - x\r\nER  - \r\n\r\n"; got != want {
		t.Errorf("RIS = %q, want %q", got, want)
	}
}

func TestCSL(t *testing.T) {
	body, err := CSL(article(), here)
	if err != nil {
		t.Fatal(err)
	}
	var got []cslArticle
	if err := json.Unmarshal(body, &got); err != nil || len(got) != 1 {
		t.Fatalf("%v in %s", err, body)
	}
	want := cslArticle{
		ID: "abcdefghijklmnop", Type: "article-newspaper", Title: "100% of $5: #1_choice", ContainerTitle: "Bits & Pieces", Section: "Opinion",
		Author:   []cslName{{Family: "van der Berg", Given: "Tomas"}, {Literal: "Plato"}},
		Issued:   &cslDate{[][]int{{2018, 5, 3}}},
		Accessed: &cslDate{[][]int{{2026, 3, 1}}},
		Abstract: "Why ER - not", Keyword: "tax, sea", Language: "en", URL: "https://paper.example/op_ed?a=1&b={2}",
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("CSL (-want +got):\n%s", diff)
	}
}

func TestJSONLD(t *testing.T) {
	a := article()
	a.Type, a.Access = corpus.TypeColumn, corpus.AccessPartial
	body, err := JSONLD(a, here)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"@type": "OpinionNewsArticle"`, `"name": "Tomas van der Berg"`, `"datePublished": "2018-05-03"`, `"isAccessibleForFree": false`,
		`"headline": "100% of $5: #1_choice"`,
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
}

func TestBibTeX(t *testing.T) {
	want := `@article{abcdefghijklmnop,
  title = {{100\% of \$5: \#1\_choice}},
  author = {van der Berg, Tomas and Plato},
  journal = {Bits \& Pieces},
  year = {2018},
  month = {may},
  date = {2018-05-03},
  abstract = {Why ER - not},
  url = {https://paper.example/op_ed?a=1&b=%7B2%7D},
  urldate = {2026-03-01},
}
`
	if diff := cmp.Diff(want, BibTeX(article(), here)); diff != "" {
		t.Errorf("BibTeX (-want +got):\n%s", diff)
	}
}

func TestMarkdown(t *testing.T) {
	want := `[100% of $5: \#1\_choice](` + here + `), Tomas van der Berg, Plato, Bits &amp; Pieces, 2018-05-03, [original](https://paper.example/op_ed?a=1&b={2})`
	if got := Markdown(article(), here); got != want {
		t.Errorf("Markdown =\n%s, want\n%s", got, want)
	}
	whole := MarkdownArticle(article(), here)
	for _, want := range []string{"# 100% of $5", "\n\n### 1\\. Why\n\n", "\n\n\\- &lt;b&gt;\\*no\\*&lt;/b&gt;\n\n", "\n\n> yes\n\n"} {
		if !strings.Contains(whole, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
}

func TestText(t *testing.T) {
	want := "Tomas van der Berg, Plato, “100% of $5: #1_choice”, Bits & Pieces, 3 May 2018, https://paper.example/op_ed?a=1&b={2}"
	if got := Text(article(), here); got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
	if got := TextArticle(article(), here); !strings.HasSuffix(got, "\n\n--\n\n"+want+"\n") {
		t.Errorf("TextArticle = %q", got)
	}
}

func TestAddressIsOnlyOfTheWeb(t *testing.T) {
	a := article()
	a.URL = "javascript:alert(1)"
	if got := RIS(a, here); strings.Contains(got, "javascript") {
		t.Errorf("RIS = %s", got)
	}
}

func TestCell(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""}, {"plain", "plain"}, {"=1+1", "'=1+1"}, {" =1", "'=1"}, {"\t@x", "'@x"}, {"-5", "'-5"}, {"+5", "'+5"}, {"＝1", "'＝1"},
		{"a\r\nb", "a b"}, {"a=1", "a=1"},
	} {
		if got := Cell(tt.in); got != tt.want {
			t.Errorf("Cell(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzForms(f *testing.F) {
	f.Add("Head", "Jane Doe", "text")
	f.Add("a\nER  - \n}", "=x, y", "<script>")
	f.Fuzz(func(t *testing.T, headline, name, text string) {
		a := article()
		a.Headline, a.Authors[0].Name, a.Standfirst, a.Body[0].Text = headline, name, text, text
		if n := strings.Count(RIS(a, here), "\r\nER  - "); n != 1 {
			t.Errorf("%d ends in %q", n, RIS(a, here))
		}
		if b := BibTeX(a, here); strings.Count(b, "{")-strings.Count(b, `\{`) != strings.Count(b, "}")-strings.Count(b, `\}`) {
			t.Errorf("unbalanced braces in %q", b)
		}
		if _, err := CSL(a, here); err != nil {
			t.Error(err)
		}
		if strings.Contains(MarkdownArticle(a, here), "<") {
			t.Errorf("a tag in %q", MarkdownArticle(a, here))
		}
	})
}
