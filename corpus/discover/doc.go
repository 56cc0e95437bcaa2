// Package discover reads the addresses of articles out of what sites publish for that purpose: feeds (RSS, Atom,
// JSON), sitemaps and indexes of them, home pages, and plain lists.
//
// It only reads: bytes in, entries out, in the order in which they stand, one at a time. Whoever calls it fetches,
// removes what is known and keeps the rest. A sitemap of any length is read in flat memory; the other formats are read
// whole, up to a limit. All input is taken for hostile: size, depth, decompression and numbers are bounded, and a
// document that breaks off gives what stood before the break, and an error.
package discover
