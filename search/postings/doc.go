// Package postings reads the dictionaries and postings of index segments.
//
// Segments that are files are read as they lie in memory, in the format of the engine's zap version 17 (see zap.md there);
// the engine's own iterators, which make an object of each posting and walk to a document through all that precede it,
// take several times as long. Segments of another kind, such as those that are not on disk yet, are read through these
// iterators. Both give the same, which the tests hold.
//
// Positions are those that indexer/schema packs into codes and locations. The lead, which has no field in the index, is read
// as one all the same: out of the body's, up to where a mark says that it ends.
package postings
