package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"oped/corpus"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "copy the archive into one file, while everything goes on",
		Long: `Write a copy of the archive as it is at this moment to FILE, which must not exist. The index is not part of it: it is made
from the archive. What is in the archive is checked as 'oped verify' does it; faults are told, and exit with 1.

To restore, put the file as ` + corpus.FileName + ` into an empty directory and name that with --data-dir.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("oped backup clips.db", "%s needs the name of the file to write", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0]) },
	}
}

func (a *app) backup(ctx context.Context, file string) error {
	store, _, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if _, err := os.Lstat(file); err == nil {
		return usagef("name another file", "%s is there already", file)
	}
	partial := file + ".partial" // what a killed backup leaves must not look like a whole one
	if err := errors.Join(os.RemoveAll(partial), os.RemoveAll(partial+"-journal")); err != nil {
		return err
	}
	if err := store.Backup(ctx, partial); err != nil {
		return errors.Join(err, os.RemoveAll(partial), os.RemoveAll(partial+"-journal"))
	}
	faults := 0
	err = store.Check(ctx, func(f corpus.Fault) {
		fmt.Fprintf(a.stderr, "oped: %s: %s\n", f.What, f.Problem)
		faults++
	})
	if err != nil {
		return errors.Join(err, os.RemoveAll(partial))
	}
	if err := os.Rename(partial, file); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "backup: %s\n", file)
	if faults > 0 {
		return &codeError{code: exitFailed, text: fmt.Sprintf("the archive has %d faults, and so has its backup", faults), hint: "keep older backups; oped verify tells where the faults are"}
	}
	return nil
}
