package extract

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

func TestModelSurvivesStorage(t *testing.T) {
	one := &Model{Features: 3, Bias: -0.5, Trees: []Tree{{{Feature: 2, Right: 2, Value: 1.5}, {Feature: Leaf, Value: -1}, {Feature: Leaf, Value: 2}}}}
	m := &Models{First: one, Second: &Model{Features: 4, Bias: 1}}
	var b bytes.Buffer
	if err := m.Encode(&b); err != nil {
		t.Fatal(err)
	}
	got, err := ParseModels(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, got); diff != "" {
		t.Errorf("ParseModels(Encode) (-want +got)\n%s", diff)
	}
	if low, high := got.First.Probability([]float32{0, 0, 1}), got.First.Probability([]float32{0, 0, 2}); low >= 0.5 || high <= 0.5 {
		t.Errorf("probability = %v and %v, want below and above one half", low, high)
	}
}

func TestParseModelsRefusesDamage(t *testing.T) {
	var b bytes.Buffer
	circle := &Model{Features: 1, Trees: []Tree{{{Feature: 0, Right: 0}, {Feature: Leaf}}}}
	if err := (&Models{First: circle, Second: circle}).Encode(&b); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"a circle": b.Bytes(), "nothing": nil, "a cut file": bodyModels[:len(bodyModels)/2], "another format": []byte("opedgbt1........")} {
		if _, err := ParseModels(data); err == nil {
			t.Errorf("ParseModels(%s) gives no error", name)
		}
	}
}

// FuzzParseModels holds that models that are read can be asked: no walk leaves a tree or turns in it.
func FuzzParseModels(f *testing.F) {
	var b bytes.Buffer
	small := &Model{Features: 2, Trees: []Tree{{{Feature: 1, Right: 2}, {Feature: Leaf}, {Feature: Leaf}}}}
	if err := (&Models{First: small, Second: small}).Encode(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(_ *testing.T, data []byte) {
		m, err := ParseModels(data)
		if err != nil {
			return
		}
		for _, one := range []*Model{m.First, m.Second} {
			one.Probability(make([]float32, one.Features))
		}
	})
}

func TestNewRefusesModelsOfOtherFeatures(t *testing.T) {
	if _, err := New(WithModels(&Models{First: &Model{Features: 3}, Second: &Model{Features: numSecond}})); err == nil {
		t.Error("New gives no error")
	}
}

func TestVectorsHaveTheModelsLengths(t *testing.T) {
	e := newTestExtractor(t)
	for _, name := range []string{"wordpress.html", "tables.html", "denied.html"} {
		for want, first := range map[int]*Model{numFeatures: nil, numSecond: e.models.First} {
			blocks, err := e.Blocks(readPage(t, name), first)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range blocks {
				if len(b.Features) != want {
					t.Fatalf("%s: %d features of %q, want %d", name, len(b.Features), b.Text, want)
				}
			}
		}
	}
}

func TestWithoutModelsTheLinearScorerReadsTheBody(t *testing.T) {
	e, err := New(WithModels(nil))
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
