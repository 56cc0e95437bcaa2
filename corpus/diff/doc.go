// Package diff tells what changed between two versions of an article, word by word, for a reader: which words were taken
// out and which were put in, in the headline, the other parts of the head, and the body block by block.
//
// What only looks different is not a change: white space, typographic quotation marks and apostrophes, kinds of dashes, three
// dots for an ellipsis. Where two texts are the same in this sense, the newer one is shown.
//
// The body is compared twice: first whole blocks with each other, then, between those that are alike, the words of what is
// left, with paragraph ends as words of their own. Both times a shortest script of edits is found (Myers, "An O(ND)
// difference algorithm and its variations", 1986) as long as it has fewer than a thousand edits or so; texts that have less in
// common are shown as one taken out and the other put in, so that no pair of texts costs more than some milliseconds.
package diff
