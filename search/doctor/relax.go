package doctor

import (
	"cmp"
	"slices"
	"strings"

	"oped/search"
	"oped/search/query"
)

// Bounds of relaxing.
const (
	maxRelaxations = 8  // offered
	maxLoosened    = 12 // operators tried
	maxPaired      = 6  // parts of which two are left out
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
	costDrop         // one part, or two
	costMost         // all but one of the words, or all but the words
)

// relaxations counts wider requests and keeps those that find more.
func (x *examination) relaxations() []Offer {
	found := x.tried(slices.Concat(x.loosened(), x.dropped()))
	if len(found) == 0 {
		found = x.tried(x.droppedTwo())
	}
	found = append(found, x.tried(slices.Concat(x.anyWord(x.query.Root), x.onlyWords()))...)
	slices.SortStableFunc(found, func(a, b relaxation) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.count, a.count))
	})
	var offers []Offer
	for _, r := range found[:min(len(found), maxRelaxations)] {
		offers = append(offers, Offer{r.text, r.request, r.count})
	}
	return offers
}

// tried are the relaxations that find more.
func (x *examination) tried(all []relaxation) []relaxation {
	var found []relaxation
	for _, r := range all {
		var ok bool
		if r.count, ok = x.trials.count(r.request); ok && r.count > x.total {
			found = append(found, r)
		}
	}
	return found
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
	if len(x.demands) < 2 {
		return nil
	}
	var out []relaxation
	for i := range x.demands[:min(len(x.demands), maxParts)] {
		out = x.drop(out, i)
	}
	return out
}

// droppedTwo are the requests with two parts less.
func (x *examination) droppedTwo() []relaxation {
	if len(x.demands) < 3 {
		return nil
	}
	var out []relaxation
	for j := range x.demands[:min(len(x.demands), maxPaired)] {
		for i := range j {
			out = x.drop(out, i, j)
		}
	}
	return out
}

// drop adds the request without some parts.
func (x *examination) drop(to []relaxation, parts ...int) []relaxation {
	if x.trials.ctx.Err() != nil {
		return to
	}
	r, ok := x.without(parts...)
	var texts []string
	for _, i := range parts {
		text, _, can := x.alone(x.demands[i])
		if x.demands[i].kind == InWithin {
			text = "“" + text + "” within the results"
		}
		texts, ok = append(texts, text), ok && can
	}
	if !ok {
		return to
	}
	return append(to, relaxation{text: "without " + strings.Join(texts, " and "), cost: costDrop, request: r})
}

// anyWord is the request for any one of the words of a tree; what else it demands stays.
func (x *examination) anyWord(tree query.Node) []relaxation {
	var words, rest []query.Node
	for _, part := range conjuncts(tree) {
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

// onlyWords is the request for the words alone, wherever, whenever and by whomever they were published.
func (x *examination) onlyWords() []relaxation {
	var words []demand
	for _, d := range x.demands {
		if d.kind == InWithin || d.kind == InQuery && query.Free(d.node) {
			words = append(words, d)
		}
	}
	if n := len(x.demands) - len(words); n < 2 || len(words) == 0 {
		return nil
	}
	r, ok := x.only(words)
	if !ok {
		return nil
	}
	return []relaxation{{text: "only the words, without any filter", cost: costMost, request: r}}
}
