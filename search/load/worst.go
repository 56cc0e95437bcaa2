package load

import (
	"strings"

	"oped/search"
)

// Worst makes the dearest searches that are allowed: commonest words near each other, in one sentence, many times over;
// words that stand for many others; and long lists of alternatives. They are valid, and an unkind reader can send them.
// The error is as that of Classes.
func Worst(s *Sample, seed uint64, requests int) ([]search.Request, error) {
	index := newWordIndex(s)
	if len(index.byShare[0]) == 0 {
		return nil, errNoWords(s)
	}
	c := &chooser{Sample: s, index: index, random: random(seed, "worst"), used: map[string]bool{}}
	c.made = 1 // words as they are typed: where one stands, it is certain to be common
	var out []search.Request
	for n := range requests {
		out = append(out, search.Request{Query: worst[n%len(worst)](c)})
	}
	return out, nil
}

// commonest are words that most articles hold.
var commonest = band{0.5, 1}

// The kinds of Worst.
var worst = []func(*chooser) string{
	func(c *chooser) string { return strings.Join(c.words(8, commonest), " /s ") },
	func(c *chooser) string { return strings.Join(c.words(6, commonest), " W/50 ") },
	func(c *chooser) string { return c.word(often)[:3] + "* W/50 " + c.word(often)[:3] + "*" },
	func(c *chooser) string { return strings.Join(c.words(40, common), " OR ") },
	func(c *chooser) string {
		return either(c.words(12, commonest)) + " W/30 " + either(c.words(12, commonest))
	},
	func(c *chooser) string { return "NOT " + strings.Join(c.words(4, common), " NOT W/20 ") },
	func(c *chooser) string {
		return "ATLEAST3(" + c.word(commonest) + ") AND " + c.word(often)[:3] + "* /p " + c.word(commonest)
	},
}

// either is a group of alternatives.
func either(words []string) string {
	return "(" + strings.Join(words, " OR ") + ")"
}
