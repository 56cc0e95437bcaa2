// Package similar tells which texts are copies of one another: the column that five papers print under headlines of their
// own, each a little cut or with a note of its own. It knows texts only, in any language, and keeps nothing.
//
// # When two texts are copies
//
// A text is the set of its shingles: every four words that follow one another, in lower case, without punctuation. In
// scripts without spaces every character is a word. With A and B such sets (Broder, "On the resemblance and containment of
// documents", 1997),
//
//	resemblance = |A ∩ B| / |A ∪ B|        containment = |A ∩ B| / min(|A|, |B|)
//
// Two texts are copies when their resemblance is at least 0.5 and their containment at least 0.7. Of 112 million pairs of
// 15,000 news articles from 490 outlets, eleven are. All eleven are one text in two places, or the same report a day
// later. Below, resemblance from 0.41 to 0.51 with containment under 0.7 is that of different articles around the same
// long captions and notices. A syndicated column, once edited, measures 0.6 and more; one cut to less than half is not
// recognised.
//
// Texts of under 50 words are copies only when all their words are equal, and texts of under ten words never.
//
// # How copies are found
//
// A Sketch holds the least hash of a text's shingles under each of 24 functions. Two texts share such a minimum with a
// probability that is their resemblance (Broder et al., "Min-wise independent permutations", 1998). Two minima make a key,
// so that texts of resemblance r share one of the twelve keys with probability 1 - (1-r²)^12: 0.97 for r = 0.5, 0.995 for
// 0.6, 0.9997 for 0.7. Unrelated texts hardly ever do: the 15,000 articles shared 600 keys by chance. So a table of keys
// finds the few candidates; CopyOf, on the texts themselves, decides.
package similar
