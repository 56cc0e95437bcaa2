package search

import (
	"maps"
	"math"
	"slices"

	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/postings"
)

// Ranking is BM25F (Robertson, Zaragoza and Taylor, CIKM 2004): the occurrences of a word in all segments of an article are
// added up, each segment with a weight of its own and for its own length, and the sum is saturated once. To the best sums
// rerank adds what the words are worth together. The constants are the same for every query and collection; they were
// chosen on five judged collections together, none of them the best for any one, and both halves of the topics of each
// rank no worse by them than by those before.
const (
	saturation = 2.0 // k1: how soon more occurrences stop counting
	// stemWorth is what an occurrence in another form of the word is worth, compared with the form that was typed.
	stemWorth = 0.5
	// lengthPower takes the edge off differences in length: an article of twice the mean is not half as much about its words.
	lengthPower = 0.65
	// rarityPower makes rare words count for more than idf alone does, which helps where a query has many words.
	rarityPower = 1.25
)

// segmentRanks are the weight of each segment and how much its length matters (b). The lead is added to the body.
var segmentRanks = [schema.NumSegments]struct{ weight, b float64 }{
	schema.Headline:   {4, 0.4},
	schema.Standfirst: {1.5, 0.3},
	schema.Lead:       {0.5, 0.6},
	schema.Body:       {1, 0.9},
	schema.Byline:     {2.5, 0.2},
	schema.Bio:        {0.3, 0.5},
	schema.Correction: {0.2, 0.5},
	schema.URL:        {1, 0.3},
}

// rankedFields are the fields that words of a segment count in: those of the body count in the lead once more.
func rankedFields(s schema.Segment) []schema.Segment {
	if s == schema.Body {
		return []schema.Segment{schema.Body, schema.Lead}
	}
	return []schema.Segment{s}
}

// fieldWeight is what the occurrences of a term in one field of a document add.
func fieldWeight(field schema.Segment, t *match.Term, p postings.Posting, st *statistics) float32 {
	worth := float32(1)
	switch {
	case t.Stem:
		worth = stemWorth
	case t.Doubled && field.Stemmed():
		worth = 1 - stemWorth // the same occurrences are met by a stem as well
	}
	return worth * float32(p.Freq) * st.occurrence(field, p.Length)
}

// occurrence is what one occurrence in a field of some length is worth.
func (st *statistics) occurrence(field schema.Segment, length uint32) float32 {
	if int(length) < len(st.worth[field]) {
		return st.worth[field][length]
	}
	return occurrenceWorth(field, float64(length), st.mean[field])
}

func occurrenceWorth(field schema.Segment, length, mean float64) float32 {
	rank := segmentRanks[field]
	return float32(rank.weight / (1 - rank.b + rank.b*math.Pow(length/mean, lengthPower)))
}

// saturate turns the sum of weights of a word in a document into its part of the score, before idf.
func saturate(weight float32) float32 { return weight * (saturation + 1) / (weight + saturation) }

// idf is the inverse document frequency of a word that df of n documents have, sharpened by rarityPower.
func idf(df, n int) float64 {
	return math.Pow(math.Log1p((float64(n-df)+0.5)/(float64(df)+0.5)), rarityPower)
}

// rarity is what a ranked leaf counts for by itself: its idf. The parts of one word, such as "e-mail", come together and are
// no evidence apart, so each counts less the more they are.
func rarity(leaf *match.Leaf, df, n int) float32 {
	return float32(idf(df, n) / math.Sqrt(float64(leaf.Parts)))
}

// rankedLeaves are the ranked leaves of a program by their place, given their keys. Of a word that stands there twice it is
// the one that counts for more.
func rankedLeaves(program *match.Program, keys []string) []int {
	best := map[string]int{}
	for i, leaf := range program.Leaves {
		if j, ok := best[keys[i]]; leaf.Ranked && (!ok || leaf.Parts < program.Leaves[j].Parts) {
			best[keys[i]] = i
		}
	}
	return slices.Sorted(maps.Values(best))
}
