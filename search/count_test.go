package search

import (
	"context"
	"errors"
	"testing"
	"time"

	"oped/search/query"
)

func TestCountIsTheTotal(t *testing.T) {
	a := newArchive(t)
	r := maker{newRand(31)}
	a.fill(r, 120)
	s := a.searcher(Config{})
	trees := treeMaker{r}
	for range 60 {
		request := Request{Query: query.Print(trees.tree(2)), NoSnippets: true, Limit: 3, Offset: 2, Sort: SortOldest,
			Filters: map[FacetField]Filter{FacetType: {Exclude: []string{r.pick("op-ed", "column", NoValue)}}}}
		res, err := s.Search(t.Context(), request)
		if err != nil {
			continue // not every tree can be typed
		}
		got, err := s.Count(t.Context(), request)
		if err != nil || got != res.Total {
			t.Errorf("Count(%q) = %d, %v; Search finds %d", request.Query, got, err, res.Total)
		}
	}
}

func TestCountFails(t *testing.T) {
	a := newArchive(t)
	a.fill(maker{newRand(32)}, 40)
	var syntax *query.SyntaxError
	if _, err := a.searcher(Config{}).Count(t.Context(), Request{Query: "(tax"}); !errors.As(err, &syntax) {
		t.Errorf("Count of a query that cannot be read = %v", err)
	}
	if _, err := New(Config{Texts: a}).Count(t.Context(), Request{}); !errors.Is(err, ErrNoIndex) {
		t.Errorf("Count without an index = %v", err)
	}
	late := New(Config{Texts: a, Timeout: time.Nanosecond})
	late.Publish("one", a.index, nil)
	defer late.Publish("", nil, nil)
	if n, err := late.Count(t.Context(), Request{Query: "tax"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Count without time = %d, %v", n, err)
	}
}
