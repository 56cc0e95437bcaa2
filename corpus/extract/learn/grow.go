package learn

import (
	"sync"

	"oped/corpus/extract"
)

// sums are the derivatives of some examples, added up.
type sums struct{ grad, hess float64 }

// leaf is a set of examples that a tree under way does not part yet.
type leaf struct {
	rows  []int32
	total sums
	hist  [][maxBins]sums // by used feature
	best  split
	node  *growing
}

// split is the best way to part a leaf.
type split struct {
	gain    float64
	feature int // index into used
	bin     int
}

// growing is a node of a tree under way.
type growing struct {
	feature     int
	value       float64
	left, right *growing
}

// grower grows one tree, always at the leaf that gains most.
type grower struct {
	*booster
	used []int // features of this tree
	root *growing
	open []*leaf
}

func newGrower(b *booster) *grower {
	g := &grower{booster: b}
	for f := range b.grid.cuts {
		if len(b.grid.cuts[f]) > 0 && b.rand.Float64() < b.Features {
			g.used = append(g.used, f)
		}
	}
	return g
}

func (g *grower) grow() {
	g.root = &growing{}
	rows := make([]int32, len(g.examples))
	for i := range rows {
		rows[i] = int32(i)
	}
	first := &leaf{rows: rows, node: g.root}
	g.measure(first)
	g.open = []*leaf{first}
	for len(g.open) < g.Leaves {
		best := -1
		for i, l := range g.open {
			if l.best.gain > 0 && (best < 0 || l.best.gain > g.open[best].best.gain) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		l, r := g.part(g.open[best])
		g.open[best] = l
		g.open = append(g.open, r)
	}
	for _, l := range g.open {
		l.node.value = -l.total.grad / (l.total.hess + g.Lambda) * g.Rate
		for _, i := range l.rows {
			g.margin[i] += l.node.value
		}
	}
}

// measure fills a leaf's sums and finds its best split.
func (g *grower) measure(l *leaf) {
	l.hist = make([][maxBins]sums, len(g.used))
	for _, i := range l.rows {
		l.total.grad += float64(g.grad[i])
		l.total.hess += float64(g.hess[i])
	}
	var wg sync.WaitGroup
	for part := range 2 {
		wg.Go(func() {
			for k := part; k < len(g.used); k += 2 {
				bins, h := g.grid.bins[g.used[k]], &l.hist[k]
				for _, i := range l.rows {
					s := &h[bins[i]]
					s.grad += float64(g.grad[i])
					s.hess += float64(g.hess[i])
				}
			}
		})
	}
	wg.Wait()
	g.search(l)
}

// search finds the best split of a measured leaf.
func (g *grower) search(l *leaf) {
	worth := func(s sums) float64 { return s.grad * s.grad / (s.hess + g.Lambda) }
	whole := worth(l.total)
	l.best = split{}
	for k := range g.used {
		var left sums
		for bin := range len(g.grid.cuts[g.used[k]]) {
			left.grad += l.hist[k][bin].grad
			left.hess += l.hist[k][bin].hess
			right := sums{l.total.grad - left.grad, l.total.hess - left.hess}
			if left.hess < g.MinLeaf || right.hess < g.MinLeaf {
				continue
			}
			if gain := worth(left) + worth(right) - whole; gain > l.best.gain+1e-9 {
				l.best = split{gain: gain, feature: k, bin: bin}
			}
		}
	}
}

// part splits a leaf: the smaller half is measured, the larger is what is left of the whole.
func (g *grower) part(l *leaf) (left, right *leaf) {
	f := g.used[l.best.feature]
	bins := g.grid.bins[f]
	l.node.feature = f
	l.node.value = float64(g.grid.cuts[f][l.best.bin])
	l.node.left, l.node.right = &growing{}, &growing{}
	left, right = &leaf{node: l.node.left}, &leaf{node: l.node.right}
	for _, i := range l.rows {
		if int(bins[i]) <= l.best.bin {
			left.rows = append(left.rows, i)
		} else {
			right.rows = append(right.rows, i)
		}
	}
	small, large := left, right
	if len(small.rows) > len(large.rows) {
		small, large = large, small
	}
	g.measure(small)
	large.hist = l.hist
	large.total = sums{l.total.grad - small.total.grad, l.total.hess - small.total.hess}
	for k := range large.hist {
		for bin := range large.hist[k] {
			large.hist[k][bin].grad -= small.hist[k][bin].grad
			large.hist[k][bin].hess -= small.hist[k][bin].hess
		}
	}
	g.search(large)
	l.hist, l.rows = nil, nil
	return left, right
}

// tree writes the grown tree in preorder.
func (g *grower) tree() extract.Tree {
	var t extract.Tree
	var write func(n *growing)
	write = func(n *growing) {
		if n.left == nil {
			t = append(t, extract.Node{Feature: extract.Leaf, Value: float32(n.value)})
			return
		}
		at := len(t)
		t = append(t, extract.Node{Feature: uint16(n.feature), Value: float32(n.value)})
		write(n.left)
		t[at].Right = uint16(len(t))
		write(n.right)
	}
	write(g.root)
	return t
}
