package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"oped/corpus"
	"oped/search/query"
)

func filled(t testing.TB, articles int, c Config) (*archive, *Searcher) {
	t.Helper()
	a := newArchive(t)
	a.fill(maker{newRand(1)}, articles)
	return a, a.searcher(c)
}

func word(s string) query.Node { return query.Word{Text: s} }

func TestFacetCountIsTheTotalAfterTheClick(t *testing.T) {
	_, s := filled(t, 200, Config{})
	for _, tt := range []struct {
		name    string
		filters map[FacetField]Filter
	}{
		{"no filter", nil},
		{"one value", map[FacetField]Filter{FacetPublication: {Include: []string{"Harbour Gazette"}}}},
		{"two values", map[FacetField]Filter{FacetPublication: {Include: []string{"Harbour Gazette", NoValue}}}},
		{"excluded", map[FacetField]Filter{FacetAuthor: {Exclude: []string{"Jane Doe"}}}},
		{"two facets", map[FacetField]Filter{FacetAuthor: {Include: []string{"Jane Doe"}}, FacetYear: {Include: []string{"2015", "2016"}}}},
		{"three facets", map[FacetField]Filter{FacetAuthor: {Include: []string{"Jane Doe", "Émile Zola"}, Exclude: []string{"Dia Bornstein"}},
			FacetLanguage: {Exclude: []string{"ru"}}, FacetType: {Include: []string{"op-ed", NoValue}}}},
		{"a value that nothing has", map[FacetField]Filter{FacetSection: {Include: []string{"Cooking"}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := Request{Filters: tt.filters, Limit: 1, NoSnippets: true, FacetLimit: MaxFacetLimit}
			for _, facet := range ask(t, s, word("nation"), r).Facets {
				for _, v := range facet.Values {
					click := r
					click.Facets = []FacetField{}
					click.Filters = map[FacetField]Filter{facet.Field: {Include: []string{v.Value}}}
					for f, filter := range tt.filters {
						if f != facet.Field {
							click.Filters[f] = filter
						}
					}
					if got := ask(t, s, word("nation"), click).Total; got != v.Count {
						t.Errorf("%s %q is counted %d times, a click finds %d", facet.Field, v.Value, v.Count, got)
					}
				}
			}
		})
	}
}

func TestHistogramAddsUpToTheTotal(t *testing.T) {
	_, s := filled(t, 200, Config{})
	m := treeMaker{maker{newRand(2)}}
	for range 100 {
		res := ask(t, s, m.tree(2), Request{Limit: 1, NoSnippets: true})
		sum := res.Undated
		for i, bin := range res.Histogram {
			sum += bin.Count
			if i > 0 && bin.Year != res.Histogram[i-1].Year+1 {
				t.Errorf("histogram has a gap before %d", bin.Year)
			}
		}
		if sum != res.Total {
			t.Errorf("histogram and undated add up to %d, total is %d", sum, res.Total)
		}
	}
}

// TestHistogramFollowsTheDates narrows the dates: bars become months and then days, and each counts what choosing it gives.
func TestHistogramFollowsTheDates(t *testing.T) {
	_, s := filled(t, 400, Config{})
	for _, tt := range []struct {
		request  Request
		interval Interval
		bins     int // at most; of months and days, exactly
	}{
		{Request{}, IntervalYear, 40},
		{Request{From: "2018-01-01"}, IntervalYear, 40},
		{Request{From: "2017-01-01", To: "2019-12-31"}, IntervalMonth, 36},
		{Request{From: "2016-01-01", To: "2019-01-01"}, IntervalYear, 4},
		{Request{Filters: map[FacetField]Filter{FacetYear: {Include: []string{"2018"}}}}, IntervalMonth, 12},
		{Request{From: "2018-03-01", To: "2018-03-31"}, IntervalDay, 31},
		{Request{From: "2018-03-01", Filters: map[FacetField]Filter{FacetYear: {Include: []string{"2018", NoValue}}}}, IntervalMonth, 10},
	} {
		res, err := s.Search(t.Context(), tt.request)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(res.Histogram); res.Interval != tt.interval || n > tt.bins || n < tt.bins && tt.interval != IntervalYear {
			t.Errorf("%+v: %d bins of a %s, want up to %d of a %s", tt.request, len(res.Histogram), res.Interval, tt.bins, tt.interval)
		}
		sum := res.Undated
		for _, bin := range res.Histogram {
			sum += bin.Count
		}
		if sum != res.Total {
			t.Errorf("%+v: histogram and undated add up to %d, total is %d", tt.request, sum, res.Total)
		}
	}
}

func TestOrderIsTotalOverAllPages(t *testing.T) {
	a, s := filled(t, 250, Config{})
	for _, order := range []Sort{SortRelevance, SortNewest, SortOldest, SortLongest} {
		for _, tree := range []query.Node{query.All{}, word("tax"), query.And{Parts: []query.Node{word("carbon"), word("tax")}, Implied: true}} {
			whole := walk(t, s, tree, Request{Sort: order, Limit: MaxLimit, NoSnippets: true})
			if total := ask(t, s, tree, Request{NoSnippets: true}).Total; len(whole) != total {
				t.Errorf("%s: walked %d hits of %d", order, len(whole), total)
			}
			if pages := walk(t, s, tree, Request{Sort: order, Limit: 7, NoSnippets: true}); !slices.Equal(pages, whole) {
				t.Errorf("%s: pages of 7 give another order than pages of %d", order, MaxLimit)
			}
			var offsets []corpus.ID
			for from := 0; from < len(whole); from += 30 {
				for _, h := range ask(t, s, tree, Request{Sort: order, Limit: 30, Offset: from, NoSnippets: true}).Hits {
					offsets = append(offsets, h.ID)
				}
			}
			if !slices.Equal(offsets, whole) {
				t.Errorf("%s: offsets give another order than cursors", order)
			}
			a.checkOrder(order, whole)
		}
	}
}

// checkOrder compares the order of hits with the dates and lengths of the articles.
func (a *archive) checkOrder(order Sort, ids []corpus.ID) {
	a.t.Helper()
	key := func(id corpus.ID) (undated bool, day string, words int) {
		d := a.docs[id]
		day = d.Article.Published.Day()
		return day == "", day, d.Words
	}
	for i := 1; i < len(ids); i++ {
		lastUndated, lastDay, lastWords := key(ids[i-1])
		undated, day, words := key(ids[i])
		ok := true
		switch order {
		case SortNewest:
			ok = undated || !lastUndated && lastDay > day || lastDay == day && ids[i-1] < ids[i]
		case SortOldest:
			ok = undated || !lastUndated && lastDay < day || lastDay == day && ids[i-1] < ids[i]
		case SortLongest:
			ok = lastWords > words || lastWords == words && (lastDay > day || lastDay == day && ids[i-1] < ids[i])
		}
		if !ok {
			a.t.Errorf("%s: %s (%s, %d words) stands before %s (%s, %d words)", order, ids[i-1], lastDay, lastWords, ids[i], day, words)
		}
	}
}

func TestResultsDoNotDependOnSegments(t *testing.T) {
	m := maker{newRand(3)}
	var articles []*corpus.Article
	for i := range 120 {
		articles = append(articles, m.article(i, 1))
	}
	one, many := newArchive(t), newArchive(t)
	one.put(articles...)
	for i := range articles {
		if i%10 == 0 {
			many.put(articles[i:min(i+10, len(articles))]...)
		}
	}
	s1, s2 := one.searcher(Config{}), many.searcher(Config{})
	trees := treeMaker{m}
	for range 200 {
		tree := trees.tree(2)
		r1, r2 := ask(t, s1, tree, Request{NoSnippets: true, Limit: 50}), ask(t, s2, tree, Request{NoSnippets: true, Limit: 50})
		r1.Took, r2.Took = 0, 0
		for i := range r1.Hits {
			if i >= len(r2.Hits) || r1.Hits[i].ID != r2.Hits[i].ID || r1.Hits[i].Score != r2.Hits[i].Score {
				t.Fatalf("%+v: hit %d differs between one segment and many", tree, i)
			}
		}
		if fmt.Sprint(r1.Total, r1.Facets, r1.Histogram) != fmt.Sprint(r2.Total, r2.Facets, r2.Histogram) {
			t.Fatalf("%+v: counts differ between one segment and many", tree)
		}
	}
}

func TestRequestsThatCannotBeUsed(t *testing.T) {
	_, s := filled(t, 20, Config{})
	for _, tt := range []struct {
		field string
		r     Request
	}{
		{"Limit", Request{Limit: -1}}, {"Limit", Request{Limit: MaxLimit + 1}}, {"Offset", Request{Offset: MaxOffset + 1}},
		{"Offset", Request{Offset: -1}}, {"Sort", Request{Sort: "best"}}, {"From", Request{From: "yesterday"}}, {"To", Request{To: "2018-02-31"}},
		{"From", Request{From: "2018-02-02", To: "2018-02-01"}}, {"Facets", Request{Facets: []FacetField{"colour"}}},
		{"Filters", Request{Filters: map[FacetField]Filter{"colour": {}}}}, {"FacetPrefix", Request{FacetPrefix: map[FacetField]string{"x": "a"}}},
		{"FacetLimit", Request{FacetLimit: MaxFacetLimit + 1}}, {"Cursor", Request{Cursor: "%"}}, {"Cursor", Request{Cursor: "AAAA"}},
		{"Within", Request{Within: make([]string, 50)}},
	} {
		_, err := s.Search(t.Context(), tt.r)
		var bad *RequestError
		if !errors.As(err, &bad) || bad.Field != tt.field {
			t.Errorf("Search(%+v) = %v, want a RequestError of %s", tt.r, err, tt.field)
		}
	}
}

func TestCursorBelongsToItsSearch(t *testing.T) {
	_, s := filled(t, 60, Config{})
	res, err := s.Search(t.Context(), Request{Limit: 5})
	if err != nil {
		t.Fatalf("Search: %v", err)
	}
	if _, err := s.Search(t.Context(), Request{Limit: 9, Cursor: res.NextCursor, Facets: []FacetField{}}); err != nil {
		t.Errorf("the same search with another page size: %v", err)
	}
	var bad *RequestError
	if _, err := s.Search(t.Context(), Request{Query: "tax", Limit: 5, Cursor: res.NextCursor}); !errors.As(err, &bad) {
		t.Errorf("another search with the cursor = %v, want a RequestError", err)
	}
}

func TestExpansionsAreRefusedNotCut(t *testing.T) {
	_, s := filled(t, 60, Config{MaxExpansions: 3})
	p := &plan{Request: Request{Limit: 1, Sort: SortNewest}, tree: query.Pattern{Text: "*a*"}}
	_, err := run(t.Context(), s, p)
	var over *BudgetError
	if !errors.As(err, &over) || over.Limit != 3 || over.Count <= 3 {
		t.Errorf("run = %v, want a BudgetError with limit 3 and a larger count", err)
	}
}

func TestTimeIsUpGivesAPart(t *testing.T) {
	_, s := filled(t, 60, Config{Timeout: time.Nanosecond})
	res := ask(t, s, word("tax"), Request{})
	if !res.Partial || res.PartialReason == "" {
		t.Errorf("Partial = %v, %q, want true and a reason", res.Partial, res.PartialReason)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(ctx, Request{Query: "tax"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Search with a cancelled context = %v, want context.Canceled", err)
	}
}

func TestNoIndex(t *testing.T) {
	s := New(Config{})
	if s.Ready() {
		t.Error("Ready before Publish")
	}
	if _, err := s.Search(t.Context(), Request{}); !errors.Is(err, ErrNoIndex) {
		t.Errorf("Search = %v, want ErrNoIndex", err)
	}
}

// TestPublishUnderLoad swaps generations and writes to them while many search: no error, no mixed answer, each release once.
func TestPublishUnderLoad(t *testing.T) {
	a, b := newArchive(t), newArchive(t)
	m := maker{newRand(4)}
	for i := range 40 {
		a.put(m.article(i, 1))
		b.put(m.article(i, 1), m.article(100+i, 1))
	}
	s := New(Config{Texts: both{a, b}})
	released := make(chan string, 20)
	publish := func(name string, x *archive) { s.Publish(name, x.index, func() { released <- name }) }
	publish("a", a)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				res, err := s.Search(t.Context(), Request{Query: "", Limit: 3})
				switch {
				case err != nil:
					t.Errorf("Search: %v", err)
				case res.Generation == "a" && res.Total != 40, res.Generation == "b" && res.Total < 80:
					t.Errorf("generation %s has %d articles", res.Generation, res.Total)
				}
			}
		})
	}
	for i := range 5 {
		publish("b", b)
		b.put(m.article(200+i, 1))
		publish("a", a)
	}
	stop()
	wg.Wait()
	s.Publish("", nil, nil)
	if got := len(released); got != 11 {
		t.Errorf("released %d generations, want 11", got)
	}
	for _, x := range []*archive{a, b} {
		if err := x.index.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
}

// both serves the articles of two archives.
type both struct{ a, b *archive }

func (x both) Articles(_ context.Context, ids []corpus.VersionID) ([]*corpus.Article, error) {
	articles := make([]*corpus.Article, len(ids))
	for i, id := range ids {
		articles[i] = &corpus.Article{ID: id.ID, Version: id.Version}
	}
	return articles, nil
}

func TestFacetPrefixIsBlindToCaseAndAccents(t *testing.T) {
	_, s := filled(t, 100, Config{})
	for prefix, want := range map[string]string{"dia": "Dia Bornstein", "BORN": "Dia Bornstein", "emil": "Émile Zola", "zola": "Émile Zola"} {
		res := ask(t, s, query.All{}, Request{Facets: []FacetField{FacetAuthor}, FacetPrefix: map[FacetField]string{FacetAuthor: prefix}, NoSnippets: true})
		if values := res.Facets[0].Values; len(values) != 1 || values[0].Value != want {
			t.Errorf("prefix %q gives %v, want %s", prefix, values, want)
		}
	}
}

func TestFreshArticlesAreFound(t *testing.T) {
	a, s := filled(t, 40, Config{})
	before := ask(t, s, query.All{}, Request{}).Total
	a.put(maker{newRand(9)}.article(1000, 1))
	if got := ask(t, s, query.All{}, Request{}).Total; got != before+1 {
		t.Errorf("total after an article came = %d, want %d", got, before+1)
	}
}

// broken fails in the worst way.
type broken struct{}

func (broken) Articles(context.Context, []corpus.VersionID) ([]*corpus.Article, error) {
	panic("the disk is gone")
}

func TestPanicIsAnError(t *testing.T) {
	a, _ := filled(t, 20, Config{})
	s := New(Config{Texts: broken{}})
	s.Publish("broken", a.index, nil)
	defer s.Publish("", nil, nil)
	if _, err := s.Search(t.Context(), Request{}); err == nil {
		t.Error("Search over texts that panic gave no error")
	}
}

func TestArticleThatHasGoneStaysAHit(t *testing.T) {
	a, s := filled(t, 20, Config{})
	clear(a.all)
	res := ask(t, s, query.All{}, Request{})
	if len(res.Hits) == 0 || res.Hits[0].Article == nil || res.Hits[0].Article.ID != res.Hits[0].ID {
		t.Errorf("hits = %+v, want articles with nothing but their ID", res.Hits)
	}
}
