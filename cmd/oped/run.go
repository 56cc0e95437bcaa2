package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"oped/search/spelling"
)

const about = `oped searches opinion journalism: op-eds, columns, editorials, letters.

Start here:
  oped demo                     crawl the sample newspapers, index them, serve them
  oped crawl https://SITE/      fetch a real site's articles, politely
  oped import DIR               take saved pages, plain texts, JSONL or CSV
  oped serve                    answer searches at http://127.0.0.1:8080
  oped search 'QUERY'           search from here

Every command keeps its data in --data-dir and can be stopped and started again.`

// app is what all commands share: the process around them and the flags before them.
type app struct {
	env
	dataDir string
	quiet   bool
	verbose bool
}

// run is the whole program: it returns the exit code and has closed everything it opened.
func run(ctx context.Context, e env, args []string) int {
	a := &app{env: e}
	root := a.command()
	root.SetArgs(args)
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	err := root.ExecuteContext(ctx)
	a.report(ctx, err)
	return exitCode(ctx, err)
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "oped",
		Short:         "full-text search for opinion journalism",
		Long:          about,
		Args:          knownCommand,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },

		SuggestionsMinimumDistance: 2,

		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.checkFlags(cmd) },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("see "+cmd.CommandPath()+" --help", "%v", err)
	})
	root.PersistentFlags().StringVar(&a.dataDir, "data-dir", "", "where everything is kept (default $OPED_DATA_DIR, else the user's data directory)")
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "no progress, only results and errors")
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, "tell more of what happens")
	root.AddCommand(
		a.demoCommand(), a.crawlCommand(), a.importCommand(), a.extractCommand(),
		a.indexCommand(), a.reindexCommand(), a.rollbackCommand(), a.verifyCommand(),
		a.serveCommand(), a.searchCommand(), a.listCommand(), a.removeCommand(), a.statusCommand(), a.backupCommand(), a.evalCommand(), a.recipeCommand(), a.versionCommand(), a.benchCommand(), queryTopic(),
	)
	for _, c := range root.Commands() {
		if c.Args == nil {
			c.Args = noArgs
		}
	}
	return root
}

// report tells the user what went wrong and what to do about it.
func (a *app) report(ctx context.Context, err error) {
	var stopped *stoppedError
	switch {
	case err == nil || err.Error() == "":
		return
	case errors.As(context.Cause(ctx), &stopped):
		fmt.Fprintf(a.stderr, "oped: %v; what was done is kept, the same command goes on from here\n", stopped)
	default:
		fmt.Fprintf(a.stderr, "error: %v\n", err)
		if hint := hintOf(err); hint != "" {
			fmt.Fprintf(a.stderr, "hint: %s\n", hint)
		}
	}
}

// knownCommand refuses what is no command; the nearest one is told.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "oped help lists the commands"
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		nearest := slices.MinFunc(near, func(a, b string) int { return spelling.Distance(args[0], a) - spelling.Distance(args[0], b) })
		hint = "did you mean oped " + nearest + "?"
	}
	return usagef(hint, "unknown command %q", args[0])
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("see "+cmd.CommandPath()+" --help", "%s takes no argument, got %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// say prints talk, unless asked to be quiet.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, "oped: "+format+"\n", args...)
	}
}

// checkFlags refuses what is surely a mistake, such as a variable that is not set.
func (a *app) checkFlags(cmd *cobra.Command) error {
	if flag := cmd.Flags().Lookup("data-dir"); flag != nil && flag.Changed && a.dataDir == "" {
		return usagef("name a directory, or leave the flag out", "--data-dir is empty")
	}
	return nil
}

// dir is the data directory in force.
func (a *app) dir() (string, error) {
	if a.dataDir != "" {
		return a.dataDir, nil
	}
	return a.defaultDataDir()
}
