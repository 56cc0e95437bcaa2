package search

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/postings"
	"oped/search/spelling"
)

// Bounds of learning how names are spelt.
const (
	// promptDocs is the size up to which a generation is learnt from before it answers; that of a larger one goes on
	// beside, as it reads some thousand articles.
	promptDocs = 2000
	// learntWhole is the size up to which a generation teaches the words of whole texts.
	learntWhole = 20_000
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
	v = spelling.Learn(l)
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

// learner tells spelling.Learn what a snapshot holds: how words are written by the marks that the index has, and what stands
// beside the few that are names by the articles themselves.
type learner struct {
	ctx      context.Context // of the generation: learning ends with it
	snapshot *snapshot
	texts    Texts
	err      error
}

// firstLetter is the first string that words of letters begin with: a walk from here on passes by all numbers.
const firstLetter = "a"

// Words yields the words of the bodies, once for each segment that has them. Of a large archive it yields those of the
// headlines: most words of the bodies are misprints and the like there, and a name that many articles have stands in some headline.
func (l *learner) Words(yield func(string) bool) {
	n := 0
	each := func(word string) error {
		if n++; n%4096 == 0 && l.ctx.Err() != nil || !yield(word) {
			return errEnough
		}
		return nil
	}
	text := schema.Body
	if l.snapshot.docs > learntWhole {
		text = schema.Headline
	}
	for _, v := range l.snapshot.segments {
		if err := v.fields[text.String()].EachTerm(nil, firstLetter, each); err != nil {
			if !errors.Is(err, errEnough) {
				l.err = err
			}
			return
		}
	}
}

// errEnough ends a walk.
var errEnough = errors.New("search: enough words")

// Articles is the number of articles with a word; versions that have been replaced may count.
func (l *learner) Articles(word string) int {
	n := 0
	for _, v := range l.snapshot.segments {
		n += l.list(v, word).Count()
	}
	return n
}

// Use looks at a few articles with a word.
func (l *learner) Use(word string) spelling.Use {
	var u spelling.Use
	var places, capitals []int32
	l.eachUse(word, func(v *segmentView, docs []uint32) {
		at, marks := l.list(v, word).Cursor(), l.list(v, schema.CapitalMark).Cursor()
		for _, doc := range docs {
			if err := errors.Join(at.Seek(doc), marks.Seek(doc)); err != nil {
				l.err = err
				return
			}
			places = at.Positions(places[:0])
			u.Seen += len(places)
			if !marks.OK || marks.Doc != doc {
				continue
			}
			capitals = marks.Positions(capitals[:0])
			for _, place := range places {
				if _, ok := slices.BinarySearch(capitals, place); ok {
					u.Capital++
				}
			}
		}
	})
	return u
}

// Beside looks at the texts of a few articles with a word.
func (l *learner) Beside(word string) map[string]int {
	beside := map[string]int{}
	l.eachUse(word, func(v *segmentView, docs []uint32) {
		for _, a := range l.articles(v, docs) {
			if a != nil {
				look(beside, word, schema.Analyze(a).Tokens[schema.Body])
			}
		}
	})
	return beside
}

// eachUse calls f with the first learntArticles documents that have a word, segment by segment. German ones are passed by:
// there every noun has a capital.
func (l *learner) eachUse(word string, f func(v *segmentView, docs []uint32)) {
	left := learntArticles
	for _, v := range l.snapshot.segments {
		if left == 0 || l.ctx.Err() != nil || l.err != nil {
			return
		}
		var docs []uint32
		at := l.list(v, word).Cursor()
		for err := at.Seek(0); at.OK && len(docs) < left; err = at.Next() {
			if l.err = err; err != nil {
				return
			}
			if v.live.has(at.Doc) && v.columns.lang(at.Doc) != "de" {
				docs = append(docs, at.Doc)
			}
		}
		if left -= len(docs); len(docs) > 0 {
			f(v, docs)
		}
	}
}

// list is the list of a term of the bodies in a segment; one that cannot be read is empty.
func (l *learner) list(v *segmentView, term string) *postings.List {
	list, err := v.fields[schema.Body.String()].List(term)
	if err != nil {
		l.err = err
		return &postings.List{}
	}
	return list
}

// articles are those of some documents; one that cannot be read teaches nothing.
func (l *learner) articles(v *segmentView, docs []uint32) []*corpus.Article {
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

// look counts the names that stand beside a word in a text.
func look(beside map[string]int, word string, tokens []schema.Token) {
	for i, t := range tokens {
		if t.Exact != word {
			continue
		}
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(tokens) && tokens[j].Capital && tokens[j].Sentence == t.Sentence {
				beside[tokens[j].Exact]++
			}
		}
	}
}
