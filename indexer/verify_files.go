package indexer

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Verify checks the generation that answers: its files by checksum, and its documents against the corpus. While another
// process has the live index only the files can be checked; Verification.NotCompared then says so. An error means that the
// check could not be made, not that it found something.
func Verify(ctx context.Context, cfg Config) (Verification, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return Verification{}, err
	}
	p, err := cfg.readPointer()
	if err != nil {
		return Verification{}, err
	}
	if p.Current == "" {
		return Verification{}, errNoIndex(cfg.Dir)
	}
	damaged, err := cfg.damagedFiles(ctx, p.Current)
	if err != nil {
		return Verification{}, fmt.Errorf("indexer: verify files: %w", err)
	}
	if len(damaged) > 0 {
		return damagedIndex(p.Current, damaged), nil
	}
	v, err := cfg.verifyDocuments(ctx, p.Current)
	v.Generation = p.Current
	return v, err
}

// damagedIndex is the outcome for an index that is not read any further: nothing true could be read from it.
func damagedIndex(generation string, files []string) Verification {
	return Verification{Generation: generation, Damaged: files, NotCompared: "the files are damaged"}
}

// errNoIndex says that there is none, and what makes one.
func errNoIndex(dir string) error {
	return fmt.Errorf(`indexer: there is no index in %q: run "oped reindex"`, dir)
}

// verifyDocuments compares the documents of a generation with the corpus, if nobody has it open.
func (c Config) verifyDocuments(ctx context.Context, name string) (Verification, error) {
	l, err := c.acquire(liveLock, c.Holder)
	if errors.Is(err, ErrHeld) {
		return Verification{NotCompared: err.Error()}, nil
	}
	if err != nil {
		return Verification{}, err
	}
	defer l.release()
	ix, err := openIndex(indexDir(c.generation(name)), reading)
	if err != nil {
		return Verification{Damaged: []string{err.Error()}}, nil
	}
	defer func() { _ = ix.Close() }()
	s, err := readState(ix)
	if err != nil {
		return Verification{Damaged: []string{err.Error()}}, nil
	}
	return compare(ctx, c.Corpus, ix, s)
}

// damagedFiles checks the files of a generation: those of its manifest by SHA-256, and segments written since by the
// checksum that the engine ends them with (and never looks at again).
func (c Config) damagedFiles(ctx context.Context, name string) ([]string, error) {
	m, err := readManifest(c.generation(name))
	if err != nil {
		return nil, err
	}
	root := ""
	if readJSON(filepath.Join(c.generation(name), sealName), &root) == nil {
		m.Files[rootName] = root
	} else {
		delete(m.Files, rootName)
	}
	var damaged []string
	err = filepath.WalkDir(indexDir(c.generation(name)), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // merged away while we look
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || d.IsDir() {
			return err
		}
		file, err := filepath.Rel(c.generation(name), path)
		if err != nil {
			return err
		}
		good, err := c.intact(path, m.Files[filepath.ToSlash(file)])
		if err == nil && !good {
			damaged = append(damaged, file)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
	slices.Sort(damaged)
	return damaged, err
}

// rootName is the root file as a manifest names it.
const rootName = "index/store/root.bolt"

// freshFor is how long a segment without a known sum may still be in the making.
const freshFor = 10 * time.Second

// intact compares a file with its sum, or a segment with its own last bytes where no sum is known.
func (c Config) intact(path, sum string) (bool, error) {
	if sum != "" {
		got, _, err := sumFile(path)
		return got == sum, err
	}
	info, err := os.Stat(path)
	if err != nil || !strings.HasSuffix(path, ".zap") {
		return true, err
	}
	good, err := segmentIntact(path)
	return good || c.Now().Sub(info.ModTime()) < freshFor, err
}

// segmentIntact compares a segment with the CRC-32 that ends it.
func segmentIntact(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() < crc32.Size {
		return false, err
	}
	h := crc32.NewIEEE()
	if _, err := io.CopyN(h, f, info.Size()-crc32.Size); err != nil {
		return false, err
	}
	var end [crc32.Size]byte
	if _, err := io.ReadFull(f, end[:]); err != nil {
		return false, err
	}
	return h.Sum32() == binary.BigEndian.Uint32(end[:]), nil
}
