// Package extract reads articles out of pages: corpus.Page in, corpus.Article out.
//
// An HTML page is parsed once. Every fact has a small reader of its own over that one tree (headline, authors,
// dates, type, ...), each a cascade from what a publication states for machines (JSON-LD, meta elements, microdata)
// down to what it prints for people. What no reader is sure of stays empty: an empty field is honest, a guessed one
// is not.
//
// The body comes from a site recipe where there is one (see Recipe), else from trained models that judge the page's
// text blocks (see Models), and from JSON-LD where the page shows no text without its scripts. Text is only ever copied:
// each block of a body stands on the page in these words.
//
// A page that holds no article (a cookie wall, "Access denied", a list of other articles) is told by its
// corpus.Quality and is not an error.
//
// Pages are hostile: input is bounded in size, tree depth and number of blocks, and no bytes make the package panic.
// It knows neither the network nor the Store.
package extract
