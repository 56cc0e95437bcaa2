package search

import (
	"context"
	"fmt"

	"oped/search/match"
)

// executor holds what a program needs of one segment: the lists of its words and conditions. Once open it does not change.
type executor struct {
	reader
	ctx        context.Context // of the search
	number     int             // of the segment in the snapshot
	program    *match.Program
	keys       []string                 // of the leaves
	leaves     []*docList               // by leaf
	conditions map[*match.Node]*docList // of the nodes that have nothing to do with words
}

// open makes the lists that the program needs.
func (x *executor) open(ctx context.Context) error {
	x.leaves, x.conditions = make([]*docList, len(x.program.Leaves)), map[*match.Node]*docList{}
	for i := range x.program.Leaves {
		var err error
		if x.leaves[i], err = x.leaf(ctx, &x.program.Leaves[i], x.keys[i]); err != nil {
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
	list, err := x.condition(n)
	if err != nil {
		return err
	}
	if list != nil {
		x.conditions[n] = list
	}
	for _, k := range n.Kids {
		if err := x.prepare(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

// list is what decides a node by itself; nil where nothing does.
func (x *executor) list(n *match.Node) *docList {
	if n.Op == match.OpLeaf {
		return x.leaves[n.Leaf]
	}
	return x.conditions[n]
}

// pass decides which documents of a stretch match, one stretch after the other. It is for one goroutine.
type pass struct {
	*executor
	scorer
	base       uint32                      // first document of the stretch
	docs       uint32                      // of the stretch
	spare      []docSet                    // not in use
	candidates []uint32                    // whose positions are read
	texts      map[*match.Node]*textSource // of the nodes that need positions, by node
}

// enter turns to a stretch.
func (p *pass) enter(x *executor, base uint32) {
	if p.executor != x {
		p.executor, p.texts = x, map[*match.Node]*textSource{}
	}
	p.base, p.docs = base, min(x.segmentView.docs-base, x.stretch)
}

// take gives an empty set of documents of the stretch.
func (p *pass) take() docSet {
	words := (p.docs + 63) / 64
	if n := len(p.spare); n > 0 {
		s := p.spare[n-1][:words]
		p.spare = p.spare[:n-1]
		clear(s)
		return s
	}
	return make(docSet, stretchDocs/64)[:words]
}

func (p *pass) giveBack(s docSet) { p.spare = append(p.spare, s[:stretchDocs/64]) }

// all are the documents of the stretch that are in a set of the segment's.
func (p *pass) all(of docSet) docSet {
	s := p.take()
	if of != nil {
		copy(s, of[p.base/64:])
	} else {
		s.fill(p.docs)
	}
	return s
}

// part are the documents of a short list that lie in the stretch, with the place of the first.
func (p *pass) part(l *docList) (docs []uint32, place int) {
	place = from(l.docs, p.base)
	rest := l.docs[place:]
	return rest[:from(rest, p.base+p.docs)], place
}

// put adds a list's documents to a set.
func (p *pass) put(set docSet, l *docList) {
	if l.bits != nil {
		set.or(l.bits[p.base/64:])
		return
	}
	docs, _ := p.part(l)
	for _, doc := range docs {
		set.set(doc - p.base)
	}
}

// keep leaves in a set what a list has too.
func (p *pass) keep(set docSet, l *docList) {
	if l.bits != nil {
		set.and(l.bits[p.base/64:])
		return
	}
	s := p.take()
	p.put(s, l)
	set.and(s)
	p.giveBack(s)
}

// matching are the documents of the stretch that match.
func (p *pass) matching(ctx context.Context) (docSet, error) {
	all := p.all(p.live)
	return all, p.narrow(ctx, p.program.Root, all)
}

// narrow takes the documents out of a set that do not meet a node. Where that needs positions, they are read of the documents
// alone that the lists leave over.
func (p *pass) narrow(ctx context.Context, n *match.Node, among docSet) error {
	if n.Positional(p.program) {
		p.sift(n, among)
		return p.verify(ctx, n, among)
	}
	switch n.Op {
	case match.OpAll:
		return nil
	case match.OpNone:
		clear(among)
		return nil
	case match.OpAnd:
		return p.narrowAnd(ctx, n, among)
	case match.OpOr:
		return p.narrowOr(ctx, n, among)
	case match.OpNot:
		not := p.copy(among)
		defer p.giveBack(not)
		if err := p.narrow(ctx, n.Kids[0], not); err != nil {
			return err
		}
		among.andNot(not)
		return nil
	}
	list := p.list(n)
	if list == nil {
		return fmt.Errorf("search: no way to execute operation %d", n.Op)
	}
	p.keep(among, list)
	return nil
}

func (p *pass) copy(s docSet) docSet {
	t := p.take()
	copy(t, s)
	return t
}

func (p *pass) narrowAnd(ctx context.Context, n *match.Node, among docSet) error {
	for _, k := range n.Kids {
		p.sift(k, among)
	}
	for _, k := range n.Kids {
		if p.list(k) != nil && !k.Positional(p.program) || among.empty() {
			continue
		}
		if err := p.narrow(ctx, k, among); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) narrowOr(ctx context.Context, n *match.Node, among docSet) error {
	out := p.take()
	defer p.giveBack(out)
	for _, k := range n.Kids {
		if list := p.list(k); list != nil && !k.Positional(p.program) {
			p.put(out, list)
		}
	}
	for _, k := range n.Kids {
		if p.list(k) != nil && !k.Positional(p.program) {
			continue
		}
		rest := p.copy(among)
		rest.andNot(out)
		err := p.narrow(ctx, k, rest)
		out.or(rest)
		p.giveBack(rest)
		if err != nil {
			return err
		}
	}
	among.and(out)
	return nil
}

// sift takes the documents out of a set that cannot meet a node, by the lists alone: maybe not all of them.
func (p *pass) sift(n *match.Node, among docSet) {
	if list := p.list(n); list != nil {
		p.keep(among, list)
		return
	}
	switch n.Op {
	case match.OpNone:
		clear(among)
	case match.OpAnd, match.OpPhrase, match.OpAtLeast:
		for _, k := range n.Kids {
			p.sift(k, among)
		}
	case match.OpNear, match.OpWithin:
		p.sift(n.Kids[0], among)
		if !n.Negated {
			p.sift(n.Kids[1], among)
		}
	case match.OpOr:
		p.siftOr(n, among)
	}
}

func (p *pass) siftOr(n *match.Node, among docSet) {
	out := p.take()
	for _, k := range n.Kids {
		if list := p.list(k); list != nil {
			p.put(out, list)
			continue
		}
		kid := p.copy(among)
		p.sift(k, kid)
		out.or(kid)
		p.giveBack(kid)
	}
	among.and(out)
	p.giveBack(out)
}
