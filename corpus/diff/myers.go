package diff

// Bounds of one comparison.
const (
	maxEdits = 1000    // memory grows with its square: 4 MB
	maxSteps = 4 << 20 // comparisons of words: some milliseconds
)

// edit is a run of elements that are equal, taken out or put in, with where it begins in the older and the newer list.
type edit struct {
	op       Op
	old, new int
	n        int
}

// edits finds a shortest way from one list to the other, or, where that would take too long, one that takes everything out
// between their common beginning and end.
func edits[T any](older, newer []T, same func(T, T) bool) []edit {
	start := 0
	for start < len(older) && start < len(newer) && same(older[start], newer[start]) {
		start++
	}
	end := 0
	for end < len(older)-start && end < len(newer)-start && same(older[len(older)-1-end], newer[len(newer)-1-end]) {
		end++
	}
	var list []edit
	list = appendEdit(list, edit{Equal, 0, 0, start})
	middle := &myers[T]{older: older[start : len(older)-end], newer: newer[start : len(newer)-end], same: same}
	for _, e := range middle.edits() {
		e.old += start
		e.new += start
		list = appendEdit(list, e)
	}
	return appendEdit(list, edit{Equal, len(older) - end, len(newer) - end, end})
}

// appendEdit adds an edit, to the last one where it goes on with that.
func appendEdit(list []edit, e edit) []edit {
	if e.n == 0 {
		return list
	}
	if last := len(list) - 1; last >= 0 && list[last].op == e.op {
		list[last].n += e.n
		return list
	}
	return append(list, e)
}

// myers is the greedy algorithm: it finds how far one comes on each diagonal with so many edits, until the end is reached.
type myers[T any] struct {
	older, newer []T
	same         func(T, T) bool
	reached      []int32   // by diagonal, shifted by edits+1: the place in older
	trace        [][]int32 // reached, before each number of edits
	steps        int
}

func (m *myers[T]) edits() []edit {
	if len(m.older) > 0 && len(m.newer) > 0 {
		limit := min(maxEdits, len(m.older)+len(m.newer))
		m.reached = make([]int32, 2*limit+3)
		for d := 0; d <= limit && m.steps < maxSteps; d++ {
			// Only the diagonals that d edits have reached are kept.
			m.trace = append(m.trace, append([]int32(nil), m.reached[limit+1-d:limit+2+d]...))
			if m.advance(d, limit+1) {
				return m.back(d)
			}
		}
	}
	return []edit{{Delete, 0, 0, len(m.older)}, {Insert, len(m.older), 0, len(m.newer)}}
}

// advance goes as far as d edits lead on every diagonal and reports whether that is the end.
func (m *myers[T]) advance(d, zero int) bool {
	for k := -d; k <= d; k += 2 {
		var x int
		if down := k == -d || k != d && m.reached[zero+k-1] < m.reached[zero+k+1]; down {
			x = int(m.reached[zero+k+1])
		} else {
			x = int(m.reached[zero+k-1]) + 1
		}
		y := x - k
		for x < len(m.older) && y < len(m.newer) && m.same(m.older[x], m.newer[y]) {
			x, y = x+1, y+1
			m.steps++
		}
		m.steps++
		m.reached[zero+k] = int32(x)
		if x >= len(m.older) && y >= len(m.newer) {
			return true
		}
	}
	return false
}

// back follows the trace from the end to the beginning.
func (m *myers[T]) back(d int) []edit {
	var reverse []edit
	x, y := len(m.older), len(m.newer)
	for ; d > 0; d-- {
		before := m.trace[d] // diagonals -d to d
		at := func(k int) int { return int(before[k+d]) }
		k := x - y
		prev := k - 1
		if k == -d || k != d && at(k-1) < at(k+1) {
			prev = k + 1
		}
		px := at(prev)
		py := px - prev
		fromX, fromY := px, py
		if prev == k+1 {
			fromY++
		} else {
			fromX++
		}
		reverse = append(reverse, edit{Equal, fromX, fromY, x - fromX})
		if prev == k+1 {
			reverse = append(reverse, edit{Insert, px, py, 1})
		} else {
			reverse = append(reverse, edit{Delete, px, py, 1})
		}
		x, y = px, py
	}
	reverse = append(reverse, edit{Equal, 0, 0, x})
	var list []edit
	for i := len(reverse) - 1; i >= 0; i-- {
		list = appendEdit(list, reverse[i])
	}
	return list
}
