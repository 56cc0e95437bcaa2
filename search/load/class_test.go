package load

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
	"oped/corpus/synth"
	"oped/indexer/schema"
	"oped/search"
	"oped/search/match"
	"oped/search/query"
)

const sampled = 400

// now is when queries are read.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// made are articles and what is known of them, made once for all tests, which only read them.
var made = sync.OnceValue(func() (m struct {
	sample   Sample
	articles []*corpus.Article
}) {
	for a := range synth.New(1).Articles(0, sampled) {
		m.articles = append(m.articles, a)
		m.sample.Add(a)
	}
	return m
})

func testClasses(t *testing.T, seed uint64) []Class {
	t.Helper()
	m := made()
	classes, err := Classes(&m.sample, seed, 8)
	if err != nil {
		t.Fatal(err)
	}
	return classes
}

func TestClassesAreAFunctionOfSampleAndSeed(t *testing.T) {
	var again Sample
	for _, a := range made().articles {
		again.Add(a)
	}
	got, err := Classes(&again, 5, 8)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(got, testClasses(t, 5)); d != "" {
		t.Errorf("the same sample and seed give other classes:\n%s", d)
	}
	if cmp.Equal(got, testClasses(t, 6)) {
		t.Error("another seed gives the same classes")
	}
}

func TestNamesAreThoseOfTheClasses(t *testing.T) {
	var names []string
	for _, c := range testClasses(t, 1) {
		names = append(names, c.Name)
		if len(c.Requests) != 8 {
			t.Errorf("class %s has %d requests, want 8", c.Name, len(c.Requests))
		}
	}
	if !slices.Equal(names, Names()) {
		t.Errorf("classes %v, names %v", names, Names())
	}
}

// TestClassesMeanWhatTheySay counts, by the meaning of the language, the articles that each query matches.
func TestClassesMeanWhatTheySay(t *testing.T) {
	want := map[string]band{ // of the median request
		"rare": {1. / sampled, 0.03}, "mid": {0.003, 0.04}, "common": {0.2, 0.65}, "newest": {0.2, 0.65},
		"or2": {0.08, 0.5}, "or3": {0.5, 0.99}, "and2": {0.003, 0.12}, "and3": {1. / sampled, 0.06},
		"phrase": {0.002, 0.06}, "phrase3": {1. / sampled, 0.03}, "prefix": {0.04, 0.7}, "wildcard": {0.02, 0.5},
		"fuzzy": {0.01, 0.6}, "near": {1. / sampled, 0.25}, "same-sentence": {1. / sampled, 0.4},
		"date": {0.04, 0.3}, "facet": {0.2, 0.65}, "browse": {1, 1}, // without what the request adds to the query
	}
	for _, class := range testClasses(t, 1) {
		var shares []float64
		for _, r := range class.Requests {
			shares = append(shares, matching(t, r))
		}
		slices.Sort(shares)
		b, known := want[class.Name]
		if got := Percentile(shares, 50); !known || got < b.low || got > b.high {
			t.Errorf("class %s matches %.4f of the articles, want %.4f to %.4f; first %q", class.Name, got, b.low, b.high, class.Requests[0].Query)
		}
	}
}

// matching is the share of the articles that match a request's query.
func matching(t *testing.T, r search.Request) float64 {
	t.Helper()
	q, err := query.Parse(r.Query, query.Options{Now: now})
	if err != nil {
		t.Fatalf("Parse(%q): %v", r.Query, err)
	}
	if len(q.Warnings) > 0 {
		t.Errorf("Parse(%q) warns: %v", r.Query, q.Warnings)
	}
	program, err := match.Compile(q.Root, schema.Languages())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range analyzed() {
		if match.New(program, d).Matches() {
			n++
		}
	}
	return float64(n) / float64(len(analyzed()))
}

var analyzed = sync.OnceValue(func() []*schema.Document {
	var out []*schema.Document
	for _, a := range made().articles {
		out = append(out, schema.Analyze(a))
	}
	return out
})

func TestHalfOfTheRequestsAreExact(t *testing.T) {
	for _, class := range testClasses(t, 1) {
		if !slices.Contains([]string{"rare", "common", "or3", "and2", "near", "date", "facet"}, class.Name) {
			continue
		}
		exact := 0
		for _, r := range class.Requests {
			if strings.HasPrefix(r.Query, `"`) {
				exact++
			}
		}
		if exact != 4 {
			t.Errorf("class %s: %d of 8 requests are exact, want 4", class.Name, exact)
		}
	}
}

func TestRequestsAddWhatTheirClassSays(t *testing.T) {
	for _, class := range testClasses(t, 1) {
		for _, r := range class.Requests {
			dated, filtered := r.From != "" && r.To > r.From, len(r.Filters) == 1
			if dated != (class.Name == "date") || filtered != (class.Name == "facet") || (r.Query == "") != (class.Name == "browse") {
				t.Errorf("class %s asks %+v", class.Name, r)
			}
		}
	}
}

func TestClassesOfNextToNothing(t *testing.T) {
	var empty Sample
	if _, err := Classes(&empty, 1, 3); err == nil {
		t.Error("Classes of an empty sample: no error")
	}
	var two Sample
	for range 2 {
		two.Add(&corpus.Article{Language: "en", Body: []corpus.Block{{Kind: corpus.Paragraph, Text: "Harbour walls."}}})
	}
	classes, err := Classes(&two, 1, 3)
	if err != nil || len(classes) != len(Names()) {
		t.Errorf("Classes of two short articles: %d, %v", len(classes), err)
	}
}
