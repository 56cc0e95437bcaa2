package similar

import "slices"

const (
	// shingleWords is the length of the shingles that texts are compared by. Shorter ones are shared by texts that have
	// nothing else in common, longer ones do not survive that a word here and there is changed.
	shingleWords = 4
	// shortWords is the length below which a text is only a copy of one that is equal: two letters of a few lines share
	// half of their shingles when they share a salutation.
	shortWords = 50
	// leastWords is the length below which a text is a copy of nothing: captions and notices are equal by the thousand.
	leastWords = 10

	// leastResemblance and leastContainment are what two texts must share to be copies; see the package comment.
	leastResemblance = 0.5
	leastContainment = 0.7
)

// Text is a text made ready to be compared. It is not safe for concurrent use.
type Text struct {
	words    int
	whole    uint64   // hash of all words in their order
	shingles []uint64 // hashes, in the order of the text until sorted
	sorted   bool
	sketch   Sketch
}

// wordBytes is about the length of a word with the space after it, for room.
const wordBytes = 5

// Read makes the parts of a text ready, which are read as one after the other.
func Read(parts ...string) *Text {
	bytes := 0
	for _, part := range parts {
		bytes += len(part)
	}
	t := &Text{shingles: make([]uint64, 0, bytes/wordBytes+1)}
	r := reader{text: t}
	for _, part := range parts {
		r.read(part)
	}
	return t
}

// Words is the number of words. In scripts without spaces every character counts as one.
func (t *Text) Words() int { return t.words }

// Comparable reports whether the text is long enough to be a copy of another.
func (t *Text) Comparable() bool { return t.words >= leastWords }

// CopyOf reports whether two texts are copies of one another. It is symmetric, but not transitive: the first and the last
// of a chain of copies may have little in common.
func (t *Text) CopyOf(o *Text) bool {
	if !t.Comparable() || !o.Comparable() {
		return false
	}
	if t.whole == o.whole && t.words == o.words {
		return true
	}
	if t.words < shortWords || o.words < shortWords {
		return false
	}
	resemblance, containment := t.Compare(o)
	return resemblance >= leastResemblance && containment >= leastContainment
}

// Compare gives the share of the shingles of both that are in both (resemblance), and the share of the shingles of the
// one with fewer that are in the other (containment). Texts of fewer words than a shingle share nothing.
func (t *Text) Compare(o *Text) (resemblance, containment float64) {
	t.sort()
	o.sort()
	a, b := t.shingles, o.shingles
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both), float64(both) / float64(min(len(a), len(b)))
}

// sort makes a set of the shingles.
func (t *Text) sort() {
	if !t.sorted {
		slices.Sort(t.shingles)
		t.shingles = slices.Compact(t.shingles)
		t.sorted = true
	}
}
