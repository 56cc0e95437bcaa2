package search

import (
	"strings"
	"testing"
)

func TestFuzzyWordsAreTold(t *testing.T) {
	a := newArchive(t)
	a.put(piece("a", "Kuril", "Of the Kuril islands."), piece("b", "Islands", "The Kurils and the Kurile question."), piece("c", "Other", "Kurils."))
	s := a.searcher(Config{})
	for in, want := range map[string]string{
		"kurile~1":               "; kurile~1 found as kurils (2), kuril (1), kurile (1)",
		"kurils~2 OR kurils~2":   "; kurils~2 found as kurils (2), kuril (1), kurile (1)",
		`"kurill~1 islands"`:     "; kurill~1 found as kurils (2), kuril (1), kurile (1)",
		"headline:kurile~1":      "; kurile~1 found as kuril (1)",
		"zzzzzz~1":               "",
		"kurils":                 "",
		"NOT kurile~1 AND other": "; kurile~1 found as kurils (2), kuril (1), kurile (1)",
	} {
		res, err := s.Search(t.Context(), Request{Query: in})
		if err != nil {
			t.Fatalf("%s: %v", in, err)
		}
		if _, told, _ := strings.Cut(res.Reading.Words, ";"); strings.TrimSpace(told) != strings.TrimPrefix(want, "; ") {
			t.Errorf("%s is read as %q, want it to end in %q", in, res.Reading.Words, want)
		}
	}
}
