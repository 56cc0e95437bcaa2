package indexer

import (
	"context"
	"fmt"
	"path/filepath"

	"oped/indexer/schema"
)

// State is what a directory of generations holds, and who works on it.
type State struct {
	// Current and Previous are the generations that answer and that can be rolled back to; nil where there is none.
	Current  *Manifest `json:"current,omitempty"`
	Previous *Manifest `json:"previous,omitempty"`
	// Sequence is the last number of the corpus sequence that the current generation holds, CorpusSequence the last of
	// the corpus, and Lag how many articles have changed in between.
	Sequence       uint64 `json:"sequence"`
	CorpusSequence uint64 `json:"corpus_sequence"`
	Lag            int    `json:"lag"`
	Documents      int    `json:"documents"`
	// Problems is the number of articles that could not be indexed.
	Problems int `json:"problems,omitempty"`
	// NeedsReindex is a sentence that says so, with the command, where the current generation is of another schema.
	NeedsReindex string `json:"needs_reindex,omitempty"`
	// Owner has the live index, Builder rebuilds; nil where nobody does.
	Owner   *HeldError `json:"owner,omitempty"`
	Builder *HeldError `json:"builder,omitempty"`
	// Interrupted is true where a Rebuild that was stopped can be continued.
	Interrupted bool `json:"interrupted,omitempty"`
}

// Status reads the state of a directory of generations, whoever works on it. What a process is writing this moment may not
// be counted yet.
func Status(ctx context.Context, cfg Config) (State, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return State{}, err
	}
	s := State{Owner: cfg.holderOf(liveLock), Builder: cfg.holderOf(buildLock)}
	s.Interrupted = s.Builder == nil && cfg.canResume()
	p, err := cfg.readPointer()
	if err != nil {
		return State{}, err
	}
	if s.Current, err = cfg.manifestOf(p.Current); err != nil {
		return State{}, err
	}
	if s.Previous, err = cfg.manifestOf(p.Previous); err != nil {
		return State{}, err
	}
	if m := s.Current; m != nil {
		at := cfg.positionOf(m, s.Owner == nil)
		s.Sequence, s.Documents, s.Problems = at.Sequence, at.Documents, at.Problems
		if m.Schema != schema.Version {
			s.NeedsReindex = (&SchemaError{Generation: m.Name, Have: m.Schema, Want: schema.Version}).Error()
		}
	}
	if cfg.Corpus == nil {
		return s, nil
	}
	if s.CorpusSequence, err = cfg.Corpus.Sequence(ctx); err != nil {
		return State{}, fmt.Errorf("indexer: status: %w", err)
	}
	s.Lag, err = countChanges(ctx, cfg.Corpus, s.Sequence)
	return s, err
}

// manifestOf is the manifest of a generation, nil for none.
func (c Config) manifestOf(name string) (*Manifest, error) {
	if name == "" {
		return nil, nil
	}
	m, err := readManifest(c.generation(name))
	if err != nil {
		return nil, fmt.Errorf("indexer: status: %w", err)
	}
	return &m, nil
}

// positionOf is how far a generation has come: by the index itself if nobody has it, else by the word its owner leaves.
func (c Config) positionOf(m *Manifest, free bool) position {
	dir := c.generation(m.Name)
	at := position{m.Sequence, m.Totals.Documents, len(m.Problems)}
	var noted position
	if readJSON(filepath.Join(dir, positionName), &noted) == nil && noted.Sequence >= at.Sequence {
		at = noted
	}
	if !free {
		return at
	}
	ix, err := openIndex(indexDir(dir), reading)
	if err != nil {
		return at
	}
	defer func() { _ = ix.Close() }()
	if s, err := readState(ix); err == nil {
		at = position{s.sequence, s.totals.Documents, len(s.problems)}
	}
	return at
}
