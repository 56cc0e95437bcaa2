package search

import (
	"math/bits"
	"sort"
)

// windowDocs is how many documents are decided at a time: their bits fit the first-level cache together with their scores.
const windowDocs = 4096

// window is a set of documents of one window.
type window [windowDocs / 64]uint64

func (w *window) set(i uint32)   { w[i/64] |= 1 << (i % 64) }
func (w *window) unset(i uint32) { w[i/64] &^= 1 << (i % 64) }

func (w *window) empty() bool {
	for _, word := range w {
		if word != 0 {
			return false
		}
	}
	return true
}

func (w *window) count() int {
	n := 0
	for _, word := range w {
		n += bits.OnesCount64(word)
	}
	return n
}

func (w *window) and(v *window) {
	for i := range w {
		w[i] &= v[i]
	}
}

func (w *window) or(v *window) {
	for i := range w {
		w[i] |= v[i]
	}
}

func (w *window) andNot(v *window) {
	for i := range w {
		w[i] &^= v[i]
	}
}

// each calls f for every document of the set, ascending.
func (w *window) each(f func(i uint32)) {
	for n, word := range w {
		for word != 0 {
			f(uint32(n*64 + bits.TrailingZeros64(word)))
			word &= word - 1
		}
	}
}

// docSet is a set of documents of a segment as bits; nil means all of them.
type docSet []uint64

func newDocSet(docs int) docSet { return make(docSet, (docs+63)/64) }

func (s docSet) set(doc uint32)      { s[doc/64] |= 1 << (doc % 64) }
func (s docSet) unset(doc uint32)    { s[doc/64] &^= 1 << (doc % 64) }
func (s docSet) has(doc uint32) bool { return s == nil || s[doc/64]&(1<<(doc%64)) != 0 }

// window is the part of the set from a document on, which must begin a window, of docs documents in all.
func (s docSet) window(base, docs uint32) window {
	var w window
	n := min(docs-base, windowDocs)
	if s != nil {
		copy(w[:], s[base/64:])
		return w
	}
	for i := range w {
		if from := uint32(i * 64); from+64 <= n {
			w[i] = ^uint64(0)
		} else if from < n {
			w[i] = 1<<(n-from) - 1
		}
	}
	return w
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
