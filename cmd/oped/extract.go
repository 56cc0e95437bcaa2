package main

import (
	"context"

	"github.com/spf13/cobra"

	"oped/corpus"
	"oped/corpus/extract"
	"oped/corpus/ingest"
)

const extractHelp = `Read every kept page again with the rules of this version of the program, without the network.

An article that comes out differently gets a new version; its ID and address stay, and the index follows. Pages out of
which nothing could be read before are tried again.`

func (a *app) extractCommand() *cobra.Command {
	var all, asJSON bool
	cmd := &cobra.Command{
		Use:   "extract --all",
		Short: "read the kept pages again, offline",
		Long:  extractHelp,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !all {
				return usagef("oped extract --all", "say that all pages are meant")
			}
			return a.extractAll(cmd.Context(), asJSON)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "every page of the archive")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the counts as JSON")
	return cmd
}

func (a *app) extractAll(ctx context.Context, asJSON bool) error {
	html, err := extract.New()
	if err != nil {
		return err
	}
	store, _, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	line := a.newProgress()
	counts, err := ingest.Reextract(ctx, ingest.Config{
		Store: store, Extractor: html, Now: a.now,
		Progress: func(c corpus.Counts) { line.show("%d pages read again, %d articles changed", c.Seen, c.Updated) },
	})
	line.end()
	return a.endJob("extract", counts, asJSON, err)
}
