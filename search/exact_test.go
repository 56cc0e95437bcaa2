package search

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/query"
)

var (
	requestsFlag = flag.Int("requests", 600, "number of random requests whose answers are compared with a reference")
	archiveFlag  = flag.Int("archive", 400, "number of articles that the requests are made of")
)

// perTree is how many requests are made of one tree: scanning for it is what takes time.
const perTree = 4

// TestAnswersAreThoseOfTheReference compares whole answers - total, groups, order with scores, facets, histogram, pages by
// offset and cursor - with those of a reference that looks at every article and computes everything the plain way. The
// large comparison, which takes the better part of an hour, is
//
//	go test ./search -run AnswersAreThoseOfTheReference -requests 10000 -archive 20000 -timeout 2h
func TestAnswersAreThoseOfTheReference(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	dir := filepath.Join(t.TempDir(), "index")
	a := newArchiveIn(t, dir)
	m := requestMaker{treeMaker{maker{r}}}
	inGroups(a, m.maker, *archiveFlag)
	a.reopen(dir)
	s := a.searcher(Config{Timeout: time.Minute, division: division{stretchDocs: 64, helpedWork: 1}})
	ref := newReference(t, a, s)
	some, hits, requests := 0, 0, *requestsFlag
	if testing.Short() { // as with the race detector, which needs no more to see all code run
		requests /= 4
	}
	for n := range requests {
		if n%1000 == 999 {
			t.Logf("%d requests, no difference", n+1)
		}
		if n%perTree == 0 {
			ref.evaluate(m.tree(1 + m.IntN(3)))
		}
		request := m.request()
		compared := ref.compare(s, request, m.Rand)
		if hits += compared; compared > 0 && len(ref.matching) < len(a.docs) {
			some++
		}
	}
	t.Logf("%d requests over %d articles, %d with some hits but not all articles; %d hits compared", requests, len(a.docs), some, hits)
	if some < requests/3 {
		t.Errorf("only %d of %d requests found some but not all articles: too few to test anything", some, requests)
	}
}

// requestMaker makes everything of a request but the query.
type requestMaker struct{ treeMaker }

func (m requestMaker) request() Request {
	r := Request{Limit: 1 + m.IntN(MaxLimit), FacetLimit: 1 + m.IntN(12), NoSnippets: true, NoFold: m.IntN(2) == 0,
		Sort: []Sort{SortRelevance, SortRelevance, SortNewest, SortOldest, SortLongest}[m.IntN(5)]}
	if m.IntN(3) == 0 {
		r.Offset = m.IntN(200)
	}
	if m.IntN(4) == 0 {
		r.Facets = slices.DeleteFunc(FacetFields(), func(FacetField) bool { return m.IntN(2) == 0 })
	}
	values := map[FacetField][]string{
		FacetPublication: {"Harbour Gazette", "Le Phare", "The Nation", NoValue}, FacetSection: {"Opinion", "Foreign Affairs", NoValue},
		FacetAuthor: {"Jane Doe", "Dia Bornstein", "Émile Zola", "Putin Smith", "John Tax", NoValue}, FacetType: {"op-ed", "column", "letter", NoValue},
		FacetYear: {"2014", "2016", "2017", NoValue}, FacetLanguage: {"en", "fr", "ru", NoValue}, FacetAccess: {"partial", NoValue, "nothing"},
		FacetLength: append(schema.LengthBuckets(), NoValue),
	}
	r.Filters, r.FacetPrefix = map[FacetField]Filter{}, map[FacetField]string{}
	for _, field := range FacetFields() {
		var f Filter
		for range max(0, m.IntN(6)-3) {
			f.Include = append(f.Include, m.pick(values[field]...))
		}
		for range max(0, m.IntN(7)-5) {
			f.Exclude = append(f.Exclude, m.pick(values[field]...))
		}
		if m.IntN(2) == 0 && len(f.Include)+len(f.Exclude) > 0 {
			r.Filters[field] = f
		}
		if m.IntN(12) == 0 {
			r.FacetPrefix[field] = m.pick("o", "the", "Émi", "zo", "20", "x")
		}
	}
	return r
}

// reference answers requests by looking at every article.
type reference struct {
	*archive
	langs      []string
	mean       [schema.NumSegments]float64
	terms      map[corpus.ID]*[schema.NumSegments]map[string]int // how often each index term occurs
	vocabulary map[string]bool                                   // all of terms
	tree       query.Node
	facets     map[corpus.ID]map[FacetField][]string
	// of the tree of the moment
	program  *match.Program
	matching []corpus.ID
	ranked   []rankedTerm
	scores   map[corpus.ID]float64 // without closeness
	accepted map[*match.Leaf]map[string]bool
}

func newReference(t testing.TB, a *archive, s *Searcher) *reference {
	t.Helper()
	_, snap, release, err := s.view()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	ref := &reference{archive: a, langs: snap.langs, facets: map[corpus.ID]map[FacetField][]string{}, terms: map[corpus.ID]*[schema.NumSegments]map[string]int{},
		vocabulary: map[string]bool{}}
	words := map[schema.Segment]int{}
	for id, d := range a.docs {
		ref.facets[id] = facetsOf(d)
		ref.terms[id] = new([schema.NumSegments]map[string]int)
		for n, tokens := range d.Tokens {
			ref.terms[id][n] = termsOf(d.Language, schema.Segment(n), tokens)
			for form := range ref.terms[id][n] {
				ref.vocabulary[form] = true
			}
			words[schema.Segment(n)] += len(tokens)
		}
	}
	for _, n := range schema.Segments() {
		mean := typicalLength[n]
		if words[n] > 0 {
			mean = float64(words[n]) / float64(len(a.docs))
		}
		ref.mean[n] = math.Pow(1.05, math.Round(math.Log(max(mean, 0.1))/math.Log(1.05)))
	}
	return ref
}

func termsOf(lang string, s schema.Segment, tokens []schema.Token) map[string]int {
	count := map[string]int{}
	for i := range tokens {
		forms := map[string]bool{tokens[i].Exact: true}
		for _, also := range tokens[i].Also {
			forms[also] = true
		}
		if s.Stemmed() && tokens[i].Stem != tokens[i].Exact {
			forms[schema.StemTerm(lang, tokens[i].Stem)] = true
		}
		for form := range forms {
			count[form]++
		}
	}
	return count
}

// evaluate finds and ranks all articles that match a tree.
func (ref *reference) evaluate(tree query.Node) {
	ref.t.Helper()
	ref.tree, ref.matching = tree, ref.scan(ref.t, tree)
	var err error
	if ref.program, err = match.Compile(tree, ref.langs); err != nil {
		ref.t.Fatalf("compile %+v: %v", tree, err)
	}
	ref.ranked, ref.accepted = nil, map[*match.Leaf]map[string]bool{}
	scores := map[corpus.ID]float32{}
	var keys []string
	for i := range ref.program.Leaves {
		keys = append(keys, ref.program.Leaves[i].Key())
	}
	for _, i := range rankedLeaves(ref.program, keys) {
		leaf := &ref.program.Leaves[i]
		weights := map[corpus.ID]float32{}
		for id, d := range ref.docs {
			if w := ref.weight(leaf, id, d.Language); w > 0 {
				weights[id] = w
			}
		}
		if len(weights) == 0 {
			continue
		}
		t := rankedTerm{leaf: i, df: len(weights), idf: rarity(leaf, len(weights), len(ref.docs))}
		ref.ranked = append(ref.ranked, t)
		for id, w := range weights {
			scores[id] += t.idf * saturate(w)
		}
	}
	ref.scores = map[corpus.ID]float64{}
	for id, score := range scores {
		ref.scores[id] = float64(score)
	}
}

// weight is what the occurrences of a leaf in an article are worth, before saturation.
func (ref *reference) weight(leaf *match.Leaf, id corpus.ID, lang string) float32 {
	sum := float32(0)
	for _, as := range segmentsOf(leaf.Scope) {
		terms := leaf.Terms
		if leaf.Expands() {
			terms = nil
			for form := range ref.terms[id][as] {
				if form >= schema.MarkPrefixEnd && ref.expandsTo(leaf, form) {
					terms = append(terms, match.Term{Text: form})
				}
			}
			slices.SortFunc(terms, func(a, b match.Term) int { return cmp.Compare(a.Text, b.Text) })
		}
		for i := range terms {
			t := &terms[i]
			if !t.In(lang) || t.Stem && !as.Stemmed() {
				continue
			}
			worth := float32(1)
			if t.Stem {
				worth = stemWorth
			} else if t.Doubled && as.Stemmed() {
				worth = 1 - stemWorth
			}
			for _, field := range rankedFields(as) {
				length := len(ref.docs[id].Tokens[field])
				if n := ref.terms[id][field][t.Text]; n > 0 {
					sum += worth * float32(n) * occurrenceWorth(field, float64(length), ref.mean[field])
				}
			}
		}
	}
	return sum
}

// expandsTo tells whether a leaf with a pattern accepts a form. It is asked of every article, hence the memory.
func (ref *reference) expandsTo(l *match.Leaf, form string) bool {
	known := ref.accepted[l]
	if known == nil {
		known = map[string]bool{}
		a := l.Automaton()
		for f := range ref.vocabulary {
			known[f] = a.Matches(f)
		}
		ref.accepted[l] = known
	}
	return known[form]
}

// facetsOf are the values of the facets that an article has.
func facetsOf(d *schema.Document) map[FacetField][]string {
	out := map[FacetField][]string{}
	for _, field := range FacetFields() {
		for _, k := range d.Keywords {
			if k.Field == "k."+string(field) {
				out[field] = append(out[field], k.Value)
			}
		}
		if out[field] == nil {
			out[field] = []string{NoValue}
		}
	}
	return out
}

// failed are the facets whose constraints an article does not meet.
func (ref *reference) failed(id corpus.ID, r *Request) (fields []FacetField) {
	for field, filter := range r.Filters {
		in := func(value string) bool { return slices.Contains(ref.facets[id][field], value) }
		if len(filter.Include) > 0 && !slices.ContainsFunc(filter.Include, in) || slices.ContainsFunc(filter.Exclude, in) {
			fields = append(fields, field)
		}
	}
	return fields
}

// order are the hits of a request, all of them.
func (ref *reference) order(r *Request, ids []corpus.ID) []found {
	var all []found
	of := map[docID]corpus.ID{}
	for _, id := range ids {
		d := ref.docs[id]
		f := found{standing: standing{day: int32(dayNumber(query.Day(d.Article.Published.Day()), 0))}}
		copy(f.id[:], id)
		of[f.id] = id
		switch r.Sort {
		case SortNewest:
			f.key = float64(f.day)
		case SortOldest:
			if f.key = -float64(f.day); f.day == 0 {
				f.key = math.Inf(-1)
			}
		case SortLongest:
			f.key = float64(d.Words)
		default:
			f.key = ref.scores[id]
		}
		all = append(all, f)
	}
	byPlace := func(a, b found) int { return a.compare(&b) }
	slices.SortFunc(all, byPlace)
	if !r.NoFold {
		seen := map[int64]bool{}
		all = slices.DeleteFunc(all, func(f found) bool {
			group := ref.docs[of[f.id]].Article.Group
			again := group != 0 && seen[group]
			seen[group] = true
			return again
		})
	}
	if best := all[:min(rankedHits, len(all))]; r.Sort == SortRelevance {
		r := newReranker(ref.program, ref.ranked, ref.mean[schema.Body])
		for i := range best {
			best[i].key += ref.bonus(r, best[i].key, of[best[i].id])
		}
		slices.SortFunc(best, byPlace)
	}
	return all
}

// bonus is what an article among the best scores beyond the sum of its words.
func (ref *reference) bonus(r *reranker, score float64, id corpus.ID) float64 {
	positions := func(leaf int, s schema.Segment) []int32 { return ref.positions(leaf, id, s) }
	closeness := 0.0
	for _, p := range r.pairs {
		closeness += p.idf * closenessWorth * r.closeness(p, positions)
	}
	best := 0.0
	for _, s := range schema.Segments() {
		for at := range ref.docs[id].Tokens[s] {
			sum := 0.0
			for _, t := range ref.ranked {
				within := func(p int32) bool { return int(p) >= at && int(p) <= at+passageWords }
				if len(ref.ranked) > 1 && slices.ContainsFunc(positions(t.leaf, s), within) {
					sum += float64(t.idf)
				}
			}
			best = max(best, sum)
		}
	}
	return score*(r.lengthFactor(ref.docs[id].Words)-1) + closeness + passageWorth*best
}

func (ref *reference) positions(leaf int, id corpus.ID, s schema.Segment) []int32 {
	l, d := &ref.program.Leaves[leaf], ref.docs[id]
	var out []int32
	for _, token := range d.Tokens[s] {
		if l.Scope.Has(s) && ref.accepts(l, &token, s, d.Language) {
			out = append(out, int32(token.Position))
		}
	}
	return out
}

func (ref *reference) accepts(l *match.Leaf, token *schema.Token, s schema.Segment, lang string) bool {
	forms := append([]string{token.Exact}, token.Also...)
	if l.Expands() {
		return slices.ContainsFunc(forms, func(form string) bool { return ref.expandsTo(l, form) })
	}
	if s.Stemmed() && token.Stem != token.Exact {
		forms = append(forms, schema.StemTerm(lang, token.Stem))
	}
	return slices.ContainsFunc(l.Terms, func(t match.Term) bool {
		return slices.Contains(forms, t.Text) && t.In(lang) && (!t.Stem || s.Stemmed())
	})
}

// facet counts the values of a facet.
func (ref *reference) facet(r *Request, field FacetField, failed [][]FacetField) Facet {
	counts := map[string]int{}
	for i, id := range ref.matching {
		if fails := failed[i]; len(fails) == 0 || len(fails) == 1 && fails[0] == field {
			for _, value := range ref.facets[id][field] {
				counts[value]++
			}
		}
	}
	filter, prefix := r.Filters[field], foldPrefix(r.FacetPrefix[field])
	chosen := func(value string) bool {
		return slices.Contains(filter.Include, value) || slices.Contains(filter.Exclude, value)
	}
	var values []string
	shown := func(value string) bool { return prefix == "" || value != NoValue && hasWord(foldValue(value), prefix) }
	for value := range counts {
		if shown(value) || chosen(value) {
			values = append(values, value)
		}
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	out := Facet{Field: field}
	add := func(value string) {
		out.Values = append(out.Values, FacetValue{Value: value, Count: counts[value],
			Included: slices.Contains(filter.Include, value), Excluded: slices.Contains(filter.Exclude, value)})
	}
	for _, value := range values {
		if shown(value) {
			out.Distinct++
		}
		if chosen(value) || shown(value) && out.Distinct <= r.FacetLimit {
			add(value)
		}
	}
	rest := map[string]bool{}
	for _, value := range slices.Concat(filter.Include, filter.Exclude) {
		if counts[value] == 0 {
			rest[value] = true
		}
	}
	for _, value := range slices.Sorted(maps.Keys(rest)) {
		add(value)
	}
	return out
}

// countOf adds up the days of a bin.
func countOf(dates map[query.Day]int, b Bin) int {
	prefix := fmt.Sprintf("%04d-", b.Year)
	if b.Month > 0 {
		prefix += fmt.Sprintf("%02d-", b.Month)
	}
	if b.Day > 0 {
		prefix += fmt.Sprintf("%02d", b.Day)
	}
	n := 0
	for day, count := range dates {
		if strings.HasPrefix(string(day), prefix) {
			n += count
		}
	}
	return n
}

// compare asks the Searcher and compares its answer; it tells how many hits it compared.
func (ref *reference) compare(s *Searcher, r Request, random *rand.Rand) int {
	ref.t.Helper()
	var ids []corpus.ID
	dates, undated := map[query.Day]int{}, 0
	failed := make([][]FacetField, len(ref.matching))
	for i, id := range ref.matching {
		if failed[i] = ref.failed(id, &r); len(failed[i]) > 0 {
			continue
		}
		ids = append(ids, id)
		if ref.docs[id].Article.Published.IsZero() {
			undated++
		} else {
			dates[query.Day(ref.docs[id].Article.Published.Time.Format(time.DateOnly))]++
		}
	}
	order := ref.order(&r, ids)
	res := ask(ref.t, s, ref.tree, r)
	differs := func(what string, got, want any) {
		ref.t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			ref.t.Fatalf("%+v of %+v: %s\n got %+v\nwant %+v", r, ref.tree, what, got, want)
		}
	}
	differs("total", res.Total, len(ids))
	differs("groups", res.Groups, len(order))
	differs("undated", res.Undated, undated)
	bins := 0
	for _, bin := range res.Histogram {
		differs(fmt.Sprintf("bin %+v", bin), bin.Count, countOf(dates, bin))
		bins += bin.Count
	}
	differs("dates", bins, len(ids)-undated)
	facets := r.Facets
	if facets == nil {
		facets = FacetFields()
	}
	for i, field := range facets {
		differs(string(field), res.Facets[i], ref.facet(&r, field, failed))
	}
	at := min(r.Offset, len(order))
	for pages := 0; ; pages++ {
		hits := order[at:min(at+r.Limit, len(order))]
		differs("number of hits", len(res.Hits), len(hits))
		for i, hit := range res.Hits {
			differs(fmt.Sprint("hit ", at+i), hit.ID, hits[i].id.String())
			if r.Sort == SortRelevance {
				differs(fmt.Sprint("score of hit ", at+i), hit.Score, hits[i].key)
			}
		}
		at += len(hits)
		differs("more to come", res.NextCursor != "", at < len(order))
		if res.NextCursor == "" || pages == 4 {
			return at
		}
		r.Offset, r.Cursor, r.Limit = 0, res.NextCursor, 1+random.IntN(MaxLimit)
		res = ask(ref.t, s, ref.tree, r)
	}
}
