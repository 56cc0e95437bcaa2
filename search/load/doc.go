// Package load measures how fast searches are answered. It makes queries of classes that say what they cost (a rare word,
// three common words joined by OR, a phrase, a prefix) out of a sample of the articles that are searched, so that a class
// means the same in every archive, and it asks them in order, one after the other or several at once, and reports
// percentiles.
//
// Everything but times is a function of the sample and a seed: two versions of the program, measured on the same
// articles, answer the same requests.
package load
