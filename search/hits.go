package search

import (
	"bytes"
	"math"
	"slices"
)

// standing is what decides where a document stands among the others: the higher key first, then the later day.
type standing struct {
	key float64
	day int32
}

// found is a matching document with its standing; where two have the same, the lower identifier is first.
type found struct {
	standing
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

// up brings the last element of the heap to its place.
func (h worstFirst) up() {
	for i := len(h) - 1; i > 0; {
		parent := (i - 1) / 2
		if h[i].compare(&h[parent]) <= 0 {
			return
		}
		h[i], h[parent], i = h[parent], h[i], parent
	}
}

// down brings the top of the heap to its place.
func (h worstFirst) down() {
	for i := 0; ; {
		last := i
		for kid := 2*i + 1; kid <= 2*i+2 && kid < len(h); kid++ {
			if h[kid].compare(&h[last]) > 0 {
				last = kid
			}
		}
		if last == i {
			return
		}
		h[i], h[last], i = h[last], h[i], last
	}
}

// out reports that a document of a standing, and any that comes after it, can not be among the best, whatever their identifiers.
func (b *best) out(p standing) bool {
	if len(b.worst) < b.limit {
		return false
	}
	worst := &b.worst[0]
	return p.key < worst.key || p.key == worst.key && p.day < worst.day
}

// least is the key below which a document can not be among the best.
func (b *best) least() float64 {
	if len(b.worst) < b.limit {
		return math.Inf(-1)
	}
	return b.worst[0].key
}

// offer puts a document in its place.
func (b *best) offer(f found) {
	if b.after != nil && f.compare(b.after) <= 0 {
		return
	}
	if len(b.worst) < b.limit {
		b.worst = append(b.worst, f)
		b.worst.up()
		return
	}
	if f.compare(&b.worst[0]) < 0 {
		b.worst[0] = f
		b.worst.down()
	}
}

// sorted are the documents kept, the first first.
func (b *best) sorted() []found {
	out := slices.Clone(b.worst)
	slices.SortFunc(out, func(x, y found) int { return x.compare(&y) })
	return out
}
