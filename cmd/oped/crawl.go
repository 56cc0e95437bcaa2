package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"oped/corpus"
	"oped/corpus/crawl"
	"oped/corpus/discover"
	"oped/corpus/extract"
	"oped/corpus/fetch"
)

const crawlHelp = `Fetch articles from the web, politely, and keep them.

A SEED is the address of a site's home page; its feeds and sitemaps are found from there. Say --feed or --sitemap for
an address that is one, and -i FILE (- for standard input) for a list of article addresses, one a line.
Without any seed, a crawl that was stopped goes on.

robots.txt and Crawl-delay are obeyed; each host gets one request at a time. Addresses inside private networks are
refused unless --allow-private. Nothing is fetched twice, but for articles listed as changed since, and those that --recheck names: what has changed in them
becomes a new version beside the old one.`

// crawlFlags is what was asked of a crawl, before it is checked.
type crawlFlags struct {
	sites, feeds, sitemaps []string
	list                   string
	publication            string
	since, recheck         string
	limit                  int
	pace                   time.Duration
	allowPrivate           bool
	contact                string
	licensed               bool
	json                   bool
}

func (a *app) crawlCommand() *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "crawl [flags] [SEED...]",
		Short: "fetch articles from sites, feeds, sitemaps and lists",
		Long:  crawlHelp,
		Example: `  oped crawl https://paper.example/
  oped crawl --sitemap https://paper.example/sitemap.xml --since 2024-01-01
  oped crawl -i urls.txt`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.sites = args
			return a.crawl(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.feeds, "feed", nil, "address of an RSS, Atom or JSON feed (may repeat)")
	flags.StringArrayVar(&f.sitemaps, "sitemap", nil, "address of a sitemap or sitemap index (may repeat)")
	flags.StringVarP(&f.list, "input", "i", "", "file with article addresses, one a line (- for standard input)")
	flags.StringVar(&f.publication, "publication", "", "name of the publication, for pages that do not say it")
	flags.StringVar(&f.since, "since", "", "only articles that feeds and sitemaps date from this day on (YYYY-MM-DD)")
	flags.StringVar(&f.recheck, "recheck", "", "fetch again all articles published on this day or later, those without a date if last fetched then (YYYY-MM-DD)")
	flags.IntVar(&f.limit, "limit", 0, "stop after this many articles (0: no limit)")
	flags.DurationVar(&f.pace, "pace", time.Second, "pause between two requests to one host")
	flags.BoolVar(&f.allowPrivate, "allow-private", false, "allow addresses of private networks and of this machine")
	flags.StringVar(&f.contact, "contact", "", "address for publishers to write to, shown in the User-Agent")
	flags.BoolVar(&f.licensed, "ignore-reservations", false, "keep pages marked noindex, noarchive or reserved from mining: only with their owner's leave")
	flags.BoolVar(&f.json, "json", false, "print the counts as JSON")
	return cmd
}

func (a *app) crawl(ctx context.Context, f crawlFlags) error {
	seeds, bad, err := a.crawlSeeds(f)
	if err != nil {
		return err
	}
	if f.pace < 0 || f.limit < 0 {
		return usagef("give a duration such as 2s, and a number of articles", "--pace and --limit cannot be less than nothing")
	}
	since, err := parseDay("since", f.since)
	if err != nil {
		return err
	}
	recheck, err := parseDay("recheck", f.recheck)
	if err != nil {
		return err
	}
	client, err := fetch.New(fetch.Config{Contact: f.contact, AllowPrivate: f.allowPrivate, Pace: f.pace})
	if err != nil {
		return err
	}
	defer client.Close()
	store, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := a.recheck(ctx, store, recheck); err != nil {
		return err
	}
	counts, err := a.runCrawl(ctx, crawl.Config{
		Store: store, Client: client, Seeds: seeds, Since: since, Limit: f.limit, IgnoreReservations: f.licensed,
	})
	for range bad {
		counts.AddRejected("a line of the list is no address")
	}
	return a.endJob("crawl", counts, f.json, explainCrawl(err))
}

// recheck makes articles published since a day to be fetched again; the zero time names none.
func (a *app) recheck(ctx context.Context, store *corpus.Store, since time.Time) error {
	if since.IsZero() {
		return nil
	}
	return store.Update(ctx, func(tx *corpus.Tx) error {
		n, err := tx.Recheck(since)
		if err == nil {
			a.say("to be fetched again: %d", n)
		}
		return err
	})
}

// runCrawl runs the crawler with the extractor and the progress line that all crawls share.
func (a *app) runCrawl(ctx context.Context, c crawl.Config) (corpus.Counts, error) {
	extractor, err := extract.New()
	if err != nil {
		return corpus.Counts{}, err
	}
	line := a.newProgress()
	defer line.end()
	c.Extractor, c.Log, c.Now = extractor, a.logger(a.verbose), a.now
	c.Progress = func(p crawl.Progress) {
		line.show("%d fetched, %d new, %d updated, %d unchanged, %d rejected, %d to go, %.1f pages/s",
			p.Fetched, p.Counts.New, p.Counts.Updated, p.Counts.Unchanged, p.Counts.Rejected, p.Pending, p.PagesPerSecond())
	}
	return crawl.Run(ctx, c)
}

// explainCrawl adds to a crawl that brought nothing what each of its sources said.
func explainCrawl(err error) error {
	var none *crawl.NoArticlesError
	if !errors.As(err, &none) {
		return err
	}
	text := none.Error()
	for _, s := range none.Sources {
		if cause := s.Cause(); cause != "" && !strings.Contains(text, cause) {
			text += fmt.Sprintf("\n  %s: %s", s.URL, cause)
		}
	}
	return &codeError{code: exitFailed, text: text, hint: "oped list --rejected shows every refusal"}
}

// crawlSeeds turns arguments and flags into targets, and counts the lines of a list that are none.
func (a *app) crawlSeeds(f crawlFlags) (seeds []corpus.Target, bad int, err error) {
	for _, named := range []struct {
		kind      corpus.TargetKind
		addresses []string
	}{{corpus.TargetSite, f.sites}, {corpus.TargetFeed, f.feeds}, {corpus.TargetSitemap, f.sitemaps}} {
		for _, address := range named.addresses {
			if _, err := corpus.CanonicalURL(address); err != nil {
				return nil, 0, usagef("give the whole address, as in https://paper.example/", "seed %q: %v", address, err)
			}
			seeds = append(seeds, corpus.Target{URL: address, Kind: named.kind, Publication: f.publication})
		}
	}
	if f.list == "" {
		return seeds, 0, nil
	}
	listed, bad, err := a.listSeeds(f.list, f.publication)
	return append(seeds, listed...), bad, err
}

// listSeeds reads a list of addresses; its bad lines are told, counted and passed over.
func (a *app) listSeeds(name, publication string) (seeds []corpus.Target, bad int, err error) {
	r, err := a.openInput(name)
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	lines, err := discover.List(r, func(e discover.Entry) error {
		seeds = append(seeds, corpus.Target{URL: e.URL, Kind: corpus.TargetPage, Publication: publication, From: name})
		return nil
	})
	for _, b := range lines.First {
		a.say("%s: %v", name, b)
	}
	return seeds, lines.Bad, err
}
