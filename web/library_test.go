package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"oped/corpus"
	"oped/search"
	"oped/search/query"
)

// library is a small archive in memory: enough of a searcher to browse by. A query matches where each of its words is part
// of the article's text.
type library struct {
	articles []*corpus.Article
	err      error // returned by every search, if set
	closed   bool  // not ready
	asked    []search.Request
}

func (l *library) Ready() bool { return !l.closed }

func (l *library) Search(_ context.Context, r search.Request) (*search.Results, error) {
	l.asked = append(l.asked, r)
	if l.err != nil {
		return nil, l.err
	}
	words, err := l.words(r)
	if err != nil {
		return nil, err
	}
	all := l.find(words, r, "")
	found, others := foldCopies(all, r)
	start := r.Offset
	if r.Cursor != "" {
		if start, err = strconv.Atoi(r.Cursor); err != nil {
			return nil, &search.RequestError{Field: "Cursor", Value: r.Cursor, Problem: "is not a cursor"}
		}
	}
	limit := cmp.Or(r.Limit, search.DefaultLimit)
	end := min(start+limit, len(found))
	res := &search.Results{
		Generation: "g1", Total: len(all), Groups: len(found), Took: 3 * time.Millisecond, Histogram: bins(all), Interval: search.IntervalYear,
		Reading: search.Reading{Input: r.Query, Parsed: r.Query, Words: strings.Join(words, " and ")},
	}
	if len(words) == 0 {
		res.Reading.Words = "all articles"
	}
	if slices.Contains(words, "ferries") && !r.NoVariants {
		res.Reading.AlsoSearched = []search.Variant{{Word: "ferries", Also: []search.Count{{Word: "Feries", Articles: 3}, {Word: "<b>", Articles: 1}}}}
	}
	for _, a := range found[min(start, end):end] {
		hit := l.hit(a, words, r.NoSnippets)
		hit.Others = others[a.ID]
		hit.Copies = len(hit.Others)
		res.Hits = append(res.Hits, hit)
	}
	if end < len(found) {
		res.NextCursor = strconv.Itoa(end)
	}
	fields := r.Facets
	if fields == nil {
		fields = search.FacetFields()
	}
	for _, field := range fields {
		res.Facets = append(res.Facets, l.facet(field, words, r))
	}
	return res, nil
}

func (l *library) Count(ctx context.Context, r search.Request) (int, error) {
	res, err := l.Search(ctx, search.Request{Query: r.Query, Within: r.Within, Filters: r.Filters, From: r.From, To: r.To, NoSnippets: true})
	if err != nil {
		return 0, err
	}
	return res.Total, nil
}

// Spellings knows one word that is often spelt wrongly.
func (l *library) Spellings(_ context.Context, word string) ([]search.Spelling, error) {
	if word == "harbor" {
		return []search.Spelling{{Word: "harbour", Articles: len(l.articles), Edits: 1}}, nil
	}
	return nil, nil
}

func (l *library) words(r search.Request) ([]string, error) {
	var words []string
	for _, q := range append([]string{r.Query}, r.Within...) {
		if _, err := query.Parse(q, query.Options{}); err != nil {
			return nil, err
		}
		words = append(words, strings.Fields(strings.ToLower(strings.ReplaceAll(q, `"`, " ")))...)
	}
	return words, nil
}

func (l *library) find(words []string, r search.Request, leave search.FacetField) []*corpus.Article {
	var found []*corpus.Article
	for _, a := range l.articles {
		text := strings.ToLower(a.Headline + "\n" + a.Standfirst + "\n" + a.Text())
		missing := slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
		if !missing && passes(a, r, leave) {
			found = append(found, a)
		}
	}
	slices.SortStableFunc(found, func(a, b *corpus.Article) int { return b.Published.Time.Compare(a.Published.Time) })
	if r.Sort == search.SortOldest {
		slices.Reverse(found)
	}
	return found
}

// foldCopies gives the first of each group of copies, and the others by the ID of the first.
func foldCopies(all []*corpus.Article, r search.Request) (first []*corpus.Article, others map[corpus.ID][]*corpus.Article) {
	others = map[corpus.ID][]*corpus.Article{}
	for _, a := range all {
		i := slices.IndexFunc(first, func(f *corpus.Article) bool { return a.Group != 0 && f.Group == a.Group })
		if i < 0 || r.NoFold {
			first = append(first, a)
		} else {
			others[first[i].ID] = append(others[first[i].ID], a)
		}
	}
	return first, others
}

func passes(a *corpus.Article, r search.Request, leave search.FacetField) bool {
	day := query.Day(a.Published.Day())
	if (r.From != "" && day < r.From) || (r.To != "" && (day == "" || day > r.To)) {
		return false
	}
	for field, filter := range r.Filters {
		if field == leave {
			continue
		}
		has := func(v string) bool { return slices.Contains(facetValuesOf(a, field), v) }
		if len(filter.Include) > 0 && !slices.ContainsFunc(filter.Include, has) || slices.ContainsFunc(filter.Exclude, has) {
			return false
		}
	}
	return true
}

func facetValuesOf(a *corpus.Article, field search.FacetField) []string {
	one := func(v string) []string {
		if v == "" {
			return []string{search.NoValue}
		}
		return []string{v}
	}
	switch field {
	case search.FacetAuthor:
		if len(a.Authors) == 0 {
			return one("")
		}
		return a.AuthorNames()
	case search.FacetPublication:
		return one(a.Publication)
	case search.FacetType:
		return one(string(a.Type))
	case search.FacetSection:
		return one(a.Section)
	case search.FacetYear:
		return one(yearOf(a))
	case search.FacetLanguage:
		return one(a.Language)
	case search.FacetAccess:
		return one(string(a.Access))
	case search.FacetLength:
		if len(a.Text()) > 100*len(a.Authors) {
			return one("400-799")
		}
		return one("2000+")
	default:
		return one("")
	}
}

func (l *library) facet(field search.FacetField, words []string, r search.Request) search.Facet {
	counts := map[string]int{}
	for _, a := range l.find(words, r, field) {
		for _, v := range facetValuesOf(a, field) {
			if p := strings.ToLower(r.FacetPrefix[field]); strings.Contains(" "+strings.ToLower(v), " "+p) {
				counts[v]++
			}
		}
	}
	f := search.Facet{Field: field, Distinct: len(counts)}
	for v, n := range counts {
		chosen := r.Filters[field]
		f.Values = append(f.Values, search.FacetValue{
			Value: v, Count: n, Included: slices.Contains(chosen.Include, v), Excluded: slices.Contains(chosen.Exclude, v),
		})
	}
	slices.SortFunc(f.Values, func(a, b search.FacetValue) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value))
	})
	f.Values = f.Values[:min(len(f.Values), cmp.Or(r.FacetLimit, search.DefaultFacetLimit))]
	return f
}

func bins(found []*corpus.Article) []search.Bin {
	counts := map[int]int{}
	for _, a := range found {
		if !a.Published.IsZero() {
			counts[a.Published.Time.Year()]++
		}
	}
	var out []search.Bin
	for year, n := range counts {
		out = append(out, search.Bin{Year: year, Count: n})
	}
	slices.SortFunc(out, func(a, b search.Bin) int { return a.Year - b.Year })
	return out
}

func (l *library) hit(a *corpus.Article, words []string, bare bool) search.Hit {
	hit := search.Hit{ID: a.ID, Score: 1, Article: a}
	if bare {
		return hit
	}
	hit.Headline, hit.Standfirst = markWords(a.Headline, words), markWords(a.Standfirst, words)
	for i, block := range a.Body {
		spans := markWords(block.Text, words)
		if len(hit.Snippets) < 2 && slices.ContainsFunc(spans, func(s search.Span) bool { return s.Match }) {
			hit.Snippets = append(hit.Snippets, search.Snippet{Segment: "body", Block: i, Spans: spans, MoreAfter: true})
		}
	}
	return hit
}

func (l *library) Mark(_ context.Context, a *corpus.Article, r search.Request) (*search.Marked, error) {
	words, err := l.words(r)
	if err != nil {
		return nil, err
	}
	m := plainMarked(a)
	for _, spans := range [][][]search.Span{{m.Headline}, {m.Standfirst}, m.Blocks, {m.AuthorNote}, m.Corrections} {
		for i := range spans {
			spans[i] = markWords(text(spans[i]), words)
		}
	}
	m.Headline, m.Standfirst = markWords(a.Headline, words), markWords(a.Standfirst, words)
	return m, nil
}

func markWords(s string, words []string) []search.Span {
	var spans []search.Span
	for s != "" {
		at, length := len(s), 0
		for _, w := range words {
			if i := strings.Index(strings.ToLower(s), w); i >= 0 && i < at {
				at, length = i, len(w)
			}
		}
		if at > 0 {
			spans = append(spans, search.Span{Text: s[:at]})
		}
		if length > 0 {
			spans = append(spans, search.Span{Text: s[at : at+length], Match: true})
		}
		s = s[at+length:]
	}
	return spans
}

func (l *library) Article(_ context.Context, id corpus.ID) (*corpus.Article, error) {
	for _, a := range l.articles {
		if a.ID == id {
			return a, nil
		}
	}
	return nil, fmt.Errorf("corpus: read article %q: %w", id, corpus.ErrNotFound)
}

func (l *library) Version(ctx context.Context, id corpus.ID, version int) (*corpus.Article, error) {
	a, err := l.Article(ctx, id)
	if err != nil || version > a.Version {
		return nil, corpus.ErrNotFound
	}
	older := *a
	older.Version = version
	return &older, nil
}

func (l *library) Versions(ctx context.Context, id corpus.ID) ([]corpus.Article, error) {
	a, err := l.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	var versions []corpus.Article
	for n := 1; n <= a.Version; n++ {
		v := *a
		v.Version, v.Body = n, nil
		versions = append(versions, v)
	}
	return versions, nil
}

func (l *library) Copies(_ context.Context, id corpus.ID, limit int) ([]*corpus.Article, int, error) {
	a, err := l.Article(context.Background(), id)
	if err != nil || a.Group == 0 {
		return nil, 0, err
	}
	all := slices.DeleteFunc(slices.Clone(l.articles), func(o *corpus.Article) bool { return o.Group != a.Group })
	slices.SortFunc(all, func(a, b *corpus.Article) int { return a.Published.Time.Compare(b.Published.Time) })
	return all[:min(limit, len(all))], len(all), nil
}

func (l *library) Lookup(_ context.Context, url string) (corpus.ID, error) {
	for _, a := range l.articles {
		if a.URL == url {
			return a.ID, nil
		}
	}
	return "", corpus.ErrNotFound
}

// newLibrary makes an archive of n articles that differ in every facet, the first one richer than the others.
func newLibrary(n int) *library {
	l := &library{}
	papers := []string{"The Harbour Gazette", "Northern Courier", "Le Matin de la Côte", "Valley Observer"}
	authors := []string{"Jane Doe", "Amara Okafor", "Tomas van der Berg", "Rosa Lindqvist", "Piet Halloran"}
	types := []corpus.Type{corpus.TypeOpEd, corpus.TypeColumn, corpus.TypeEditorial, corpus.TypeLetter, ""}
	topics := []string{"The harbour tax", "A road nobody needs", "What the library knew", "In praise of slow ferries", "Against the new tariff"}
	for i := range n {
		url := fmt.Sprintf("https://paper%d.example/opinion/%d", i%4, i)
		a := &corpus.Article{
			ID: corpus.IDFromURL(url), Version: 1, Seq: uint64(i + 1), URL: url, Publication: papers[i%4],
			Headline:   fmt.Sprintf("%s, again: part %d", topics[i%5], i+1),
			Standfirst: "The council says there is no money for the harbour. There is; it has been spent on consultants.",
			Authors:    []corpus.Author{{Name: authors[i%5]}},
			Published:  corpus.Date{Time: time.Date(2005+(i*i+i*5)%21, time.Month(i%12+1), i%28+1, 0, 0, 0, 0, time.UTC), Source: "jsonld"},
			Section:    "Opinion", Type: types[i%5], Language: "en", Captured: time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC),
			Body: []corpus.Block{
				{Kind: corpus.Paragraph, Text: "Every spring the harbour silts up, and every spring the council discovers it anew. The dredger is hired at short notice, at twice the price, and the harbour tax rises to pay for the surprise."},
				{Kind: corpus.Heading, Level: 2, Text: "Who pays"},
				{Kind: corpus.Paragraph, Text: "Small boats pay by the metre; the cruise lines pay by arrangement. Nobody has seen the arrangement. When I asked for it I was told that it was commercially sensitive, which is what people say when it is embarrassing."},
				{Kind: corpus.Quote, Text: "A tax that nobody can read is not a tax but a toll on patience."},
				{Kind: corpus.Paragraph, Text: "There is a remedy, and it costs nothing: publish the arrangement, and let the harbour speak for itself."},
			},
		}
		l.articles = append(l.articles, a)
	}
	if n > 0 {
		first := l.articles[0]
		first.Version, first.Access, first.Kicker = 2, corpus.AccessPartial, "Comment"
		first.AuthorNote = "Jane Doe is a fellow at the Institute for Harbours."
		first.Corrections = []string{"An earlier version of this column misstated the depth of the harbour."}
		first.TypeReason, first.Tags = `the headline is labelled "OpEd"`, []string{"harbours", "tax"}
	}
	if n > 2 {
		l.articles[2].Published, l.articles[2].Authors = corpus.Date{}, nil
	}
	return l
}
