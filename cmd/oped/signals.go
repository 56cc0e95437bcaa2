package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// stoppedError is the cause of a context that a signal ended.
type stoppedError struct{ signal syscall.Signal }

func (e *stoppedError) Error() string { return fmt.Sprintf("stopped by %v", e.signal) }

// exitCode is the shell's convention: 130 for an interrupt, 143 for a request to terminate.
func (e *stoppedError) exitCode() int { return 128 + int(e.signal) }

// withSignals gives a context that the first interrupt or termination signal cancels; a second one leaves at once.
func withSignals(parent context.Context, exit func(int)) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		var stopped *stoppedError
		for s := range signals {
			if errors.As(context.Cause(ctx), &stopped) {
				exit(stopped.exitCode())
			}
			number, _ := s.(syscall.Signal)
			cancel(&stoppedError{signal: number})
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(signals)
		cancel(nil)
	}
}
