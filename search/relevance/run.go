package relevance

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Scored is one document that a system returned for a topic.
type Scored struct {
	Document string
	Score    float64
}

// Run is what a system returned, by topic.
type Run map[string][]Scored

// Depth is how many documents of a topic are looked at, the depth of TREC's ad-hoc runs.
const Depth = 1000

// ranked returns a topic's documents as trec_eval orders them: by score, ties by identifier from the end of the alphabet.
func (r Run) ranked(topic string) []Scored {
	docs := slices.Clone(r[topic])
	slices.SortStableFunc(docs, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Document, a.Document))
	})
	return docs[:min(len(docs), Depth)]
}

// Write writes the run as a TREC run file: "topic Q0 document rank score tag", topics in the order given.
func (r Run) Write(w io.Writer, topics []Topic, tag string) error {
	out := bufio.NewWriter(w)
	for _, t := range topics {
		for i, d := range r.ranked(t.ID) {
			fmt.Fprintf(out, "%s Q0 %s %d %.6f %s\n", t.ID, d.Document, i+1, d.Score, tag)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("relevance: write run: %w", err)
	}
	return nil
}
