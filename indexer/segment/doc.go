// Package segment writes the segments of an index: the same files that bleve's own engine writes and any bleve reads,
// made several times as fast.
//
// Bleve keeps an index as segments in the format zap, version 17, and lets the maker of segments be plugged in. The stock
// one builds a hash map for every field of every document and looks every term up three times. Here a document comes as
// numbers (Field): whoever made it has numbered the terms once and for all (Lexicon), so that a batch of documents is
// turned into lists of documents per term by counting and placing, without a look-up. Opening, reading and merging stay
// with the stock engine, and so does every batch with a document that is not made of Fields.
//
// # What is in a segment
//
// Stored fields, one entry per document: a list of (field, type, begin, length), the ID, and the values together,
// compressed. Then, per field, for each term in order: the frequencies and norms, in chunks, which hold the codes of the
// postings (Code); the locations, in chunks; where those two are, and the documents as a roaring bitmap. Then the dictionary
// of the field, a finite state transducer from terms to where they are; a term that one document has may have its posting
// there. Last, the fields with their options and places.
package segment
