package extract

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

func TestModelSurvivesStorage(t *testing.T) {
	m := &Model{Features: 3, Bias: -0.5, Trees: []Tree{{{Feature: 2, Right: 2, Value: 1.5}, {Feature: Leaf, Value: -1}, {Feature: Leaf, Value: 2}}}}
	var b bytes.Buffer
	if err := m.Encode(&b); err != nil {
		t.Fatal(err)
	}
	got, err := ParseModel(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, got); diff != "" {
		t.Errorf("ParseModel(Encode) (-want +got)\n%s", diff)
	}
	if low, high := got.Probability([]float32{0, 0, 1}), got.Probability([]float32{0, 0, 2}); low >= 0.5 || high <= 0.5 {
		t.Errorf("probability = %v and %v, want below and above one half", low, high)
	}
}

func TestParseModelRefusesDamage(t *testing.T) {
	var b bytes.Buffer
	circle := &Model{Features: 1, Trees: []Tree{{{Feature: 0, Right: 0}, {Feature: Leaf}}}}
	if err := circle.Encode(&b); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"a circle": b.Bytes(), "nothing": nil, "a cut file": bodyModel[:len(bodyModel)/2], "another format": []byte("opedgbt0........")} {
		if _, err := ParseModel(data); err == nil {
			t.Errorf("ParseModel(%s) gives no error", name)
		}
	}
}

func TestNewRefusesAModelOfOtherFeatures(t *testing.T) {
	if _, err := New(WithModel(&Model{Features: 3})); err == nil {
		t.Error("New gives no error")
	}
}

func TestVectorsHaveTheModelsLength(t *testing.T) {
	e := newTestExtractor(t)
	for _, name := range []string{"wordpress.html", "tables.html", "denied.html"} {
		blocks, err := e.Blocks(readPage(t, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range blocks {
			if len(b.Features) != numFeatures {
				t.Fatalf("%s: %d features of %q, want %d", name, len(b.Features), b.Text, numFeatures)
			}
		}
	}
}

func TestWithoutAModelTheLinearScorerReadsTheBody(t *testing.T) {
	e, err := New(WithModel(nil))
	if err != nil {
		t.Fatal(err)
	}
	a, err := e.Extract(readPage(t, "wordpress.html"))
	if err != nil {
		t.Fatal(err)
	}
	if n := countBody(a.Body); n < 150 || a.Body[0].Kind != corpus.Paragraph {
		t.Errorf("%d words were found", n)
	}
}
