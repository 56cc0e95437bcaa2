package main

import (
	"context"
	"errors"
	"fmt"
)

// Exit codes, as README.md lists them.
const (
	exitOK       = 0
	exitFailed   = 1 // for search, as for grep: nothing found
	exitUsage    = 2 // for search also: failed
	exitRejected = 3 // the job ended, but set something aside
	exitHeld     = 75
)

// usageError is a mistake in how a command was called.
type usageError struct{ problem, hint string }

func (e *usageError) Error() string { return e.problem }

func usagef(hint, format string, args ...any) error {
	return &usageError{problem: fmt.Sprintf(format, args...), hint: hint}
}

// codeError ends the program with a code of its own. An empty text is not printed: the command has said it all.
type codeError struct {
	code int
	text string
	hint string
}

func (e *codeError) Error() string { return e.text }

// exitCode maps what a command returned to the code that scripts see.
func exitCode(ctx context.Context, err error) int {
	var (
		stopped *stoppedError
		coded   *codeError
		usage   *usageError
	)
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &coded):
		return coded.code
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(context.Cause(ctx), &stopped):
		return stopped.exitCode()
	default:
		return exitFailed
	}
}

// hintOf is what to do about an error, or "".
func hintOf(err error) string {
	var (
		coded *codeError
		usage *usageError
	)
	switch {
	case errors.As(err, &usage):
		return usage.hint
	case errors.As(err, &coded):
		return coded.hint
	default:
		return ""
	}
}
