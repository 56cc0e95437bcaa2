package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"oped/corpus"
	"oped/indexer"
)

// withIndex runs f on what concerns the index of the data directory.
func (a *app) withIndex(ctx context.Context, what string, f func(*corpus.Store, indexer.Config) error) error {
	store, dir, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	return held(f(store, a.indexConfig(dir, store, what)))
}

// held gives an error of a held lock the exit code that tells scripts to try later.
func held(err error) error {
	if errors.Is(err, indexer.ErrHeld) {
		return &codeError{code: exitHeld, text: err.Error()}
	}
	return err
}

func (a *app) indexCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "index",
		Short: "bring the index up to date (a running server does it by itself)",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withIndex(cmd.Context(), "oped index", func(_ *corpus.Store, c indexer.Config) error { return a.index(cmd.Context(), c) })
		},
	}
}

func (a *app) index(ctx context.Context, c indexer.Config) error {
	live, err := indexer.Open(ctx, c)
	if err != nil {
		return err
	}
	changes, err := live.Sync(ctx)
	if needs := live.NeedsReindex(); needs != nil {
		err = errors.Join(err, needs)
	}
	if err = errors.Join(err, live.Close()); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "index: %d changes applied\n", changes)
	return nil
}

const reindexHelp = `Build the whole index anew beside the one that answers, verify it, and let it answer from then on.

Searches go on meanwhile: a running server moves to the new index by itself. Stopped half-way, the next reindex goes on
from there. The index before is kept for 'oped rollback'.

Articles that were kept by an oped which did not look for copies are compared with each other first.`

// reindexFlags is what was asked of a reindex.
type reindexFlags struct {
	dryRun, fresh, json bool
}

func (a *app) reindexCommand() *cobra.Command {
	var f reindexFlags
	cmd := &cobra.Command{
		Use:   "reindex",
		Short: "build the index anew beside the one that answers, then swap",
		Long:  reindexHelp,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withIndex(cmd.Context(), "oped reindex", func(s *corpus.Store, c indexer.Config) error {
				return a.reindex(cmd.Context(), s, c, f)
			})
		},
	}
	cmd.Flags().BoolVarP(&f.dryRun, "dry-run", "n", false, "say what would be done and what it needs")
	cmd.Flags().BoolVar(&f.fresh, "fresh", false, "begin anew where an interrupted reindex could go on")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the report as JSON")
	return cmd
}

func (a *app) reindex(ctx context.Context, store *corpus.Store, c indexer.Config, f reindexFlags) error {
	c.Fresh = f.fresh
	if f.dryRun {
		return a.reindexPlan(ctx, c, f.json)
	}
	line := a.newProgress()
	err := store.CompareOlder(ctx, func(left int) { line.show("finding copies: %d older articles left", left) })
	if err != nil {
		return err
	}
	c.Progress = func(p indexer.Progress) {
		line.show("%s: %d of %d articles, %.0f/s, %s left", p.Stage, p.Done, p.Total, p.PerSecond, p.Left.Round(time.Second))
	}
	report, err := indexer.Rebuild(ctx, c)
	line.end()
	if err != nil {
		return err
	}
	if f.json {
		err = json.NewEncoder(a.stdout).Encode(report)
	} else {
		_, err = fmt.Fprintf(a.stdout, "reindex: %d articles in %s, generation %s answers now (%s on disk)\n",
			report.Totals.Documents, report.Took.Round(time.Millisecond), report.Name, size(report.Bytes))
	}
	if err == nil && len(report.Problems) > 0 {
		a.tellProblems(report.Problems)
		return &codeError{code: exitRejected}
	}
	return err
}

func (a *app) tellProblems(problems []indexer.Problem) {
	for _, p := range problems {
		fmt.Fprintf(a.stderr, "oped: article %s version %d left out at %s: %s\n", p.ID, p.Version, p.Stage, p.Reason)
	}
}

func (a *app) reindexPlan(ctx context.Context, c indexer.Config, asJSON bool) error {
	plan, err := indexer.DryRun(ctx, c)
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(a.stdout).Encode(plan)
	}
	_, err = fmt.Fprintf(a.stdout, "reindex would read %d articles (%d are indexed now, %d changed since), take about %s and %s of disk\n",
		plan.Articles, plan.Current, plan.Changes, plan.Took.Round(time.Second), size(plan.Bytes))
	return err
}

func (a *app) rollbackCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rollback",
		Short: "let the index before the last reindex answer again",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withIndex(cmd.Context(), "oped rollback", func(_ *corpus.Store, c indexer.Config) error {
				m, err := indexer.Rollback(c)
				if err == nil {
					fmt.Fprintf(a.stdout, "rollback: generation %s of %s answers now\n", m.Name, m.Built.Format(time.DateTime))
				}
				return err
			})
		},
	}
}

// size writes a number of bytes as people read it.
func size(bytes int64) string {
	const unit = 1024
	value, suffix := float64(bytes), "B"
	for _, s := range []string{"KiB", "MiB", "GiB", "TiB"} {
		if value < unit {
			break
		}
		value, suffix = value/unit, s
	}
	if suffix == "B" {
		return fmt.Sprintf("%d B", bytes)
	}
	return fmt.Sprintf("%.1f %s", value, suffix)
}
