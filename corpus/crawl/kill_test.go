package crawl

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"oped/corpus"
	"oped/corpus/fetch"

	"go.uber.org/goleak"
)

// The test binary crawls by itself where these are set, so that it can be killed.
const (
	childDir  = "OPED_TEST_CRAWL_DIR"
	childSeed = "OPED_TEST_CRAWL_SEED"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := crawlAsChild(dir, os.Getenv(childSeed)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

func crawlAsChild(dir, seed string) error {
	ctx := context.Background()
	store, err := corpus.Open(ctx, dir)
	if err != nil {
		return err
	}
	client, err := fetch.New(fetch.Config{AllowPrivate: true})
	if err != nil {
		return err
	}
	_, err = Run(ctx, Config{Store: store, Client: client, Extractor: reader{},
		Seeds: []corpus.Target{{URL: seed, Kind: corpus.TargetSitemap}}})
	return err
}

// TestRunResumesAfterKill kills a crawl with SIGKILL while a request is under way, and lets another one go on.
func TestRunResumesAfterKill(t *testing.T) {
	const pages, last = 40, 17
	w := newWeb(t)
	reached := make(chan struct{}, 1)
	var paths []string
	for i := range pages {
		path := fmt.Sprintf("/p%d", i)
		paths = append(paths, path)
		w.on("a"+path, func(rw http.ResponseWriter, r *http.Request) {
			if i == last && w.count("a"+path) == 1 {
				reached <- struct{}{}
				<-r.Context().Done() // until the process is dead
				return
			}
			rw.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(rw, "<title>%s</title>", path)
		})
	}
	w.sitemap("a/map.xml.gz", "2024-05-17", paths...)
	dir, seed := t.TempDir(), w.url("a/map.xml.gz")

	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir, childSeed+"="+seed)
	child.Stderr = os.Stderr
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-reached:
	case <-time.After(30 * time.Second):
		t.Error("the crawl did not come to the page at which it is to be killed")
	}
	child.Process.Kill()
	child.Wait()

	config := testConfig(t, corpus.Target{URL: seed, Kind: corpus.TargetSitemap})
	config.Store = openStore(t, dir)
	kept, err := config.Store.Sequence(t.Context())
	if err != nil || kept != last {
		t.Errorf("%d articles were kept before the kill (%v), want %d", kept, err, last)
	}
	if counts := mustRun(t, config); counts.New != pages-last {
		t.Errorf("second crawl: %s, want %d new", counts, pages-last)
	}
	for i, path := range paths {
		want := 1
		if i == last {
			want = 2 // it was not answered the first time
		}
		if n := w.count("a" + path); n != want {
			t.Errorf("%s was fetched %d times, want %d", path, n, want)
		}
	}
}
