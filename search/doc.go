// Package search answers requests: a Searcher turns a Request into Results over the published index generation. One
// executor walks the matching documents once and gives the exact total, the best hits, the facet counts and the date
// histogram together; marks in snippets and full texts come from package match, which gives the same tree the same
// meaning on the text of one article.
package search
