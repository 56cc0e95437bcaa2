package query

import (
	"testing"
	"time"
)

// now is when the tests take place: a Monday.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestParseBindsInTheOrderOfNexis(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"bankrupt! w/25 discharg! and student or college or education! w/5 loan", "(bankrupt! W/25 discharg!) AND ((student OR college OR education!) W/5 loan)"},
		{"a AND NOT b OR c", "a AND NOT (b OR c)"},
		{"a AND NOT b AND c", "a AND NOT (b AND c)"},
	} {
		q, err := Parse(tt.in, Options{Now: now})
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.in, err)
			continue
		}
		if got := q.String(); got != tt.want {
			t.Errorf("Parse(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}
