package web

import (
	"context"

	"oped/search"
	"oped/search/doctor"
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

// advice is what a page with few hits or none shows of a diagnosis.
type advice struct {
	*doctor.Diagnosis
	// Query is what was typed.
	Query string
	// None is true where nothing was found at all.
	None bool
}

// diagnose looks into a search that finds little; nil where there is nothing to say. It gives up quietly: the page is useful
// without it.
func (s *server) diagnose(ctx context.Context, req search.Request, res *search.Results) *doctor.Diagnosis {
	if res.Partial || req.Cursor != "" || req.Offset > 0 {
		return nil
	}
	return doctor.Examine(ctx, s.Searcher, req, res.Total, s.Now())
}

// adviceOf is the advice for a page; a page without hits has some in any case.
func (s *server) adviceOf(ctx context.Context, req search.Request, res *search.Results) *advice {
	d := s.diagnose(ctx, req, res)
	if d == nil && res.Total > 0 {
		return nil
	}
	if d == nil {
		d = &doctor.Diagnosis{}
	}
	return &advice{Diagnosis: d, Query: req.Query, None: res.Total == 0}
}
