package schema

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"oped/corpus"
)

// TestPositionsReadBack puts terms at positions near and far, few and many, into an index and reads them again.
func TestPositionsReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 7))
	var text strings.Builder
	want := map[string][]int32{}
	for position := int32(1); position <= 40_000; position++ {
		term := fmt.Sprint("t", int(r.ExpFloat64()*50)*r.IntN(100))
		want[term] = append(want[term], position)
		text.WriteString(term + " ")
	}
	a := &corpus.Article{ID: "aaaabbbbccccdddd", Body: []corpus.Block{{Kind: corpus.Paragraph, Text: text.String()}}}
	segment := newIndex(t, a).(*scorch.IndexSnapshot).Segments()[0].Segment()
	dict, err := segment.Dictionary("body")
	if err != nil {
		t.Fatal(err)
	}
	lengths := map[int]bool{}
	for term, positions := range want {
		list, err := dict.PostingsList([]byte(term), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		p, err := list.Iterator(true, true, true, nil).Next()
		if err != nil || p == nil {
			t.Fatal(term, p, err)
		}
		if got := AppendPositions([]int32{-1}, code(p), p); !slices.Equal(got[1:], positions) || got[0] != -1 || Frequency(code(p)) != len(positions) {
			t.Errorf("%s: got %v, frequency %d, want %v", term, got, Frequency(code(p)), positions)
		}
		// One sentence of 40,000 words is the lead.
		if got := LeadFrequency(code(p), 40_000); got != len(positions) {
			t.Errorf("%s: %d times in the lead, want %d", term, got, len(positions))
		}
		lengths[min(len(positions), 5)] = true
	}
	if len(lengths) != 5 {
		t.Errorf("terms occur %v times only", lengths)
	}
}
