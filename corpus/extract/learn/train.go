package learn

import (
	"math"
	"math/rand/v2"

	"oped/corpus/extract"
)

// Example is one block with its answer.
type Example struct {
	Vector []float32
	Body   bool
	Weight float64
}

// Params are the settings of Train. The zero value of a field means its default.
type Params struct {
	Trees    int     // default 170
	Leaves   int     // a tree's, default 24
	Rate     float64 // how much of each tree is added, default 0.1
	MinLeaf  float64 // least weight of a leaf's second derivatives, default 15
	Lambda   float64 // regularisation of leaf values, default 20
	Features float64 // share of features that a tree may use, default 0.4
	Seed     uint64
}

func (p Params) withDefaults() Params {
	set := func(x *float64, v float64) {
		if *x == 0 {
			*x = v
		}
	}
	if p.Trees == 0 {
		p.Trees = 170
	}
	if p.Leaves == 0 {
		p.Leaves = 24
	}
	set(&p.Rate, 0.1)
	set(&p.MinLeaf, 15)
	set(&p.Lambda, 20)
	set(&p.Features, 0.4)
	return p
}

// Train grows a model by gradient boosting with logistic loss. All vectors must have one length; without examples
// the model knows nothing and answers one half.
func Train(examples []Example, p Params) *extract.Model {
	if len(examples) == 0 {
		return &extract.Model{}
	}
	p = p.withDefaults()
	b := newBooster(examples, p)
	m := &extract.Model{Features: len(examples[0].Vector), Bias: float32(b.bias)}
	for range p.Trees {
		m.Trees = append(m.Trees, b.round())
	}
	return m
}

// booster holds the state of training.
type booster struct {
	Params
	grid     grid
	examples []Example
	bias     float64
	margin   []float64
	grad     []float32
	hess     []float32
	rand     *rand.Rand
}

func newBooster(examples []Example, p Params) *booster {
	b := &booster{
		Params: p, grid: newGrid(examples), examples: examples,
		margin: make([]float64, len(examples)), grad: make([]float32, len(examples)), hess: make([]float32, len(examples)),
		rand: rand.New(rand.NewPCG(p.Seed, 1)), //nolint:gosec // training must repeat
	}
	pos, all := 0.0, 0.0
	for _, e := range examples {
		all += e.Weight
		if e.Body {
			pos += e.Weight
		}
	}
	rate := math.Min(math.Max(pos/all, 1e-6), 1-1e-6)
	b.bias = math.Log(rate / (1 - rate))
	for i := range b.margin {
		b.margin[i] = b.bias
	}
	return b
}

// round grows one tree on what the trees before it got wrong.
func (b *booster) round() extract.Tree {
	for i, e := range b.examples {
		p := 1 / (1 + math.Exp(-b.margin[i]))
		y := 0.0
		if e.Body {
			y = 1
		}
		b.grad[i] = float32((p - y) * e.Weight)
		b.hess[i] = float32(math.Max(p*(1-p), 1e-6) * e.Weight)
	}
	g := newGrower(b)
	g.grow()
	return g.tree()
}
