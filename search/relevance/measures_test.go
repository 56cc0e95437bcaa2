package relevance_test

import (
	"math"
	"strings"
	"testing"

	"oped/search/relevance"
)

const qrels = `
t1 0 a 2
t1 0 b 1
t1 0 c 0
t2 0 x 1
t3 0 y 0
`

func judgments(t *testing.T) relevance.Judgments {
	t.Helper()
	j, err := relevance.ReadJudgments(strings.NewReader(qrels))
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestEvaluate(t *testing.T) {
	perfect := relevance.Run{"t1": {{"a", 3}, {"b", 2}}, "t2": {{"x", 1}}}
	// t1 finds b second and a third; t2 finds nothing. ndcg(t1) = (1/log2 3 + 2/log2 4) / (2 + 1/log2 3).
	partial := relevance.Run{"t1": {{"c", 9}, {"b", 8}, {"a", 7}}}
	ndcg := (1/math.Log2(3) + 1) / (2 + 1/math.Log2(3))
	for _, tt := range []struct {
		name string
		run  relevance.Run
		want relevance.Measures
	}{
		{"best order", perfect, relevance.Measures{NDCG10: 1, MAP: 1, MRR10: 1, P5: 0.3, Recall100: 1, Topics: 2}},
		{"one topic half right", partial, relevance.Measures{NDCG10: ndcg / 2, MAP: (0.5 + 2.0/3) / 4, MRR10: 0.25, P5: 0.2, Recall100: 0.5, Topics: 2}},
		{"nothing", nil, relevance.Measures{Topics: 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := relevance.Evaluate(judgments(t), tt.run)
			if !near(got, tt.want) {
				t.Errorf("Evaluate = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func near(a, b relevance.Measures) bool {
	const epsilon = 1e-12
	for _, d := range []float64{a.NDCG10 - b.NDCG10, a.MAP - b.MAP, a.MRR10 - b.MRR10, a.P5 - b.P5, a.Recall100 - b.Recall100} {
		if math.Abs(d) > epsilon {
			return false
		}
	}
	return a.Topics == b.Topics
}

func TestTiesFallByIdentifierBackwards(t *testing.T) {
	run := relevance.Run{"t1": {{"a", 1}, {"b", 1}, {"c", 1}}}
	var out strings.Builder
	if err := run.Write(&out, []relevance.Topic{{ID: "t1"}}, "oped"); err != nil {
		t.Fatal(err)
	}
	want := "t1 Q0 c 1 1.000000 oped\nt1 Q0 b 2 1.000000 oped\nt1 Q0 a 3 1.000000 oped\n"
	if out.String() != want {
		t.Errorf("Write = %q, want %q", out.String(), want)
	}
}

func TestReadErrorsNameTheLine(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"too few fields", "t1 0 a 1\nt1 0 a\n", "line 2"},
		{"grade is no number", "t1 0 a high\n", "line 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := relevance.ReadJudgments(strings.NewReader(tt.in))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ReadJudgments(%q) = %v, want an error with %q", tt.in, err, tt.want)
			}
		})
	}
	if _, err := relevance.ReadTopics(strings.NewReader("no tab here\n")); err == nil {
		t.Error("ReadTopics of a line without a tab gave no error")
	}
}

func TestTopicsKeepsTheJudged(t *testing.T) {
	topics := []relevance.Topic{{"t1", "one"}, {"t2", "two"}, {"t3", "three"}, {"t4", "four"}}
	if got := judgments(t).Topics(topics); len(got) != 2 || got[0].ID != "t1" || got[1].ID != "t2" {
		t.Errorf("Topics = %v, want t1 and t2", got)
	}
}
