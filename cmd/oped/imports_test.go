package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// imports lists, for each package of ours, which others of ours it may import. Tests may import more.
var imports = map[string][]string{
	"cmd/oped":                {"corpus", "corpus/crawl", "corpus/discover", "corpus/extract", "corpus/extract/evaluate", "corpus/fetch", "corpus/ingest", "corpus/sample", "corpus/synth", "indexer", "indexer/schema", "search", "search/load", "search/query", "search/relevance", "search/spelling", "web"},
	"corpus":                  {"corpus/similar"},
	"corpus/diff":             {"corpus"},
	"corpus/similar":          {},
	"corpus/fetch":            {"corpus"},
	"corpus/discover":         {"corpus"},
	"corpus/extract":          {"corpus"},
	"corpus/extract/evaluate": {"corpus", "corpus/extract"},
	"corpus/extract/learn":    {"corpus", "corpus/extract", "corpus/extract/evaluate"},
	"corpus/crawl":            {"corpus", "corpus/discover", "corpus/extract", "corpus/fetch"},
	"corpus/ingest":           {"corpus"},
	"corpus/sample":           {"corpus"},
	"corpus/synth":            {"corpus"},
	"indexer":                 {"corpus", "indexer/schema", "indexer/segment"},
	"indexer/schema":          {"corpus", "indexer/segment"},
	"indexer/segment":         {},
	"search":                  {"corpus", "indexer/schema", "search/match", "search/postings", "search/query", "search/spelling"},
	"search/doctor":           {"search", "search/query"},
	"search/match":            {"corpus", "indexer/schema", "search/query"},
	"search/postings":         {"indexer/schema"},
	"search/query":            {},
	"search/relevance":        {},
	"search/spelling":         {"indexer/schema"},
	"search/load":             {"corpus", "indexer/schema", "search", "search/query"},
	"web":                     {"corpus", "corpus/diff", "search", "search/doctor", "search/query", "web/cite"},
	"web/cite":                {"corpus"},
}

// confined lists the libraries that only some packages may import.
var confined = map[string][]string{
	"github.com/blevesearch/":        {"indexer", "indexer/schema", "indexer/segment", "search", "search/postings"},
	"github.com/gorilla/mux":         {"web"},
	"github.com/PuerkitoBio/goquery": {"corpus/discover", "corpus/extract", "corpus/ingest"},
	"database/sql":                   {"corpus"},
	"modernc.org/sqlite":             {"corpus"},
	"html/template":                  {"web", "corpus/sample"},
}

// TestImports holds the shape of the house: who may import whom, and which library stays where.
func TestImports(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".." && file != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		checkImports(t, filepath.ToSlash(rel), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkImports(t *testing.T, pkg, file string) {
	t.Helper()
	allowed, known := imports[pkg]
	if !known {
		t.Errorf("%s: package %q has no line in the table of imports", file, pkg)
	}
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range tree.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if ours, ok := strings.CutPrefix(imported, "oped/"); ok && !slices.Contains(allowed, ours) {
			t.Errorf("%s: %s must not import %s", path.Base(file), pkg, ours)
		}
		for library, users := range confined {
			if strings.HasPrefix(imported, library) && !slices.Contains(users, pkg) {
				t.Errorf("%s: %s stays out of %s", path.Base(file), library, pkg)
			}
		}
	}
}
