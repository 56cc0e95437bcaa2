package corpus_test

import (
	"testing"

	"oped/corpus"
)

func TestCounts(t *testing.T) {
	var c, d corpus.Counts
	c.Add(corpus.New)
	c.AddRejected("empty")
	c.AddSkipped("request record")
	d.Add(corpus.Updated)
	d.AddRejected("cookie wall")
	d.AddRejected("cookie wall")
	d.AddSkipped("request record")
	var sum corpus.Counts
	sum.Merge(c)
	sum.Merge(d)
	sum.Merge(corpus.Counts{})
	for _, tt := range []struct {
		counts corpus.Counts
		want   string
	}{
		{corpus.Counts{}, "0 seen: 0 new, 0 updated, 0 unchanged, 0 rejected"},
		{c, "2 seen: 1 new, 0 updated, 0 unchanged, 1 rejected (1 empty); 1 skipped (1 request record)"},
		{sum, "5 seen: 1 new, 1 updated, 0 unchanged, 3 rejected (2 cookie wall, 1 empty); 2 skipped (2 request record)"},
	} {
		if got := tt.counts.String(); got != tt.want {
			t.Errorf("String() = %q, want %q", got, tt.want)
		}
	}
}
