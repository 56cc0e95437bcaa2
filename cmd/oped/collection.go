package main

import (
	"compress/bzip2"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"oped/corpus"
	"oped/indexer"
	"oped/search"
	"oped/search/relevance"
)

// collection is a judged collection, indexed in a directory of its own that goes with it.
type collection struct {
	name      string
	topics    []relevance.Topic
	judgments relevance.Judgments
	docs      *documents
	live      *indexer.Live
	searcher  *search.Searcher
	dir       string
}

// The files of a collection.
const (
	qrelsFile  = "qrels.txt"
	topicsFile = "queries.tsv"
	docsFile   = "docs.jsonl.bz2"
)

// collections finds the collections in dir: itself, or its subdirectories.
func collections(dir string) ([]string, error) {
	if _, err := os.Stat(filepath.Join(dir, qrelsFile)); err == nil {
		return []string{dir}, nil
	}
	found, err := filepath.Glob(filepath.Join(dir, "*", qrelsFile))
	if err != nil || len(found) == 0 {
		return nil, usagef("a collection is a directory with "+docsFile+", "+topicsFile+" and "+qrelsFile, "no judged collection in %q", dir)
	}
	for i, file := range found {
		found[i] = filepath.Dir(file)
	}
	slices.Sort(found)
	return found, nil
}

// openCollection reads a collection and indexes its documents by the code that indexes the archive.
func openCollection(ctx context.Context, dir string) (*collection, error) {
	c := &collection{name: filepath.Base(dir)}
	var err error
	if c.judgments, err = readFile(filepath.Join(dir, qrelsFile), relevance.ReadJudgments); err != nil {
		return nil, err
	}
	topics, err := readFile(filepath.Join(dir, topicsFile), relevance.ReadTopics)
	if err != nil {
		return nil, err
	}
	c.topics = c.judgments.Topics(topics)
	if c.docs, err = readFile(filepath.Join(dir, docsFile), readDocuments); err != nil {
		return nil, err
	}
	return c, c.index(ctx)
}

func readFile[T any](path string, parse func(io.Reader) (T, error)) (v T, err error) {
	f, err := os.Open(path)
	if err != nil {
		return v, err
	}
	defer f.Close()
	if v, err = parse(f); err != nil {
		return v, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}

func (c *collection) index(ctx context.Context) error {
	var err error
	if c.dir, err = os.MkdirTemp("", "oped-eval-"); err != nil {
		return err
	}
	if c.live, err = indexer.Open(ctx, indexer.Config{Dir: c.dir, Corpus: c.docs}); err != nil {
		return errors.Join(err, os.RemoveAll(c.dir))
	}
	if _, err = c.live.Sync(ctx); err != nil {
		return errors.Join(err, c.Close())
	}
	c.searcher = search.New(search.Config{Texts: c.docs})
	c.live.OnPublish(func(g indexer.Generation) { c.searcher.Publish(g.Name, g.Index, g.Release) })
	return nil
}

// Close gives up the index and removes it.
func (c *collection) Close() error {
	if c.searcher != nil {
		c.searcher.Publish("", nil, nil)
	}
	return errors.Join(c.live.Close(), os.RemoveAll(c.dir))
}

// run searches for every topic.
func (c *collection) run(ctx context.Context) (relevance.Run, time.Duration, error) {
	run, began := relevance.Run{}, time.Now()
	for _, topic := range c.topics {
		res, err := c.searcher.Search(ctx, search.Request{
			Query: anyWord(topic.Text), Sort: search.SortRelevance, Limit: search.MaxLimit, NoSnippets: true, Facets: []search.FacetField{},
			NoFold: true, // judgments are of single documents
		})
		if err != nil {
			return nil, 0, fmt.Errorf("eval: topic %s of %s: %w", topic.ID, c.name, err)
		}
		for _, hit := range res.Hits {
			run[topic.ID] = append(run[topic.ID], relevance.Scored{Document: c.docs.names[hit.ID], Score: hit.Score})
		}
	}
	return run, time.Since(began), nil
}

// writeRun writes the run where one was asked for.
func (c *collection) writeRun(file string, run relevance.Run) error {
	if file == "" {
		return nil
	}
	ending := filepath.Ext(file)
	f, err := os.Create(strings.TrimSuffix(file, ending) + "-" + c.name + ending)
	if err != nil {
		return err
	}
	return errors.Join(run.Write(f, c.topics, "oped"), f.Close())
}

// anyWord is the query for any word of a text.
func anyWord(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '-' && r != '.'
	})
	var kept []string
	for _, w := range words {
		if w = strings.Trim(w, "-'’."); w != "" {
			kept = append(kept, strings.ToLower(w))
		}
	}
	return strings.Join(kept, " OR ")
}

// documents are the texts of a collection as the corpus that an index is made from.
type documents struct {
	articles []*corpus.Article
	byID     map[corpus.ID]*corpus.Article
	names    map[corpus.ID]string
}

// readDocuments reads one JSON object a line, compressed with bzip2: id, title, body.
func readDocuments(r io.Reader) (*documents, error) {
	d := &documents{byID: map[corpus.ID]*corpus.Article{}, names: map[corpus.ID]string{}}
	for decoder := json.NewDecoder(bzip2.NewReader(r)); decoder.More(); {
		var doc struct{ ID, Title, Body string }
		if err := decoder.Decode(&doc); err != nil {
			return nil, err
		}
		article := &corpus.Article{
			ID: corpus.IDFromContent(doc.ID, ""), Version: 1, Seq: uint64(len(d.articles) + 1), Language: "en", Headline: doc.Title,
		}
		for _, p := range strings.Split(doc.Body, "\n\n") {
			article.Body = append(article.Body, corpus.Block{Kind: corpus.Paragraph, Text: p})
		}
		d.articles = append(d.articles, article)
		d.byID[article.ID], d.names[article.ID] = article, doc.ID
	}
	return d, nil
}

// Sequence is the number of documents: each is one change.
func (d *documents) Sequence(context.Context) (uint64, error) { return uint64(len(d.articles)), nil }

// Changes lists documents as changes.
func (d *documents) Changes(_ context.Context, after uint64, limit int) ([]corpus.Change, error) {
	var changes []corpus.Change
	for _, a := range d.articles[min(int(after), len(d.articles)):] {
		if len(changes) == limit {
			break
		}
		changes = append(changes, corpus.Change{Seq: a.Seq, ID: a.ID, Version: a.Version})
	}
	return changes, nil
}

// Version returns a document.
func (d *documents) Version(_ context.Context, id corpus.ID, _ int) (*corpus.Article, error) {
	if a, ok := d.byID[id]; ok {
		return a, nil
	}
	return nil, corpus.ErrNotFound
}

// Articles returns documents, nil for those that there are not.
func (d *documents) Articles(_ context.Context, ids []corpus.VersionID) ([]*corpus.Article, error) {
	articles := make([]*corpus.Article, len(ids))
	for i, id := range ids {
		articles[i] = d.byID[id.ID]
	}
	return articles, nil
}
