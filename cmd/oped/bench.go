package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"oped/corpus/synth"
	"oped/search/load"
)

const benchHelp = `Measure building and searching, on articles that are made up for it.

An archive of --docs articles is written and indexed as crawls and 'oped reindex' do it. Then searches of each class are
answered in full: query read, exact total, all facets, histogram, ten snippets. "cold" is the first time that each
search is made after opening (the files may be in the system's cache), "warm" is every later time, with one or more
searches at once. No results are cached. Articles and searches depend on --seed alone, so the figures of two versions
of the program compare: keep the archive with --keep, and the figures with --json.`

// benchFlags is what was asked of bench.
type benchFlags struct {
	docs, queries, rounds, fresh int
	clients                      int
	soak                         time.Duration
	seed                         uint64
	goroutines                   []int
	classes                      []string
	keep, profile                string
	json, http                   bool
}

// Bounds of a bench.
const (
	maxBenchDocs       = 10_000_000
	maxBenchQueries    = 1000
	maxBenchRounds     = 10_000
	maxBenchGoroutines = 64
	maxBenchFresh      = 100_000
	maxBenchClients    = 10_000
	maxBenchSoak       = 24 * time.Hour
)

func (a *app) benchCommand() *cobra.Command {
	var f benchFlags
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "measure building and searching on made-up articles",
		Long:  benchHelp,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return err
			}
			return a.bench(cmd.Context(), f)
		},
	}
	cmd.Flags().IntVar(&f.docs, "docs", 20_000, "articles to make")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "what articles and searches are made from")
	cmd.Flags().IntVar(&f.queries, "queries", 12, "searches of each class")
	cmd.Flags().IntVar(&f.rounds, "rounds", 10, "times that each search is made when warm")
	cmd.Flags().IntSliceVar(&f.goroutines, "goroutines", []int{1, 2}, "searches at once when warm; several numbers are measured one after the other")
	cmd.Flags().StringSliceVar(&f.classes, "classes", nil, "only these classes (default all)")
	cmd.Flags().BoolVar(&f.http, "http", false, "measure the search page as well, HTML and all")
	cmd.Flags().IntVar(&f.fresh, "fresh", 0, "add so many articles while searches go on, and measure until they are found")
	cmd.Flags().DurationVar(&f.soak, "soak", 0, "let --clients search for so long, some of them as dearly as is allowed, and tell how the others fare")
	cmd.Flags().IntVar(&f.clients, "clients", 50, "clients of --soak")
	cmd.Flags().StringVar(&f.keep, "keep", "", "directory to keep the archive in, or to find it from last time")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the figures as JSON, to compare versions")
	cmd.Flags().StringVar(&f.profile, "cpu-profile", "", "write CPU profiles for go tool pprof to this path with .index and .search added")
	return cmd
}

// check refuses what cannot be measured.
func (f *benchFlags) check() error {
	const hint = "see oped bench --help"
	for _, n := range []struct {
		flag             string
		value, low, high int
	}{
		{"docs", f.docs, 2, maxBenchDocs},
		{"queries", f.queries, 1, maxBenchQueries},
		{"rounds", f.rounds, 1, maxBenchRounds},
		{"fresh", f.fresh, 0, maxBenchFresh},
		{"clients", f.clients, 2, maxBenchClients},
		{"goroutines", slices.Min(append(f.goroutines, maxBenchGoroutines)), 1, maxBenchGoroutines},
		{"goroutines", slices.Max(append(f.goroutines, 1)), 1, maxBenchGoroutines},
	} {
		if n.value < n.low || n.value > n.high {
			return usagef(hint, "--%s %d must be from %d to %d", n.flag, n.value, n.low, n.high)
		}
	}
	if f.soak < 0 || f.soak > maxBenchSoak {
		return usagef(hint, "--soak %v must be from 0s to %v", f.soak, maxBenchSoak)
	}
	for _, name := range f.classes {
		if !slices.Contains(load.Names(), name) {
			return usagef(hint, "--classes %q: the classes are %v", name, load.Names())
		}
	}
	return nil
}

// benchReport is all that bench found out.
type benchReport struct {
	Version string `json:"version"`
	System  string `json:"system"`
	CPUs    int    `json:"cpus"`
	benchArchive
	// Open is the time from nothing to ready to answer.
	Open    time.Duration `json:"open_ns"`
	Classes []benchClass  `json:"classes"`
	Fresh   *benchFresh   `json:"fresh,omitempty"`
	Soak    *benchSoak    `json:"soak,omitempty"`
	// PeakRSS is the greatest memory that searching took, with the files that it had mapped.
	PeakRSS int64 `json:"search_peak_rss_bytes"`
}

func (a *app) bench(ctx context.Context, f benchFlags) error {
	dir, remove, err := benchDir(f.keep)
	if err != nil {
		return err
	}
	defer remove()
	a.dataDir = dir
	g := synth.New(f.seed)
	report := benchReport{Version: buildVersion(), System: runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU()}
	if report.benchArchive, err = a.benchArchive(ctx, g, f); err != nil {
		return held(err)
	}
	if err := a.benchSearches(ctx, g, f, &report); err != nil {
		return held(err)
	}
	if f.json {
		encoder := json.NewEncoder(a.stdout)
		encoder.SetIndent("", "\t")
		return encoder.Encode(report)
	}
	_, err = a.stdout.Write([]byte(report.table()))
	return err
}

// benchDir is where the archive goes: the directory to keep it in, or one that remove deletes.
func benchDir(keep string) (dir string, remove func(), err error) {
	if keep != "" {
		return keep, func() {}, os.MkdirAll(keep, 0o755)
	}
	if dir, err = os.MkdirTemp("", "oped-bench-"); err != nil {
		return "", nil, fmt.Errorf("bench: make room for the archive: %w", err)
	}
	return dir, func() { _ = os.RemoveAll(dir) }, nil // what is left there is the system's to clear
}

// profiled runs f, with a CPU profile of it written to a file, if profiles were asked for.
func (f *benchFlags) profiled(stage string, run func() error) error {
	if f.profile == "" {
		return run()
	}
	file, err := os.Create(f.profile + "." + stage)
	if err != nil {
		return fmt.Errorf("bench: write a profile: %w", err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(fmt.Errorf("bench: begin the profile: %w", err), file.Close())
	}
	err = run()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}
