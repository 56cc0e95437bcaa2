package doctor

import (
	"context"
	"fmt"

	"oped/search"
)

// trials counts what searches would find, each of them once and only so many.
type trials struct {
	archive Archive
	ctx     context.Context // of the one examination that the trials are for
	left    int
	known   map[string]int
	cut     bool // something was not tried
}

// count is what a request finds; ok is false where that could not be found out.
func (t *trials) count(r search.Request) (n int, ok bool) {
	key := fmt.Sprintf("%+v", r)
	if n, ok := t.known[key]; ok {
		return n, n >= 0
	}
	if !t.more() {
		return 0, false
	}
	t.left--
	n, err := t.archive.Count(t.ctx, r)
	if err != nil {
		t.cut = t.cut || t.ctx.Err() != nil
		n = -1 // it will fail again: asking for too much, or for what has no meaning
	}
	t.known[key] = n
	return max(n, 0), err == nil
}

// more reports whether anything may still be tried.
func (t *trials) more() bool {
	if t.left <= 0 || t.ctx.Err() != nil {
		t.cut = true
		return false
	}
	return true
}
