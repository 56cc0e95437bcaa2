package corpus

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Outcome says what became of an article that was put into the Store.
type Outcome int

// The outcomes of Tx.Put.
const (
	New       Outcome = iota + 1 // not seen before
	Updated                      // known, and its content changed: a new version
	Unchanged                    // known, and its content is the same
)

// String is "new", "updated" or "unchanged".
func (o Outcome) String() string {
	switch o {
	case New:
		return "new"
	case Updated:
		return "updated"
	case Unchanged:
		return "unchanged"
	}
	return "none"
}

// Counts tells what a job did with everything it saw: Seen is always New + Updated + Unchanged + Rejected. What a
// source holds beside articles (the requests in a web archive, the pictures in an export) is not seen but Skipped:
// nothing is wrong with it, and nobody has to look at it. Everything a source held is thus Seen + Skipped. The zero
// value is ready for use.
type Counts struct {
	Seen      int `json:"seen"`
	New       int `json:"new"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Rejected  int `json:"rejected"`
	// Reasons counts the rejected by reason.
	Reasons map[string]int `json:"reasons,omitempty"`
	// Skipped counts what could not be an article by its kind, and SkipReasons the same by reason.
	Skipped     int            `json:"skipped,omitempty"`
	SkipReasons map[string]int `json:"skip_reasons,omitempty"`
}

// Add counts one that was put.
func (c *Counts) Add(o Outcome) {
	switch o {
	case New:
		c.New++
	case Updated:
		c.Updated++
	case Unchanged:
		c.Unchanged++
	default:
		return
	}
	c.Seen++
}

// AddRejected counts one that was refused. Reasons should be few: leave out what differs from case to case.
func (c *Counts) AddRejected(reason string) {
	if c.Reasons == nil {
		c.Reasons = make(map[string]int)
	}
	c.Reasons[reason]++
	c.Rejected++
	c.Seen++
}

// AddSkipped counts one that could not be an article by its kind.
func (c *Counts) AddSkipped(reason string) {
	if c.SkipReasons == nil {
		c.SkipReasons = make(map[string]int)
	}
	c.SkipReasons[reason]++
	c.Skipped++
}

// Merge adds the counts of another job.
func (c *Counts) Merge(o Counts) {
	c.Seen += o.Seen
	c.New += o.New
	c.Updated += o.Updated
	c.Unchanged += o.Unchanged
	c.Rejected += o.Rejected
	c.Skipped += o.Skipped
	c.Reasons = sumOf(c.Reasons, o.Reasons)
	c.SkipReasons = sumOf(c.SkipReasons, o.SkipReasons)
}

// sumOf adds b to a, which it makes where needed.
func sumOf(a, b map[string]int) map[string]int {
	if len(b) > 0 && a == nil {
		a = make(map[string]int, len(b))
	}
	for reason, n := range b {
		a[reason] += n
	}
	return a
}

// String is one line: "120 seen: 100 new, 5 updated, 10 unchanged, 5 rejected (4 cookie wall, 1 empty)", the most
// frequent reason first. Where anything was skipped, "; 7 skipped (7 request record)" follows.
func (c Counts) String() string {
	s := fmt.Sprintf("%d seen: %d new, %d updated, %d unchanged, %d rejected", c.Seen, c.New, c.Updated, c.Unchanged, c.Rejected)
	s += listReasons(c.Reasons)
	if c.Skipped > 0 {
		s += fmt.Sprintf("; %d skipped", c.Skipped) + listReasons(c.SkipReasons)
	}
	return s
}

// listReasons is " (4 cookie wall, 1 empty)", or "" where there are none.
func listReasons(counts map[string]int) string {
	if len(counts) == 0 {
		return ""
	}
	reasons := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(reasons, func(x, y string) int { return counts[y] - counts[x] })
	for i, reason := range reasons {
		reasons[i] = fmt.Sprintf("%d %s", counts[reason], reason)
	}
	return " (" + strings.Join(reasons, ", ") + ")"
}
