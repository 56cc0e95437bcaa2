package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"oped/corpus"
	"oped/corpus/synth"
	"oped/indexer"
)

// benchArchive is an archive of made-up articles, with what it took to make it. It is kept beside the archive.
type benchArchive struct {
	// Text is the synth.Version of the articles, Docs their number without the fresh ones.
	Text int    `json:"text_version"`
	Seed uint64 `json:"seed"`
	Docs int    `json:"docs"`
	// Added counts the articles that were added while searches went on, numbered from Docs.
	Added int        `json:"docs_added,omitempty"`
	Store benchStage `json:"store"`
	Index benchStage `json:"index"`
}

// benchStage is what a stage of the building took.
type benchStage struct {
	Wall         time.Duration `json:"wall_ns"`
	CPU          time.Duration `json:"cpu_ns"`
	PerSecond    float64       `json:"docs_per_second"`
	PerCPUSecond float64       `json:"docs_per_cpu_second"`
	// PeakRSS is the greatest memory of the process during it, with the files that it had mapped; 0 if unknown.
	PeakRSS int64 `json:"peak_rss_bytes"`
	// Bytes is the disk space that it filled, and BytesEach that of an article.
	Bytes     int64   `json:"bytes"`
	BytesEach float64 `json:"bytes_per_doc"`
}

// measure runs f as a part of the stage.
func (s *benchStage) measure(f func() error) error {
	wall, cpu := time.Now(), cpuTime()
	err := f()
	s.Wall += time.Since(wall)
	s.CPU += cpuTime() - cpu
	return err
}

// end works the stage's rates out.
func (s *benchStage) end(docs int, bytes int64) {
	s.Bytes, s.BytesEach, s.PeakRSS = bytes, float64(bytes)/float64(docs), peakMemory()
	if s.Wall > 0 {
		s.PerSecond = float64(docs) / s.Wall.Seconds()
	}
	if s.CPU > 0 {
		s.PerCPUSecond = float64(docs) / s.CPU.Seconds()
	}
}

// benchFile tells what the archive beside it holds.
const benchFile = "bench.json"

// benchArchive makes the archive, or finds the one that was kept.
func (a *app) benchArchive(ctx context.Context, g *synth.Generator, f benchFlags) (benchArchive, error) {
	kept, err := readBenchArchive(a.dataDir)
	want := benchArchive{Text: synth.Version, Seed: f.seed, Docs: f.docs}
	switch {
	case err != nil:
		return want, err
	case kept == nil:
	case kept.Text != want.Text || kept.Seed != want.Seed || kept.Docs != want.Docs:
		return want, usagef("give another directory, or delete this one", "%s holds %d articles of seed %d and text version %d, not %d of seed %d and text version %d",
			a.dataDir, kept.Docs, kept.Seed, kept.Text, want.Docs, want.Seed, want.Text)
	default:
		a.say("using the archive in %s", a.dataDir)
		return *kept, nil
	}
	store, err := corpus.Open(ctx, a.dataDir)
	if err != nil {
		return want, err
	}
	if err = a.fillStore(ctx, store, g, &want); err == nil {
		err = f.profiled("index", func() error { return a.fillIndex(ctx, store, &want) })
	}
	if err = errors.Join(err, store.Close()); err != nil {
		return want, err
	}
	return want, want.write(a.dataDir)
}

// readBenchArchive reads what a directory holds; nil where it is empty. What is there is only touched if bench made it.
func readBenchArchive(dir string) (*benchArchive, error) {
	text, err := os.ReadFile(filepath.Join(dir, benchFile))
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := os.ReadDir(dir)
		if err == nil && len(entries) > 0 {
			err = usagef("give an empty or new directory", "%s holds something that no bench has finished", dir)
		}
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("bench: read what is kept: %w", err)
	}
	b := &benchArchive{}
	if err := json.Unmarshal(text, b); err != nil {
		return nil, fmt.Errorf("bench: read %s: %w", filepath.Join(dir, benchFile), err)
	}
	return b, nil
}

// write keeps what the archive holds.
func (b *benchArchive) write(dir string) error {
	text, err := json.MarshalIndent(b, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, benchFile), text, 0o644); err != nil {
		return fmt.Errorf("bench: keep what the archive holds: %w", err)
	}
	return nil
}

// storeBatch is how many articles go into one transaction, about as many as an import puts there.
const storeBatch = 200

// fillStore puts the articles into the archive. Making them up does not count.
func (a *app) fillStore(ctx context.Context, store *corpus.Store, g *synth.Generator, b *benchArchive) error {
	line := a.newProgress()
	defer line.end()
	resetPeakMemory()
	for n := 0; n < b.Docs; n += storeBatch {
		articles := collect(g, n, min(n+storeBatch, b.Docs))
		if err := b.Store.measure(func() error { return putArticles(ctx, store, articles) }); err != nil {
			return err
		}
		line.show("store: %d of %d articles", n, b.Docs)
	}
	stats, err := store.Stats(ctx)
	if err == nil && stats.Articles != b.Docs {
		err = fmt.Errorf("bench: %d of %d articles are in the store", stats.Articles, b.Docs)
	}
	b.Store.end(b.Docs, stats.Bytes)
	return err
}

func collect(g *synth.Generator, begin, end int) []*corpus.Article {
	articles := make([]*corpus.Article, 0, end-begin)
	for article := range g.Articles(begin, end) {
		articles = append(articles, article)
	}
	return articles
}

func putArticles(ctx context.Context, store *corpus.Store, articles []*corpus.Article) error {
	return store.Update(ctx, func(tx *corpus.Tx) error {
		for _, article := range articles {
			if _, err := tx.Put(nil, article); err != nil {
				return err
			}
		}
		return nil
	})
}

// fillIndex builds the index as reindex does.
func (a *app) fillIndex(ctx context.Context, store *corpus.Store, b *benchArchive) error {
	line := a.newProgress()
	defer line.end()
	resetPeakMemory()
	c := a.indexConfig(a.dataDir, store, "oped bench")
	c.Progress = func(p indexer.Progress) {
		line.show("%s: %d of %d articles, %.0f/s", p.Stage, p.Done, p.Total, p.PerSecond)
	}
	var report indexer.Report
	err := b.Index.measure(func() (err error) {
		report, err = indexer.Rebuild(ctx, c)
		return err
	})
	if err == nil && len(report.Problems) > 0 {
		a.tellProblems(report.Problems)
		err = fmt.Errorf("bench: %d articles could not be indexed", len(report.Problems))
	}
	b.Index.end(b.Docs, report.Bytes)
	return err
}
