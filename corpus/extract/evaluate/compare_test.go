package evaluate_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
	"oped/corpus/extract/evaluate"
)

// TestCompareWithOthers scores other extractors on the pages of OPED_EXTRACTION_DIR; their answers are kept in
// OPED_COMPARE, a directory.
func TestCompareWithOthers(t *testing.T) {
	dir, out := os.Getenv("OPED_EXTRACTION_DIR"), os.Getenv("OPED_COMPARE")
	if dir == "" || out == "" {
		t.Skip("OPED_EXTRACTION_DIR and OPED_COMPARE are not set")
	}
	cases, err := evaluate.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string]func(*corpus.Page, *url.URL) (evaluate.Prediction, error){"trafilatura": byTrafilatura, "readability": byReadability} {
		answers := map[string]evaluate.Prediction{}
		var spent time.Duration
		for i := range cases {
			p, err := cases[i].Page()
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(p.URL)
			if err != nil {
				u = &url.URL{}
			}
			start := time.Now()
			answer, err := read(p, u)
			spent += time.Since(start)
			if err == nil {
				answers[cases[i].ID] = answer
			}
		}
		s := evaluate.Compare(cases, answers)
		s.Elapsed = spent
		t.Logf("%s\n%v", name, s)
		data, err := json.Marshal(answers)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(out, name+".json"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func byTrafilatura(p *corpus.Page, u *url.URL) (evaluate.Prediction, error) {
	r, err := trafilatura.Extract(bytes.NewReader(p.Body), trafilatura.Options{OriginalURL: u, EnableFallback: true})
	if err != nil {
		return evaluate.Prediction{}, err
	}
	answer := evaluate.Prediction{Body: lines(r.ContentNode), Title: r.Metadata.Title, Authors: splitNames(r.Metadata.Author)}
	if !r.Metadata.Date.IsZero() {
		answer.Date = r.Metadata.Date.Format(time.DateOnly)
	}
	return answer, nil
}

func byReadability(p *corpus.Page, u *url.URL) (evaluate.Prediction, error) {
	parser := readability.NewParser()
	a, err := parser.Parse(bytes.NewReader(p.Body), u)
	if err != nil {
		return evaluate.Prediction{}, err
	}
	answer := evaluate.Prediction{Body: lines(a.Node), Title: a.Title(), Authors: splitNames(a.Byline())}
	if d, err := a.PublishedTime(); err == nil && !d.IsZero() {
		answer.Date = d.Format(time.DateOnly)
	}
	return answer, nil
}

func splitNames(s string) []string {
	var out []string
	for name := range strings.SplitSeq(strings.NewReplacer(";", "\n", ",", "\n", " and ", "\n", " & ", "\n").Replace(s), "\n") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// lines is the text below a node, a line for each block element.
func lines(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		switch n.DataAtom {
		case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Blockquote, atom.Tr, atom.Td, atom.Br, atom.Pre, atom.Figcaption:
			b.WriteByte('\n')
		}
	}
	if n != nil {
		walk(n)
	}
	return b.String()
}
