package main

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

// env is all that a command may take from the process around it, so that tests can run the true program.
type env struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	terminal       bool // stderr is a terminal: progress may redraw its line
	colours        bool // stdout is one that may be coloured
}

func processEnv() env {
	plain := os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb"
	return env{
		getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, now: time.Now,
		terminal: isTerminal(os.Stderr) && !plain, colours: isTerminal(os.Stdout) && !plain,
	}
}

func isTerminal(f *os.File) bool {
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}

// defaultDataDir is where the archive lives unless told: $OPED_DATA_DIR, else the XDG data directory.
func (e env) defaultDataDir() (string, error) {
	if dir := e.getenv("OPED_DATA_DIR"); dir != "" {
		return dir, nil
	}
	if dir := e.getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "oped"), nil
	}
	if home := e.getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "share", "oped"), nil
	}
	if dir := e.getenv("LOCALAPPDATA"); dir != "" {
		return filepath.Join(dir, "oped"), nil
	}
	return "", errors.New("no place for the data: give --data-dir, or set OPED_DATA_DIR")
}

// logger writes to stderr, warnings and errors only unless verbose: JSON, a line each, but plain text on a terminal.
func (e env) logger(verbose bool) *slog.Logger {
	level := slog.LevelWarn
	if verbose {
		level = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: level}
	if e.terminal {
		return slog.New(slog.NewTextHandler(e.stderr, options))
	}
	return slog.New(slog.NewJSONHandler(e.stderr, options))
}
