// Package ingest brings into the corpus whatever is not crawled: folders of saved pages, texts as a reader saves them,
// articles that come as data, one object a line (JSON Lines) or one row of a table (CSV), web archives (WARC) and what
// WordPress gives out (its export, and the posts of its REST API).
//
// Nothing is lost silently: every file, line, row or record is counted as new, updated, unchanged or rejected, and each
// rejection is kept in the Store with its place and reason. Records that are no articles by their kind, such as the
// requests in a web archive, are counted as skipped. A damaged one never ends the job. The same import again changes
// nothing, and an import that was interrupted goes on where it is run again. Memory does not grow with the source.
//
// Data is kept as it came, one corpus.Page a record, so that articles can be made from it anew; see Data.
package ingest

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"oped/corpus"
)

// Extractor reads an article out of a page of HTML or text. It must be safe for concurrent use.
type Extractor interface {
	Extract(*corpus.Page) (*corpus.Article, error)
}

// Config says where an import goes and how it reads.
type Config struct {
	Store *corpus.Store
	// Extractor reads HTML and text. Without one, only data can be imported.
	Extractor Extractor
	// Fields says where data has its fields; nil relies on common names.
	Fields FieldMap
	// Publication is for articles that do not name theirs.
	Publication string
	// Encoding is the character encoding of data by its usual name ("windows-1252", "utf-16le"); empty is UTF-8, or
	// what a byte order mark says. Pages say theirs themselves.
	Encoding string
	// Progress, if not nil, is called with the counts so far after each batch, never concurrently.
	Progress func(corpus.Counts)
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Format is a kind of source.
type Format int

// The formats. The zero value looks at the name and the first bytes.
const (
	FormatAuto Format = iota
	FormatHTML
	FormatText
	FormatJSONL
	FormatCSV
	FormatWARC      // a web archive, ISO 28500
	FormatWXR       // a WordPress export, "WordPress eXtended RSS"
	FormatWordPress // posts of the WordPress REST API: /wp-json/wp/v2/posts
)

// formats maps names of formats, which are also endings of files, to formats.
var formats = map[string]Format{
	"html": FormatHTML, "htm": FormatHTML, "xhtml": FormatHTML, "txt": FormatText, "text": FormatText,
	"jsonl": FormatJSONL, "ndjson": FormatJSONL, "csv": FormatCSV, "tsv": FormatCSV,
	"warc": FormatWARC, "wxr": FormatWXR, "wordpress": FormatWordPress,
}

// formatNames are the names that errors propose.
const formatNames = "html, text, jsonl, csv, warc, wxr or wordpress"

// ParseFormat reads the name of a format as a user writes it: "html", "text", "jsonl", "csv", "warc", "wxr",
// "wordpress", and endings of files; "" and "auto" are FormatAuto.
func ParseFormat(s string) (Format, error) {
	if s == "" || s == "auto" {
		return FormatAuto, nil
	}
	if f, ok := formats[strings.ToLower(s)]; ok {
		return f, nil
	}
	return 0, fmt.Errorf("ingest: format %q: must be auto, %s", s, formatNames)
}

// formatOf is the format that a file's name ends in, compressed or not; FormatAuto if it says nothing.
func formatOf(name string) Format {
	name = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(name), ".gz"), ".zst")
	return formats[strings.TrimPrefix(path.Ext(name), ".")]
}

// Auto imports a file of any format, or a folder with all its files of known endings, and of those in .xml and .json
// the ones that come from WordPress.
func Auto(ctx context.Context, cfg Config, path string) (corpus.Counts, error) {
	info, err := os.Stat(path)
	if err != nil {
		return corpus.Counts{}, fmt.Errorf("ingest: %w", err)
	}
	if info.IsDir() {
		return folder(ctx, cfg, path, FormatHTML, FormatText, FormatJSONL, FormatCSV, FormatWARC, FormatWXR, FormatWordPress)
	}
	f, err := os.Open(path)
	if err != nil {
		return corpus.Counts{}, fmt.Errorf("ingest: %w", err)
	}
	defer f.Close()
	return Reader(ctx, cfg, f, path, formatOf(path))
}

// HTMLDir imports all files of a folder and its subfolders that end in .html, .htm or .xhtml, compressed (.gz) or not,
// in the order of their names. Symbolic links are not followed; hidden files and the folders in which browsers keep
// the parts of a saved page are left out. A page's address is the one it names itself.
func HTMLDir(ctx context.Context, cfg Config, dir string) (corpus.Counts, error) {
	return folder(ctx, cfg, dir, FormatHTML)
}

// TextDir imports all files of a folder that end in .txt or .text, as HTMLDir does.
func TextDir(ctx context.Context, cfg Config, dir string) (corpus.Counts, error) {
	return folder(ctx, cfg, dir, FormatText)
}

// JSONL imports one JSON object a line. name is what errors call the source.
func JSONL(ctx context.Context, cfg Config, r io.Reader, name string) (corpus.Counts, error) {
	return Reader(ctx, cfg, r, name, FormatJSONL)
}

// CSV imports a table whose first row names the columns. The delimiter (comma, semicolon or tab) is found out; fields
// in quotes may hold line breaks. name is what errors call the source.
func CSV(ctx context.Context, cfg Config, r io.Reader, name string) (corpus.Counts, error) {
	return Reader(ctx, cfg, r, name, FormatCSV)
}

// Reader imports one source, compressed with gzip or Zstandard or not: standard input, for example.
//
// An error means that the source could not be read to its end, or the Store not written; the counts then say what was
// kept. When ctx ends, what was read is kept and ctx's error is returned.
func Reader(ctx context.Context, cfg Config, r io.Reader, name string, f Format) (corpus.Counts, error) {
	return run(ctx, cfg, func(j *job) error { return j.input(r, name, f) })
}

// Reextract makes every article anew from the pages that the Store keeps, with today's rules and without the network.
// What comes out the same is unchanged; what does not becomes a new version. It can be interrupted and run again.
func Reextract(ctx context.Context, cfg Config) (corpus.Counts, error) {
	return run(ctx, cfg, func(j *job) error {
		extractor := WithData(cfg.Extractor)
		for p, err := range cfg.Store.Pages(j.ctx) {
			if err == nil {
				err = j.offer(p, extractor.Extract)
			}
			if err != nil {
				return fmt.Errorf("ingest: extract again: %w", err)
			}
		}
		return nil
	})
}

func folder(ctx context.Context, cfg Config, dir string, formats ...Format) (corpus.Counts, error) {
	return run(ctx, cfg, func(j *job) error {
		return j.folder(dir, func(f Format) bool { return slices.Contains(formats, f) })
	})
}
