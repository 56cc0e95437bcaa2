package indexer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// nameLayout is the form of a generation's name: its time, so that names sort by age.
const nameLayout = "20060102T150405.000Z"

// manifest names a closed build and sums its files.
func (c Config) manifest(ctx context.Context, m *Manifest) error {
	now := c.Now().UTC()
	m.Built, m.Name = now, now.Format(nameLayout)
	for n := 1; exists(c.generation(m.Name)); n++ {
		m.Name = fmt.Sprintf("%s-%d", now.Format(nameLayout), n)
	}
	if err := m.sumFiles(ctx, c.building()); err != nil {
		return fmt.Errorf("indexer: sum files: %w", err)
	}
	if err := sealRoot(c.building()); err != nil {
		return fmt.Errorf("indexer: sum files: %w", err)
	}
	if err := writeJSON(filepath.Join(c.building(), manifestName), m); err != nil {
		return fmt.Errorf("indexer: write manifest: %w", err)
	}
	return nil
}

// seal gives a finished build its place among the generations. It does not answer yet.
func (c Config) seal(m *Manifest) error {
	if err := os.Rename(c.building(), c.generation(m.Name)); err != nil {
		return fmt.Errorf("indexer: seal %q: %w", m.Name, err)
	}
	return syncDir(c.generations())
}

// changePointer changes the pointer, undisturbed by other processes that want to.
func (c Config) changePointer(change func(pointer) (pointer, error)) (pointer, error) {
	l, err := c.acquire(publishLock, c.Holder)
	if err != nil {
		return pointer{}, err
	}
	defer l.release()
	old, err := c.readPointer()
	if err != nil {
		return pointer{}, err
	}
	p, err := change(old)
	if err != nil || p == old {
		return p, err
	}
	return p, c.writePointer(p)
}

// publish seals the finished build, lets the pointer name it and removes the generations that are then of no more use. It
// returns the previous one.
func (c Config) publish(m *Manifest) (previous string, err error) {
	p, err := c.changePointer(func(old pointer) (pointer, error) {
		return pointer{Current: m.Name, Previous: old.Current}, c.seal(m)
	})
	if err != nil {
		return "", err
	}
	if err := c.prune(p); err != nil {
		c.Log.Warn("old generations could not be removed", "err", err)
	}
	return p.Previous, nil
}

// prune removes the generations that the pointer does not name, unless somebody still has them open.
func (c Config) prune(keep pointer) error {
	entries, err := os.ReadDir(c.generations())
	if err != nil {
		return err
	}
	var failed []error
	for _, e := range entries {
		if e.Name() == keep.Current || e.Name() == keep.Previous || inUse(c.generation(e.Name())) {
			continue
		}
		failed = append(failed, os.RemoveAll(c.generation(e.Name())))
	}
	return errors.Join(failed...)
}

// inUse reports whether a process has the index of a generation open: bleve then holds a lock on its root file.
func inUse(generation string) bool {
	f, err := os.OpenFile(rootFile(generation), os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	free, err := tryLock(f)
	return !free || err != nil
}

// adoptUnpublished takes back a generation that was sealed but not published, because the process died in between: it is
// a build to be continued.
func (c Config) adoptUnpublished() error {
	_, err := c.changePointer(func(p pointer) (pointer, error) {
		name, err := c.unpublished(p)
		if err == nil && name != "" && !exists(c.building()) {
			err = os.Rename(c.generation(name), c.building())
		}
		if err != nil {
			err = fmt.Errorf("indexer: take back %q: %w", name, err)
		}
		return p, err
	})
	return err
}

// unpublished is a generation that is newer than those the pointer names, or "".
func (c Config) unpublished(p pointer) (string, error) {
	entries, err := os.ReadDir(c.generations())
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if name := e.Name(); name > max(p.Current, p.Previous) && !inUse(c.generation(name)) {
			return name, nil
		}
	}
	return "", nil
}

// Rollback lets the previous generation answer again; a second Rollback undoes the first. A server that has the live
// index follows by itself.
func Rollback(cfg Config) (Manifest, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return Manifest{}, err
	}
	var m Manifest
	_, err = cfg.changePointer(func(p pointer) (pointer, error) {
		if p.Previous == "" {
			return p, errors.New("indexer: roll back: there is no previous generation; the next reindex will leave one")
		}
		m, err = readManifest(cfg.generation(p.Previous))
		if err != nil {
			return p, fmt.Errorf("indexer: roll back: %w", err)
		}
		return pointer{Current: p.Previous, Previous: p.Current}, nil
	})
	return m, err
}
