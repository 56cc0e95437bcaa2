// Package match gives a query tree its meaning on one document. Compile turns a tree into a Program whose leaves are
// predicates on terms; an Evaluator computes the occurrences of every node from the positions of the leaves. Where the
// positions come from is the caller's matter: the executor of package search reads them from postings, Article from the
// tokens of a text. Both therefore agree by construction, and what is marked in a text is what made it match.
//
// The meaning, where the language leaves a choice:
//
//   - A word outside any segment reaches the headline, standfirst, body, byline, author's note and corrections, as in Nexis;
//     the lead is a part of the body and not counted twice. Addresses are reached by inurl: only.
//   - An occurrence is a stretch of positions in one segment. Proximity pairs occurrences that do not overlap and
//     lie in the same segment; `a w/5 a` so needs the word twice.
//   - AtLeast counts the occurrences that do not overlap one another, from left to right.
//   - A gap in a phrase ("a * b") stands for one to maxGap words.
//   - Wildcards and fuzzy words meet the exact forms of words, never stems.
//   - Demands on capitals hold for every word inside their brackets.
//
// A Program is immutable and safe for concurrent use; an Evaluator and an Automaton are not.
package match
