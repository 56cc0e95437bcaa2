package doctor

import (
	"cmp"
	"fmt"
	"slices"

	"oped/search"
	"oped/search/query"
)

// Bounds of relaxing.
const (
	maxRelaxations = 8  // offered
	maxLoosened    = 12 // operators tried
)

// relaxation is a request that asks for less, before it is counted.
type relaxation struct {
	text    string
	cost    int
	request search.Request
	count   int
}

// What is given up, from little to much.
const (
	costLoose = iota // one operator, field or pair of quotation marks
	costDrop         // one part
	costMost         // all but one of the words, or all filters
)

// relaxations counts wider requests and keeps those that find more.
func (x *examination) relaxations() []Offer {
	var found []relaxation
	for _, r := range slices.Concat(x.loosened(), x.dropped(), x.anyWord(), x.unfiltered()) {
		var ok bool
		if r.count, ok = x.trials.count(r.request); ok && r.count > x.total {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(a, b relaxation) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.count, a.count))
	})
	var offers []Offer
	for _, r := range found[:min(len(found), maxRelaxations)] {
		offers = append(offers, Offer{r.text, r.request, r.count})
	}
	return offers
}

// loosened are the requests with one operator of the query that asks for less.
func (x *examination) loosened() []relaxation {
	var out []relaxation
	for i, step := range loosen(x.query.Root) {
		if i == maxLoosened || x.trials.ctx.Err() != nil {
			x.trials.cut = true
			break
		}
		if r, ok := x.with(step.tree); ok {
			out = append(out, relaxation{text: step.text, cost: costLoose, request: r})
		}
	}
	return out
}

// dropped are the requests with one part less.
func (x *examination) dropped() []relaxation {
	demands := x.demands()
	if len(demands) < 2 {
		return nil
	}
	var out []relaxation
	for _, d := range demands {
		text := "without " + d.text
		if d.kind == InWithin {
			text = "without “" + d.text + "” within the results"
		}
		out = append(out, relaxation{text: text, cost: costDrop, request: d.without})
	}
	return out
}

// anyWord is the request for any one of the words; what else the query demands stays.
func (x *examination) anyWord() []relaxation {
	var words, rest []query.Node
	for _, part := range conjuncts(x.query.Root) {
		switch part.(type) {
		case query.Word, query.Phrase, query.Pattern, query.Fuzzy:
			words = append(words, part)
		default:
			rest = append(rest, part)
		}
	}
	if len(words) < 2 {
		return nil
	}
	text := "any of these words"
	if len(words) == 2 {
		text = "either of these words"
	}
	r, ok := x.with(all(append([]query.Node{query.Or{Parts: words}}, rest...), false))
	if !ok {
		return nil
	}
	return []relaxation{{text: text, cost: costMost, request: r}}
}

// unfiltered is the request without any filter or date, where there are several.
func (x *examination) unfiltered() []relaxation {
	if len(x.filterDemands())+len(x.dateDemands()) < 2 {
		return nil
	}
	r := x.request
	r.Filters, r.From, r.To = nil, "", ""
	return []relaxation{{text: "without any filter", cost: costMost, request: r}}
}

// step is a tree that asks for less in one place, and what is different.
type step struct {
	text string
	tree query.Node
}

// loosen lists the trees that ask for a little less than n in one place. What is ruled out stays so: to loosen that would
// find fewer.
func loosen(n query.Node) []step {
	steps := loosenHere(n)
	switch n.(type) {
	case query.Not, query.Phrase:
		return steps
	}
	children := query.Children(n)
	for i, child := range children {
		for _, s := range loosen(child) {
			kids := slices.Clone(children)
			kids[i] = s.tree
			steps = append(steps, step{s.text, query.WithChildren(n, kids)})
		}
	}
	return steps
}

// loosenHere loosens the node itself.
func loosenHere(n query.Node) []step {
	switch n := n.(type) {
	case query.Word:
		if n.Exact {
			n.Exact = false
			return []step{{fmt.Sprintf("every form of “%s”", n.Text), n}}
		}
	case query.Phrase:
		return unquoted(n)
	case query.Near:
		return nearer(n)
	case query.Within:
		return widerUnit(n)
	case query.Case:
		return []step{{"whatever the capitals", n.X}}
	case query.AtLeast:
		if n.N > 1 {
			return []step{{"even where it occurs only once", n.X}}
		}
	case query.In:
		if n.Field.Positional() && n.Field != query.FieldURL {
			return []step{{fmt.Sprintf("anywhere, not only in the %s", fieldName(n.Field)), n.X}}
		}
	}
	return nil
}

// fieldName is a segment as readers call it.
func fieldName(f query.Field) string {
	if f == query.FieldHlead {
		return "headline and lead"
	}
	return string(f)
}

// unquoted asks for the words of a phrase, wherever they stand and in any form.
func unquoted(n query.Phrase) []step {
	words := wordsOf(n)
	for i, part := range words {
		if w, ok := part.(query.Word); ok {
			w.Exact = false
			words[i] = w
		}
	}
	if len(words) < 2 {
		return nil
	}
	return []step{{"the words of " + query.Print(n) + " anywhere", query.And{Parts: words, Implied: true}}}
}

// distances are the steps in which nearness is given up.
var distances = []int{5, 10, 25, 50, 100}

func nearer(n query.Near) []step {
	if n.Negated {
		return nil
	}
	var out []step
	if n.Ordered {
		either := n
		either.Ordered = false
		out = append(out, step{"in either order", either})
	}
	if i := slices.IndexFunc(distances, func(d int) bool { return d >= 2*n.Distance }); i >= 0 {
		wide := n
		wide.Distance = distances[i]
		out = append(out, step{fmt.Sprintf("at most %d words apart, not %d", wide.Distance, n.Distance), wide})
	}
	return append(out, step{"anywhere in the article, however far apart", query.And{Parts: []query.Node{n.Left, n.Right}}})
}

func widerUnit(n query.Within) []step {
	if n.Negated {
		return nil
	}
	var out []step
	if n.Unit == query.Sentence {
		paragraph := n
		paragraph.Unit = query.Paragr
		out = append(out, step{"in one paragraph, not one sentence", paragraph})
	}
	return append(out, step{"anywhere in the article, however far apart", query.And{Parts: []query.Node{n.Left, n.Right}}})
}
