// Package schema is the one thing that writer and reader of an index share: which fields an index has, how text becomes
// terms, and the version of both. A change of meaning here is a new Version, and a new Version is a new generation.
//
// # Segments
//
// An article is cut into Segments (headline, standfirst, body and so on), each a positional field of the index. A field
// holds, at each position of its segment: the exact term of the word; its stem term (StemTerm) where the stem differs
// from the exact form; each of its Also forms as an exact term; CapitalMark and AllCapsMark where the word is so
// written; and, at the last word of each sentence and paragraph, SentenceEnd and ParagraphEnd. The number of its words,
// neither marks nor stems, is said once, by LengthMark. Offsets are not in the index: a reader who needs them analyses the
// text again. The lead has no field: it is the body up to where LeadMark says.
//
// How often and where a term occurs is written in a way of our own, which takes a third of the room that the engine's
// would: Frequency, LeadFrequency and AppendPositions read it. The engine's own phrase queries and scores do not.
//
// # Words
//
// Analyze and AnalyzeText are the only makers of terms. A term is folded: lower case, accents off, full-width forms
// made narrow (see Fold). Beyond that:
//
//   - O'Reilly and O’Reilly are one word, "o'reilly", found as "oreilly" too; a possessive 's is dropped.
//   - French and Italian elisions stand aside: "l'économie" is the word "economie", found as "l'economie" too.
//   - A hyphen divides words: "state-of-the-art" is four. A compound of two is also found joined: "e-mail" as "email".
//   - Dotted initials are one word: U.K. is "uk" and J.K. is "jk". Where that would collide with an English function
//     word the dots stay inside: U.S. is "u.s", a.m. is "a.m". The capitals US mean the same country, so they are
//     "u.s" as well; us stays the pronoun. In a text all in capitals US may be either, and is found as both.
//   - Numbers stay whole: "3.5" is one word, "1,000" is the word "1000".
//   - C++ and C# keep their signs; @name and #tag lose theirs.
//   - Scripts written without spaces (Chinese, Japanese, Thai ...) and Korean are cut into single characters, one
//     position each, so that any string of them is found as a phrase.
//   - A word is cut after 64 characters.
package schema
