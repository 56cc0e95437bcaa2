package search

import (
	"context"
	"sync"
	"sync/atomic"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/spelling"
)

// Bounds of learning how names are spelt.
const (
	// promptDocs is the size up to which a generation is learnt from before it answers; that of a larger one goes on
	// beside, as it reads some thousand articles.
	promptDocs = 2000
	// learntArticles is how many articles with a word are looked at.
	learntArticles = 8
)

// learning is what a generation has taught of the spellings of names.
type learning struct {
	known atomic.Pointer[spelling.Variants]

	mu    sync.Mutex
	begun bool
	busy  bool
	over  bool // the generation has been retired
	docs  int  // live ones when it was last learnt
	ended sync.WaitGroup
}

// due reports whether a generation of some size is to be learnt from, now that it is new or has changed by a quarter. Who is
// told so has to do it.
func (l *learning) due(docs int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over || l.busy || l.begun && docs < l.docs+l.docs/4+10 && docs > l.docs/2 {
		return false
	}
	l.begun, l.busy, l.docs = true, true, docs
	l.ended.Add(1)
	return true
}

// done keeps what has been learnt; nil keeps what was known before.
func (l *learning) done(v *spelling.Variants) {
	if v != nil {
		l.known.Store(v)
	}
	l.mu.Lock()
	l.busy = false
	l.mu.Unlock()
	l.ended.Done()
}

// end waits for learning to end, which must have been told to; there will be no more.
func (l *learning) end() {
	l.mu.Lock()
	l.over = true
	l.mu.Unlock()
	l.ended.Wait()
}

// Settle waits until the Searcher has learnt what it learns beside searches, so that measuring does not measure that too.
func (s *Searcher) Settle() {
	g, err := s.acquire()
	if err != nil {
		return
	}
	defer g.done()
	g.names.mu.Lock()
	busy := g.names.busy
	g.names.mu.Unlock()
	if busy {
		g.names.ended.Wait()
	}
}

// learn finds the spellings of names in a generation where that is due.
func (s *Searcher) learn(g *generation, snap *snapshot) {
	if !g.names.due(snap.docs) {
		return
	}
	if snap.docs <= promptDocs {
		g.names.done(s.learnt(g.life, snap))
		return
	}
	snap.users.Add(1)
	go func() {
		defer snap.release()
		g.names.done(s.learnt(g.life, snap))
	}()
}

// learnt are the spellings known from the configuration and from a snapshot; nil where they could not be learnt. That is told
// to nobody: a fault of the index comes back from every search.
func (s *Searcher) learnt(ctx context.Context, snap *snapshot) *spelling.Variants {
	v, err := learnFrom(ctx, snap, s.config.Texts)
	if err != nil {
		return nil
	}
	return s.config.Variants.With(v)
}

func learnFrom(ctx context.Context, snap *snapshot, texts Texts) (v *spelling.Variants, err error) {
	defer recovered(&err)
	l := &learner{ctx: ctx, snapshot: snap, texts: texts}
	v = spelling.Learn(l.words, l.use)
	if l.err != nil {
		return nil, l.err
	}
	return v, ctx.Err()
}

// variants are the spellings of names known in a generation.
func (s *Searcher) variants(g *generation) *spelling.Variants {
	if v := g.names.known.Load(); v != nil {
		return v
	}
	return s.config.Variants
}

// currentVariants are those of the generation of the moment.
func (s *Searcher) currentVariants() *spelling.Variants {
	g, err := s.acquire()
	if err != nil {
		return s.config.Variants
	}
	defer g.done()
	return s.variants(g)
}

// learner tells spelling.Learn what a snapshot holds.
type learner struct {
	ctx      context.Context // of the generation: learning ends with it
	snapshot *snapshot
	texts    Texts
	err      error
}

// words are the words of the bodies, with the number of documents that have each.
func (l *learner) words(yield func(string, int) bool) {
	dict, err := l.snapshot.index.FieldDictRange(schema.Body.String(), []byte(schema.MarkPrefixEnd), nil)
	if err != nil {
		l.err = err
		return
	}
	for n := 0; ; n++ {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			l.err = err
			return
		}
		if n%4096 == 0 && l.ctx.Err() != nil || !yield(entry.Term, int(entry.Count)) {
			return
		}
	}
}

// use looks at a few articles with a word. German ones tell nothing: there every noun has a capital.
func (l *learner) use(word string) spelling.Use {
	u := spelling.Use{Beside: map[string]int{}}
	left := learntArticles
	for _, v := range l.snapshot.segments {
		docs := l.docs(v, word, left)
		left -= len(docs)
		for _, a := range l.articles(v, docs) {
			if a != nil {
				look(&u, word, schema.Analyze(a).Tokens[schema.Body])
			}
		}
	}
	return u
}

// articles are those of some documents; one that cannot be read teaches nothing.
func (l *learner) articles(v *segmentView, docs []uint32) []*corpus.Article {
	if len(docs) == 0 {
		return nil
	}
	ids := make([]corpus.VersionID, len(docs))
	for i, doc := range docs {
		ids[i] = v.columns.article(doc)
	}
	articles, err := l.texts.Articles(l.ctx, ids)
	if err != nil {
		return nil
	}
	return articles
}

// docs are the first documents of a segment with a word.
func (l *learner) docs(v *segmentView, word string, most int) []uint32 {
	if most == 0 || l.ctx.Err() != nil {
		return nil
	}
	dict, err := v.Dictionary(schema.Body.String())
	if err != nil {
		l.err = err
		return nil
	}
	list, err := dict.PostingsList([]byte(word), nil, nil)
	if err != nil {
		l.err = err
		return nil
	}
	var docs []uint32
	for it := list.Iterator(false, false, false, nil); len(docs) < most; {
		p, err := it.Next()
		if err != nil || p == nil {
			l.err = err
			return docs
		}
		if doc := uint32(p.Number()); v.live.has(doc) && v.columns.lang(doc) != "de" {
			docs = append(docs, doc)
		}
	}
	return docs
}

// look adds how a text uses a word.
func look(u *spelling.Use, word string, tokens []schema.Token) {
	for i, t := range tokens {
		if t.Exact != word {
			continue
		}
		u.Seen++
		if t.Capital {
			u.Capital++
		}
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(tokens) && tokens[j].Capital && tokens[j].Sentence == t.Sentence {
				u.Beside[tokens[j].Exact]++
			}
		}
	}
}
