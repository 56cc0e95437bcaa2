package spelling

import (
	"strings"
	"testing"
)

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"mediction", "mediation", 1},
		{"mediction", "medication", 1},
		{"putni", "putin", 1},
		{"zelensky", "zelenskiy", 1},
		{"carbon", "carbon", 0},
		{"kitten", "sitting", 3},
		{"договро", "договор", 1},
		{strings.Repeat("a", 1000), strings.Repeat("a", 2000), 0},
	} {
		if got := Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := Distance(tt.b, tt.a); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}
