// Package search answers requests: a Searcher turns a Request into Results over the published index generation.
//
// # How a search runs
//
// A plan is a checked Request with one tree for the query, what it was narrowed to and its dates; package match compiles the
// tree. The search then takes the generation's snapshot of the moment and goes through its segments. In each segment an
// executor opens a list of documents for every word and condition. Segments are decided a stretch at a time, as sets of bits:
// first by the lists alone, then, where a part of the tree needs positions, by looking at the places of words in the few
// documents that are left. One collector gets the matching documents of each stretch and keeps the total, the best hits, the
// facet counts and the dates. Facets, filters, dates and orders come from columns that are read once per segment; bleve's
// queries, collectors, facets and highlighter are not used, only its snapshots, dictionaries and postings. Where there is
// much to do and a processor is idle, two workers share the stretches, each with a collector of its own.
//
// Three things keep a search from looking at each document for each purpose. Documents with the same values share rows,
// which are what is counted (see bundles). Where most documents match, the others are counted off the totals. And what no
// document of a block can reach in the order is known, so that only blocks that may hold a good hit are scored.
//
// Copies of one text (corpus.Article.Group) make one hit: a folder sets them aside and offers the first of each group. Totals,
// facets and dates count every article all the same.
//
// The best hits are put in order again by the closeness of their words, and only then are articles fetched, for the marks and
// snippets that match gives from their texts.
//
// Names are found under their other spellings: the plan makes an OR of a bare word and the spellings that package spelling
// knows of it, from a file and from what the generation has taught, before it is compiled. So match marks what the
// executor finds. Results name every spelling that was searched for unasked.
//
// # What it promises
//
// Totals and facet counts are exact. A facet value is counted as often as a click on it would find, also where values of
// the same facet are chosen already. The order of hits is total: score or date, then date, then identifier; it depends
// neither on how the index is cut into segments nor on the order of writing. A search that asks for too much is refused with
// the number; one that takes too long gives a part and says so; nothing else is left out.
package search
