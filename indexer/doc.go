// Package indexer makes and keeps the search index of a corpus.
//
// An index lives in a directory of generations:
//
//	generations/<utc time>/   one generation: a bleve index and manifest.json
//	building/                 the generation that Rebuild is working on
//	CURRENT                   names the generation that answers, and the one before it
//	lock, build.lock          held by the one that owns the live index, and by the one job that rebuilds
//
// A generation is built beside the live one, verified, and published by renaming the pointer CURRENT; the one before is
// kept for Rollback. The corpus is the truth: an index records the last number of the corpus's change sequence that it
// holds in the same batch as the documents, so that "what is new?" is one comparison and a crash at any instant loses
// nothing.
//
// One process owns the live index (Open): it alone writes to it, and it notices a new generation and moves to it without
// a failed or mixed answer. Rebuild never touches the live index and so runs while it is served.
//
// An index of another schema version answers but is never written to; Status says which command replaces it.
package indexer
