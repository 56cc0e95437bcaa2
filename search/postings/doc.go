// Package postings reads the dictionaries and postings of index segments.
//
// Segments that are files are read as they lie in memory, in the format of the engine's zap version 17 (see zap.md there);
// the engine's own iterators, which make an object of each posting and walk to a document through all that precede it,
// take several times as long. Segments of another kind, such as those that are not on disk yet, are read through these
// iterators. Both give the same, which the tests hold.
//
// Positions are those that indexer/schema packs into frequencies and locations.
package postings
