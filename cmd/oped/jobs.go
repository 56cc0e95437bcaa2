package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"oped/corpus"
)

// openStore opens the archive of the data directory and makes it where there is none.
func (a *app) openStore(ctx context.Context) (*corpus.Store, error) {
	dir, err := a.dir()
	if err != nil {
		return nil, err
	}
	return corpus.Open(ctx, dir)
}

// endJob prints the counts of a job and turns what it set aside into the exit code that says so.
func (a *app) endJob(job string, counts corpus.Counts, asJSON bool, err error) error {
	if err := errors.Join(err, a.printCounts(job, counts, asJSON)); err != nil {
		return err
	}
	if counts.Rejected > 0 {
		return &codeError{code: exitRejected}
	}
	return nil
}

// openKnown opens an archive that must be there: a command that only reads makes none.
func (a *app) openKnown(ctx context.Context) (*corpus.Store, string, error) {
	dir, err := a.dir()
	if err != nil {
		return nil, "", err
	}
	if _, err := os.Stat(filepath.Join(dir, corpus.FileName)); err != nil {
		return nil, "", &codeError{
			code: exitUsage, text: fmt.Sprintf("there is no archive in %s", dir),
			hint: "--data-dir names another place; oped import and oped crawl make an archive",
		}
	}
	store, err := corpus.Open(ctx, dir)
	return store, dir, err
}

// openInput opens a file, or standard input for "-".
func (a *app) openInput(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(a.stdin), nil
	}
	return os.Open(name)
}

func (a *app) printCounts(job string, c corpus.Counts, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(a.stdout).Encode(c)
	}
	fmt.Fprintf(a.stdout, "%s: %d seen = %d new + %d updated + %d unchanged + %d rejected\n",
		job, c.Seen, c.New, c.Updated, c.Unchanged, c.Rejected)
	for _, reason := range slices.Sorted(maps.Keys(c.Reasons)) {
		fmt.Fprintf(a.stdout, "  rejected %d: %s\n", c.Reasons[reason], reason)
	}
	if c.Rejected > 0 {
		a.say("see each rejected one with its reason: oped list --rejected")
	}
	return nil
}

// parseDay reads a day of a flag; empty gives the zero time.
func parseDay(flag, day string) (time.Time, error) {
	if day == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return t, usagef("write the day as 2024-01-31", "--%s %q is not a day", flag, day)
	}
	return t, nil
}

func isDir(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}
