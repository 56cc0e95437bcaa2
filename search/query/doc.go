// Package query reads what people type. Parse turns text into a tree with one meaning, a reading of it in words
// ("Searched as ..."), and warnings; what it can not read becomes a SyntaxError that says where, what was expected and
// the nearest query that is valid. The package knows neither index nor article: search/match says what a tree means for
// one article, and search runs it on an index.
package query
