package search

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/query"
)

var (
	articlesFlag = flag.String("articles", "", "archive directory, or gzipped JSON Lines (id, title, body, date, source, author, section, tags), of articles to compare searches on")
	countFlag    = flag.Int("count", 2000, "how many of the articles to take")
)

// TestRealArticles compares searches with scans, and times them, on real articles.
func TestRealArticles(t *testing.T) {
	if *articlesFlag == "" {
		t.Skip("no -articles file given")
	}
	a := newArchive(t)
	loadArticles(t, a, *articlesFlag, *countFlag)
	s := a.searcher(Config{Timeout: time.Minute})
	m := newQuoter(a)
	var searched, scanned time.Duration
	some := 0
	for range *treesFlag {
		tree := m.tree(2)
		began := time.Now()
		got := walk(t, s, tree, Request{Limit: MaxLimit, NoSnippets: true, NoFold: true})
		searched += time.Since(began)
		began = time.Now()
		want := a.scan(t, tree)
		scanned += time.Since(began)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("search for %+v found %d articles, a scan %d; not in both: %v", tree, len(got), len(want), difference(got, want))
		}
		if len(want) > 0 && len(want) < len(a.docs) {
			some++
		}
	}
	t.Logf("%d trees over %d articles, %d found some but not all; all pages searched for in %v, scanned in %v", *treesFlag, len(a.docs),
		some, searched, scanned)
}

// loadStore takes the good articles of an archive, with all their fields.
func loadStore(t *testing.T, a *archive, dir string, count int) {
	t.Helper()
	store, err := corpus.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	list, err := store.List(t.Context(), corpus.ListFilter{Selection: corpus.AcceptedArticles})
	if err != nil {
		t.Fatal(err)
	}
	var batch []*corpus.Article
	for article, err := range list {
		if err != nil || len(batch) == count {
			break
		}
		batch = append(batch, article)
	}
	a.put(batch...)
}

func loadArticles(t *testing.T, a *archive, path string, count int) {
	t.Helper()
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		loadStore(t, a, path, count)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var batch []*corpus.Article
	for decoder := json.NewDecoder(unzipped); decoder.More() && len(a.docs)+len(batch) < count; {
		var line struct {
			ID, URL, Source, Title, Author, Date, Section, Body string
			Tags                                                []string
		}
		if err := decoder.Decode(&line); err != nil {
			t.Fatal(err)
		}
		day, _ := time.Parse(time.DateOnly, line.Date)
		article := &corpus.Article{ID: corpus.IDFromContent(line.ID, ""), Version: 1, URL: line.URL, Publication: line.Source, Headline: line.Title,
			Section: line.Section, Tags: line.Tags, Language: "en", Published: corpus.Date{Time: day}}
		if line.Author != "" {
			article.Authors = []corpus.Author{{Name: line.Author}}
		}
		for _, p := range strings.Split(line.Body, "\n") {
			article.Body = append(article.Body, corpus.Block{Kind: corpus.Paragraph, Text: p})
		}
		if batch = append(batch, article); len(batch) == 1000 {
			a.put(batch...)
			batch = nil
		}
	}
	if len(batch) > 0 {
		a.put(batch...)
	}
}

// quoter makes trees of words as they stand in articles, so that most of them find something.
type quoter struct {
	maker
	docs []*schema.Document
}

func newQuoter(a *archive) quoter {
	q := quoter{maker: maker{newRand(21)}}
	for _, id := range slices.Sorted(maps.Keys(a.docs)) {
		q.docs = append(q.docs, a.docs[id])
	}
	return q
}

// quote is a stretch of n words of some article's body.
func (q quoter) quote(n int) []string {
	for {
		body := q.docs[q.IntN(len(q.docs))].Tokens[schema.Body]
		if len(body) <= n {
			continue
		}
		at := q.IntN(len(body) - n)
		words := make([]string, n)
		for i := range words {
			words[i] = body[at+i].Exact
		}
		return words
	}
}

func (q quoter) operand(text string) query.Node {
	runes := []rune(text)
	switch {
	case q.IntN(6) == 0 && len(runes) > 4:
		return query.Pattern{Text: string(runes[:4]) + "*"}
	case q.IntN(12) == 0 && len(runes) > 5:
		return query.Fuzzy{Text: text, Edits: 1}
	case q.IntN(8) == 0:
		return query.Or{Parts: []query.Node{query.Word{Text: text}, query.Word{Text: q.quote(1)[0], Exact: true}}}
	default:
		return query.Word{Text: text, Exact: q.IntN(2) == 0}
	}
}

func (q quoter) tree(depth int) query.Node {
	if depth > 0 {
		switch q.IntN(10) {
		case 0:
			return query.And{Parts: []query.Node{q.tree(depth - 1), q.tree(0)}, Implied: true}
		case 1:
			return query.Or{Parts: []query.Node{q.tree(depth - 1), q.tree(depth - 1)}}
		case 2:
			return query.And{Parts: []query.Node{q.tree(depth - 1), query.Not{X: q.tree(0)}}}
		case 3:
			field := []query.Field{query.FieldHeadline, query.FieldHlead, query.FieldBody, query.FieldLead}[q.IntN(4)]
			return query.In{Field: field, X: q.operand(q.quote(1)[0])}
		case 4:
			return query.And{Parts: []query.Node{q.tree(depth - 1), q.condition()}}
		case 5:
			return q.nested(q.quote(3 + q.IntN(6)))
		}
	}
	words := q.quote(2 + q.IntN(12))
	left, right := q.operand(words[0]), q.operand(words[len(words)-1])
	switch q.IntN(6) {
	case 0:
		return query.Phrase{Parts: []query.Node{left, query.Gap{}, right}}
	case 1:
		return query.Phrase{Parts: []query.Node{query.Word{Text: words[0], Exact: true}, q.operand(words[1])}}
	case 2:
		return query.Near{Left: left, Right: right, Distance: len(words), Ordered: q.IntN(2) == 0, Negated: q.IntN(4) == 0}
	case 3:
		return query.Within{Left: left, Right: right, Unit: []query.Unit{query.Sentence, query.Paragr}[q.IntN(2)], Negated: q.IntN(4) == 0}
	case 4:
		return query.AtLeast{N: 2 + q.IntN(3), X: left}
	default:
		return left
	}
}

// nested is proximity within proximity of words that stand side by side somewhere.
func (q quoter) nested(words []string) query.Node {
	if len(words) == 1 {
		return q.operand(words[0])
	}
	at := 1 + q.IntN(len(words)-1)
	left, right := q.nested(words[:at]), q.nested(words[at:])
	negated := q.IntN(6) == 0
	switch q.IntN(4) {
	case 0:
		return query.Within{Left: left, Right: right, Unit: []query.Unit{query.Sentence, query.Paragr, query.SegmentOf}[q.IntN(3)], Negated: negated}
	case 1:
		return query.Or{Parts: []query.Node{left, right}}
	case 2:
		return query.Case{Letters: []query.Letters{query.Caps, query.AllCaps, query.NoCaps}[q.IntN(3)], X: query.Phrase{Parts: []query.Node{
			query.Word{Text: words[0]}, query.Word{Text: words[1], Exact: true}}}}
	default:
		return query.Near{Left: left, Right: right, Distance: len(words), Ordered: q.IntN(3) == 0, Negated: negated}
	}
}

// condition is a demand on what is not text, as some article meets it.
func (q quoter) condition() query.Node {
	d := q.docs[q.IntN(len(q.docs))]
	day := query.Day(d.Article.Published.Day())
	value := func(f query.Field, text string) query.Node {
		words := strings.Fields(text)
		if len(words) == 0 {
			return query.Not{X: query.Has{What: "author"}}
		}
		return query.In{Field: f, X: query.Word{Text: words[q.IntN(len(words))]}}
	}
	switch q.IntN(12) {
	case 0:
		return query.Dates{From: day}
	case 1:
		return query.Dates{From: day, To: day}
	case 2:
		return query.Compare{Op: q.pick("<", "<=", "=", ">=", ">"), Value: d.Words}
	case 3:
		return query.Has{What: q.pick("date", "author", "section", "standfirst", "bio", "correction", "tag", "url")}
	case 4:
		return value(query.FieldSection, d.Article.Section)
	case 5:
		return value(query.FieldPublication, d.Article.Publication)
	case 6:
		return value(query.FieldTag, strings.Join(d.Article.Tags, " "))
	case 7:
		return value(query.FieldType, string(d.Article.Type))
	case 8:
		return value(query.FieldLanguage, d.Language)
	case 9:
		return value(query.FieldAccess, string(d.Article.Access))
	case 10:
		u, _ := url.Parse(d.Article.URL)
		return value(query.FieldSite, strings.TrimPrefix(u.Hostname(), "www."))
	default:
		return value(query.FieldByline, strings.Join(d.Article.AuthorNames(), " "))
	}
}
