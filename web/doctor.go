package web

import (
	"context"
	"slices"
	"strings"

	"oped/search"
	"oped/search/query"
)

// notice is something to tell about how a query was read, with a link where another reading is one click away.
type notice struct{ Text, Link, URL string }

// notices are what is to say about how a query was read.
func notices(req search.Request, res *search.Results, parsed *query.Query) []notice {
	var ns []notice
	seen := map[string]bool{}
	if parsed != nil {
		for _, w := range parsed.Warnings {
			n := notice{Text: w.Text}
			if w.Alternative != "" {
				n.Link, n.URL = w.Alternative, searchURL(withQuery(req, w.Alternative))
			}
			ns, seen[w.Text] = append(ns, n), true
		}
	}
	for _, text := range res.Reading.Warnings {
		if !seen[text] {
			ns = append(ns, notice{Text: text})
		}
	}
	return ns
}

// zeroHelp is what a page without hits offers: what each part finds alone, and what to leave out.
type zeroHelp struct {
	Parts, Relaxations []tried
}

// tried is a search that was tried for its number of hits.
type tried struct {
	Text  string
	Count int
	URL   string
}

// maxTrials bounds the searches that a page without hits costs.
const maxTrials = 16

// zeroHelp looks for what keeps a search from finding anything. It gives up quietly: the page is useful without it.
func (s *server) zeroHelp(ctx context.Context, req search.Request, parsed *query.Query) *zeroHelp {
	help, left := &zeroHelp{}, maxTrials
	try := func(text string, r search.Request) (tried, bool) {
		if left--; left < 0 {
			return tried{}, false
		}
		ask := firstPage(r)
		ask.Limit = 1
		res, err := s.listing(ctx, ask)
		if err != nil {
			return tried{}, false
		}
		return tried{text, res.Total, searchURL(r)}, true
	}
	for _, alternative := range relaxed(req) {
		if t, ok := try(alternative.Text, alternative.Request); ok && t.Count > 0 {
			help.Relaxations = append(help.Relaxations, t)
		}
	}
	for _, part := range partsOf(parsed) {
		if t, ok := try(part.text, search.Request{Query: part.text}); ok {
			help.Parts = append(help.Parts, t)
		}
		if t, ok := try("without "+part.text, withQuery(req, part.others)); ok && t.Count > 0 {
			help.Relaxations = append(help.Relaxations, t)
		}
	}
	return help
}

// relaxation is a request with one constraint less.
type relaxation struct {
	Text    string
	Request search.Request
}

func relaxed(req search.Request) []relaxation {
	var rs []relaxation
	constraints := 0
	for i, within := range req.Within {
		rs = append(rs, relaxation{"without “" + within + "” within the results", withoutWithin(req, i)})
	}
	for _, f := range facetParams {
		if filter, ok := req.Filters[f.field]; ok && len(filter.Include)+len(filter.Exclude) > 0 {
			constraints++
			open := withFilter(req, f.field, func(f *search.Filter) { *f = search.Filter{} })
			rs = append(rs, relaxation{"of any " + strings.ToLower(facetLabels[f.field]), open})
		}
	}
	if req.From != "" || req.To != "" {
		constraints++
		rs = append(rs, relaxation{"of any date", withoutDates(req)})
	}
	if constraints > 1 {
		rs = append(rs, relaxation{"without any filter", search.Request{Query: req.Query, Within: req.Within}})
	}
	return rs
}

// queryPart is a part of a query that must hold, and the query of all the others.
type queryPart struct{ text, others string }

// partsOf takes a query apart where it is an AND.
func partsOf(parsed *query.Query) []queryPart {
	if parsed == nil {
		return nil
	}
	root, ok := parsed.Root.(query.And)
	if !ok {
		return nil
	}
	var out []queryPart
	for i, part := range root.Parts {
		others := slices.Delete(slices.Clone(root.Parts), i, i+1)
		out = append(out, queryPart{query.Print(part), query.Print(query.And{Parts: others})})
	}
	return out
}
