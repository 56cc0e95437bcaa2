// Package query reads what people type. Parse turns text into a tree with one meaning, a reading of it in words
// ("Searched as ..."), and warnings; what it cannot read becomes a SyntaxError that says where, what was expected and
// the nearest query that is valid. The package knows neither index nor article: search/match says what a tree means for
// one article, and search runs it on an index.
//
// # Grammar
//
// The order of binding is that of Nexis (and, for AND and OR, of Google), here from the loosest to the tightest:
//
//	query    = [ "NOT" ] all { [ "AND" ] "NOT" all }
//	all      = near { [ "AND" ] near }
//	near     = either { [ "NOT" ] distance either }    smallest W/n first, then /s, /p, /seg; equal ones from the left
//	either   = item { "OR" item }
//	item     = "-" primary | primary
//	primary  = word | "words" | "(" query ")" | name ":" value | NAME "(" query ")" | "ATLEAST" n primary | date | length
//	distance = "W/" n | "PRE/" n | "AROUND(" n ")" | "/s" | "/p" | "/seg"
//	value    = word | "words" | "(" query ")"
//	date     = "date" ( "is" | "aft" | "bef" | ">" | ... ) day | "last" n "days"
//	length   = "LENGTH" ( ">" | ">=" | "=" | "<=" | "<" ) n
//
// A query in the manner of Nexis, which is one that holds W/n, PRE/n, /s, /p, /seg, ATLEASTn, NAME( ) or a word ending in
// "!", differs in two ways: "and", "or" and "not" are operators in lower case too, and bare words side by side are a phrase.
// Otherwise words side by side are joined by AND. A backslash makes a mere sign of the next character, and a mere word of
// the operator that it begins.
//
// # Canonical form
//
// Print writes a tree so that Parse reads an equal tree from it, for every tree that Parse makes: operators in capitals,
// all groups in brackets, dates as days. Links, saved searches and repairs are written so.
package query
