package indexer

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"oped/corpus"
	"oped/indexer/schema"
)

// Plan is what a Rebuild would do.
type Plan struct {
	// Articles is the number of articles that would be read, Rejected ones among them.
	Articles int `json:"articles"`
	// Current is the number of documents of the generation that answers now, and Changes how many articles have changed
	// since.
	Current int `json:"current"`
	Changes int `json:"changes"`
	// SchemaFrom is 0 where there is no index yet.
	SchemaFrom int `json:"schema_from,omitempty"`
	SchemaTo   int `json:"schema_to"`
	// Resumes is true where it would continue an interrupted run.
	Resumes bool `json:"resumes,omitempty"`
	// Bytes is the disk space that it would need, and Free what there is (0 if unknown). Both generations are kept.
	Bytes int64 `json:"bytes"`
	Free  int64 `json:"free,omitempty"`
	// Took is about how long it would take.
	Took time.Duration `json:"took_ns"`
	// Removes are the generations that would be removed in the end.
	Removes []string `json:"removes,omitempty"`
}

// What an article costs where there is no earlier generation to learn it from; measured on articles of 866 words.
const (
	assumedBytes     = 7 << 10
	assumedPerSecond = 450
	buildingFactor   = 2 // segments and what they are being merged into
)

// DryRun says what Rebuild would do, and changes nothing.
func DryRun(ctx context.Context, cfg Config) (Plan, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return Plan{}, err
	}
	s, err := Status(ctx, cfg)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{SchemaTo: schema.Version, Current: s.Documents, Changes: s.Lag, Resumes: s.Interrupted && !cfg.Fresh}
	if p.Articles, err = countArticles(ctx, cfg.Corpus); err != nil {
		return Plan{}, err
	}
	perArticle, perSecond := int64(assumedBytes), float64(assumedPerSecond)
	if m := s.Current; m != nil {
		p.SchemaFrom = m.Schema
		if m.Totals.Documents > 0 {
			perArticle = m.Bytes/int64(m.Totals.Documents) + 1
		}
		if m.PerSecond > 0 {
			perSecond = m.PerSecond
		}
	}
	p.Bytes = buildingFactor * perArticle * int64(p.Articles)
	p.Took = time.Duration(float64(p.Articles) / perSecond * float64(time.Second)).Round(time.Second)
	if s.Previous != nil {
		p.Removes = []string{s.Previous.Name}
	}
	p.Free, err = freeBytes(existing(cfg.Dir))
	if errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return p, err
}

// existing is a directory or the nearest one above it that exists.
func existing(dir string) string {
	for !exists(dir) && filepath.Dir(dir) != dir {
		dir = filepath.Dir(dir)
	}
	return dir
}

// countArticles counts the articles that are not removed.
func countArticles(ctx context.Context, c Corpus) (int, error) {
	n := 0
	var page []corpus.Change
	var err error
	for after := uint64(0); ; after = page[len(page)-1].Seq {
		if page, err = c.Changes(ctx, after, pageSize); err != nil {
			return 0, fmt.Errorf("indexer: count articles: %w", err)
		}
		for _, change := range page {
			if !change.Removed {
				n++
			}
		}
		if len(page) < pageSize {
			return n, nil
		}
	}
}
