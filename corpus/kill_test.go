package corpus_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"oped/corpus"
)

// jobEnv names the archive that this binary is to work on when it is started as a job of TestKill.
const jobEnv = "OPED_TEST_JOB"

func TestMain(m *testing.M) {
	if dir := os.Getenv(jobEnv); dir != "" {
		if err := job(context.Background(), dir, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

const (
	jobHost    = "www.example.com"
	jobTargets = 700
)

// job is a small crawl: it fills the frontier, then keeps one article after the other and finishes its target in the
// same transaction. It prints the ID and URL of each after Update has returned.
func job(ctx context.Context, dir string, acknowledge io.Writer) error {
	s, err := corpus.Open(ctx, dir)
	if err != nil {
		return err
	}
	defer s.Close()
	err = s.Update(ctx, func(tx *corpus.Tx) error {
		for n := range jobTargets {
			p, _ := column(n)
			if _, err := tx.Enqueue(corpus.Target{URL: p.URL, Kind: corpus.TargetPage, Publication: fmt.Sprint(n)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for {
		targets, err := s.Pending(ctx, jobHost, 20)
		if err != nil || len(targets) == 0 {
			return err
		}
		for _, target := range targets {
			id, err := finish(ctx, s, target)
			if err != nil {
				return err
			}
			fmt.Fprintf(acknowledge, "%s %s\n", id, target.URL)
		}
	}
}

func finish(ctx context.Context, s *corpus.Store, target corpus.Target) (corpus.ID, error) {
	var n int
	fmt.Sscan(target.Publication, &n)
	p, a := column(n)
	// Pages of some size, so that a transaction is more than one write of the system.
	p.Body = append(p.Body, strings.Repeat(fmt.Sprint(rand.Uint64()), 500+rand.IntN(2000))...)
	err := s.Update(ctx, func(tx *corpus.Tx) error {
		outcome, err := tx.Put(p, a)
		if err != nil {
			return err
		}
		return tx.Finish(corpus.Fetch{URL: target.URL, At: captured, Status: 200, PageHash: p.Hash(), Outcome: outcome})
	})
	return a.ID, err
}

// TestKill kills a job again and again in the middle of its work: whatever it acknowledged must be there afterwards,
// with its target finished, and the job must go on to its end.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a dozen processes")
	}
	dir := t.TempDir()
	known := make(map[corpus.ID]string)
	for round := range 8 {
		after := time.Duration(15+rand.IntN(90)) * time.Millisecond
		acknowledged, err := runJob(dir, after)
		if err != nil {
			t.Fatal(err)
		}
		for id, url := range acknowledged {
			if known[id] != "" {
				t.Errorf("round %d: %s was worked on again", round, url)
			}
			known[id] = url
		}
		verifyAcknowledged(t, dir, known)
	}
	t.Logf("%d of %d were acknowledged before the last kill", len(known), jobTargets)
	if _, err := runJob(dir, 0); err != nil {
		t.Fatal(err)
	}
	s := openIn(t, dir)
	st, err := s.Stats(t.Context())
	if err != nil || st.Articles != jobTargets || st.Versions != jobTargets || st.Pending != 0 || st.Sequence != jobTargets {
		t.Errorf("Stats at the end = %+v, %v, want %d articles of one version each", st, err, jobTargets)
	}
}

// runJob starts the job, kills it after a while (never for 0) and returns what it acknowledged. Only a job that was not
// to be killed may fail.
func runJob(dir string, after time.Duration) (map[corpus.ID]string, error) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), jobEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if after > 0 {
		defer time.AfterFunc(after, func() { cmd.Process.Kill() }).Stop()
	}
	acknowledged := make(map[corpus.ID]string)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		id, url, whole := strings.Cut(lines.Text(), " ")
		if whole {
			acknowledged[corpus.ID(id)] = url
		}
	}
	if err := cmd.Wait(); err != nil && after == 0 {
		return nil, err
	}
	return acknowledged, nil
}

func verifyAcknowledged(t *testing.T, dir string, known map[corpus.ID]string) {
	t.Helper()
	s, err := corpus.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(t.Context(), func(f corpus.Fault) { t.Errorf("after a kill: %+v", f) }); err != nil {
		t.Fatal(err)
	}
	for id, url := range known {
		a, err := s.Article(t.Context(), id)
		if err != nil {
			t.Errorf("acknowledged, then lost: %v", err)
			continue
		}
		fetch, err := s.LastFetch(t.Context(), url)
		if err != nil || fetch.PageHash != a.PageHash {
			t.Errorf("the fetch of %s is lost: %+v, %v", url, fetch, err)
		}
		if page, err := s.Page(t.Context(), a.PageHash); err != nil || page.Hash() != a.PageHash {
			t.Errorf("the page of %s is lost: %v", url, err)
		}
	}
	pending, err := s.PendingHosts(t.Context())
	// The job may be killed between the end of a transaction and its acknowledgement.
	if done := jobTargets - pending[jobHost]; err != nil || len(pending) > 0 && done < len(known) {
		t.Errorf("%d targets are done, %d were acknowledged (%v)", done, len(known), err)
	}
}

// TestProcessesWriteInTurn lets two processes work on one archive while this one reads and writes.
func TestProcessesWriteInTurn(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	dir := t.TempDir()
	s := openIn(t, dir)
	done := make(chan error, 2)
	for range 2 {
		go func() {
			_, err := runJob(dir, 0)
			done <- err
		}()
	}
	seen, after := make(map[corpus.ID]bool), uint64(0)
	tail := func() {
		list, err := s.Changes(t.Context(), after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if c.Seq <= after {
				t.Fatalf("change %d after %d", c.Seq, after)
			}
			after, seen[c.ID] = c.Seq, true
		}
	}
	own := 0
	for running := 2; running > 0; {
		tail()
		p, a := column(jobTargets + own)
		put(t, s, p, a)
		own++
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			running--
		default:
		}
	}
	tail()
	if want := jobTargets + own; len(seen) != want {
		t.Errorf("tailing saw %d articles, want %d", len(seen), want)
	}
}

// TestReadsDoNotWait reads while a transaction is open.
func TestReadsDoNotWait(t *testing.T) {
	s := open(t)
	p, a := column(1)
	put(t, s, p, a)
	q, b := column(2)
	update(t, s, func(tx *corpus.Tx) error {
		if _, err := tx.Put(q, b); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := s.Article(ctx, a.ID); err != nil {
			t.Errorf("Article while writing: %v", err)
		}
		if _, err := s.Article(ctx, b.ID); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("Article not yet committed: %v, want ErrNotFound", err)
		}
		return nil
	})
}
