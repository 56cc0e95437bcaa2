// Compare scores the extractor of oped beside go-trafilatura and go-readability, on the same pages in the same run, and
// measures the processor time that each takes a page, parsing included. It is a module of its own: the program itself
// depends on neither.
//
//	cd .ci/compare && go run . DIR
//
// DIR is a directory of pages with their truth, as package evaluate reads it.
package main

import (
	"bytes"
	"fmt"
	"log"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"oped/corpus"
	"oped/corpus/extract"
	"oped/corpus/extract/evaluate"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run . DIR")
	}
	if err := compare(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

// contender is one extractor under comparison.
type contender struct {
	name string
	read func(*corpus.Page, *url.URL) (evaluate.Prediction, error)
}

func compare(dir string) error {
	cases, err := evaluate.Load(dir)
	if err != nil {
		return err
	}
	e, err := extract.New()
	if err != nil {
		return err
	}
	byOped := func(p *corpus.Page, _ *url.URL) (evaluate.Prediction, error) {
		a, err := e.Extract(p)
		if err != nil {
			return evaluate.Prediction{}, err
		}
		return evaluate.Predict(a), nil
	}
	contenders := []contender{{"oped", byOped}, {"go-trafilatura", byTrafilatura}, {"go-readability", byReadability}}
	answers := make([]map[string]evaluate.Prediction, len(contenders))
	spent := make([]time.Duration, len(contenders))
	for k := range answers {
		answers[k] = map[string]evaluate.Prediction{}
	}
	for i := range cases {
		p, err := cases[i].Page()
		if err != nil {
			return err
		}
		u, err := url.Parse(p.URL)
		if err != nil {
			u = &url.URL{}
		}
		for k, c := range contenders { // by turns, so that all meet the same machine
			start := processorTime()
			answer, err := c.read(p, u)
			spent[k] += processorTime() - start
			if err == nil {
				answers[k][cases[i].ID] = answer
			}
		}
	}
	for k, c := range contenders {
		fmt.Printf("%s: %.1f ms of processor time a page\n%v\n", c.name, float64(spent[k].Microseconds())/1000/float64(len(cases)), evaluate.Compare(cases, answers[k]))
	}
	return nil
}

// processorTime is what this process has used so far, on all cores.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		log.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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
