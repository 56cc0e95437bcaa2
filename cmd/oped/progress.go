package main

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// progressEvery is how often a line of progress is written to a file or pipe; a terminal's line is redrawn often.
const (
	progressEvery  = 10 * time.Second
	progressRedraw = 200 * time.Millisecond
)

// progress shows one line of how far a job is: redrawn on a terminal, now and then elsewhere. It is safe for
// concurrent use.
type progress struct {
	app   *app
	mu    sync.Mutex
	last  time.Time
	width int
}

func (a *app) newProgress() *progress { return &progress{app: a, last: a.now()} }

// show replaces the line, unless it was shown a moment ago.
func (p *progress) show(format string, args ...any) {
	if p.app.quiet {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	every := progressEvery
	if p.app.terminal {
		every = progressRedraw
	}
	now := p.app.now()
	if now.Sub(p.last) < every {
		return
	}
	p.last = now
	p.write(fmt.Sprintf(format, args...))
}

func (p *progress) write(line string) {
	if !p.app.terminal {
		fmt.Fprintf(p.app.stderr, "oped: %s\n", line)
		return
	}
	pad := max(p.width-len(line), 0)
	fmt.Fprintf(p.app.stderr, "\r%s%s", line, strings.Repeat(" ", pad))
	p.width = len(line)
}

// end leaves a terminal's line clean for what follows.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.app.terminal && p.width > 0 {
		fmt.Fprintf(p.app.stderr, "\r%s\r", strings.Repeat(" ", p.width))
		p.width = 0
	}
}
