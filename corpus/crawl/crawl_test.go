package crawl

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"oped/corpus"
	"oped/corpus/fetch"

	"github.com/google/go-cmp/cmp"
)

// web is a set of hosts, each a table of paths, that counts who asks for what.
type web struct {
	mu    sync.Mutex
	paths map[string]http.HandlerFunc // "host/path"
	hits  map[string]int
	under map[string]int // requests under way, by host
	most  map[string]int
	all   int // under way at most, all hosts together
	port  string
}

func newWeb(t *testing.T) *web {
	w := &web{paths: map[string]http.HandlerFunc{}, hits: map[string]int{}, under: map[string]int{}, most: map[string]int{}}
	s := httptest.NewServer(w)
	t.Cleanup(s.Close)
	w.port = s.URL[strings.LastIndex(s.URL, ":"):]
	return w
}

func (w *web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	host, _, _ := strings.Cut(r.Host, ":")
	host = strings.TrimSuffix(host, ".localhost")
	key := host + r.URL.RequestURI()
	w.mu.Lock()
	w.hits[key]++
	w.under[host]++
	w.most[host] = max(w.most[host], w.under[host])
	total := 0
	for _, n := range w.under {
		total += n
	}
	w.all = max(w.all, total)
	h := w.paths[key]
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		w.under[host]--
		w.mu.Unlock()
	}()
	if h == nil {
		http.NotFound(rw, r)
		return
	}
	h(rw, r)
}

// url is an address on the web of the test.
func (w *web) url(hostAndPath string) string {
	host, path, _ := strings.Cut(hostAndPath, "/")
	return "http://" + host + ".localhost" + w.port + "/" + path
}

func (w *web) on(hostAndPath string, h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.paths[hostAndPath] = h
}

// serve answers a path with a body; the validator is made from it. In the body, "{host}" is written for an address.
func (w *web) serve(hostAndPath, mediaType, body string) {
	body = regexp.MustCompile(`\{(\w+)\}`).ReplaceAllString(body, "http://$1.localhost"+w.port)
	w.on(hostAndPath, func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", mediaType)
		rw.Header().Set("ETag", fmt.Sprintf(`"%x"`, len(body)))
		http.ServeContent(rw, r, "", time.Time{}, strings.NewReader(body))
	})
}

func (w *web) article(hostAndPath, headline string) {
	w.serve(hostAndPath, "text/html", "<html><title>"+headline+"</title><p>Text of "+headline)
}

// count is how often a path was asked for, all those that begin with it where it ends in "*".
func (w *web) count(hostAndPath string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	prefix, all := strings.CutSuffix(hostAndPath, "*")
	n := 0
	for path, hits := range w.hits {
		if path == hostAndPath || all && strings.HasPrefix(path, prefix) {
			n += hits
		}
	}
	return n
}

// reader is an extractor that takes the title for the headline, and "junk" in it for a cookie wall.
type reader struct{}

func (reader) Extract(p *corpus.Page) (*corpus.Article, error) {
	text := string(p.Body)
	if strings.Contains(text, "panic") {
		panic("a bug")
	}
	if p.MediaType != "text/html" {
		return nil, errors.New("extract: no HTML")
	}
	_, title, _ := strings.Cut(text, "<title>")
	title, _, _ = strings.Cut(title, "</title>")
	a := &corpus.Article{
		URL: p.Location(), Publication: p.Publication, Headline: title, Captured: p.Fetched,
		Body: []corpus.Block{{Kind: corpus.Paragraph, Text: "Text of " + title}},
	}
	if strings.Contains(title, "junk") {
		a.Quality = corpus.Quality{Flags: []string{"cookie-wall"}, Rejected: true, Reason: "a cookie wall stands before the text"}
	}
	return a, nil
}

func openStore(t *testing.T, dir string) *corpus.Store {
	t.Helper()
	s, err := corpus.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newClient(t *testing.T, config fetch.Config) *fetch.Client {
	t.Helper()
	config.AllowPrivate = true
	c, err := fetch.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func testConfig(t *testing.T, seeds ...corpus.Target) Config {
	t.Helper()
	return Config{Store: openStore(t, t.TempDir()), Client: newClient(t, fetch.Config{}), Extractor: reader{}, Seeds: seeds}
}

func mustRun(t *testing.T, config Config) corpus.Counts {
	t.Helper()
	counts, err := Run(t.Context(), config)
	if err != nil {
		t.Fatalf("Run: %v", err)
	}
	if counts.Seen != counts.New+counts.Updated+counts.Unchanged+counts.Rejected {
		t.Errorf("the counts do not add up: %+v", counts)
	}
	return counts
}

// gazette is a site with a sitemap in robots.txt, a feed and links on its home page, six articles in all.
func gazette(w *web) {
	w.serve("gazette/robots.txt", "text/plain", "User-agent: *\nDisallow: /private/\nSitemap: {gazette}/index.xml\n")
	w.serve("gazette/", "text/html", `<html><link rel=alternate type="application/rss+xml" href="/feed">
		<a href="/2024/05/17/linked-from-home">x</a> <a href="/opinion/">Opinion</a> <a href="/about">About</a>`)
	w.serve("gazette/opinion/", "text/html", `<html><a href="/opinion/only-in-the-section">x</a>`)
	w.serve("gazette/feed", "application/rss+xml", `<rss version="2.0"><channel><title>The Gazette</title>
		<item><link>{gazette}/a?utm_source=rss</link></item><item><link>{gazette}/b</link></item></channel></rss>`)
	w.serve("gazette/index.xml", "application/xml", `<sitemapindex><sitemap><loc>{gazette}/map.xml.gz</loc></sitemap></sitemapindex>`)
	w.sitemap("gazette/map.xml.gz", "2024-05-17T10:00:00Z", "/a", "/c")
	for _, path := range []string{"a", "a?utm_source=rss", "b", "c", "2024/05/17/linked-from-home", "opinion/only-in-the-section"} {
		w.article("gazette/"+path, "Piece "+path)
	}
}

// sitemap serves a gzipped sitemap.
func (w *web) sitemap(hostAndPath, lastmod string, paths ...string) {
	host, _, _ := strings.Cut(hostAndPath, "/")
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprint(z, "<urlset>")
	for _, path := range paths {
		fmt.Fprintf(z, "<url><loc>%s</loc><lastmod>%s</lastmod></url>", w.url(host+path), lastmod)
	}
	fmt.Fprint(z, "</urlset>")
	z.Close()
	w.serve(hostAndPath, "application/x-gzip", b.String())
}

func TestRunFindsWhatASitePublishes(t *testing.T) {
	w := newWeb(t)
	gazette(w)
	config := testConfig(t, corpus.Target{URL: w.url("gazette/")})
	var last Progress
	config.Progress = func(p Progress) { last = p }

	if counts := mustRun(t, config); counts.New != 5 || counts.Seen != 5 {
		t.Errorf("first run: %s, want 5 new", counts)
	}
	if n := w.count("gazette/a*"); n != 1 {
		t.Errorf("an article with two addresses was fetched %d times, want once", n)
	}
	if !last.Done || last.Pending != 0 || last.Counts.New != 5 || last.PagesPerSecond() <= 0 {
		t.Errorf("last progress: %+v", last)
	}
	s := last.Sources[0]
	s.URL = ""
	want := Source{Kind: corpus.TargetSite, Lists: 5, Found: 6, Fresh: 5, Known: 1, Articles: 5}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("source (-want +got):\n%s", diff)
	}
	id, err := config.Store.Lookup(t.Context(), w.url("gazette/b"))
	if err != nil {
		t.Fatal(err)
	}
	if a, err := config.Store.Article(t.Context(), id); err != nil || a.Publication != "The Gazette" {
		t.Errorf("article = %+v, %v, want the feed's title as its publication", a, err)
	}
}

func TestRunAgainFetchesNothingTwice(t *testing.T) {
	w := newWeb(t)
	gazette(w)
	config := testConfig(t, corpus.Target{URL: w.url("gazette/")})
	mustRun(t, config)

	var last Progress
	config.Progress = func(p Progress) { last = p }
	if counts := mustRun(t, config); counts.Seen != 0 {
		t.Errorf("second run: %s, want nothing seen", counts)
	}
	if s := last.Sources[0]; s.Unchanged != 2 || s.Cause() != "" {
		t.Errorf("second run: %+v, want feed and sitemap unchanged", s)
	}
	for _, path := range []string{"b", "c", "2024/05/17/linked-from-home"} {
		if n := w.count("gazette/" + path); n != 1 {
			t.Errorf("%s was fetched %d times, want once", path, n)
		}
	}

	// A lastmod after the last fetch has a page looked at again, and only that page; it may be unchanged.
	later := time.Now().Add(time.Hour)
	config.Now = func() time.Time { return later.Add(time.Minute) }
	config.Client = newClient(t, fetch.Config{Now: config.Now})
	w.sitemap("gazette/map.xml.gz", later.UTC().Format(time.RFC3339), "/b", "/c")
	w.article("gazette/c", "Piece c, corrected")
	if counts := mustRun(t, config); counts.Updated != 1 || counts.Unchanged != 1 || counts.Seen != 2 {
		t.Errorf("third run: %s, want 1 updated and 1 unchanged", counts)
	}
	if counts := mustRun(t, config); counts.Seen != 0 {
		t.Errorf("fourth run: %s, want nothing seen", counts)
	}
}

func TestRunTellsWhyPagesAreRefused(t *testing.T) {
	w := newWeb(t)
	w.serve("a/robots.txt", "text/plain", "User-agent: oped\nDisallow: /private/\n")
	w.article("a/fine", "Fine")
	w.article("a/junk", "junk")
	w.article("a/panic", "panic")
	w.article("a/private/x", "Private")
	w.serve("a/noindex", "text/html", `<meta name="robots" content="noindex"><title>x</title>`)
	w.serve("a/noarchive", "text/html", `<meta name="oped" content="noarchive"><title>x</title>`)
	w.serve("a/mined", "text/html", `<meta name="tdm-reservation" content="1"><title>x</title>`)
	w.serve("a/image", "image/png", "\x89PNG")
	w.serve("a/data", "application/json", "{}")
	w.on("a/inside", func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, "http://169.254.169.254/latest/", http.StatusFound)
	})
	w.on("a/moved", func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, "/moved-here", http.StatusMovedPermanently)
	})
	w.article("a/moved-here", "Moved")
	var seeds []corpus.Target
	for _, path := range strings.Fields("fine junk panic private/x noindex noarchive mined image data inside moved moved-here missing") {
		seeds = append(seeds, corpus.Target{URL: w.url("a/" + path), Kind: corpus.TargetPage})
	}
	config := testConfig(t, seeds...)
	counts := mustRun(t, config)
	want := corpus.Counts{Seen: 12, New: 2, Rejected: 10, Reasons: map[string]int{
		"cookie wall": 1, "unreadable": 2, "refused by robots.txt": 1, "reserved by the publisher": 3,
		"not a text": 1, "blocked address": 1, "HTTP 404": 1,
	}}
	if diff := cmp.Diff(want.Reasons, counts.Reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	if counts.Reasons = want.Reasons; counts.New != 2 {
		t.Errorf("counts = %s, want %s", counts, want)
	}
	if n := w.count("a/moved-here"); n != 1 {
		t.Errorf("the end of a redirect was fetched %d times, want once", n)
	}

	rejections, err := config.Store.Rejections(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]string{}
	for _, r := range rejections {
		reasons[strings.TrimPrefix(r.URL, w.url("a/"))] = r.Stage + ": " + r.Reason
	}
	for path, says := range map[string]string{
		"private/x": "fetch: *line 2 of *Disallow: /private/",
		"junk":      "quality: a cookie wall stands before the text",
		"noindex":   "reserved: *meta robots: noindex",
		"mined":     "reserved: *tdm-reservation: 1",
		"inside":    "fetch: *cloud metadata",
		"panic":     "extract: *the extractor failed",
	} {
		rest := reasons[path]
		for part := range strings.SplitSeq(says, "*") {
			var ok bool
			if _, rest, ok = strings.Cut(rest, part); !ok {
				t.Errorf("%s was refused with %q, want %q", path, reasons[path], says)
				break
			}
		}
	}
}

func TestRunIgnoresReservationsIfTold(t *testing.T) {
	w := newWeb(t)
	w.serve("a/noindex", "text/html", `<meta name="robots" content="noindex"><title>x</title>`)
	config := testConfig(t, corpus.Target{URL: w.url("a/noindex"), Kind: corpus.TargetPage})
	config.IgnoreReservations = true
	if counts := mustRun(t, config); counts.New != 1 {
		t.Errorf("counts = %s, want 1 new", counts)
	}
}

func TestRunWithoutArticlesSaysWhy(t *testing.T) {
	w := newWeb(t)
	w.serve("empty/", "text/html", `<html><a href="/about">About</a>`)
	w.serve("old/map.xml", "application/xml", `<urlset><url><loc>{old}/a</loc><lastmod>1999-01-01</lastmod></url><url><loc>{old}/b</loc></url></urlset>`)
	w.serve("foreign/map.xml", "application/xml", `<urlset><url><loc>{old}/a</loc></url></urlset>`)
	w.serve("broken/feed", "application/rss+xml", `<rss><channel><`)
	w.serve("refused/robots.txt", "text/plain", "User-agent: *\nDisallow: /\n")
	w.on("down/robots.txt", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusInternalServerError) })
	w.serve("nofollow/", "text/html", `<meta name="robots" content="nofollow"><a href="/2024/05/17/not-to-be-followed">x</a>`)
	config := testConfig(t,
		corpus.Target{URL: w.url("empty/")},
		corpus.Target{URL: w.url("old/map.xml"), Kind: corpus.TargetSitemap},
		corpus.Target{URL: w.url("foreign/map.xml"), Kind: corpus.TargetSitemap},
		corpus.Target{URL: w.url("broken/feed"), Kind: corpus.TargetFeed},
		corpus.Target{URL: w.url("refused/")},
		corpus.Target{URL: w.url("down/feed"), Kind: corpus.TargetFeed},
		corpus.Target{URL: w.url("gone/feed"), Kind: corpus.TargetFeed},
		corpus.Target{URL: w.url("nofollow/")},
		corpus.Target{URL: "http://127.0.0.1:1/feed", Kind: corpus.TargetFeed},
	)
	config.Since = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	config.MaxAttempts = 1
	counts, err := Run(t.Context(), config)
	var none *NoArticlesError
	if !errors.As(err, &none) || counts.Seen != 0 {
		t.Fatalf("Run = %s, %v, want a NoArticlesError", counts, err)
	}
	for i, says := range []string{
		"it names no articles", "1 too old, 1 undated", "other sites", "the feed cannot be read", "line 2 of", "500 Internal Server Error",
		"404 Not Found", "it names no articles", "127.0.0.1:1/robots.txt cannot be read",
	} {
		if cause := none.Sources[i].Cause(); !strings.Contains(cause, says) || !strings.Contains(err.Error(), cause) {
			t.Errorf("%s: %q, want it to say %q", none.Sources[i].URL, cause, says)
		}
	}
	if w.count("down/feed") != 0 {
		t.Error("a host whose robots.txt fails was asked for more")
	}
	if _, err := Run(t.Context(), testConfig(t)); !errors.As(err, &none) || !strings.Contains(err.Error(), "no seeds") {
		t.Errorf("Run without seeds = %v", err)
	}
}

func TestRunSince(t *testing.T) {
	w := newWeb(t)
	w.serve("a/map.xml", "application/xml", `<sitemapindex>
		<sitemap><loc>{a}/2019.xml</loc><lastmod>2019-12-31</lastmod></sitemap><sitemap><loc>{a}/2024.xml</loc></sitemap></sitemapindex>`)
	w.serve("a/2019.xml", "application/xml", `<urlset></urlset>`)
	w.serve("a/2024.xml", "application/xml", `<urlset><url><loc>{a}/new</loc><lastmod>2024-02-01</lastmod></url>
		<url><loc>{a}/old</loc><lastmod>2023-12-31</lastmod></url><url><loc>{a}/2024/01/01/by-address</loc></url><url><loc>{a}/undated</loc></url></urlset>`)
	for _, path := range []string{"new", "old", "2024/01/01/by-address", "undated"} {
		w.article("a/"+path, path)
	}
	config := testConfig(t, corpus.Target{URL: w.url("a/map.xml"), Kind: corpus.TargetSitemap})
	config.Since = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	if counts := mustRun(t, config); counts.New != 2 {
		t.Errorf("since 2024: %s, want 2 new", counts)
	}
	if n := w.count("a/2019.xml"); n != 0 {
		t.Errorf("a sitemap of before the window was fetched")
	}
	config.Since = time.Time{} // a longer window must not meet "not modified"
	if counts := mustRun(t, config); counts.New != 2 {
		t.Errorf("without since: %s, want the other 2 new", counts)
	}
}

func TestRunLimit(t *testing.T) {
	w := newWeb(t)
	gazette(w)
	config := testConfig(t, corpus.Target{URL: w.url("gazette/")})
	config.Limit = 2
	for run, want := range []int{2, 2, 1, 0} {
		if counts := mustRun(t, config); counts.New != want || counts.Seen != want {
			t.Errorf("run %d: %s, want %d new", run+1, counts, want)
		}
	}
}

func TestRunAsksHostsInTurns(t *testing.T) {
	w := newWeb(t)
	var seeds []corpus.Target
	for _, host := range []string{"a", "b", "c", "d"} {
		for i := range 8 {
			path := fmt.Sprintf("%s/%d", host, i)
			w.on(path, func(rw http.ResponseWriter, r *http.Request) {
				time.Sleep(2 * time.Millisecond)
				rw.Header().Set("Content-Type", "text/html")
				fmt.Fprintf(rw, "<title>%s</title>", path)
			})
			seeds = append(seeds, corpus.Target{URL: w.url(path), Kind: corpus.TargetPage})
		}
	}
	config := testConfig(t, seeds...)
	config.Concurrency = 3
	if counts := mustRun(t, config); counts.New != 32 {
		t.Errorf("counts = %s, want 32 new", counts)
	}
	for host, most := range w.most {
		if most > 1 {
			t.Errorf("%s had %d requests at a time, want 1", host, most)
		}
	}
	if w.all > 3 || w.all < 2 {
		t.Errorf("%d requests at a time, want 2 or 3", w.all)
	}
}

func TestRunResumesAfterCancel(t *testing.T) {
	w := newWeb(t)
	const pages = 30
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var paths []string
	for i := range pages {
		path := fmt.Sprintf("/p%d", i)
		paths = append(paths, path)
		w.on("a"+path, func(rw http.ResponseWriter, r *http.Request) {
			if i == 10 {
				cancel()
			}
			rw.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(rw, "<title>%s</title>", path)
		})
	}
	w.sitemap("a/map.xml.gz", "2024-05-17", paths...)
	config := testConfig(t, corpus.Target{URL: w.url("a/map.xml.gz"), Kind: corpus.TargetSitemap})
	begin := time.Now()
	first, err := Run(ctx, config)
	if !errors.Is(err, context.Canceled) || first.New == 0 || first.New == pages {
		t.Fatalf("Run = %s, %v, want it stopped in the middle", first, err)
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("a cancelled run took %s to end", took)
	}
	second := mustRun(t, config)
	if first.New+second.New != pages {
		t.Errorf("%d and %d new, want %d together", first.New, second.New, pages)
	}
	for _, path := range paths {
		if n := w.count("a" + path); n != 1 {
			t.Errorf("%s was fetched %d times, want once", path, n)
		}
	}
}

func TestRunReadsLargeSitemaps(t *testing.T) {
	w := newWeb(t)
	const entries = 3 * batch / 2
	w.on("a/map.xml", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "application/xml")
		fmt.Fprint(rw, "<urlset>")
		for i := range entries {
			fmt.Fprintf(rw, "<url><loc>%s</loc></url>", w.url(fmt.Sprintf("a/piece-%d", i)))
		}
		fmt.Fprint(rw, "</urlset>")
	})
	w.article("a/piece-0", "First")
	config := testConfig(t, corpus.Target{URL: w.url("a/map.xml"), Kind: corpus.TargetSitemap})
	config.Limit = 1
	mustRun(t, config)
	hosts, err := config.Store.PendingHosts(t.Context())
	if err != nil || hosts["a.localhost"+w.port] != entries-1 {
		t.Errorf("pending: %v, %v, want %d", hosts, err, entries-1)
	}
}

func TestRunRefusesConfigs(t *testing.T) {
	good := testConfig(t)
	for _, tt := range []struct {
		says string
		edit func(*Config)
	}{
		{"no Store", func(c *Config) { c.Store = nil }},
		{"no Client", func(c *Config) { c.Client = nil }},
		{"no Extractor", func(c *Config) { c.Extractor = nil }},
		{`seed "ftp://a.example/"`, func(c *Config) { c.Seeds = []corpus.Target{{URL: "ftp://a.example/"}} }},
	} {
		config := good
		tt.edit(&config)
		if _, err := Run(t.Context(), config); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("Run = %v, want an error that says %q", err, tt.says)
		}
	}
}
