package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"oped/corpus"
	"oped/corpus/crawl"
	"oped/corpus/fetch"
	"oped/corpus/sample"
	"oped/web"
)

const demoHelp = `Show everything at work, offline: seven fictional newspapers are served on this machine, crawled, read, indexed and
searched by the same code that does it with real ones.

The archive is kept: started again, the demo goes on from it and fetches nothing twice. Delete the directory that it
names to begin anew.`

// papersPort is where the sample newspapers are served if nothing else is there. Their addresses hold the port, so the
// one chosen first is kept beside the archive.
const (
	papersPort = "8091"
	portFile   = "papers-port"
)

// demoFlags is what was asked of the demo.
type demoFlags struct {
	addr   string
	papers string
}

func (a *app) demoCommand() *cobra.Command {
	var f demoFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "crawl the sample newspapers, index them, serve them",
		Long:  demoHelp,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.addr, "addr", "", "address of the search page (default 127.0.0.1:8080, or any free port)")
	cmd.Flags().StringVar(&f.papers, "papers-port", "", "port of the sample newspapers (default "+papersPort+", or any free one)")
	return cmd
}

func (a *app) demo(ctx context.Context, f demoFlags) error {
	if a.dataDir == "" {
		dir, err := a.defaultDataDir()
		if err != nil {
			return err
		}
		a.dataDir = filepath.Join(dir, "demo")
	}
	papers, err := a.openPapers(ctx, f.papers)
	if err != nil {
		return err
	}
	defer papers.Close()
	page, err := listenNear(ctx, f.addr, "127.0.0.1:8080")
	if err != nil {
		return err
	}
	defer page.Close()
	e, err := a.openServing(ctx, "oped demo at http://"+page.Addr().String())
	if err != nil {
		return held(err)
	}
	return errors.Join(a.runDemo(ctx, e, papers, page), e.Close())
}

// runDemo serves papers and page, and crawls meanwhile, until ctx ends.
func (a *app) runDemo(ctx context.Context, e *engine, papers, page net.Listener) error {
	handler, err := e.handler(a.demoConfig())
	if err != nil {
		return err
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveHTTP(groupCtx, papers, sample.Handler()) })
	group.Go(func() error { return a.runServer(groupCtx, e, page, localHosts(handler, page, "")) })
	group.Go(func() error {
		err := a.crawlPapers(groupCtx, e, papers.Addr())
		if err != nil {
			return err
		}
		return a.welcome(groupCtx, e, page.Addr())
	})
	err = group.Wait()
	if ctx.Err() != nil && (err == nil || errors.Is(err, context.Canceled)) {
		return nil
	}
	return err
}

// crawlPapers runs the real crawler over the sample newspapers.
func (a *app) crawlPapers(ctx context.Context, e *engine, papers net.Addr) error {
	client, err := fetch.New(fetch.Config{AllowPrivate: true})
	if err != nil {
		return err
	}
	defer client.Close()
	counts, err := a.runCrawl(ctx, crawl.Config{Store: e.store, Client: client, Seeds: demoSeeds(papers)})
	if err != nil {
		return err
	}
	return a.printCounts("crawl", counts, false)
}

// demoSeeds names each paper as an operator would: by its home page, and by its name, which not all of their pages say.
func demoSeeds(papers net.Addr) []corpus.Target {
	_, port, _ := net.SplitHostPort(papers.String())
	var seeds []corpus.Target
	for _, p := range sample.Papers() {
		home := "http://" + net.JoinHostPort(p.Slug+".localhost", port) + "/"
		seeds = append(seeds, corpus.Target{URL: home, Kind: corpus.TargetSite, Publication: p.Name})
	}
	return seeds
}

// openPapers listens where the newspapers were served before, so that their addresses stay what the archive knows.
func (a *app) openPapers(ctx context.Context, port string) (net.Listener, error) {
	file := filepath.Join(a.dataDir, portFile)
	wanted := port
	if wanted == "" {
		known, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		wanted = strings.TrimSpace(string(known))
	}
	if wanted != "" {
		if _, err := strconv.ParseUint(wanted, 10, 16); err != nil {
			return nil, usagef("delete "+file+", or give --papers-port", "%q is not a port", wanted)
		}
	}
	l, err := listenNear(ctx, withHost(wanted), withHost(papersPort))
	if err != nil {
		return nil, &codeError{
			code: exitFailed, text: "sample newspapers: " + err.Error(),
			hint: "if no other demo runs on this archive, choose another port with --papers-port",
		}
	}
	if err := os.MkdirAll(a.dataDir, 0o755); err != nil {
		l.Close()
		return nil, err
	}
	_, chosen, _ := net.SplitHostPort(l.Addr().String())
	return l, os.WriteFile(file, []byte(chosen+"\n"), 0o644)
}

func withHost(port string) string {
	if port == "" {
		return ""
	}
	return net.JoinHostPort("127.0.0.1", port)
}

// listenNear listens at addr; where none is given at usual, or at any free port of that host if usual is taken.
func listenNear(ctx context.Context, addr, usual string) (net.Listener, error) {
	if addr != "" {
		return listen(ctx, addr, false)
	}
	if l, err := listen(ctx, usual, false); err == nil {
		return l, nil
	}
	host, _, _ := net.SplitHostPort(usual)
	return listen(ctx, net.JoinHostPort(host, "0"), false)
}

// welcome waits until everything is searchable and says where and what.
func (a *app) welcome(ctx context.Context, e *engine, page net.Addr) error {
	if err := e.waitFresh(ctx); err != nil {
		return err
	}
	base := "http://" + page.String()
	fmt.Fprintf(a.stdout, "\nSearch at %s\n\nWorth trying:\n", base)
	for _, q := range demoQueries {
		fmt.Fprintf(a.stdout, "  %-46s %s\n", q, base+searchPath(q))
	}
	fmt.Fprintf(a.stdout, "\nThe archive is in %s. Ctrl-C ends the demo.\n", a.dataDir)
	return nil
}

// demoQueries are worth trying: proximity, a column of one writer's, a phrase with a date.
var demoQueries = []string{
	"kuril! w/10 (japan or tokyo)",
	`author:"Moira Tressell" quay`,
	`"carbon tax" -type:letter after:2012`,
}

// demoConfig is the demo's page.
func (a *app) demoConfig() web.Config {
	return web.Config{Name: "oped", Examples: demoQueries, Log: a.logger(a.verbose), Now: a.now}
}
