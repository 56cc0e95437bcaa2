package indexer

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// ErrHeld is what a *HeldError is: somebody else holds a lock.
var ErrHeld = errors.New("held by another process")

// HeldError says who holds a lock. errors.Is(err, ErrHeld) is true for it.
type HeldError struct {
	// Path is the lock file.
	Path string `json:"path"`
	// PID, Since and Doing describe the holder; they are zero where it has not said so yet.
	PID   int       `json:"pid,omitempty"`
	Since time.Time `json:"since,omitzero"`
	Doing string    `json:"doing,omitempty"`
}

// Error says who holds the lock since when, and what to do.
func (e *HeldError) Error() string {
	who := "another process"
	if e.PID != 0 {
		who = fmt.Sprintf("process %d (%s) since %s", e.PID, e.Doing, e.Since.Format(time.RFC3339))
	}
	return fmt.Sprintf("indexer: lock %q: held by %s; wait until it ends or stop it", e.Path, who)
}

// Is makes a HeldError an ErrHeld.
func (e *HeldError) Is(target error) bool { return target == ErrHeld }

// holder is what a lock file says of whoever holds it.
type holder struct {
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
	Doing string    `json:"doing"`
}

// lock is a lock between processes. The kernel holds it by the open file and drops it when the process dies, so that a lock
// is never stale; the text in the file is only for people.
type lock struct{ file *os.File }

// Names of the lock files.
const (
	liveLock    = "lock"
	buildLock   = "build.lock"
	publishLock = "publish.lock" // held for the instant in which the pointer is changed
)

// A lock is tried for a moment, since whoever only asks for its holder has it for an instant.
const (
	lockTries = 5
	lockPause = 20 * time.Millisecond
)

// acquire takes a lock or tells at once, by *HeldError, who has it.
func (c Config) acquire(name, doing string) (*lock, error) {
	path := filepath.Join(c.Dir, name)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("indexer: lock: %w", err)
	}
	ok, err := false, error(nil)
	for range lockTries {
		if ok, err = tryLock(f); ok || err != nil {
			break
		}
		time.Sleep(lockPause)
	}
	if err == nil && !ok {
		err = heldError(path)
	}
	if err == nil {
		err = writeHolder(f, holder{os.Getpid(), c.Now().UTC().Truncate(time.Second), doing})
	}
	if err != nil {
		_ = f.Close()
		if held := (*HeldError)(nil); errors.As(err, &held) {
			return nil, err
		}
		return nil, fmt.Errorf("indexer: lock %q: %w", path, err)
	}
	return &lock{f}, nil
}

// release gives the lock back. The file stays: removing it would let two processes lock two files of one name.
func (l *lock) release() {
	_ = l.file.Truncate(0)
	_ = l.file.Close()
}

func writeHolder(f *os.File, h holder) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(append(text, '\n'), 0)
	return err
}

// heldError reads who holds the lock. A holder that took it this instant may not have written its name yet.
func heldError(path string) *HeldError {
	e := &HeldError{Path: path}
	for range 20 {
		var h holder
		text, err := os.ReadFile(path)
		if err == nil && json.Unmarshal(text, &h) == nil {
			e.PID, e.Since, e.Doing = h.PID, h.Since, h.Doing
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return e
}

// holderOf is who holds a lock now, nil if nobody does.
func (c Config) holderOf(name string) *HeldError {
	path := filepath.Join(c.Dir, name)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil
	}
	defer f.Close()
	if ok, err := tryLock(f); ok || err != nil {
		return nil
	}
	return heldError(path)
}
