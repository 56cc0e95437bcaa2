package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"oped/corpus"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "copy the archive into one file, while everything goes on",
		Long: `Write a copy of the archive as it is at this moment to FILE, which must not exist. The index is not part of it: it is made
from the archive.

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
	store, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Backup(ctx, file); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "backup: %s\n", file)
	return nil
}
