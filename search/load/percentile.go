package load

import (
	"math"
	"slices"
	"time"
)

// Percentile is the least of the values that at least p of a hundred are not greater than (the nearest rank): p 50 is the
// median, p 100 the greatest. Values must be in ascending order; of none it is 0.
func Percentile[T any](ascending []T, p float64) T {
	var none T
	if len(ascending) == 0 {
		return none
	}
	rank := int(math.Ceil(p / 100 * float64(len(ascending))))
	return ascending[min(max(rank, 1), len(ascending))-1]
}

// Latencies sums up how long answers took.
type Latencies struct {
	P50 time.Duration `json:"p50_ns"`
	P95 time.Duration `json:"p95_ns"`
	P99 time.Duration `json:"p99_ns"`
	Max time.Duration `json:"max_ns"`
}

// Summarize makes Latencies of times in any order, which it leaves alone.
func Summarize(times []time.Duration) Latencies {
	ascending := slices.Sorted(slices.Values(times))
	return Latencies{
		P50: Percentile(ascending, 50), P95: Percentile(ascending, 95),
		P99: Percentile(ascending, 99), Max: Percentile(ascending, 100),
	}
}
