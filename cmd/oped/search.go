package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

const searchHelp = `Search the archive, in the language that 'oped help query' explains. Put the query in single quotes.

Flags narrow as the facets of the search page do; repeated ones widen (--pub A --pub B is either). The answer is the
same as the page's and the API's. Exit code 0: found; 1: nothing found; 2: failed.`

// searchFlags are the parameters of a search as the API names them, and how to print.
type searchFlags struct {
	params url.Values
	json   bool
}

// searchParams lists the flags that go to the API under a name of their own.
var searchParams = []struct{ flag, param, usage string }{
	{"pub", "pub", "publication (may repeat)"},
	{"author", "author", "author (may repeat)"},
	{"type", "type", "article type: op-ed, column, editorial, letter ... (may repeat)"},
	{"section", "section", "section (may repeat)"},
	{"lang", "lang", "language: en, fr ... (may repeat)"},
	{"year", "year", "year of publication (may repeat)"},
	{"within", "within", "a further query that must match too (may repeat)"},
}

func (a *app) searchCommand() *cobra.Command {
	f := searchFlags{params: url.Values{}}
	cmd := &cobra.Command{
		Use:     "search [flags] QUERY",
		Short:   "search the archive",
		Long:    searchHelp,
		Example: "  oped search 'kuril! w/10 (japan or tokyo)'\n  oped search --type op-ed --sort newest --json 'carbon tax'",
		Args:    cobra.ArbitraryArgs,
	}
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("see "+cmd.CommandPath()+" --help; a query that begins with - goes after --", "%v", err)
	})
	values := map[string]*[]string{}
	for _, p := range searchParams {
		values[p.param] = cmd.Flags().StringArray(p.flag, nil, p.usage)
	}
	since := cmd.Flags().String("since", "", "published on this day or later (2018, 2018-03 or 2018-03-01)")
	until := cmd.Flags().String("until", "", "published on this day or earlier")
	sort := cmd.Flags().String("sort", "", "relevance, newest, oldest or longest")
	limit := cmd.Flags().Int("limit", 10, "hits to print, up to 100")
	page := cmd.Flags().Int("page", 1, "which page of hits")
	explain := cmd.Flags().Bool("explain", false, "tell how each score came about")
	asTyped := cmd.Flags().Bool("no-variants", false, "search for names as typed only, not in other spellings")
	everyCopy := cmd.Flags().Bool("no-fold", false, "show every copy of a text, not one for all")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the API's answer")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		for param, v := range values {
			f.params[param] = *v
		}
		f.set("q", strings.Join(args, " "))
		f.set("from", *since)
		f.set("to", *until)
		f.set("sort", *sort)
		f.set("per_page", strconv.Itoa(*limit))
		f.set("page", strconv.Itoa(*page))
		if *explain {
			f.set("explain", "yes")
		}
		if *asTyped {
			f.set("variants", "off")
		}
		if *everyCopy {
			f.set("fold", "off")
		}
		return asSearchError(cmd.Context(), a.search(cmd.Context(), f))
	}
	return cmd
}

func (f *searchFlags) set(param, value string) {
	if value != "" {
		f.params.Set(param, value)
	}
}

// asSearchError gives a failed search the exit code that grep gives it; that of "nothing found" stays.
func asSearchError(ctx context.Context, err error) error {
	if err == nil || exitCode(ctx, err) != exitFailed || err.Error() == "" {
		return err
	}
	return &codeError{code: exitUsage, text: err.Error(), hint: hintOf(err)}
}

func (a *app) search(ctx context.Context, f searchFlags) error {
	api, err := a.openAPI(ctx)
	if err != nil {
		return err
	}
	defer api.Close()
	body, err := api.get(ctx, "/api/v1/search?"+f.params.Encode())
	if err != nil {
		return err
	}
	var answer apiAnswer
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("search: read answer: %w", err)
	}
	if f.json {
		_, err = a.stdout.Write(append(body, '\n'))
	} else {
		err = a.printAnswer(answer)
	}
	if err == nil && answer.Total == 0 {
		return &codeError{code: exitFailed}
	}
	return err
}
