package search

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

func TestShare(t *testing.T) {
	c := newCores()
	refused := errors.New("refused")
	for _, tt := range []struct {
		name            string
		pieces, helpers int
		do              func(piece int) error
		want            string // of the error
		all             bool   // pieces are done
	}{
		{"nothing", 0, 2, func(int) error { return nil }, "", true},
		{"alone", 50, 0, func(int) error { return nil }, "", true},
		{"with helpers", 50, 7, func(int) error { return nil }, "", true},
		{"the first error ends it", 50, 7, func(piece int) error {
			if piece == 3 {
				return refused
			}
			return nil
		}, "refused", false},
		{"a panic is an error", 50, 7, func(int) error { panic("torn list") }, "torn list", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			done := make([]atomic.Int32, tt.pieces)
			workers := make([]int, 1+tt.helpers)
			err := c.share(tt.pieces, tt.helpers, func(worker, piece int) error {
				workers[worker]++ // of its own: the race detector tells otherwise
				done[piece].Add(1)
				return tt.do(piece)
			})
			if got := errorText(err); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("error %q, want %q", got, tt.want)
			}
			for piece := range done {
				if n := done[piece].Load(); n > 1 || tt.all && n == 0 {
					t.Errorf("piece %d was done %d times", piece, n)
				}
			}
			if len(c.idle) != cap(c.idle) {
				t.Errorf("%d of %d cores are idle at the end", len(c.idle), cap(c.idle))
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
