// Package spelling knows how spellings of one word differ: by how many slips of the hand, and by which habits of writing a
// name in another alphabet or another language.
//
// It looks at letters, and knows of an archive what it is told. Words come to it folded, as package schema writes them.
package spelling
