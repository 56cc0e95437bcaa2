package synth

import (
	"iter"

	"oped/corpus"
)

// Generator makes articles. It is safe for concurrent use.
type Generator struct{ world *world }

// New returns the Generator of a seed. It takes some tens of milliseconds, to make the world that all articles of the
// seed share.
func New(seed uint64) *Generator { return &Generator{newWorld(seed)} }

// Article makes the article of a number, counted from 0: the same whenever it is asked for. The article is the caller's
// and passes as one that was extracted from a page; ID, version and sequence number are left to the Store.
func (g *Generator) Article(n int) *corpus.Article {
	r := stream(g.world.seed, uint64(n)<<8|'a')
	w := &writer{random: r, world: g.world, n: n}
	return w.article()
}

// Articles are the articles numbered from begin up to, but not including, end; one at a time is in memory.
func (g *Generator) Articles(begin, end int) iter.Seq[*corpus.Article] {
	return func(yield func(*corpus.Article) bool) {
		for n := begin; n < end; n++ {
			if !yield(g.Article(n)) {
				return
			}
		}
	}
}
