package relevance

import (
	"math"
	"slices"
)

// Measures are means over topics, each in [0, 1].
type Measures struct {
	NDCG10    float64 // gain = grade, discount = log2(rank+1), as trec_eval's ndcg_cut_10
	MAP       float64 // mean average precision to Depth
	MRR10     float64 // reciprocal rank of the first relevant document within ten, else 0
	P5        float64 // share of the first five that are relevant
	Recall100 float64 // share of the relevant documents within the first hundred
	Topics    int
}

// Evaluate measures a run over every topic with a relevant document; a topic that the run lacks counts 0.
func Evaluate(j Judgments, r Run) Measures {
	var sum Measures
	for topic, grades := range j {
		relevant := j.relevant(topic)
		if relevant == 0 {
			continue
		}
		sum.add(evaluateTopic(grades, relevant, r.ranked(topic)))
	}
	return sum.mean()
}

func (m *Measures) add(o Measures) {
	m.NDCG10 += o.NDCG10
	m.MAP += o.MAP
	m.MRR10 += o.MRR10
	m.P5 += o.P5
	m.Recall100 += o.Recall100
	m.Topics++
}

func (m Measures) mean() Measures {
	if n := float64(m.Topics); n > 0 {
		m.NDCG10, m.MAP, m.MRR10, m.P5, m.Recall100 = m.NDCG10/n, m.MAP/n, m.MRR10/n, m.P5/n, m.Recall100/n
	}
	return m
}

// evaluateTopic measures one topic's ranking; relevant is the number of its relevant documents, above 0.
func evaluateTopic(grades map[string]int, relevant int, docs []Scored) Measures {
	var m Measures
	found := 0
	for i, d := range docs {
		if grades[d.Document] <= 0 {
			continue
		}
		found++
		m.MAP += float64(found) / float64(i+1)
		if i < 5 {
			m.P5 += 1.0 / 5
		}
		if i < 10 && m.MRR10 == 0 {
			m.MRR10 = 1 / float64(i+1)
		}
		if i < 100 {
			m.Recall100 += 1 / float64(relevant)
		}
	}
	m.MAP /= float64(relevant)
	m.NDCG10 = ndcg(grades, docs, 10)
	return m
}

// ndcg is the discounted gain of the first k documents over that of the best possible order.
func ndcg(grades map[string]int, docs []Scored, k int) float64 {
	got := 0.0
	for i, d := range docs[:min(k, len(docs))] {
		got += discounted(max(grades[d.Document], 0), i)
	}
	best := make([]int, 0, len(grades))
	for _, grade := range grades {
		best = append(best, max(grade, 0))
	}
	slices.SortFunc(best, func(a, b int) int { return b - a })
	ideal := 0.0
	for i, grade := range best[:min(k, len(best))] {
		ideal += discounted(grade, i)
	}
	return got / ideal
}

func discounted(grade, index int) float64 { return float64(grade) / math.Log2(float64(index+2)) }
