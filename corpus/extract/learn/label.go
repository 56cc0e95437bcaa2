package learn

import (
	"strings"
	"unicode"
)

// Shingles of this many words are compared; the shortest blocks are compared as lines.
const shingle = 4

// A block is body if this share of its shingles stands in the known body.
const covered = 0.6

// Label says of each text, in page order, whether it belongs to body. Where the page holds a text twice (a pull quote
// and its paragraph) only as many are marked as the body has.
func Label(texts []string, body string) []bool {
	l := labeller{left: map[string]int{}, lines: map[string]int{}, lineAt: map[string][]int{}}
	truth := tokens(body)
	l.truth = truth
	for _, s := range shingles(truth) {
		l.left[s]++
	}
	at := 0
	for line := range strings.SplitSeq(body, "\n") {
		w := tokens(line)
		if k := strings.Join(w, " "); k != "" {
			l.lines[k]++
			l.lineAt[k] = append(l.lineAt[k], at)
		}
		at += len(w)
	}
	l.flow = " " + strings.Join(truth, " ") + " "
	l.words = make([][]string, len(texts))
	l.marks = make([]bool, len(texts))
	for i, t := range texts {
		l.words[i] = tokens(t)
	}
	l.align()
	// What stands in another order than in the body is left. Long blocks first: a short one that repeats part of a long one must not use up its shingles.
	for _, least := range []int{40, 16, 6, shingle} {
		l.markLong(least)
	}
	l.markShort()
	return l.marks
}

type labeller struct {
	left   map[string]int // shingles of the body that no block has used up
	lines  map[string]int // lines of the body, likewise
	truth  []string
	lineAt map[string][]int // where each line begins
	flow   string
	words  [][]string
	marks  []bool
}

func (l *labeller) markLong(least int) {
	for i, w := range l.words {
		if l.marks[i] || len(w) < least {
			continue
		}
		list := shingles(w)
		hits := 0
		for _, s := range list {
			if l.left[s] > 0 {
				hits++
			}
		}
		if float64(hits) < covered*float64(len(list)) {
			continue
		}
		l.mark(i)
	}
}

// mark takes a block for body and uses up its words.
func (l *labeller) mark(i int) {
	l.marks[i] = true
	for _, s := range shingles(l.words[i]) {
		if l.left[s] > 0 {
			l.left[s]--
		}
	}
	if k := strings.Join(l.words[i], " "); l.lines[k] > 0 {
		l.lines[k]--
	}
}

// markShort marks blocks too short for shingles: those that are a line of the body, or that stand in the body
// between the words of the marked blocks around them.
func (l *labeller) markShort() {
	first, last := -1, -1
	for i, m := range l.marks {
		if m {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for i, w := range l.words {
		if l.marks[i] || len(w) == 0 || len(w) >= shingle || first < 0 || i < first-2 || i > last+2 {
			continue
		}
		k := strings.Join(w, " ")
		if l.lines[k] > 0 {
			l.lines[k]--
			l.marks[i] = true
			continue
		}
		before, after := l.tail(i), l.head(i)
		if before != "" && after != "" && strings.Contains(l.flow, before+k+after) {
			l.marks[i] = true
		}
	}
}

// tail is the last words of the marked block before i, blank on both sides.
func (l *labeller) tail(i int) string {
	for i--; i >= 0; i-- {
		if l.marks[i] {
			w := l.words[i]
			return " " + strings.Join(w[max(0, len(w)-3):], " ") + " "
		}
	}
	return ""
}

func (l *labeller) head(i int) string {
	for i++; i < len(l.marks); i++ {
		if l.marks[i] {
			w := l.words[i]
			return " " + strings.Join(w[:min(3, len(w))], " ") + " "
		}
	}
	return ""
}

func shingles(words []string) []string {
	if len(words) < shingle {
		return nil
	}
	out := make([]string, 0, len(words)-shingle+1)
	for i := 0; i+shingle <= len(words); i++ {
		out = append(out, strings.Join(words[i:i+shingle], " "))
	}
	return out
}

// tokens are the words of a text in lower case.
func tokens(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}
