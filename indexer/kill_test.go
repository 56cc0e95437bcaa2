package indexer

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// Environment of a child process that is there to be killed.
const (
	childJob = "INDEXER_TEST_CHILD_JOB"
	childDir = "INDEXER_TEST_CHILD_DIR"
)

// killArticles is the size of the corpus that the child indexes; it is made up alike in parent and child.
const killArticles = 400

func TestMain(m *testing.M) {
	if job := os.Getenv(childJob); job != "" {
		child(job, os.Getenv(childDir))
		return
	}
	goleak.VerifyTestMain(m,
		// The engine's workers live as long as the program.
		goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

// child indexes slowly and tells each batch, until it is killed.
func child(job, dir string) {
	f := newFakeCorpus(killArticles)
	f.onRead = func(int) { time.Sleep(time.Millisecond) }
	cfg := Config{Dir: dir, Corpus: f, BatchBytes: 10_000, Holder: "a child", Workers: 1}
	var err error
	switch job {
	case "rebuild":
		cfg.Progress = func(p Progress) { fmt.Println(p.Done) }
		tick := time.Now()
		cfg.Now = func() time.Time { tick = tick.Add(time.Second); return tick }
		_, err = Rebuild(context.Background(), cfg)
	case "live":
		var l *Live
		if l, err = Open(context.Background(), cfg); err == nil {
			l.now().w.committed = func(int) { fmt.Println(l.now().w.state.sequence) }
			_, err = l.Sync(context.Background())
		}
	}
	fmt.Println("ended", err)
}

// killChild runs a child until it has come to a number, and kills it.
func killChild(t *testing.T, job, dir string, at int) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childJob+"="+job, childDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	n := 0
	for n < at && lines.Scan() {
		if _, err := fmt.Sscan(lines.Text(), &n); err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
	}
	if n < at || n >= killArticles {
		t.Fatalf("the child came to %d before it could be killed, want %d or a little more", n, at)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
}

func TestKilledRebuildIsContinued(t *testing.T) {
	f := newFakeCorpus(killArticles)
	unbroken := mustRebuild(t, testConfig(t, f))
	cfg := testConfig(t, f)
	killChild(t, "rebuild", cfg.Dir, 100)
	killChild(t, "rebuild", cfg.Dir, 240)
	r := mustRebuild(t, cfg)
	if !r.Resumed || r.Digest != unbroken.Digest || r.Totals.Words["body"] != unbroken.Totals.Words["body"] {
		t.Errorf("resumed %v; digest %s and %d words, want %s and %d", r.Resumed, r.Digest, r.Totals.Words["body"], unbroken.Digest, unbroken.Totals.Words["body"])
	}
}

func TestKilledOwnerLosesNothing(t *testing.T) {
	f := newFakeCorpus(killArticles)
	cfg := testConfig(t, f)
	killChild(t, "live", cfg.Dir, 150)
	l := mustOpen(t, cfg)
	if seq := l.Sequence(); seq < 150 {
		t.Errorf("the index holds changes up to %d, though 150 were acknowledged", seq)
	}
	mustSync(t, l)
	checkHolds(t, l, f)
}
