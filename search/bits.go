package search

import (
	"math/bits"
	"sort"
)

const (
	// stretchDocs is how many documents of a segment are decided at a time: sets of them stay in the first-level cache.
	stretchDocs = 1 << 14
	// blockDocs is how many documents bounds are kept for: what none of them can reach is not worked out for each.
	blockDocs  = 256
	blockWords = blockDocs / 64
)

// docSet is a set of documents as bits. As a set of live documents nil means all.
type docSet []uint64

func newDocSet(docs int) docSet { return make(docSet, (docs+63)/64) }

func (s docSet) set(doc uint32)      { s[doc/64] |= 1 << (doc % 64) }
func (s docSet) unset(doc uint32)    { s[doc/64] &^= 1 << (doc % 64) }
func (s docSet) has(doc uint32) bool { return s == nil || s[doc/64]&(1<<(doc%64)) != 0 }

// fill puts the first documents into an empty set.
func (s docSet) fill(docs uint32) {
	for i := range s[:docs/64] {
		s[i] = ^uint64(0)
	}
	if docs%64 != 0 {
		s[docs/64] = 1<<(docs%64) - 1
	}
}

func (s docSet) empty() bool {
	for _, word := range s {
		if word != 0 {
			return false
		}
	}
	return true
}

func (s docSet) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

func (s docSet) and(t docSet) {
	t = t[:len(s)]
	for i := range s {
		s[i] &= t[i]
	}
}

func (s docSet) or(t docSet) {
	t = t[:len(s)]
	for i := range s {
		s[i] |= t[i]
	}
}

func (s docSet) andNot(t docSet) {
	t = t[:len(s)]
	for i := range s {
		s[i] &^= t[i]
	}
}

// countBoth is the number of documents in both sets.
func (s docSet) countBoth(t docSet) int {
	n := 0
	for i, word := range s {
		n += bits.OnesCount64(word & t[i])
	}
	return n
}

// each calls f for every document of the set, ascending.
func (s docSet) each(f func(doc uint32)) {
	for n, word := range s {
		for word != 0 {
			f(uint32(n*64 + bits.TrailingZeros64(word)))
			word &= word - 1
		}
	}
}

// appendDocs appends the documents of the set, each with base added.
func (s docSet) appendDocs(to []uint32, base uint32) []uint32 {
	for n, word := range s {
		for word != 0 {
			to = append(to, base+uint32(n*64+bits.TrailingZeros64(word)))
			word &= word - 1
		}
	}
	return to
}

// from is the index of the first document that is at least doc in an ascending list. It gallops: it is mostly near.
func from(docs []uint32, doc uint32) int {
	bound := 1
	for bound < len(docs) && docs[bound] < doc {
		bound *= 2
	}
	low := bound / 2
	high := min(bound+1, len(docs))
	return low + sort.Search(high-low, func(i int) bool { return docs[low+i] >= doc })
}
