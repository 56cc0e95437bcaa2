package search

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/query"
)

// archive is a small corpus with its index: the truth that searches are compared with.
type archive struct {
	t     testing.TB
	index bleve.Index
	docs  map[corpus.ID]*schema.Document // the live ones
	all   map[string]*corpus.Article     // by ID and version
}

func newArchive(t testing.TB) *archive { return newArchiveIn(t, "") }

// newArchiveIn has its index in a directory, or in memory where that is empty.
func newArchiveIn(t testing.TB, dir string) *archive {
	t.Helper()
	ix, err := bleve.NewUsing(dir, schema.Mapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		t.Fatalf("open index: %v", err)
	}
	return &archive{t: t, index: ix, docs: map[corpus.ID]*schema.Document{}, all: map[string]*corpus.Article{}}
}

// reopen closes the index and opens it again: all segments are then files.
func (a *archive) reopen(dir string) {
	a.t.Helper()
	err := a.index.Close()
	if err == nil {
		a.index, err = bleve.OpenUsing(dir, map[string]any{"bolt_timeout": "2s"})
	}
	if err != nil {
		a.t.Fatalf("open index again: %v", err)
	}
}

// put adds or replaces articles in one batch, which makes one segment.
func (a *archive) put(articles ...*corpus.Article) {
	a.t.Helper()
	b := a.index.NewBatch()
	for _, article := range articles {
		d := schema.Analyze(article)
		doc, _, err := schema.Prepare(article)
		if err != nil {
			a.t.Fatalf("make document: %v", err)
		}
		if err := b.IndexAdvanced(doc); err != nil {
			a.t.Fatalf("index: %v", err)
		}
		a.docs[article.ID], a.all[fmt.Sprint(article.ID, article.Version)] = d, article
	}
	a.commit(b)
}

func (a *archive) remove(ids ...corpus.ID) {
	a.t.Helper()
	b := a.index.NewBatch()
	for _, id := range ids {
		b.Delete(string(id))
		delete(a.docs, id)
	}
	a.commit(b)
}

func (a *archive) commit(b *bleve.Batch) {
	a.t.Helper()
	totals := schema.Totals{Documents: len(a.docs), Words: map[string]int{}}
	for _, d := range a.docs {
		for s, tokens := range d.Tokens {
			totals.Words[schema.Segment(s).String()] += len(tokens)
		}
	}
	raw, err := json.Marshal(totals)
	if err != nil {
		a.t.Fatalf("write totals: %v", err)
	}
	b.SetInternal([]byte(schema.InternalTotals), raw)
	if err := a.index.Batch(b); err != nil {
		a.t.Fatalf("write batch: %v", err)
	}
}

// Articles implements Texts.
func (a *archive) Articles(_ context.Context, ids []corpus.VersionID) ([]*corpus.Article, error) {
	articles := make([]*corpus.Article, len(ids))
	for i, id := range ids {
		articles[i] = a.all[fmt.Sprint(id.ID, id.Version)]
	}
	return articles, nil
}

// searcher publishes the archive's index.
func (a *archive) searcher(c Config) *Searcher {
	a.t.Helper()
	c.Texts = a
	c.Now = func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }
	s := New(c)
	s.Publish("one", a.index, func() {
		if err := a.index.Close(); err != nil {
			a.t.Errorf("close index: %v", err)
		}
	})
	a.t.Cleanup(func() { s.Publish("none", nil, nil) })
	return s
}

// words by language, with forms of one word, accents, compounds and words that languages share.
var vocabulary = map[string][]string{
	"en": strings.Fields("the of and to carbon tax taxes taxed taxing amend amended amendment amendments e-mail email U.S. us peace " +
		"treaty treaties Putin Kuril Kurile nuclear weapon weapons AIDS aids nation national nations O’Reilly Senate café"),
	"fr": strings.Fields("le la de et l’économie économie économies impôt impôts carbone nation nationale traité paix d’accord " +
		"taxes nucléaire café Poutine"),
	"ru": strings.Fields("и в на договор договора мира мир Путин Курилы ядерный ядерное оружие"),
	"":   strings.Fields("carbon tax taxes nation paix und Vertrag"),
}

var languages = []string{"en", "en", "en", "fr", "ru", ""}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

// maker makes articles out of the vocabulary.
type maker struct{ *rand.Rand }

func (m maker) text(lang string, words int) string {
	var b strings.Builder
	for i := range words {
		word := vocabulary[lang][m.IntN(len(vocabulary[lang]))]
		switch m.IntN(12) {
		case 0:
			word = strings.ToUpper(word)
		case 1:
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		b.WriteString(strings.ToValidUTF8(word, "X"))
		switch {
		case i == words-1:
			b.WriteString(".")
		case m.IntN(7) == 0:
			b.WriteString(". ")
		default:
			b.WriteString(" ")
		}
	}
	return b.String()
}

func (m maker) pick(from ...string) string { return from[m.IntN(len(from))] }

func (m maker) article(n, version int) *corpus.Article {
	lang := languages[m.IntN(len(languages))]
	a := &corpus.Article{
		ID: corpus.IDFromURL(fmt.Sprint("https://example.org/", n)), Version: version, Language: lang,
		URL:         fmt.Sprintf("https://%s/%s/%d", m.pick("www.example.org", "example.org", "gazette.example"), m.pick("opinion", "carbon-tax"), n),
		Publication: m.pick("Harbour Gazette", "Le Phare", "The Nation", ""), Section: m.pick("", "Opinion", "Foreign Affairs"),
		Headline: m.text(lang, 2+m.IntN(4)), Type: corpus.Type(m.pick("", "op-ed", "column", "letter")),
		Access: corpus.Access(m.pick("", "partial")),
	}
	if m.IntN(2) == 0 {
		a.Standfirst = m.text(lang, 1+m.IntN(6))
	}
	for range m.IntN(3) {
		a.Authors = append(a.Authors, corpus.Author{Name: m.pick("Jane Doe", "Dia Bornstein", "Émile Zola", "Putin Smith", "John Tax")})
	}
	if m.IntN(5) > 0 {
		a.Published.Time = time.Date(2014+m.IntN(6), time.Month(1+m.IntN(12)), 1+m.IntN(28), m.IntN(24), 0, 0, 0, time.UTC)
	}
	for range m.IntN(3) {
		a.Tags = append(a.Tags, m.pick("Japan", "far east", "carbon tax", "east"))
	}
	if m.IntN(4) == 0 {
		a.AuthorNote = m.text(lang, 5)
	}
	if m.IntN(6) == 0 {
		a.Corrections = []string{m.text(lang, 4), m.text(lang, 3)}
	}
	for range 1 + m.IntN(4) {
		a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: m.text(lang, 1+m.IntN(40))})
	}
	return a
}

// fill puts n articles in, in several segments, then replaces and removes some.
func (a *archive) fill(m maker, n int) {
	a.t.Helper()
	for from := 0; from < n; from += n / 4 {
		var batch []*corpus.Article
		for i := from; i < min(from+n/4, n); i++ {
			batch = append(batch, m.article(i, 1))
		}
		a.put(batch...)
	}
	var again []*corpus.Article
	var gone []corpus.ID
	for i := range n {
		switch m.IntN(10) {
		case 0:
			again = append(again, m.article(i, 2))
		case 1:
			gone = append(gone, corpus.IDFromURL(fmt.Sprint("https://example.org/", i)))
		}
	}
	a.put(again...)
	a.remove(gone...)
}

// treeMaker makes trees of every operation over the vocabulary.
type treeMaker struct{ maker }

func (m treeMaker) text() string {
	lang := languages[m.IntN(len(languages))]
	return vocabulary[lang][m.IntN(len(vocabulary[lang]))]
}

func (m treeMaker) word() query.Node {
	switch m.IntN(10) {
	case 0:
		return query.Pattern{Text: m.pick("tax*", "nation*", "tre?t*", "*mend*", "économi*", "e-ma*", "до*", "k?ril*", "zzz*")}
	case 1:
		return query.Fuzzy{Text: m.pick("taxs", "treety", "kurile", "putni", "мир"), Edits: 1 + m.IntN(2)}
	case 2, 3:
		return query.Word{Text: m.text(), Exact: true}
	default:
		return query.Word{Text: m.text()}
	}
}

func (m treeMaker) operand(depth int) query.Node {
	if depth == 0 {
		return m.word()
	}
	switch m.IntN(10) {
	case 0, 1:
		return query.Or{Parts: []query.Node{m.operand(depth - 1), m.operand(depth - 1)}}
	case 2:
		return query.Phrase{Parts: []query.Node{m.word(), m.word()}}
	case 3:
		return query.Phrase{Parts: []query.Node{m.word(), query.Gap{}, query.Or{Parts: []query.Node{m.word(), m.word()}}}}
	case 4, 5:
		return query.Near{Left: m.operand(depth - 1), Right: m.operand(depth - 1), Distance: 1 + m.IntN(8),
			Ordered: m.IntN(3) == 0, Negated: m.IntN(4) == 0}
	case 6:
		return query.Within{Left: m.operand(depth - 1), Right: m.operand(depth - 1), Negated: m.IntN(4) == 0,
			Unit: []query.Unit{query.Sentence, query.Paragr, query.SegmentOf}[m.IntN(3)]}
	case 7:
		return query.Case{Letters: []query.Letters{query.Caps, query.AllCaps, query.NoCaps}[m.IntN(3)], X: m.operand(depth - 1)}
	default:
		return m.word()
	}
}

func (m treeMaker) field() query.Node {
	text := []query.Field{query.FieldHeadline, query.FieldStandfirst, query.FieldLead, query.FieldHlead, query.FieldBody,
		query.FieldByline, query.FieldBio, query.FieldCorrection, query.FieldURL}
	word := func(s string) query.Node { return query.Word{Text: s} }
	switch m.IntN(12) {
	case 0:
		return query.In{Field: query.FieldPublication, X: word(m.pick("gazette", "nation", "phare", "le phare"))}
	case 1:
		return query.In{Field: query.FieldTag, X: query.And{Parts: []query.Node{word(m.pick("far", "carbon", "japan")), word(m.pick("east", "tax"))}}}
	case 2:
		return query.In{Field: query.FieldType, X: query.Or{Parts: []query.Node{word("op-ed"), word("letter")}}}
	case 3:
		return query.In{Field: query.FieldSite, X: word(m.pick("example.org", "www.example.org", "ample.org", "Gazette.example"))}
	case 4:
		return query.In{Field: query.FieldLanguage, X: word(m.pick("en", "fr", "ru", "de"))}
	case 5:
		return query.In{Field: query.FieldID, X: word(string(corpus.IDFromURL(fmt.Sprint("https://example.org/", m.IntN(50)))))}
	case 6:
		return query.Compare{Op: m.pick("<", "<=", "=", ">=", ">"), Value: m.IntN(100)}
	case 7:
		return query.Dates{From: query.Day(m.pick("", "2015-03-01", "2016-06-15")), To: query.Day(m.pick("", "2017-01-31", "2016-06-15"))}
	case 8:
		return query.Has{What: m.pick("date", "author", "section", "standfirst", "bio", "correction", "tag", "url")}
	default:
		return query.In{Field: text[m.IntN(len(text))], X: m.tree(1)}
	}
}

func (m treeMaker) tree(depth int) query.Node {
	if depth == 0 {
		return m.operand(2)
	}
	switch m.IntN(10) {
	case 0, 1:
		return query.And{Parts: []query.Node{m.tree(depth - 1), m.tree(depth - 1)}, Implied: m.IntN(2) == 0}
	case 2:
		return query.Or{Parts: []query.Node{m.tree(depth - 1), m.tree(depth - 1)}}
	case 3:
		return query.And{Parts: []query.Node{m.tree(depth - 1), query.Not{X: m.tree(depth - 1)}}}
	case 4:
		return query.Not{X: m.tree(depth - 1)}
	case 5:
		return query.AtLeast{N: 1 + m.IntN(4), X: m.operand(1)}
	case 6, 7:
		return m.field()
	default:
		return m.operand(2)
	}
}

// ask runs a tree as a search.
func ask(t testing.TB, s *Searcher, tree query.Node, r Request) *Results {
	t.Helper()
	r, err := normalize(r)
	if err != nil {
		t.Fatalf("normalize: %v", err)
	}
	p := &plan{Request: r, tree: tree}
	if p.Sort == "" {
		p.Sort = SortRelevance
	}
	if p.cursor, err = readCursor(&p.Request); err != nil {
		t.Fatalf("cursor: %v", err)
	}
	res, err := run(t.Context(), s, p)
	if err != nil {
		t.Fatalf("run %+v: %v", tree, err)
	}
	return res
}

// run answers a plan as it is, without other spellings.
func run(ctx context.Context, s *Searcher, p *plan) (*Results, error) {
	g, snap, release, err := s.view()
	if err != nil {
		return nil, err
	}
	defer release()
	return s.answer(ctx, p, g, snap)
}

// walk asks for all pages.
func walk(t testing.TB, s *Searcher, tree query.Node, r Request) []corpus.ID {
	t.Helper()
	var ids []corpus.ID
	for {
		res := ask(t, s, tree, r)
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		if res.NextCursor == "" {
			return ids
		}
		r.Cursor, r.Offset = res.NextCursor, 0
	}
}
