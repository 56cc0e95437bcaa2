package ingest_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"oped/corpus"
	"oped/corpus/ingest"
)

// jobEnv names the folder that this binary is to import when it is started as a job of TestKill.
const jobEnv = "OPED_TEST_IMPORT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(jobEnv); dir != "" {
		if err := importJob(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// importJob imports list.jsonl and prints how many articles are kept after each batch.
func importJob(ctx context.Context, dir string) error {
	s, err := corpus.Open(ctx, dir)
	if err != nil {
		return err
	}
	defer s.Close()
	cfg := ingest.Config{Store: s, Progress: func(c corpus.Counts) { fmt.Println(c.New + c.Unchanged) }}
	_, err = ingest.Auto(ctx, cfg, filepath.Join(dir, "list.jsonl"))
	return err
}

// TestKill kills an import again and again: what it told as kept is there, and in the end everything is, once.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	const all = 2000
	dir := t.TempDir()
	var lines strings.Builder
	for i := range all {
		fmt.Fprintf(&lines, `{"url":"https://example.com/%d","title":"Column %d","body":%q}`+"\n", i, i, strings.Repeat(fmt.Sprint(i, " "), 200))
	}
	write(t, dir, map[string]string{"list.jsonl": lines.String()})
	for range 4 {
		told := runImport(t, dir, time.Duration(30+rand.IntN(250))*time.Millisecond)
		if st := stats(t, dir); st.Articles < told || st.Articles != st.Versions {
			t.Errorf("after a kill: %d articles of %d versions, %d were told", st.Articles, st.Versions, told)
		}
	}
	told := runImport(t, dir, 0)
	if st := stats(t, dir); told != all || st.Articles != all || st.Versions != all || st.Pages != all {
		t.Errorf("at the end: %d told, %+v; want %d", told, st, all)
	}
}

// runImport starts the job, kills it after a while (never for 0) and returns the last count that it told.
func runImport(t *testing.T, dir string, after time.Duration) (told int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), jobEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		defer time.AfterFunc(after, func() { cmd.Process.Kill() }).Stop()
	}
	for counts := bufio.NewScanner(out); counts.Scan(); {
		fmt.Sscan(counts.Text(), &told)
	}
	if err := cmd.Wait(); err != nil && after == 0 {
		t.Fatal(err)
	}
	return told
}

func stats(t *testing.T, dir string) corpus.Stats {
	t.Helper()
	s, err := corpus.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(t.Context(), func(f corpus.Fault) { t.Errorf("fault: %+v", f) }); err != nil {
		t.Fatal(err)
	}
	st, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return st
}
