package crawl

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"oped/corpus"
)

// Progress is the state of a Run at one moment. It is a copy and may be kept.
type Progress struct {
	// Counts are of pages; lists (feeds, sitemaps, home pages) are not in them.
	Counts corpus.Counts
	// Fetched counts the documents that were answered, lists included and "not modified" too.
	Fetched int
	// Pending counts what is still to be fetched.
	Pending int
	Elapsed time.Duration
	// Hosts are those met in this Run, by name.
	Hosts []Host
	// Sources are the seeds in their order; the pages among them are one source, and what an earlier Run left is one.
	Sources []Source
	// Done is true in the last report.
	Done bool
}

// PagesPerSecond is the pace over the whole Run.
func (p Progress) PagesPerSecond() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.Counts.Seen) / p.Elapsed.Seconds()
}

// State says what a host is doing.
type State string

// The states of a host.
const (
	StateWaiting  State = "waiting"  // until Until
	StateFetching State = "fetching" // a request is under way
	StateDone     State = "done"     // nothing is pending
	StateLeft     State = "left"     // for the next Run, for the reason given
)

// Host is the state of one host.
type Host struct {
	Name    string
	State   State
	Pending int
	Fetched int
	// Until is when the next request may go out, Reason why that is later than usual or not in this Run.
	Until  time.Time
	Reason string
}

// Source tells what one seed has brought.
type Source struct {
	// URL is the seed; for pages given one by one, and for what an earlier Run left, it is a description.
	URL  string
	Kind corpus.TargetKind
	// Lists counts the feeds, sitemaps and pages of links that were read for it, Unchanged those that had not changed.
	Lists, Unchanged int
	// Found counts the articles' addresses that it names. Each is one of: Fresh (became pending), Known (fetched before
	// or already pending), TooOld or Undated (left out because of Since), Elsewhere (a sitemap may only speak for its
	// own site).
	Found, Fresh, Known, TooOld, Undated, Elsewhere int
	// Current is true where it names articles that earlier Runs kept.
	Current bool
	// Articles counts the pages kept from it in this Run, Rejected those refused.
	Articles, Rejected int
	// Reason is the last failure, empty if there was none.
	Reason string
}

// Cause says in words why the source has brought no article, or "" if it did or had nothing new.
func (s Source) Cause() string {
	switch {
	case s.Articles > 0 || s.Reason == "" && (s.Unchanged > 0 || s.Current):
		return ""
	case s.Rejected > 1:
		return fmt.Sprintf("all %d pages were refused, the last because of this: %s", s.Rejected, s.Reason)
	case s.Reason != "":
		return s.Reason
	case s.Found > 0 && s.TooOld+s.Undated == s.Found:
		return fmt.Sprintf("none of the %d addresses that it names is in the time asked for (%d too old, %d undated)",
			s.Found, s.TooOld, s.Undated)
	case s.Found > 0 && s.Elsewhere == s.Found:
		return "it names only addresses of other sites"
	case s.Lists > 0 && s.Found == 0:
		return "it names no articles: no feed, no sitemap and no links that look like articles"
	}
	return "nothing was fetched"
}

// NoArticlesError is returned by a Run that ends without a single article and without finding everything known.
type NoArticlesError struct {
	Counts corpus.Counts
	// Sources are all sources of the Run, each with its Cause.
	Sources []Source
}

func (e *NoArticlesError) Error() string {
	var b strings.Builder
	b.WriteString("crawl: no article was found")
	if len(e.Sources) == 0 {
		b.WriteString(": there are no seeds, and nothing is pending from before")
	}
	for _, s := range e.Sources {
		cause := s.Cause()
		if cause == "" {
			cause = "unchanged since the last crawl, which kept no article of it"
		}
		fmt.Fprintf(&b, "\n%s: %s", s.URL, cause)
	}
	return b.String()
}

// tick is how often Progress is called.
const tick = 500 * time.Millisecond

// report calls Progress if it is time.
func (r *run) report(done bool) {
	now := r.Now()
	if r.Progress == nil || !done && now.Sub(r.reported) < tick {
		return
	}
	r.reported = now
	p := Progress{
		Counts: r.counts, Fetched: r.fetched, Pending: max(r.pending, 0), Elapsed: now.Sub(r.started), Done: done,
		Sources: r.sourceList(),
	}
	p.Counts.Reasons = maps.Clone(r.counts.Reasons)
	for _, name := range slices.Sorted(maps.Keys(r.hosts)) {
		p.Hosts = append(p.Hosts, r.hosts[name].snapshot())
	}
	r.Progress(p)
}

func (r *run) sourceList() []Source {
	list := make([]Source, len(r.sources))
	for i, s := range r.sources {
		list[i] = *s
	}
	return list
}

// verdict is nil if the Run brought articles or found that the archive has them all.
func (r *run) verdict() error {
	if r.counts.New+r.counts.Updated+r.counts.Unchanged > 0 {
		return nil
	}
	seq, err := r.Store.Sequence(r.work)
	if err != nil {
		return fmt.Errorf("crawl: %w", err)
	}
	for _, s := range r.sources {
		if seq > 0 && (s.Unchanged > 0 || s.Current) {
			return nil
		}
	}
	return &NoArticlesError{Counts: r.counts, Sources: r.sourceList()}
}
