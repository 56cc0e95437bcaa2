package doctor

import (
	"slices"
	"testing"

	"oped/search/query"
)

func TestBylineGivesWayToTheAuthorsNote(t *testing.T) {
	q, err := query.Parse("author:fellow carbon", query.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range loosen(q.Root) {
		got = append(got, query.Print(s.tree))
	}
	if want := []string{"bio:fellow carbon", "fellow carbon"}; !slices.Equal(got, want) {
		t.Errorf("loosen gives %q, want %q", got, want)
	}
}
