package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"oped/corpus"
	"oped/web"
)

const serveHelp = `Serve the search page and the API, and index what crawls and imports bring, within seconds.

Only this machine can reach the page unless --public is given: it has no login, so put a server that asks for one in
front of it.

With -v each request is logged to stderr, without what was searched for: as JSON, or as text on a terminal.`

// Bounds of a connection: a slow or silent client holds a socket, never a search.
const (
	readTimeout     = 10 * time.Second
	writeTimeout    = 5 * time.Minute // a whole export
	idleTimeout     = 2 * time.Minute
	maxHeaderBytes  = 32 << 10
	shutdownTimeout = 5 * time.Second
)

// defaultRate is how many requests a second one client may make for long.
const defaultRate = 20

// serveFlags is what was asked of a server.
type serveFlags struct {
	addr    string
	baseURL string
	name    string
	public  bool
	rate    float64
}

func (f *serveFlags) config() web.Config {
	return web.Config{Name: f.name, BaseURL: f.baseURL, Rate: f.rate}
}

// check refuses what no server could be started with.
func (f *serveFlags) check() error {
	if f.baseURL != "" {
		if _, err := web.ParseBaseURL(f.baseURL); err != nil {
			return usagef("write --base-url https://clips.example.org", "--base-url %s is no public address: it needs a scheme and a host only", f.baseURL)
		}
	}
	if f.rate < 0 {
		return usagef("say 0 for no limit", "--rate %v is less than nothing", f.rate)
	}
	return nil
}

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "serve the search page and the API, and keep the index fresh",
		Long:  serveHelp,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.addr, "addr", "127.0.0.1:8080", "address to listen on (port 0: any free one)")
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", "public address, for feeds and citations")
	cmd.Flags().StringVar(&f.name, "name", "", "name of the archive, shown on its pages")
	cmd.Flags().BoolVar(&f.public, "public", false, "allow --addr to be reachable from other machines, without a login")
	cmd.Flags().Float64Var(&f.rate, "rate", defaultRate, "requests a second that one client may make for long (0: no limit)")
	return cmd
}

func (a *app) serve(ctx context.Context, f serveFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	listener, err := listen(ctx, f.addr, f.public)
	if err != nil {
		return err
	}
	defer listener.Close()
	address := "http://" + listener.Addr().String()
	e, err := a.openServing(ctx, "oped serve at "+address)
	if err != nil {
		return held(err)
	}
	config := f.config()
	config.Log = a.logger(a.verbose)
	handler, err := e.handler(config)
	if err != nil {
		return errors.Join(err, e.Close())
	}
	a.say("searching at %s (Ctrl-C ends it)", address)
	err = a.runServer(ctx, e, listener, localHosts(handler, listener, f.baseURL))
	return errors.Join(err, e.Close())
}

// openServing opens archive and index for a server, and makes them where there are none.
func (a *app) openServing(ctx context.Context, what string) (*engine, error) {
	dir, err := a.dir()
	if err != nil {
		return nil, err
	}
	store, err := corpus.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	e, err := a.openEngine(ctx, store, dir, what)
	if err == nil {
		e.publish()
	}
	return e, err
}

// listen opens a listener, on this machine's own addresses only unless public.
func listen(ctx context.Context, addr string, public bool) (net.Listener, error) {
	if err := checkAddress(addr); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, &codeError{code: exitFailed, text: fmt.Sprintf("listen on %s: %v", addr, err), hint: "choose another with --addr, for example --addr 127.0.0.1:0"}
	}
	if tcp, ok := l.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() && !public {
		l.Close()
		return nil, usagef("say --public if a login stands in front of it, or use --addr 127.0.0.1:8080",
			"%s can be reached from other machines, and the page has no login", addr)
	}
	return l, nil
}

// checkAddress refuses what is no address to listen on, whatever the machine.
func checkAddress(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return usagef("write host and port, for example 127.0.0.1:8080", "%q is no address to listen on: %v", addr, err)
	}
	return nil
}

// runServer serves and keeps the index fresh until ctx ends, which is no error.
func (a *app) runServer(ctx context.Context, e *engine, l net.Listener, h http.Handler) error {
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error { return e.live.Run(groupCtx) })
	group.Go(func() error { return serveHTTP(groupCtx, l, h) })
	err := group.Wait()
	if ctx.Err() != nil && (err == nil || errors.Is(err, context.Canceled)) {
		a.say("stopped")
		return nil
	}
	return err
}

// serveHTTP serves until ctx ends and then lets requests under way finish.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}
