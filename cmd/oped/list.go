package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"oped/corpus"
)

const listHelp = `List what the archive holds, one article a line: ID, day, publication, headline.

  --quality bad   pages that are kept but are no articles (cookie walls, "Access denied", index pages), with the reason
  --rejected      everything that was refused on the way in: where it came from, at which step, why`

// listFlags is what was asked of a list.
type listFlags struct {
	quality  string
	rejected bool
	limit    int
	json     bool
}

func (a *app) listCommand() *cobra.Command {
	var f listFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "list articles, or what was refused and why",
		Long:  listHelp,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.list(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.quality, "quality", "good", `"good", "bad" or "all"`)
	cmd.Flags().BoolVar(&f.rejected, "rejected", false, "list rejections instead of articles")
	cmd.Flags().IntVar(&f.limit, "limit", 0, "at most so many (0: all)")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a line")
	return cmd
}

func (a *app) list(ctx context.Context, f listFlags) error {
	selections := map[string]corpus.Selection{
		"good": corpus.AcceptedArticles, "bad": corpus.RejectedArticles, "all": corpus.AllArticles,
	}
	selection, ok := selections[f.quality]
	if !ok {
		return usagef(`say good, bad or all`, "--quality %q is not known", f.quality)
	}
	store, _, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if f.rejected {
		return a.listRejections(ctx, store, f)
	}
	return a.listArticles(ctx, store, selection, f)
}

func (a *app) listArticles(ctx context.Context, store *corpus.Store, s corpus.Selection, f listFlags) error {
	articles, err := store.List(ctx, corpus.ListFilter{Selection: s})
	if err != nil {
		return err
	}
	n := 0
	for article, err := range articles {
		if err != nil {
			return err
		}
		if n++; f.limit > 0 && n > f.limit {
			break
		}
		if err := a.printArticle(article, f.json); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) printArticle(article *corpus.Article, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(a.stdout).Encode(article)
	}
	fields := []string{string(article.ID), orElse(article.Published.Day(), "-"), orElse(article.Publication, "-"), orElse(article.Headline, "-")}
	if q := article.Quality; q.Reason != "" {
		fields = append(fields, strings.Join(q.Flags, ",")+": "+q.Reason)
	}
	_, err := fmt.Fprintln(a.stdout, strings.Join(fields, "\t"))
	return err
}

func (a *app) listRejections(ctx context.Context, store *corpus.Store, f listFlags) error {
	const all = 1 << 30
	limit := f.limit
	if limit <= 0 {
		limit = all
	}
	rejections, err := store.Rejections(ctx, limit)
	if err != nil {
		return err
	}
	for _, r := range rejections {
		if f.json {
			err = json.NewEncoder(a.stdout).Encode(r)
		} else {
			_, err = fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\n", r.At.Format("2006-01-02 15:04"), r.Stage, orElse(strings.TrimSpace(r.Origin+" "+r.URL), "-"), r.Reason)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
