package synth

import (
	"math"
	"math/rand/v2"
)

// random is a stream of choices.
type random struct{ *rand.Rand }

// stream returns the choices that belong to a seed and a place; places do not resemble each other.
func stream(seed, place uint64) random {
	return random{rand.New(rand.NewPCG(seed, mix(place)))}
}

// mix spreads the bits of x over all of them (the finisher of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// chance is true with probability p.
func (r random) chance(p float64) bool { return r.Float64() < p }

// zipf chooses one of n ranks, from 0, with frequencies that fall as 1/(rank+flat): the greater flat, the less the first
// ranks stand out.
func (r random) zipf(n int, flat float64) int {
	k := flat * math.Expm1(r.Float64()*math.Log1p(float64(n)/flat))
	return min(int(k), n-1)
}

// lognormal chooses a number around a mean, always positive, with a long tail to the right as sigma grows.
func (r random) lognormal(mean, sigma float64) float64 {
	return mean * math.Exp(sigma*r.NormFloat64()-sigma*sigma/2)
}

// between chooses a number from low to high, both included.
func (r random) between(low, high int) int { return low + r.IntN(high-low+1) }

// weighted is a choice with its weight; the weights of a list need not add up to anything.
type weighted[T any] struct {
	value  T
	weight float64
}

func pick[T any](r random, choices []weighted[T]) T {
	total := 0.0
	for _, c := range choices {
		total += c.weight
	}
	at := r.Float64() * total
	for _, c := range choices {
		if at -= c.weight; at < 0 {
			return c.value
		}
	}
	return choices[len(choices)-1].value
}
