package search

import (
	"context"
	"fmt"

	"oped/search/match"
	"oped/search/query"
)

// checkEvery is after how many documents whose positions are read a search looks whether it is still wanted.
const checkEvery = 32

// executor decides which documents of one segment match a program, a window at a time.
type executor struct {
	reader
	program *match.Program
	terms   []leafTerms                 // by leaf
	leaves  []*docList                  // by leaf
	values  map[*match.Node]*docList    // of OpValue and OpID
	cursors map[*docList]int            // where the window of the moment begins
	at      map[*docList]*window        // the lists' documents in the window of the moment
	texts   map[*match.Node]*textSource // of the nodes that need positions
	base    uint32                      // first document of the window
}

// newExecutor finds the terms that a program needs of a segment.
func newExecutor(ctx context.Context, r reader, p *match.Program) (*executor, error) {
	x := &executor{reader: r, program: p, terms: make([]leafTerms, len(p.Leaves)), leaves: make([]*docList, len(p.Leaves)),
		values: map[*match.Node]*docList{}, cursors: map[*docList]int{}, at: map[*docList]*window{}, texts: map[*match.Node]*textSource{}}
	for i := range p.Leaves {
		var err error
		if x.terms[i], err = r.terms(ctx, &p.Leaves[i]); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// open makes the lists that the program needs.
func (x *executor) open(ctx context.Context) error {
	for i := range x.program.Leaves {
		var err error
		if x.leaves[i], err = x.leaf(ctx, &x.program.Leaves[i], &x.terms[i]); err != nil {
			return err
		}
	}
	return x.prepare(ctx, x.program.Root)
}

// prepare makes the lists of the conditions in a tree.
func (x *executor) prepare(ctx context.Context, n *match.Node) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var err error
	switch n.Op {
	case match.OpValue:
		x.values[n], err = x.reader.values(n)
	case match.OpID:
		x.values[n], err = x.one(n.ID)
	}
	for _, k := range n.Kids {
		if err == nil {
			err = x.prepare(ctx, k)
		}
	}
	return err
}

// window decides the documents of the window that begins at base. Windows must be asked for in ascending order.
func (x *executor) window(ctx context.Context, base uint32) (window, error) {
	x.base = base
	clear(x.at)
	all := x.live.window(base, x.docs)
	return x.eval(ctx, x.program.Root, all)
}

// slice are the documents of a list that lie in the window of the moment, with the index of the first.
func (x *executor) slice(l *docList) (docs []uint32, first int) {
	first = x.cursors[l] + from(l.docs[x.cursors[l]:], x.base)
	x.cursors[l] = first
	rest := l.docs[first:]
	return rest[:from(rest, x.base+windowDocs)], first
}

// bits are the documents of a list in the window of the moment.
func (x *executor) bits(l *docList) *window {
	if w, ok := x.at[l]; ok {
		return w
	}
	w := new(window)
	docs, _ := x.slice(l)
	for _, doc := range docs {
		w.set(doc - x.base)
	}
	x.at[l] = w
	return w
}

// eval gives the documents among some that meet a node. Parts of AND that need positions come last and look at
// what the others have left over.
func (x *executor) eval(ctx context.Context, n *match.Node, among window) (window, error) {
	if n.Positional(x.program) {
		return x.verify(ctx, n, x.candidates(n, among))
	}
	switch n.Op {
	case match.OpAll:
		return among, nil
	case match.OpLeaf:
		among.and(x.bits(x.leaves[n.Leaf]))
		return among, nil
	case match.OpValue, match.OpID:
		among.and(x.bits(x.values[n]))
		return among, nil
	case match.OpAnd:
		return x.evalAnd(ctx, n, among)
	case match.OpOr:
		return x.evalOr(ctx, n, among)
	case match.OpNot:
		w, err := x.eval(ctx, n.Kids[0], among)
		among.andNot(&w)
		return among, err
	case match.OpWords, match.OpDays:
		return x.compare(n, among), nil
	case match.OpNone:
		return window{}, nil
	default:
		return window{}, fmt.Errorf("search: no way to execute operation %d", n.Op)
	}
}

func (x *executor) evalAnd(ctx context.Context, n *match.Node, among window) (window, error) {
	for _, k := range n.Kids {
		among = x.candidates(k, among)
		if among.empty() {
			return among, nil
		}
	}
	for _, k := range n.Kids {
		var err error
		if among, err = x.eval(ctx, k, among); err != nil || among.empty() {
			return among, err
		}
	}
	return among, nil
}

func (x *executor) evalOr(ctx context.Context, n *match.Node, among window) (window, error) {
	var out window
	for _, k := range n.Kids {
		w, err := x.eval(ctx, k, among)
		if err != nil {
			return out, err
		}
		out.or(&w)
		among.andNot(&w)
	}
	return out, nil
}

// candidates gives the documents among some that may meet a node, from the lists alone: all that do, and maybe more.
func (x *executor) candidates(n *match.Node, among window) window {
	switch n.Op {
	case match.OpLeaf:
		among.and(x.bits(x.leaves[n.Leaf]))
	case match.OpValue, match.OpID:
		among.and(x.bits(x.values[n]))
	case match.OpNone:
		return window{}
	case match.OpAnd, match.OpPhrase, match.OpAtLeast:
		for _, k := range n.Kids {
			among = x.candidates(k, among)
		}
	case match.OpNear, match.OpWithin:
		among = x.candidates(n.Kids[0], among)
		if !n.Negated {
			among = x.candidates(n.Kids[1], among)
		}
	case match.OpOr:
		var out window
		for _, k := range n.Kids {
			w := x.candidates(k, among)
			out.or(&w)
		}
		return out
	case match.OpWords, match.OpDays:
		return x.compare(n, among)
	}
	return among
}

// compare looks at the columns of words and days.
func (x *executor) compare(n *match.Node, among window) window {
	column, low, high := x.columns.words, n.Low, n.High
	if n.Op == match.OpDays {
		column, low, high = x.columns.days, dayNumber(n.From, 1), dayNumber(n.To, 1<<31-1)
	}
	among.each(func(i uint32) {
		if v := int(column[x.base+i]); v < low || v > high {
			among.unset(i)
		}
	})
	return among
}

// dayNumber writes a day as the column of days does.
func dayNumber(d query.Day, open int) int {
	if d == "" {
		return open
	}
	n := 0
	for _, c := range d {
		if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
		}
	}
	return n
}

// verify keeps the candidates that meet a node by their positions.
func (x *executor) verify(ctx context.Context, n *match.Node, candidates window) (window, error) {
	if candidates.empty() {
		return candidates, nil
	}
	text := x.texts[n]
	if text == nil {
		text = newTextSource(x)
		x.texts[n] = text
	}
	var docs []uint32
	candidates.each(func(i uint32) { docs = append(docs, x.base+i) })
	text.begin(docs)
	for i, doc := range docs {
		if i%checkEvery == checkEvery-1 && ctx.Err() != nil {
			return window{}, ctx.Err()
		}
		text.current = i
		if !text.evaluator.Holds(n) {
			candidates.unset(doc - x.base)
		}
	}
	return candidates, text.err
}
