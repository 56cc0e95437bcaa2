package search

import (
	"compress/bzip2"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/query"
	"oped/search/relevance"
)

var relevanceFlag = flag.String("relevance", "", "directory of judged collections to measure the ranking on")

// TestRelevance measures the ranking on judged collections, each a directory of docs.jsonl.bz2, queries.tsv and
// qrels.txt. A topic is searched for as any of its words.
func TestRelevance(t *testing.T) {
	if *relevanceFlag == "" {
		t.Skip("no -relevance directory given")
	}
	dirs, err := filepath.Glob(filepath.Join(*relevanceFlag, "*", "qrels.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, qrels := range dirs {
		t.Run(filepath.Base(filepath.Dir(qrels)), func(t *testing.T) { measure(t, filepath.Dir(qrels)) })
	}
}

func measure(t *testing.T, dir string) {
	a := newArchive(t)
	names := loadCollection(t, a, filepath.Join(dir, "docs.jsonl.bz2"))
	s := a.searcher(Config{Timeout: time.Minute})
	judgments := read(t, filepath.Join(dir, "qrels.txt"), relevance.ReadJudgments)
	topics := judgments.Topics(read(t, filepath.Join(dir, "queries.tsv"), relevance.ReadTopics))
	run, began := relevance.Run{}, time.Now()
	for _, topic := range topics {
		var hits []relevance.Scored
		for _, h := range ask(t, s, anyOf(topic.Text), Request{Limit: MaxLimit, NoSnippets: true, Facets: []FacetField{}}).Hits {
			hits = append(hits, relevance.Scored{Document: names[h.ID], Score: h.Score})
		}
		run[topic.ID] = hits
	}
	m := relevance.Evaluate(judgments, run)
	t.Logf("nDCG@10 %.4f  MAP %.4f  MRR@10 %.4f  P@5 %.4f  R@100 %.4f  %d topics, %v each", m.NDCG10, m.MAP, m.MRR10, m.P5,
		m.Recall100, m.Topics, time.Since(began)/time.Duration(len(topics)))
}

func read[T any](t *testing.T, path string, parse func(io.Reader) (T, error)) T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v, err := parse(f)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// anyOf is the tree of a topic: any of its words.
func anyOf(text string) query.Node {
	var or query.Or
	for _, token := range strings.Fields(text) {
		if len(schema.AnalyzeText(token, "en")) > 0 {
			or.Parts = append(or.Parts, query.Word{Text: token})
		}
	}
	return or
}

func loadCollection(t *testing.T, a *archive, path string) map[corpus.ID]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	names, decoder := map[corpus.ID]string{}, json.NewDecoder(bzip2.NewReader(f))
	var batch []*corpus.Article
	for decoder.More() {
		var doc struct{ ID, Title, Body string }
		if err := decoder.Decode(&doc); err != nil {
			t.Fatal(err)
		}
		article := &corpus.Article{ID: corpus.IDFromContent(doc.ID, ""), Version: 1, Language: "en", Headline: doc.Title}
		for _, p := range strings.Split(doc.Body, "\n\n") {
			article.Body = append(article.Body, corpus.Block{Kind: corpus.Paragraph, Text: p})
		}
		names[article.ID] = doc.ID
		if batch = append(batch, article); len(batch) == 3000 {
			a.put(batch...)
			batch = nil
		}
	}
	a.put(batch...)
	return names
}
