package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be the program, so that scripts run the true one.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"oped": func() {
			ctx, release := withSignals(context.Background(), os.Exit)
			code := run(ctx, processEnv(), os.Args[1:])
			release()
			os.Exit(code)
		},
	})
}

// TestScripts runs each script under testdata/script: what a user types, and what comes back.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("OPED_DATA_DIR", e.WorkDir+"/data")
			return nil
		},
		UpdateScripts: os.Getenv("OPED_UPDATE_SCRIPTS") != "",
	})
}
