package search

import (
	"context"
	"errors"
	"testing"
)

func TestGateLetsCheapSearchesPass(t *testing.T) {
	g := newGate()
	for range cap(g.running) {
		if _, err := g.enter(t.Context(), dearWork); err != nil {
			t.Fatalf("a dear search before all turns are taken: %v", err)
		}
	}
	if _, err := g.enter(t.Context(), dearWork-1); err != nil {
		t.Errorf("a cheap search while all turns are taken: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := g.enter(ended, dearWork); !errors.Is(err, ErrBusy) {
		t.Errorf("a dear search whose turn does not come in time: %v, want ErrBusy", err)
	}
}

func TestGateGivesTurnsOn(t *testing.T) {
	g := newGate()
	var leave func()
	for range cap(g.running) {
		leave, _ = g.enter(t.Context(), dearWork)
	}
	entered := make(chan error)
	go func() {
		_, err := g.enter(t.Context(), dearWork)
		entered <- err
	}()
	leave()
	if err := <-entered; err != nil {
		t.Errorf("the next in the row: %v", err)
	}
	g.waiting.Store(maxWaiting)
	if _, err := g.enter(t.Context(), dearWork); !errors.Is(err, ErrBusy) {
		t.Errorf("one more than may wait: %v, want ErrBusy", err)
	}
}
