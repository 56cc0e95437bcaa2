// Package query reads what people type. Parse turns text into a tree with one meaning, a reading of it in words
// ("Searched as ..."), and warnings; what it cannot read becomes a SyntaxError that says where, what was expected and
// the nearest query that is valid. The package knows neither index nor article: search/match says what a tree means for
// one article, and search runs it on an index.
//
// # Grammar
//
// The order of binding is that of Nexis (and, for AND and OR, of Google): from the loosest to the tightest,
//
//	query   = [ "NOT" ] all { [ "AND" ] "NOT" all }
//	all     = run { "AND" run }
//	run     = near { near }                          side by side: AND, and closeness counts for ranking
//	near    = either { distance either }             smallest W/n first, then /s, /p, /seg; equal ones from the left
//	either  = item { "OR" item }
//	item    = "-" item | "(" query ")" | words in quotes | word | field item | function "(" query ")" | date | length
//
// A query in the manner of Nexis, which is one that holds W/n, /s, ATLEAST, CAPS, SEGMENT( ) or a word ending in "!",
// differs in two ways: "and", "or" and "not" are operators in lower case too, and bare words side by side are a phrase.
package query
