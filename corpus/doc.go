// Package corpus is the archive that everything else is derived from: what was fetched (Page), what was read
// out of it (Article), and the Store that keeps every version of both.
//
// The Store is the only truth. An index can be deleted and rebuilt from it to the same answers, and a better
// extraction rule can be applied to the kept pages with the network off. Every change to an article gets the next
// number of one monotonic sequence, so "what is new?" is one comparison.
//
// Articles with nearly the same text, as syndicated columns are, share the number of a group (Article.Group); Store.Copies
// lists them, the first published first.
//
// The package knows neither the network nor the search engine: fetching is in corpus/fetch, extraction in
// corpus/extract, indexing in indexer.
package corpus
