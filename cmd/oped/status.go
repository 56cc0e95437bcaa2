package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"oped/corpus"
	"oped/indexer"
)

func (a *app) statusCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "what the archive and its index hold, and who works on them",
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.status(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return cmd
}

// statusReport is what status prints.
type statusReport struct {
	Data   string        `json:"data"`
	Corpus corpus.Stats  `json:"corpus"`
	Index  indexer.State `json:"index"`
}

func (a *app) status(ctx context.Context, asJSON bool) error {
	store, dir, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	r := statusReport{Data: dir}
	if r.Corpus, err = store.Stats(ctx); err != nil {
		return err
	}
	if r.Index, err = indexer.Status(ctx, a.indexConfig(dir, store, "oped status")); err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(a.stdout).Encode(r)
	}
	return a.printStatus(r)
}

func (a *app) printStatus(r statusReport) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "data\t%s (%s)\n", r.Data, size(r.Corpus.Bytes))
	fmt.Fprintf(w, "articles\t%d in %d versions; %d pages kept that are no articles\n", r.Corpus.Articles, r.Corpus.Versions, r.Corpus.Rejected)
	fmt.Fprintf(w, "pages\t%d kept, %d to fetch, %d rejections\n", r.Corpus.Pages, r.Corpus.Pending, r.Corpus.Rejections)
	if g := r.Index.Current; g != nil {
		fmt.Fprintf(w, "index\t%d articles, %d changes behind; generation %s, schema %d\n", r.Index.Documents, r.Index.Lag, g.Name, g.Schema)
	} else {
		fmt.Fprintf(w, "index\tnone yet; oped serve or oped index makes it\n")
	}
	if g := r.Index.Previous; g != nil {
		fmt.Fprintf(w, "previous\tgeneration %s, for oped rollback\n", g.Name)
	}
	for _, at := range []*indexer.HeldError{r.Index.Owner, r.Index.Builder} {
		if at != nil {
			fmt.Fprintf(w, "at work\t%s (process %d) since %s\n", at.Doing, at.PID, at.Since.Format(time.DateTime))
		}
	}
	if r.Index.NeedsReindex != "" {
		fmt.Fprintf(w, "attention\t%s\n", r.Index.NeedsReindex)
	}
	return w.Flush()
}

func (a *app) verifyCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "compare archive and index with their checksums and with each other",
		Long: `Check the archive's pages and articles by checksum, the index's files by checksum, and the index's articles against the
archive. Whatever is damaged, missing or too much is named. Exit code 1: something was found.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withIndex(cmd.Context(), "oped verify", func(_ *corpus.Store, c indexer.Config) error {
				return a.verify(cmd.Context(), c, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what was found as JSON")
	return cmd
}

func (a *app) verify(ctx context.Context, c indexer.Config, asJSON bool) error {
	store := c.Corpus.(*corpus.Store)
	var damage []corpus.Fault
	if err := store.Check(ctx, func(f corpus.Fault) { damage = append(damage, f) }); err != nil {
		return err
	}
	index, err := indexer.Verify(ctx, c)
	if err != nil {
		return err
	}
	if asJSON {
		err = json.NewEncoder(a.stdout).Encode(map[string]any{"corpus": damage, "index": index})
	} else {
		err = a.printVerification(damage, index)
	}
	if found := len(damage) + len(index.Missing) + len(index.Extra) + len(index.Damaged); err == nil && found > 0 {
		return &codeError{code: exitFailed, text: fmt.Sprintf("%d faults found", found), hint: "a damaged index is replaced by: oped reindex --fresh"}
	}
	if err == nil && index.NotCompared != "" {
		return &codeError{code: exitHeld, text: "the index was not compared with the archive: " + index.NotCompared, hint: "stop the server for a whole check"}
	}
	return err
}

func (a *app) printVerification(damage []corpus.Fault, v indexer.Verification) error {
	var b strings.Builder
	for _, d := range damage {
		fmt.Fprintf(&b, "archive: %s: %s\n", d.What, d.Problem)
	}
	for _, file := range v.Damaged {
		fmt.Fprintf(&b, "index: file %s is damaged\n", file)
	}
	for _, f := range v.Missing {
		fmt.Fprintf(&b, "index: article %s version %d is missing\n", f.ID, f.Version)
	}
	for _, f := range v.Extra {
		fmt.Fprintf(&b, "index: article %s version %d should not be there\n", f.ID, f.Version)
	}
	if v.NotCompared == "" {
		fmt.Fprintf(&b, "index: generation %s, %d articles, digest %s\n", v.Generation, v.Documents, v.Digest)
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}
