package doctor

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search"
	"oped/search/match"
	"oped/search/query"
	"oped/search/spelling"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// shelf is an archive that looks at every article for every answer.
type shelf struct {
	docs  []*schema.Document
	asked int
	fail  error // of every answer, if set
}

func newShelf(bodies ...string) *shelf {
	s := &shelf{}
	for i, body := range bodies {
		a := &corpus.Article{
			ID: corpus.IDFromURL(fmt.Sprint("https://example.org/", i)), Language: "en", Headline: fmt.Sprint("Number ", i),
			Type: corpus.Type([]string{"op-ed", "letter"}[i%2]), Body: []corpus.Block{{Kind: corpus.Paragraph, Text: body}},
		}
		a.Published.Time = time.Date(2000+i%20, 5, 1, 0, 0, 0, 0, time.UTC)
		s.docs = append(s.docs, schema.Analyze(a))
	}
	return s
}

func (s *shelf) Count(ctx context.Context, r search.Request) (int, error) {
	s.asked++
	if err := cmpErr(s.fail, ctx.Err()); err != nil {
		return 0, err
	}
	var trees []query.Node
	for _, text := range append([]string{r.Query}, r.Within...) {
		q, err := query.Parse(text, query.Options{Now: now})
		if err != nil {
			return 0, err
		}
		trees = append(trees, q.Root)
	}
	trees = append(trees, query.Dates{From: r.From, To: r.To})
	n := 0
	for _, d := range s.docs {
		ok, err := match.Matches(query.And{Parts: trees}, d)
		if err != nil {
			return 0, err
		}
		filter, set := r.Filters[search.FacetType]
		if ok && (!set || slices.Contains(filter.Include, string(d.Article.Type))) {
			n++
		}
	}
	return n, nil
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) Spellings(_ context.Context, word string) ([]search.Spelling, error) {
	found := map[string]int{}
	for _, d := range s.docs {
		seen := map[string]bool{}
		for _, t := range d.Tokens[schema.Body] {
			if !seen[t.Exact] && spelling.Distance(strings.ToLower(word), t.Exact) <= 2 {
				found[t.Exact]++
			}
			seen[t.Exact] = true
		}
	}
	var out []search.Spelling
	for w, n := range found {
		out = append(out, search.Spelling{Word: w, Articles: n, Edits: spelling.Distance(strings.ToLower(word), w)})
	}
	slices.SortFunc(out, func(a, b search.Spelling) int { return strings.Compare(a.Word, b.Word) })
	return out, nil
}

// examine searches and examines.
func examine(t *testing.T, s *shelf, r search.Request) (*Diagnosis, int) {
	t.Helper()
	total, err := s.Count(t.Context(), r)
	if err != nil {
		t.Fatalf("Count(%+v): %v", r, err)
	}
	return Examine(t.Context(), s, r, total, now), total
}

// newspaper is a shelf of articles made up from few words, so that many searches find something and many nothing.
func newspaper(r *rand.Rand, articles int) *shelf {
	words := strings.Fields("carbon carbons tax taxes taxed mediation meditation medication treaty treats peace piece putin kuril " +
		"islands island senate senator weapon weapons zeppelin harbour harbor economy")
	var bodies []string
	for range articles {
		var body []string
		for range 3 + r.IntN(20) {
			body = append(body, words[min(r.IntN(len(words)), r.IntN(len(words)))])
		}
		bodies = append(bodies, strings.Join(body, " ")+".")
	}
	return newShelf(bodies...)
}
