package doctor

import (
	"context"
	"time"

	"oped/search"
	"oped/search/query"
)

// Few is the number of hits from which on a search needs no doctor.
const Few = 5

// Bounds of an examination.
const (
	maxTrials = 64              // counts; a long query has more parts than a reader looks at
	maxTime   = 1 * time.Second // of the page's time, and nobody waits for advice
)

// Archive is what a doctor asks. It must be safe for concurrent use. search.Searcher is one.
type Archive interface {
	// Count is the exact number of articles that match a request.
	Count(ctx context.Context, r search.Request) (int, error)
	// Spellings lists words of the archive that a word may have been meant for, the nearest first.
	Spellings(ctx context.Context, word string) ([]search.Spelling, error)
}

// Diagnosis tells why a search finds so little and what would find more.
type Diagnosis struct {
	// Suggestions are the same search with words spelt as the archive spells them. Each finds clearly more, so that
	// following suggestions always ends.
	Suggestions []Offer
	// Parts are what an article must meet: the parts of the query, the searches within, the filters and the dates.
	Parts []Part
	// Relaxations are searches that ask for a little less and find more, the smallest steps first.
	Relaxations []Offer
	// Incomplete is true where the examination was ended early: a part may then lack counts, and relaxations may be missing.
	Incomplete bool
}

// Offer is another search with its exact number of articles.
type Offer struct {
	// Text says what is different: a query spelt otherwise, or a change in words ("without the date").
	Text    string
	Request search.Request
	Count   int
}

// Part is something that a search demands.
type Part struct {
	Kind Kind
	// Text is the part as it would be typed ("zeppelin", "type: letter").
	Text string
	// Request finds what meets this part alone, in the whole archive, and Alone is how many articles that are.
	Request search.Request
	Alone   int
	// Without is what the search finds when this part is left out, all else kept; -1 where that was not counted.
	Without int
	// Culprit is true for the parts that keep the search from finding more: those that no article meets, else the
	// one without which it finds most.
	Culprit bool
	// Parts are the words and phrases of a part that has several. They cannot be left out one by one.
	Parts []Part
}

// Kind says where a part of a search comes from.
type Kind string

// The kinds of parts.
const (
	InQuery  Kind = "query"
	InWithin Kind = "within"
	InFilter Kind = "filter"
	InDates  Kind = "dates"
)

// Examine looks into a request that finds total articles. It returns nil where there is nothing to examine: where that many
// are enough, or nothing was asked for, or the query cannot be read. now is what relative dates count from, as in the
// search itself.
func Examine(ctx context.Context, archive Archive, r search.Request, total int, now time.Time) *Diagnosis {
	if total >= Few {
		return nil
	}
	r.Offset, r.Cursor = 0, ""
	q, err := query.Parse(r.Query, query.Options{Now: now})
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	x := &examination{trials: trials{archive: archive, ctx: ctx, left: maxTrials, known: map[string]int{}},
		request: r, query: q, total: total, now: now, demands: demandsOf(&r, q.Root)}
	d := &Diagnosis{}
	d.Parts = x.parts()
	d.Suggestions = x.suggestions()
	d.Relaxations = x.relaxations()
	d.Incomplete = x.trials.cut
	if len(d.Parts)+len(d.Suggestions)+len(d.Relaxations) == 0 {
		return nil
	}
	return d
}

// examination is one search being examined.
type examination struct {
	trials  trials
	request search.Request
	query   *query.Query
	total   int
	now     time.Time
	demands []demand
}

// with is the request with another tree for its query; ok is false where the tree cannot be written as a query.
func (x *examination) with(tree query.Node) (r search.Request, ok bool) {
	r = x.request
	r.Query, ok = x.write(tree)
	return r, ok
}

// write writes a tree so that it is read as it was meant.
func (x *examination) write(tree query.Node) (string, bool) {
	text := query.Print(tree)
	if _, all := tree.(query.All); all {
		text = ""
	}
	return text, x.reads(text, tree)
}

// reads reports whether a text is read as a tree.
func (x *examination) reads(text string, tree query.Node) bool {
	q, err := query.Parse(text, query.Options{Now: x.now})
	return err == nil && query.Equal(q.Root, tree)
}
