package search

import (
	"errors"
	"testing"

	"oped/search/query"
)

// FuzzSearch checks that any text typed gives what a scan gives, or an error that tells the reader what to do.
func FuzzSearch(f *testing.F) {
	for _, seed := range []string{
		"", "carbon tax", `"peace treaty" -putin`, "(putin OR kuril!) w/5 treaty", "nation! /s weapon", "ATLEAST2(tax) AND LENGTH > 20",
		"HEADLINE(carbon) or BYLINE(doe)", "tax* near/3 carbon", "putni~1", "date:2015..2016 tax", "site:example.org lang:fr", `"a * tax"`,
		"NOCAPS(aids) not w/3 nation", "-has:date", "id:aaaaaaaaaaaaaaaa", `tag:"far east"`, "a* OR b*", "е* OR ё", "\x00\xff(", "lead:carbon /seg tax",
	} {
		f.Add(seed, "tax", uint8(3))
	}
	a := newArchive(f)
	a.fill(maker{newRand(11)}, 60)
	s := a.searcher(Config{MaxExpansions: 40})
	f.Fuzz(func(t *testing.T, text, within string, limit uint8) {
		r := Request{Query: text, Limit: int(limit), Facets: []FacetField{FacetYear}, Within: []string{within}}
		res, err := s.Search(t.Context(), r)
		var syntax *query.SyntaxError
		var bad *RequestError
		var over *BudgetError
		switch {
		case errors.As(err, &syntax), errors.As(err, &bad), errors.As(err, &over):
			return
		case err != nil:
			t.Fatalf("Search(%q): %v", text, err)
		}
		p, err := newPlan(r, s.config.Now())
		if err != nil {
			t.Fatalf("newPlan(%q): %v", text, err)
		}
		p.expand(s.currentVariants())
		if want := len(a.scan(t, p.tree)); !res.Partial && res.Total != want {
			t.Errorf("Search(%q) within %q finds %d articles, a scan %d", text, within, res.Total, want)
		}
	})
}
