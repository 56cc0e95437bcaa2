// Package relevance measures rankings against judgments, in the words and file formats of TREC: a topic is a query with an
// identifier, a judgment says how relevant a document is to a topic, a run is what a system returned. It knows nothing of
// how hits are found, so that any ranking can be measured with it.
package relevance
