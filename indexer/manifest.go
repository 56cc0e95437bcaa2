package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"oped/indexer/schema"
)

// Manifest describes a generation as it was when it was published.
type Manifest struct {
	Name string `json:"name"`
	// Schema is the schema.Version that it was made with.
	Schema int `json:"schema"`
	// Sequence is the last number of the corpus sequence that it held.
	Sequence uint64        `json:"sequence"`
	Totals   schema.Totals `json:"totals"`
	// Digest is a checksum over the (ID, version) pairs of its documents, in whatever order.
	Digest string    `json:"digest"`
	Built  time.Time `json:"built"`
	// PerSecond is how many articles a second went into it, 0 if unknown.
	PerSecond float64 `json:"per_second,omitempty"`
	// Problems are the articles that could not be indexed.
	Problems []Problem `json:"problems,omitempty"`
	// Bytes is the size of Files together.
	Bytes int64 `json:"bytes"`
	// Files are the SHA-256 sums of its files. A served generation merges files into new ones and drops the old; those
	// that are still there are still the same.
	Files map[string]string `json:"files"`
}

const (
	manifestName = "manifest.json"
	pointerName  = "CURRENT"
)

func readManifest(generation string) (Manifest, error) {
	var m Manifest
	return m, readJSON(filepath.Join(generation, manifestName), &m)
}

// sumFiles fills in the checksums of a closed index.
func (m *Manifest) sumFiles(ctx context.Context, generation string) error {
	m.Files = map[string]string{}
	m.Bytes = 0
	return filepath.WalkDir(indexDir(generation), func(path string, d fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || d.IsDir() {
			return err
		}
		sum, size, err := sumFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(generation, path)
		if err != nil {
			return err
		}
		m.Files[filepath.ToSlash(name)] = sum
		m.Bytes += size
		return nil
	})
}

// sumFile is the SHA-256 sum of a file, and its size.
func sumFile(path string) (string, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), n, err
}

// pointer is the content of CURRENT.
type pointer struct {
	Current  string `json:"current"`
	Previous string `json:"previous,omitempty"`
}

// readPointer reads CURRENT; a missing one is the zero pointer.
func (c Config) readPointer() (pointer, error) {
	var p pointer
	err := readJSON(filepath.Join(c.Dir, pointerName), &p)
	if errors.Is(err, fs.ErrNotExist) {
		return pointer{}, nil
	}
	if err != nil {
		return pointer{}, fmt.Errorf(`indexer: read which index answers: %w; delete that file and run "oped reindex"`, err)
	}
	for _, name := range []string{p.Current, p.Previous} {
		if strings.ContainsAny(name, `/\`) || name == ".." {
			return pointer{}, fmt.Errorf(`indexer: read which index answers: %q in %s is no name of one; delete that file and run "oped reindex"`,
				name, filepath.Join(c.Dir, pointerName))
		}
	}
	return p, nil
}

// writePointer publishes: after it, and not before, the generation answers.
func (c Config) writePointer(p pointer) error {
	if err := writeJSON(filepath.Join(c.Dir, pointerName), p); err != nil {
		return fmt.Errorf("indexer: publish %q: %w", p.Current, err)
	}
	return nil
}

func readJSON(path string, v any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// writeJSON replaces a file at once and for good: a crash leaves the old or the new one.
func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		return err
	}
	temporary := path + ".new"
	if err := writeSynced(temporary, append(text, '\n')); err != nil {
		return err
	}
	if err := os.Rename(temporary, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// replaceJSON replaces a file at once, but not surely for good: for what can be done without.
func replaceJSON(path string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func writeSynced(path string, text []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncDir makes the renames in a directory last.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
