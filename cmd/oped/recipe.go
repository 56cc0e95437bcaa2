package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"oped/corpus"
	"oped/corpus/extract"
	"oped/corpus/fetch"
)

const recipeHelp = `Site recipes tell where one site prints what. They are data, a JSON list:
  [{"site": "paper.example", "from": "2021-03-01", "headline": "h1.title", "author": ".byline a", "date": "time",
    "standfirst": ".dek", "section": ".kicker", "note": ".bio", "body": ".text", "remove": [".share", "#comments"]}]

"site" is the host, for its subdomains too; "from" and "until" bound the days of fetching, so that old pages are read by the
rules of their time; the rest are CSS selectors. A field without one is read as on any other site.`

const recipeTestHelp = `Read one page by the recipes of FILE and print each field with what found it.

PAGE is the address of an article, which is taken from the archive or else fetched, or a saved page. A saved page is known
by the address that it states for itself; --url gives it another. Nothing is kept.

A fault in FILE is told as file:line. The command fails if no recipe of FILE is for the page, or what came out is no article.`

// recipeFlags is what was asked of a test of recipes.
type recipeFlags struct {
	url, day     string
	allowPrivate bool
	json         bool
}

func (a *app) recipeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "recipe",
		Short: "test recipes for sites that are read wrongly",
		Long:  recipeHelp,
		RunE: func(*cobra.Command, []string) error {
			return usagef("oped recipe test FILE PAGE", "say what is to be done with recipes")
		},
	}
	var f recipeFlags
	test := &cobra.Command{
		Use:   "test FILE PAGE",
		Short: "read a page by recipes and tell what found each field",
		Long:  recipeTestHelp,
		Example: `  oped recipe test paper.json https://paper.example/opinion/ferry
  oped recipe test paper.json saved.html`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("oped recipe test FILE PAGE", "recipe test needs a file of recipes and a page")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.testRecipe(cmd.Context(), f, args[0], args[1]) },
	}
	test.Flags().StringVar(&f.url, "url", "", "address of a saved page, where it does not state its own")
	test.Flags().StringVar(&f.day, "day", "", "take the page for fetched on this day (YYYY-MM-DD), to try a dated recipe")
	test.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "fetch also from private networks and this machine")
	test.Flags().BoolVar(&f.json, "json", false, "print as JSON")
	cmd.AddCommand(test)
	return cmd
}

func (a *app) testRecipe(ctx context.Context, f recipeFlags, file, name string) error {
	day, err := parseDay("day", f.day)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("recipe test: %w", err)
	}
	recipes, err := extract.ParseRecipes(file, data)
	if err != nil {
		return err
	}
	extractor, err := extract.New(extract.WithoutBuiltin(), extract.WithRecipes(recipes...))
	if err != nil {
		return err
	}
	page, err := a.recipePage(ctx, f, name)
	if err != nil {
		return err
	}
	if !day.IsZero() {
		page.Fetched = day
	}
	x, err := extractor.Explain(page)
	if err != nil {
		return err
	}
	if err := a.printExplanation(x, f.json); err != nil {
		return err
	}
	return judgeExplanation(x, file)
}

// judgeExplanation fails where the recipes did not come to bear, or brought no article.
func judgeExplanation(x *extract.Explanation, file string) error {
	address := x.Article.URL
	switch {
	case x.Recipe == "" && address == "":
		return &codeError{code: exitFailed, text: "the page states no address, so no recipe is for it", hint: "give its address with --url"}
	case x.Recipe == "":
		return &codeError{
			code: exitFailed, text: fmt.Sprintf("no recipe of %s is for %s", file, address),
			hint: `"site" must be the host of the page without www, and the day of fetching lie within "from" and "until"`,
		}
	case x.Article.Quality.Rejected:
		return &codeError{code: exitFailed, text: "this is no article: " + x.Article.Quality.Reason}
	}
	return nil
}

// maxRecipePage bounds a saved page that is read; extraction itself takes no more.
const maxRecipePage = 64 << 20

// recipePage takes a page from a file, from the archive, or from the web.
func (a *app) recipePage(ctx context.Context, f recipeFlags, name string) (*corpus.Page, error) {
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		page, err := a.keptPage(ctx, name)
		if errors.Is(err, corpus.ErrNotFound) {
			return a.fetchPage(ctx, f, name)
		}
		return page, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("recipe test: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxRecipePage {
		return nil, usagef("name a saved page", "%s is no file of at most %d MB", name, maxRecipePage>>20)
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("recipe test: %w", err)
	}
	return &corpus.Page{URL: f.url, Origin: name, MediaType: "text/html", Body: body, Fetched: a.now().UTC()}, nil
}

// keptPage is the page that the archive's newest version of an article was read from, or corpus.ErrNotFound.
func (a *app) keptPage(ctx context.Context, address string) (*corpus.Page, error) {
	store, _, err := a.openKnown(ctx)
	var none *codeError
	if errors.As(err, &none) {
		return nil, corpus.ErrNotFound // there is no archive, and a test makes none
	}
	if err != nil {
		return nil, err
	}
	defer store.Close()
	id, err := store.Lookup(ctx, address)
	if err != nil {
		return nil, err
	}
	article, err := store.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	return store.PageOf(ctx, id, article.Version)
}

func (a *app) fetchPage(ctx context.Context, f recipeFlags, address string) (*corpus.Page, error) {
	client, err := fetch.New(fetch.Config{AllowPrivate: f.allowPrivate, Pace: time.Second})
	if err != nil {
		return nil, err
	}
	defer client.Close()
	return client.Fetch(ctx, fetch.Request{URL: address})
}

func (a *app) printExplanation(x *extract.Explanation, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(a.stdout)
		e.SetEscapeHTML(false)
		return e.Encode(x)
	}
	fmt.Fprintf(a.stdout, "recipe: %s\n", orElse(x.Recipe, "none"))
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, f := range x.Findings {
		rule := f.Rule
		if f.Missed != "" {
			rule = join(rule, fmt.Sprintf("selector %q found nothing", f.Missed))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", f.Field, printable(orElse(f.Value, "-")), rule)
	}
	for _, r := range x.Removed {
		fmt.Fprintf(w, "remove\t%d elements\tselector %q\n", r.Elements, r.Selector)
	}
	return w.Flush()
}
