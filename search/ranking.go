package search

import (
	"math"

	"oped/indexer/schema"
	"oped/search/match"
)

// Ranking is BM25F: the occurrences of a word in all segments of an article are added up, each segment with a weight of its
// own and for its own length, and the sum is saturated once. The constants are the same for every query and collection.
const (
	saturation = 1.2 // k1: how soon more occurrences stop counting
	// stemWorth is what an occurrence in another form of the word is worth, compared with the form that was typed.
	stemWorth = 0.8
)

// segmentRanks are the weight of each segment and how much its length matters (b). The lead is added to the body.
var segmentRanks = [schema.NumSegments]struct{ weight, b float32 }{
	schema.Headline:   {2.5, 0.4},
	schema.Standfirst: {1.5, 0.4},
	schema.Lead:       {0.5, 0.3},
	schema.Body:       {1, 0.7},
	schema.Byline:     {2.5, 0.2},
	schema.Bio:        {0.3, 0.5},
	schema.Correction: {0.2, 0.5},
	schema.URL:        {1, 0.3},
}

// fieldWeight is what the occurrences of a term in one field of a document add.
func fieldWeight(field schema.Segment, t *match.Term, p posting, st statistics) float32 {
	rank := segmentRanks[field]
	worth := float32(1)
	switch {
	case t.Stem:
		worth = stemWorth
	case t.Doubled && field.Stemmed():
		worth = 1 - stemWorth // the same occurrences are met by a stem as well
	}
	length := 1 - rank.b + rank.b*p.length/st.mean[field]
	return rank.weight * worth * float32(p.freq) / length
}

// saturate turns the sum of weights of a word in a document into its part of the score, before idf.
func saturate(weight float32) float32 { return weight * (saturation + 1) / (weight + saturation) }

// idf is the inverse document frequency of a word that df of n documents have.
func idf(df, n int) float64 {
	return math.Log1p((float64(n-df) + 0.5) / (float64(df) + 0.5))
}
