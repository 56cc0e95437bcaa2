package evaluate

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Overlap compares a predicted text with the true one by runs of four words: what share of what was found is right
// (Precision), what share of what is right was found (Recall), and whether the words are the very same (Exact).
type Overlap struct {
	Precision, Recall float64
	Exact             bool
	// Empty is true where nothing was predicted; Precision then says nothing.
	Empty bool
}

// F1 is the harmonic mean of precision and recall.
func (o Overlap) F1() float64 { return f1(o.Precision, o.Recall) }

func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// runWords is the length of the runs that are compared, as in the published benchmarks of article extraction.
const runWords = 4

// CompareBody compares two texts; their case counts, their punctuation does not.
func CompareBody(got, want string) Overlap {
	g, w := words(got), words(want)
	gr, wr := runs(g), runs(w)
	right, extra, missing := 0, 0, 0
	for k, n := range wr {
		right += min(n, gr[k])
		missing += max(0, n-gr[k])
	}
	for k, n := range gr {
		extra += max(0, n-wr[k])
	}
	o := Overlap{Empty: len(gr) == 0, Exact: strings.Join(g, " ") == strings.Join(w, " ")}
	o.Precision, o.Recall = ratio(right, extra, missing), ratio(right, missing, extra)
	return o
}

// ratio is right/(right+wrong); where nothing is wrong it is 1, even of nothing, if the other side agrees.
func ratio(right, wrong, other int) float64 {
	switch {
	case wrong == 0 && (right > 0 || other == 0):
		return 1
	case right == 0:
		return 0
	}
	return float64(right) / float64(right+wrong)
}

// words are runs of letters, digits and underscores.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_'
	})
}

func runs(w []string) map[string]int {
	set := map[string]int{}
	if len(w) == 0 {
		return set
	}
	if len(w) < runWords {
		set[strings.Join(w, " ")]++
		return set
	}
	for i := 0; i+runWords <= len(w); i++ {
		set[strings.Join(w[i:i+runWords], " ")]++
	}
	return set
}

// fold makes two printings of one line equal: compatibility forms, case, quotes and punctuation apart.
func fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("'’‘`´", r):
			return -1
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return r
		}
		return ' '
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// foldName is fold for names: accents do not count either.
func foldName(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	s = fold(s)
	for _, lead := range []string{"by ", "von ", "par ", "por ", "written by "} {
		s = strings.TrimPrefix(s, lead)
	}
	return s
}
