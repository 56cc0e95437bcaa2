package search

import (
	"bytes"
	"container/heap"
	"math"
	"slices"
)

// found is a matching document with what decides its place among the others: the higher key first, then the later day,
// then the lower identifier.
type found struct {
	key     float64
	day     int32
	id      docID
	segment int
	doc     uint32
}

// compare is negative where f comes before g. Order is total: no two documents have one identifier.
func (f *found) compare(g *found) int {
	switch {
	case f.key != g.key:
		if f.key > g.key {
			return -1
		}
		return 1
	case f.day != g.day:
		if f.day > g.day {
			return -1
		}
		return 1
	default:
		return bytes.Compare(f.id[:], g.id[:])
	}
}

// best keeps the first limit documents of those offered to it.
type best struct {
	limit int
	after *found // only what comes after it counts; nil: everything
	worst worstFirst
}

// worstFirst is a heap with the last document on top.
type worstFirst []found

func (h worstFirst) Len() int           { return len(h) }
func (h worstFirst) Less(i, j int) bool { return h[i].compare(&h[j]) > 0 }
func (h worstFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *worstFirst) Push(x any)        { *h = append(*h, x.(found)) }
func (h *worstFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// bar is the key below which no document has a chance.
func (b *best) bar() float64 {
	if len(b.worst) < b.limit || b.limit == 0 {
		return math.Inf(-1)
	}
	return b.worst[0].key
}

// offer puts a document in its place.
func (b *best) offer(f found) {
	if b.limit == 0 || b.after != nil && f.compare(b.after) <= 0 {
		return
	}
	if len(b.worst) < b.limit {
		heap.Push(&b.worst, f)
		return
	}
	if f.compare(&b.worst[0]) < 0 {
		b.worst[0] = f
		heap.Fix(&b.worst, 0)
	}
}

// sorted are the documents kept, the first first.
func (b *best) sorted() []found {
	out := slices.Clone(b.worst)
	slices.SortFunc(out, func(x, y found) int { return x.compare(&y) })
	return out
}
