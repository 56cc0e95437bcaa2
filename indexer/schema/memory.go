package schema

import "sync"

// The tokens of an article take twenty times the room of its text, and are mostly needed for a moment only. Release says
// that the moment has passed, so that the next article can use the same memory. Whoever does not call it loses nothing
// else.

// maxKeptTokens bounds what is kept for the next article: a few times what a long one needs.
const maxKeptTokens = 1 << 14

var tokenMemory sync.Pool // of *[]Token

// takeTokens is an empty slice with room for so many tokens.
func takeTokens(room int) []Token {
	if room > smallText && room <= maxKeptTokens {
		if kept, ok := tokenMemory.Get().(*[]Token); ok && cap(*kept) >= room {
			return (*kept)[:0]
		}
		room += room / 4
	}
	return make([]Token, 0, room)
}

// smallText is the number of tokens up to which a slice of them is not worth keeping.
const smallText = 256

// Release gives the memory of the tokens back. Neither d.Tokens nor a slice of them may be used any more.
func (d *Document) Release() {
	for s, tokens := range d.Tokens {
		if Segment(s) == Lead || cap(tokens) <= smallText || cap(tokens) > 2*maxKeptTokens {
			continue
		}
		clear(tokens)
		tokenMemory.Put(&tokens)
	}
	d.Tokens = [numSegments][]Token{}
}
