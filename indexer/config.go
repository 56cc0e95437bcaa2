package indexer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2"

	"oped/corpus"
)

// Corpus is what is indexed. *corpus.Store is one. It must be safe for concurrent use.
type Corpus interface {
	// Sequence is the last number of the change sequence.
	Sequence(ctx context.Context) (uint64, error)
	// Changes are up to limit changes after a number, ascending, of each article only the newest.
	Changes(ctx context.Context, after uint64, limit int) ([]corpus.Change, error)
	// Version is one version of an article.
	Version(ctx context.Context, id corpus.ID, version int) (*corpus.Article, error)
	// Articles are versions of articles in the order asked for, nil for those that are not there. It fails for all where
	// one of them can not be read.
	Articles(ctx context.Context, ids []corpus.VersionID) ([]*corpus.Article, error)
}

// Config says what to index and where. Dir is always needed; Corpus wherever something is indexed or compared.
type Config struct {
	// Dir is the directory of generations. Open and Rebuild make it if it is missing.
	Dir    string
	Corpus Corpus
	// Holder says what this process does ("oped serve on 127.0.0.1:8080"), for whoever finds a lock held. Empty means
	// the name of the program.
	Holder string
	// Log gets what an operator should know; nil discards it.
	Log *slog.Logger
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Poll is how often Live looks for changes; 0 means DefaultPoll.
	Poll time.Duration
	// BatchBytes is how much text goes into one batch; 0 means DefaultBatchBytes, and in a Rebuild DefaultBuildBytes.
	// Memory grows with it.
	BatchBytes int
	// Workers is how many articles are analysed at once; 0 means DefaultWorkers.
	Workers int
	// Progress, if set, is told of a Rebuild's progress a few times a second, from one goroutine at a time.
	Progress func(Progress)
	// Check, if set, may refuse a rebuilt index before it is published: this is where canary queries run. The error's
	// text says what is wrong with it. The index is only valid during the call.
	Check func(ctx context.Context, built bleve.Index) error
	// Fresh makes Rebuild begin anew where an interrupted one could be continued.
	Fresh bool

	// prepare replaces the making of index documents, in tests.
	prepare func(*corpus.Article) (prepared, error)
	// workName is the directory that a generation is made in, under Dir.
	workName string
}

// Defaults of Config.
const (
	DefaultPoll       = 400 * time.Millisecond // an article is found well within five seconds of being kept
	DefaultBatchBytes = 3 << 20                // a few hundred articles: soon found, in one piece
	DefaultBuildBytes = 32 << 20               // each makes a segment of 20 MB; smaller ones would have to be merged twice
	DefaultWorkers    = 2
)

// withDefaults fills in what is not set.
func (c Config) withDefaults() (Config, error) {
	if c.Dir == "" {
		return c, errors.New("indexer: configure: Dir is empty")
	}
	if c.Holder == "" {
		c.Holder = filepath.Base(os.Args[0])
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Poll <= 0 {
		c.Poll = DefaultPoll
	}
	if c.Workers <= 0 {
		c.Workers = DefaultWorkers
	}
	if c.prepare == nil {
		c.prepare = prepare
	}
	c.workName = "building"
	return c, nil
}

// makeDir makes the directory of generations.
func (c Config) makeDir() error {
	if err := os.MkdirAll(c.generations(), 0o755); err != nil {
		return fmt.Errorf("indexer: make directory: %w", err)
	}
	return nil
}

func (c Config) generations() string { return filepath.Join(c.Dir, "generations") }
func (c Config) building() string    { return filepath.Join(c.Dir, c.workName) }

// generation is the directory of a generation.
func (c Config) generation(name string) string { return filepath.Join(c.generations(), name) }

// indexDir is the directory of the bleve index in a generation's directory.
func indexDir(generation string) string { return filepath.Join(generation, "index") }
