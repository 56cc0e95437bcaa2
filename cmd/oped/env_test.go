package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestLogIsJSONButOnATerminal(t *testing.T) {
	for _, terminal := range []bool{false, true} {
		var b strings.Builder
		e := env{stderr: &b, terminal: terminal}
		e.logger(false).Info("not told")
		e.logger(true).Info("told", "route", "/search")
		var line struct{ Msg, Route string }
		err := json.Unmarshal([]byte(b.String()), &line)
		if isJSON := err == nil && line.Msg == "told" && line.Route == "/search"; isJSON == terminal || strings.Count(b.String(), "\n") != 1 {
			t.Errorf("on a terminal %t: %q", terminal, b.String())
		}
	}
}
