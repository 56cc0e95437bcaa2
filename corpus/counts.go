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

// Counts tells what a job did with everything it saw: Seen is always New + Updated + Unchanged + Rejected. The zero
// value is ready for use.
type Counts struct {
	Seen      int `json:"seen"`
	New       int `json:"new"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Rejected  int `json:"rejected"`
	// Reasons counts the rejected by reason.
	Reasons map[string]int `json:"reasons,omitempty"`
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

// Merge adds the counts of another job.
func (c *Counts) Merge(o Counts) {
	c.Seen += o.Seen
	c.New += o.New
	c.Updated += o.Updated
	c.Unchanged += o.Unchanged
	c.Rejected += o.Rejected
	if len(o.Reasons) > 0 && c.Reasons == nil {
		c.Reasons = make(map[string]int)
	}
	for reason, n := range o.Reasons {
		c.Reasons[reason] += n
	}
}

// String is one line: "120 seen: 100 new, 5 updated, 10 unchanged, 5 rejected (4 cookie wall, 1 empty)", the most
// frequent reason first.
func (c Counts) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d seen: %d new, %d updated, %d unchanged, %d rejected", c.Seen, c.New, c.Updated, c.Unchanged, c.Rejected)
	reasons := slices.Sorted(maps.Keys(c.Reasons))
	slices.SortStableFunc(reasons, func(x, y string) int { return c.Reasons[y] - c.Reasons[x] })
	for i, reason := range reasons {
		reasons[i] = fmt.Sprintf("%d %s", c.Reasons[reason], reason)
	}
	if len(reasons) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.Join(reasons, ", "))
	}
	return b.String()
}
