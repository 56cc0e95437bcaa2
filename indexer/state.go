package indexer

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"

	"oped/corpus"
	"oped/indexer/schema"
)

// Problem is an article that could not be indexed. It is left out, and the rest goes on.
type Problem struct {
	ID      corpus.ID `json:"id"`
	Version int       `json:"version"`
	// Stage is "read", "analyze" or "write".
	Stage  string `json:"stage"`
	Reason string `json:"reason"`
}

// state is what an index says of itself, kept in the same batches as its documents.
type state struct {
	schema   int
	sequence uint64
	totals   schema.Totals
	problems []Problem
}

// internalProblems is the key of the problems, beside those of package schema.
const internalProblems = "problems"

// readState reads the state of an index. A new one has the zero state of this schema.
func readState(ix bleve.Index) (state, error) {
	s := state{schema: schema.Version}
	for key, read := range map[string]func([]byte) error{
		schema.InternalVersion:  func(v []byte) (err error) { s.schema, err = strconv.Atoi(string(v)); return err },
		schema.InternalSequence: func(v []byte) (err error) { s.sequence, err = strconv.ParseUint(string(v), 10, 64); return err },
		schema.InternalTotals:   func(v []byte) error { return json.Unmarshal(v, &s.totals) },
		internalProblems:        func(v []byte) error { return json.Unmarshal(v, &s.problems) },
	} {
		value, err := ix.GetInternal([]byte(key))
		if err == nil && value != nil {
			err = read(value)
		}
		if err != nil {
			return state{}, fmt.Errorf("indexer: read %q of %q: %w", key, ix.Name(), err)
		}
	}
	return s, nil
}

// put adds the state to a batch.
func (s *state) put(b *bleve.Batch) error {
	totals, err := json.Marshal(s.totals)
	if err != nil {
		return err
	}
	problems, err := json.Marshal(s.problems)
	if err != nil {
		return err
	}
	b.SetInternal([]byte(schema.InternalVersion), strconv.AppendInt(nil, int64(s.schema), 10))
	b.SetInternal([]byte(schema.InternalSequence), strconv.AppendUint(nil, s.sequence, 10))
	b.SetInternal([]byte(schema.InternalTotals), totals)
	b.SetInternal([]byte(internalProblems), problems)
	return nil
}

// clone is a copy that can be changed.
func (s *state) clone() state {
	c := *s
	c.totals.Words = make(map[string]int, len(s.totals.Words))
	for k, v := range s.totals.Words {
		c.totals.Words[k] = v
	}
	c.problems = slices.Clone(s.problems)
	return c
}

// settle forgets the problem of an article, as it was made new or went.
func (s *state) settle(id corpus.ID) {
	s.problems = slices.DeleteFunc(s.problems, func(p Problem) bool { return p.ID == id })
}
