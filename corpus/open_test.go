package corpus_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oped/corpus"
)

func TestOpenAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "archive of 100% & more?")
	p, a := column(1)
	s, err := corpus.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, p, a)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := put(t, openIn(t, dir), p, a); got != corpus.Unchanged {
		t.Errorf("Put after reopening = %v, want unchanged", got)
	}
	if _, err := os.Stat(filepath.Join(dir, corpus.FileName)); err != nil {
		t.Error(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	withSQL := func(statement string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, tt := range []struct {
		name string
		make func(t *testing.T, path string)
		want string
	}{
		{"no database", func(t *testing.T, path string) {
			if err := os.WriteFile(path, bytes.Repeat([]byte("Dear editor, "), 1000), 0o644); err != nil {
				t.Fatal(err)
			}
		}, "is no archive"},
		{"another program's", withSQL(`CREATE TABLE bookmarks (url TEXT)`), "another program"},
		{"another program's by its mark", withSQL(`PRAGMA application_id = 77; CREATE TABLE t (x)`), "another program"},
		{"newer", withSQL(`PRAGMA application_id = 1869636964; PRAGMA user_version = 99; CREATE TABLE t (x)`), "newer oped (format 99"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, corpus.FileName)
			tt.make(t, path)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = corpus.Open(t.Context(), dir)
			var bad *corpus.FileError
			if !errors.As(err, &bad) || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("Open = %v, want a FileError with %q and the path", err, tt.want)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

// TestCheckFindsFlippedByte damages single bytes all over the file of an archive: each time Open or Check must tell.
func TestCheckFindsFlippedByte(t *testing.T) {
	dir := t.TempDir()
	s, err := corpus.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, 40)
	if err := s.Check(t.Context(), func(f corpus.Fault) { t.Errorf("fault in a sound archive: %+v", f) }); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), corpus.FileName)
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	s.Close()
	sound, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	packed := []byte{0x28, 0xb5, 0x2f, 0xfd} // how each stored page and version begins
	flips := 0
	for i := bytes.Index(sound, packed); i >= 0 && flips < 12; {
		// Of values that stand twice, the last is live: a leaf that became an inner page keeps old bytes.
		at := bytes.LastIndex(sound, sound[i:i+60]) + 12
		damaged := bytes.Clone(sound)
		damaged[at] ^= 0x10
		if faults(t, damaged) == 0 {
			t.Errorf("byte %d flipped, and Check finds nothing", at)
		}
		flips++
		const step = 3000
		next := bytes.Index(sound[min(i+step, len(sound)):], packed)
		if next < 0 {
			break
		}
		i += step + next
	}
	if flips < 5 {
		t.Errorf("only %d flips tried", flips)
	}
}

// faults counts what Check finds in an archive of the given bytes.
func faults(t *testing.T, file []byte) int {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, corpus.FileName), file, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := corpus.Open(t.Context(), dir)
	if err != nil {
		return 1
	}
	defer s.Close()
	found := 0
	if err := s.Check(t.Context(), func(corpus.Fault) { found++ }); err != nil {
		found++
	}
	return found
}

func TestBackupIsAnArchive(t *testing.T) {
	s := open(t)
	fill(t, s, 10)
	dir := t.TempDir()
	if err := s.Backup(t.Context(), filepath.Join(dir, corpus.FileName)); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, corpus.FileName)); err == nil {
		t.Error("Backup over a file that is there: no error")
	}
	copied := openIn(t, dir)
	_, a := column(9)
	if got, err := copied.Lookup(t.Context(), a.URL); err != nil || got == "" {
		t.Errorf("Lookup in the copy = %q, %v", got, err)
	}
	p, a := column(10)
	if got := put(t, copied, p, a); got != corpus.New {
		t.Errorf("Put into the copy = %v, want new", got)
	}
}

// TestBackupRefusesDamage cuts a page out of the middle of an archive: a backup of that must not look like a good one.
func TestBackupRefusesDamage(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	fill(t, s, 200)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, corpus.FileName)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const page = 8192
	for at := 20 * page; at < min(24*page, len(data)); at++ {
		data[at] = 0xff
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	damaged, err := corpus.Open(t.Context(), dir)
	if err != nil {
		t.Skipf("the damage is found at once: %v", err)
	}
	defer damaged.Close()
	err = damaged.Backup(t.Context(), filepath.Join(t.TempDir(), corpus.FileName))
	if fault := new(corpus.FileError); !errors.As(err, &fault) {
		t.Errorf("Backup of a damaged archive = %v, want a *FileError", err)
	}
}
