package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"oped/corpus"
)

const removeHelp = `Take articles down for good.

An ARTICLE is its ID, as in oped list, or any address that it was seen under. Its texts, addresses and the pages that it
was read from are deleted, and a running server stops showing it at once. It does not come back: the next crawl or
import of it is turned away.

Without --yes, nothing is removed: what would be is listed.`

func (a *app) removeCommand() *cobra.Command {
	yes := false
	cmd := &cobra.Command{
		Use:   "remove [--yes] ARTICLE...",
		Short: "take articles down for good",
		Long:  removeHelp,
		Example: `  oped remove https://paper.example/opinion/ferry
  oped remove --yes https://paper.example/opinion/ferry`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return a.remove(cmd.Context(), args, yes) },
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "remove them, rather than list what would be removed")
	return cmd
}

// remove takes down all articles named, or none: a name that means nothing may be a slip.
func (a *app) remove(ctx context.Context, names []string, yes bool) error {
	if len(names) == 0 {
		return usagef("give IDs, as in oped list, or addresses", "no article is named")
	}
	store, _, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	var articles []*corpus.Article
	for _, name := range names {
		article, err := findArticle(ctx, store, name)
		if err != nil {
			return err
		}
		articles = append(articles, article)
	}
	if yes {
		if err := removeAll(ctx, store, articles); err != nil {
			return err
		}
	}
	for _, article := range articles {
		if err := a.printArticle(article, false); err != nil {
			return err
		}
	}
	if yes {
		a.say("removed: %d", len(articles))
	} else {
		a.say("nothing is removed; say --yes to remove what is listed")
	}
	return nil
}

func removeAll(ctx context.Context, store *corpus.Store, articles []*corpus.Article) error {
	return store.Update(ctx, func(tx *corpus.Tx) error {
		for _, article := range articles {
			if err := tx.Remove(article.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// findArticle finds an article by its ID or by an address.
func findArticle(ctx context.Context, store *corpus.Store, name string) (*corpus.Article, error) {
	id := corpus.ID(name)
	var err error
	if !id.Valid() {
		id, err = store.Lookup(ctx, name)
	}
	var article *corpus.Article
	if err == nil {
		article, err = store.Article(ctx, id)
	}
	switch {
	case errors.Is(err, corpus.ErrRemoved):
		return nil, &codeError{code: exitFailed, text: fmt.Sprintf("%q is removed already", name), hint: "leave it out"}
	case errors.Is(err, corpus.ErrNotFound):
		return nil, &codeError{code: exitFailed, text: fmt.Sprintf("there is no article %q", name), hint: "oped list shows IDs; oped search inurl:WORD finds addresses"}
	}
	return article, err
}
