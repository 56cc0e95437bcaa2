package learn

import (
	"slices"
	"sort"
)

// maxBins is how many steps a feature's values are sorted into.
const maxBins = 64

// grid is the examples' features as steps: bins[f][i] is how many of cuts[f] lie below example i's value.
type grid struct {
	cuts [][]float32
	bins [][]uint8
}

func newGrid(examples []Example) grid {
	n := len(examples[0].Vector)
	g := grid{cuts: make([][]float32, n), bins: make([][]uint8, n)}
	values := make([]float32, len(examples))
	for f := range n {
		for i, e := range examples {
			values[i] = e.Vector[f]
		}
		g.cuts[f] = cutPoints(values)
		g.bins[f] = make([]uint8, len(examples))
		for i, e := range examples {
			x := e.Vector[f]
			g.bins[f][i] = uint8(sort.Search(len(g.cuts[f]), func(j int) bool { return g.cuts[f][j] >= x }))
		}
	}
	return g
}

// cutPoints are at most maxBins-1 values that part the examples about evenly; values is left sorted.
func cutPoints(values []float32) []float32 {
	values = slices.Clone(values)
	slices.Sort(values)
	distinct := slices.Compact(slices.Clone(values))
	if len(distinct) <= maxBins {
		return between(distinct)
	}
	var cuts []float32
	for k := 1; k < maxBins; k++ {
		x := values[k*len(values)/maxBins]
		if len(cuts) == 0 || x > cuts[len(cuts)-1] {
			cuts = append(cuts, x)
		}
	}
	if cuts[len(cuts)-1] == values[len(values)-1] {
		cuts = cuts[:len(cuts)-1]
	}
	return cuts
}

func between(distinct []float32) []float32 {
	var cuts []float32
	for i := 1; i < len(distinct); i++ {
		cuts = append(cuts, (distinct[i-1]+distinct[i])/2)
	}
	return cuts
}
