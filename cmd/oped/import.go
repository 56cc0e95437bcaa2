package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"oped/corpus"
	"oped/corpus/extract"
	"oped/corpus/ingest"
)

const importHelp = `Take articles from files and keep them.

A PATH is a folder, which is read with all its subfolders, or a file: saved pages (.html), plain texts (.txt), one JSON
object a line (.jsonl), a table (.csv), a web archive (.warc, as Common Crawl has them), a WordPress export (.wxr, or
.xml with that inside) or posts of the WordPress REST API (.json), each also compressed (.gz, .zst). "-" is standard input.
  curl 'https://paper.example/wp-json/wp/v2/posts?per_page=100&page=1&_embed' >posts.json
  oped import posts.json

Data is understood by the common names of its fields (title, author, date, body ...); --map says where else to look:
  oped import --map headline=title,published=day,body=content articles.jsonl

Every file, line, row or record is counted as new, updated, unchanged or rejected with its reason; skipped is what is no
article by its kind, such as the requests in a web archive or the pictures in an export. The same import again changes
nothing, and one that was interrupted goes on when it is run again.`

// importFlags is what was asked of an import, before it is checked.
type importFlags struct {
	format, fields, publication, encoding string
	json                                  bool
}

func (a *app) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import [flags] PATH...",
		Short: "take articles from saved pages, texts, JSONL, CSV, WARC and WordPress",
		Long:  importHelp,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("oped import DIR, or - for standard input", "import needs a folder or a file")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.importPaths(cmd.Context(), f, args) },
	}
	cmd.Flags().StringVar(&f.format, "format", "auto", "html, text, jsonl, csv, warc, wxr or wordpress, where the name does not say")
	cmd.Flags().StringVar(&f.fields, "map", "", "where data has its fields: headline=title,published=date,...")
	cmd.Flags().StringVar(&f.publication, "publication", "", "publication of articles that do not name theirs")
	cmd.Flags().StringVar(&f.encoding, "encoding", "", "character encoding of data (default utf-8)")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the counts as JSON")
	return cmd
}

func (a *app) importPaths(ctx context.Context, f importFlags, paths []string) error {
	format, err := ingest.ParseFormat(f.format)
	if err != nil {
		return usagef("say html, text, jsonl, csv, warc, wxr or wordpress", "--format: %v", err)
	}
	fields, err := ingest.ParseFieldMap(f.fields)
	if err != nil {
		return usagef("write --map headline=title,body=text", "--map: %v", err)
	}
	if err := ingest.CheckEncoding(f.encoding); err != nil {
		return usagef("leave --encoding out for UTF-8", "--encoding: %v", err)
	}
	extractor, err := extract.New()
	if err != nil {
		return err
	}
	store, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	config := ingest.Config{
		Store: store, Extractor: extractor, Fields: fields, Publication: f.publication, Encoding: f.encoding, Now: a.now,
	}
	counts, err := a.runImport(ctx, config, format, paths)
	err = a.endJob("import", counts, f.json, err)
	if !f.json {
		a.printSkipped(counts)
	}
	return err
}

// printSkipped prints what a source held beside articles.
func (a *app) printSkipped(c corpus.Counts) {
	for _, reason := range slices.Sorted(maps.Keys(c.SkipReasons)) {
		fmt.Fprintf(a.stdout, "  skipped %d: %s\n", c.SkipReasons[reason], reason)
	}
}

// runImport imports one path after the other; one that cannot be read does not keep the others from it.
func (a *app) runImport(ctx context.Context, c ingest.Config, format ingest.Format, paths []string) (corpus.Counts, error) {
	var total corpus.Counts
	var errs []error
	line := a.newProgress()
	defer line.end()
	for _, path := range paths {
		done := total
		c.Progress = func(now corpus.Counts) {
			line.show("%s: %d seen, %d new, %d updated, %d unchanged, %d rejected", path,
				done.Seen+now.Seen, done.New+now.New, done.Updated+now.Updated, done.Unchanged+now.Unchanged, done.Rejected+now.Rejected)
		}
		counts, err := a.importPath(ctx, c, format, path)
		total.Merge(counts)
		errs = append(errs, err)
		if ctx.Err() != nil {
			break
		}
	}
	return total, errors.Join(errs...)
}

func (a *app) importPath(ctx context.Context, c ingest.Config, format ingest.Format, path string) (corpus.Counts, error) {
	switch {
	case path == "-":
		return ingest.Reader(ctx, c, a.stdin, "standard input", format)
	case format == ingest.FormatAuto:
		return ingest.Auto(ctx, c, path)
	case isDir(path) && format == ingest.FormatHTML:
		return ingest.HTMLDir(ctx, c, path)
	case isDir(path) && format == ingest.FormatText:
		return ingest.TextDir(ctx, c, path)
	}
	r, err := a.openInput(path)
	if err != nil {
		return corpus.Counts{}, err
	}
	defer r.Close()
	return ingest.Reader(ctx, c, r, path, format)
}
