package evaluate_test

import (
	"math"
	"os"
	"testing"

	"oped/corpus"
	"oped/corpus/extract"
	"oped/corpus/extract/evaluate"
)

func TestCompareBody(t *testing.T) {
	for _, tt := range []struct {
		name, got, want   string
		precision, recall float64
		exact             bool
	}{
		{"the same words", "One two, three four five.", "One two three four five", 1, 1, true},
		{"half is missing", "a b c d", "a b c d e", 1, 0.5, false},
		{"something is extra", "a b c d e", "a b c d", 0.5, 1, false},
		{"nothing found", "", "a b c d", 0, 0, false},
		{"nothing to find", "", "", 1, 1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := evaluate.CompareBody(tt.got, tt.want)
			if math.Abs(o.Precision-tt.precision) > 1e-9 || math.Abs(o.Recall-tt.recall) > 1e-9 || o.Exact != tt.exact {
				t.Errorf("CompareBody(%q, %q) = %+v, want precision %v, recall %v, exact %v", tt.got, tt.want, o, tt.precision, tt.recall, tt.exact)
			}
		})
	}
}

func TestCompareScoresFacts(t *testing.T) {
	body := "First paragraph of the piece.\nA heading\nSecond paragraph of the piece."
	signed, unsigned := evaluate.Names{"Jané Doe", "John Roe"}, evaluate.Names{}
	cases := []evaluate.Case{
		{ID: "a", Truth: evaluate.Truth{Body: &body, Title: "It’s time", Authors: &signed, Date: "2020-05-03", Headings: []string{"A heading"},
			Probes: []evaluate.Probe{{Kind: "share", Text: "Share this"}}}},
		{ID: "b", Truth: evaluate.Truth{Title: "Other", Authors: &unsigned, Date: "2020-05-04"}},
	}
	s := evaluate.Compare(cases, map[string]evaluate.Prediction{
		"a": {Body: body + "\nShare this", Title: "It's Time", Authors: []string{"By Jane Doe"}, Date: "2020-05-03"},
		"b": {Title: "Other", Authors: []string{"Somebody Else"}},
	})
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"recall", s.Recall, 1}, {"leak", s.Leak, 1}, {"headings", s.Headings, 1}, {"title", s.Title, 1},
		{"author", s.Author, 2.0 / 3}, {"invented", s.Invented, 1}, {"date", s.Date, 0.5},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("Compare: %s = %v, want %v", c.name, c.got, c.want)
		}
	}
	if s.Bodies != 1 || s.Pages != 2 || s.Exact != 0 {
		t.Errorf("Compare counts = %+v", s)
	}
}

// TestRun scores the shipped extractor over the directory of OPED_EXTRACTION_DIR.
func TestRun(t *testing.T) {
	dir := os.Getenv("OPED_EXTRACTION_DIR")
	if dir == "" {
		t.Skip("OPED_EXTRACTION_DIR is not set")
	}
	cases, err := evaluate.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	s, err := evaluate.Run(e, cases)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%v", s)
}

var _ evaluate.Extractor = (*extract.Extractor)(nil)

func TestPredict(t *testing.T) {
	p := evaluate.Predict(&corpus.Article{Headline: "H", Authors: []corpus.Author{{Name: "Jane Doe"}},
		Body: []corpus.Block{{Kind: corpus.Paragraph, Text: "One."}, {Kind: corpus.Heading, Level: 2, Text: "Two"}}})
	if p.Body != "One.\nTwo" || len(p.Headings) != 1 || p.Authors[0] != "Jane Doe" || p.Date != "" {
		t.Errorf("Predict = %+v", p)
	}
}
