package evaluate

import (
	"fmt"
	"strings"
	"time"

	"oped/corpus"
)

// Extractor is what is measured.
type Extractor interface {
	Extract(p *corpus.Page) (*corpus.Article, error)
}

// Scores are the results over some pages. Each is a mean over the pages whose truth says something of it, 0 to 1; the
// counts say how many those are.
type Scores struct {
	Pages int
	// Body: F1 of mean precision and mean recall; PageF1 is the mean of the pages' own F1, where an empty answer
	// counts 0. Near is the share of pages with an F1 of at least .99, Far with one below .80.
	Bodies                        int
	F1, Precision, Recall, PageF1 float64
	Exact, Near, Far              float64
	// Leak is the share of Probes known not to be body that stand in it.
	Probes int
	Leak   float64
	// Headings is the share of true headings that stand alone on a line.
	HeadingCount int
	Headings     float64
	Titles       int
	Title        float64
	// Author is the mean F1 of the sets of names; Invented the share of unsigned pages that were given an author.
	Authored, Unsigned int
	Author, Invented   float64
	Dates              int
	Date               float64
	// Elapsed is the time that extraction took, without reading and unpacking pages.
	Elapsed time.Duration
}

// PerSecond is the number of pages extracted a second.
func (s Scores) PerSecond() float64 {
	if s.Elapsed <= 0 {
		return 0
	}
	return float64(s.Pages) / s.Elapsed.Seconds()
}

// String is a table of one line for each score.
func (s Scores) String() string {
	var b strings.Builder
	line := func(name string, v float64, n int) { fmt.Fprintf(&b, "%-18s %.3f  (%d)\n", name, v, n) }
	line("body F1", s.F1, s.Bodies)
	line("body precision", s.Precision, s.Bodies)
	line("body recall", s.Recall, s.Bodies)
	line("page F1", s.PageF1, s.Bodies)
	line("pages >= .99", s.Near, s.Bodies)
	line("pages < .80", s.Far, s.Bodies)
	line("exact", s.Exact, s.Bodies)
	line("leak", s.Leak, s.Probes)
	line("headings", s.Headings, s.HeadingCount)
	line("headline", s.Title, s.Titles)
	line("author", s.Author, s.Authored)
	line("author invented", s.Invented, s.Unsigned)
	line("date", s.Date, s.Dates)
	fmt.Fprintf(&b, "%-18s %.0f  (%d pages in %v)\n", "pages/s", s.PerSecond(), s.Pages, s.Elapsed.Round(time.Millisecond))
	return b.String()
}

// Run extracts every case and scores the answers. A page that cannot be read counts as an empty answer.
func Run(e Extractor, cases []Case) (Scores, error) {
	var t tally
	for i := range cases {
		p, err := cases[i].Page()
		if err != nil {
			return Scores{}, err
		}
		start := time.Now()
		a, err := e.Extract(p)
		t.elapsed += time.Since(start)
		var answer Prediction
		if err == nil {
			answer = Predict(a)
		}
		t.add(&cases[i].Truth, answer)
	}
	return t.scores(), nil
}

// Compare scores answers that were made before, by case ID.
func Compare(cases []Case, answers map[string]Prediction) Scores {
	var t tally
	for i := range cases {
		t.add(&cases[i].Truth, answers[cases[i].ID])
	}
	return t.scores()
}

// tally adds up the scores of pages.
type tally struct {
	s          Scores
	recalls    float64
	precisions float64
	answered   int // pages with a prediction, over which precision is a mean
	elapsed    time.Duration
}

func (t *tally) add(truth *Truth, p Prediction) {
	t.s.Pages++
	t.body(truth, p)
	t.probes(truth, p)
	t.headings(truth, p)
	if truth.Title != "" {
		t.s.Titles++
		t.s.Title += one(fold(truth.Title) == fold(p.Title))
	}
	t.authors(truth, p)
	if want, err := time.Parse(time.DateOnly, truth.Date[:min(10, len(truth.Date))]); err == nil {
		t.s.Dates++
		t.s.Date += one(want.Format(time.DateOnly) == p.Date)
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (t *tally) body(truth *Truth, p Prediction) {
	if truth.Body == nil {
		return
	}
	o := CompareBody(p.Body, *truth.Body)
	if truth.Summary != "" { // a standfirst may count as body
		if with := CompareBody(p.Body, truth.Summary+"\n\n"+*truth.Body); with.F1() > o.F1() {
			with.Exact = with.Exact || o.Exact
			o = with
		} else {
			o.Exact = o.Exact || with.Exact
		}
	}
	t.s.Bodies++
	t.recalls += o.Recall
	if !o.Empty {
		t.answered++
		t.precisions += o.Precision
	}
	t.s.PageF1 += o.F1()
	t.s.Exact += one(o.Exact)
	t.s.Near += one(o.F1() >= .99)
	t.s.Far += one(o.F1() < .80)
}

func foldedLines(s string) map[string]bool {
	set := map[string]bool{}
	for line := range strings.SplitSeq(s, "\n") {
		set[fold(line)] = true
	}
	return set
}

// longProbe is the number of words from which a probe is looked for anywhere, not only as a line.
const longProbe = 6

func (t *tally) probes(truth *Truth, p Prediction) {
	if len(truth.Probes) == 0 {
		return
	}
	lines, whole := foldedLines(p.Body), fold(p.Body)
	for _, probe := range truth.Probes {
		k := fold(probe.Text)
		t.s.Probes++
		t.s.Leak += one(lines[k] || len(strings.Fields(k)) >= longProbe && strings.Contains(whole, k))
	}
}

func (t *tally) headings(truth *Truth, p Prediction) {
	if len(truth.Headings) == 0 {
		return
	}
	lines := foldedLines(p.Body)
	for _, h := range p.Headings {
		lines[fold(h)] = true
	}
	for _, h := range truth.Headings {
		if k := fold(h); k != "" {
			t.s.HeadingCount++
			t.s.Headings += one(lines[k])
		}
	}
}

func (t *tally) authors(truth *Truth, p Prediction) {
	if truth.Authors == nil {
		return
	}
	want, got := nameSet(*truth.Authors), nameSet(p.Authors)
	if len(want) == 0 {
		if truth.Title != "" {
			t.s.Unsigned++
			t.s.Invented += one(len(got) > 0)
		}
		return
	}
	common := 0
	for n := range want {
		if got[n] {
			common++
		}
	}
	t.s.Authored++
	t.s.Author += 2 * float64(common) / float64(len(want)+len(got))
}

func nameSet(names []string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		if k := foldName(n); k != "" {
			set[k] = true
		}
	}
	return set
}

// scores turns sums into means.
func (t *tally) scores() Scores {
	s := t.s
	mean := func(x *float64, n int) {
		if n > 0 {
			*x /= float64(n)
		}
	}
	s.Precision, s.Recall = t.precisions, t.recalls
	mean(&s.Precision, t.answered)
	mean(&s.Recall, s.Bodies)
	s.F1 = f1(s.Precision, s.Recall)
	for _, x := range []*float64{&s.PageF1, &s.Exact, &s.Near, &s.Far} {
		mean(x, s.Bodies)
	}
	mean(&s.Leak, s.Probes)
	mean(&s.Headings, s.HeadingCount)
	mean(&s.Title, s.Titles)
	mean(&s.Author, s.Authored)
	mean(&s.Invented, s.Unsigned)
	mean(&s.Date, s.Dates)
	s.Elapsed = t.elapsed
	return s
}
