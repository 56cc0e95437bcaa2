package indexer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"

	"oped/corpus"
)

// Fault is an article that an index holds wrongly.
type Fault struct {
	ID corpus.ID `json:"id"`
	// Version is that of the corpus for a missing article, that of the index for an extra one.
	Version int `json:"version"`
}

// Verification says whether an index holds what its corpus does.
type Verification struct {
	Generation string `json:"generation"`
	// Sequence is the number of the corpus sequence up to which the two were compared.
	Sequence  uint64 `json:"sequence"`
	Documents int    `json:"documents"`
	Digest    string `json:"digest"`
	// Missing articles should be in the index in this version and are not; Extra ones are and should not be. An article
	// held in a wrong version is in both.
	Missing []Fault `json:"missing,omitempty"`
	Extra   []Fault `json:"extra,omitempty"`
	// Damaged are files whose bytes are not those that were written.
	Damaged []string `json:"damaged,omitempty"`
	// Problems are the articles that could not be indexed. They are known, so they are no faults.
	Problems []Problem `json:"problems,omitempty"`
	// NotCompared says why the documents were not compared with the corpus, empty if they were.
	NotCompared string `json:"not_compared,omitempty"`
}

// OK reports whether no fault was found.
func (v Verification) OK() bool { return len(v.Missing)+len(v.Extra)+len(v.Damaged) == 0 }

// maxNamed bounds the names in a message; the fields of Verification have them all.
const maxNamed = 10

// String names the faults, or says that there are none.
func (v Verification) String() string {
	var parts []string
	for _, list := range []struct {
		what   string
		faults []Fault
	}{{"missing", v.Missing}, {"extra", v.Extra}} {
		if n := len(list.faults); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s: %s", n, list.what, names(list.faults)))
		}
	}
	if len(v.Damaged) > 0 {
		parts = append(parts, fmt.Sprintf("%d damaged: %s", len(v.Damaged), strings.Join(v.Damaged, ", ")))
	}
	if v.NotCompared != "" {
		parts = append(parts, "documents not compared: "+v.NotCompared)
	}
	if len(parts) == 0 {
		return fmt.Sprintf("%d documents, no faults", v.Documents)
	}
	return strings.Join(parts, "; ")
}

func names(faults []Fault) string {
	var b strings.Builder
	for i, f := range faults {
		if i == maxNamed {
			b.WriteString(", ...")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s version %d", f.ID, f.Version)
	}
	return b.String()
}

// VerifyError is a new index that was not published because it does not hold what it should.
type VerifyError struct {
	Verification Verification
	Reason       string
}

func (e *VerifyError) Error() string {
	return fmt.Sprintf("the new index was not published: %s (%s)", e.Reason, e.Verification)
}

// compare compares what an index holds with what the corpus has, up to the number that the index has come to. Articles
// that have changed since are left out of the comparison.
func compare(ctx context.Context, c Corpus, ix bleve.Index, s state) (Verification, error) {
	held, err := contents(ctx, ix)
	if err != nil {
		return Verification{}, err
	}
	v := Verification{Sequence: s.sequence, Documents: len(held), Digest: digestOf(held), Problems: s.problems}
	left := map[corpus.ID]bool{}
	for _, p := range s.problems {
		left[p.ID] = true
	}
	for after := uint64(0); ; {
		page, err := c.Changes(ctx, after, pageSize)
		if err != nil {
			return v, fmt.Errorf("indexer: read changes: %w", err)
		}
		for _, change := range page {
			if err := v.compare(ctx, c, held, left, change); err != nil {
				return v, err
			}
			delete(held, change.ID)
		}
		if len(page) < pageSize {
			break
		}
		after = page[len(page)-1].Seq
	}
	for id, version := range held {
		v.Extra = append(v.Extra, Fault{id, version})
	}
	for _, faults := range [][]Fault{v.Missing, v.Extra} {
		slices.SortFunc(faults, func(a, b Fault) int { return cmp.Compare(a.ID, b.ID) })
	}
	return v, nil
}

// compare compares one article of the corpus with what is held of it.
func (v *Verification) compare(ctx context.Context, c Corpus, held map[corpus.ID]int, left map[corpus.ID]bool, change corpus.Change) error {
	version, has := held[change.ID]
	wanted := !change.Removed && !left[change.ID]
	if change.Seq > v.Sequence || !has && !wanted || has && wanted && version == change.Version {
		return nil
	}
	if wanted {
		a, err := c.Version(ctx, change.ID, change.Version)
		if errors.Is(err, corpus.ErrNotFound) {
			return nil // removed since
		}
		if err != nil {
			return fmt.Errorf("indexer: read %q: %w", change.ID, err)
		}
		wanted = !a.Quality.Rejected
	}
	if wanted {
		v.Missing = append(v.Missing, Fault{change.ID, change.Version})
	}
	if has {
		v.Extra = append(v.Extra, Fault{change.ID, version})
	}
	return nil
}
