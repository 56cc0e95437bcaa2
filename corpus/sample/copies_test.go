package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"oped/corpus"
)

// keep puts articles into a new archive and returns the numbers of their groups of copies by URL.
func keep(t *testing.T, articles map[string]corpus.Article) map[string]int64 {
	t.Helper()
	s, err := corpus.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(t.Context(), func(tx *corpus.Tx) error {
		for url, a := range articles {
			a.URL = url
			if _, err := tx.Put(nil, &a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.List(t.Context(), corpus.ListFilter{})
	if err != nil {
		t.Fatal(err)
	}
	groups := map[string]int64{}
	for a, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		groups[a.URL] = a.Group
	}
	return groups
}

// wrongs counts the pairs of articles that are not in one group though they are of one text, and the other way round.
func wrongs(groups map[string]int64, textOf func(url string) string) (missed, mixed, pairs int) {
	for a, group := range groups {
		for b := range groups {
			if a >= b {
				continue
			}
			same, together := textOf(a) == textOf(b), group != 0 && group == groups[b]
			if same {
				pairs++
			}
			if same && !together {
				missed++
			}
			if together && !same {
				mixed++
			}
		}
	}
	return missed, mixed, pairs
}

// TestReprintsAreCopies holds that the archive finds all that the papers took from each other, and nothing else: not the
// letters on one theme, nor the columns that a writer opens alike each week.
func TestReprintsAreCopies(t *testing.T) {
	articles, origin := map[string]corpus.Article{}, map[string]string{}
	for key, p := range loaded().pieces {
		url := "https://papers.example/" + key
		articles[url], origin[url] = p.article(), key
		if p.copyOf != "" {
			origin[url] = p.copyOf
		}
	}
	missed, mixed, pairs := wrongs(keep(t, articles), func(url string) string { return origin[url] })
	if missed+mixed > 0 || pairs < 15 {
		t.Errorf("of %d pairs of copies %d are missed; %d pairs are none", pairs, missed, mixed)
	}
}

// TestEditedReprintsAreCopies prints every piece again in three other ways.
func TestEditedReprintsAreCopies(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	articles, origin := map[string]corpus.Article{}, map[string]string{}
	for key, p := range loaded().pieces {
		if p.copyOf != "" {
			continue
		}
		for i, edit := range []func(*rand.Rand, []corpus.Block) []corpus.Block{asIs, withNote, withoutParagraph, withOtherWords} {
			a := p.article()
			a.Headline = fmt.Sprint(a.Headline, " ", i)
			a.Body = edit(r, slices.Clone(a.Body))
			url := fmt.Sprintf("https://paper%d.example/%s", i, key)
			articles[url], origin[url] = a, key
		}
	}
	missed, mixed, pairs := wrongs(keep(t, articles), func(url string) string { return origin[url] })
	t.Logf("%d articles, %d pairs of copies, %d missed, %d mixed", len(articles), pairs, missed, mixed)
	if mixed > 0 || missed > pairs/100 {
		t.Errorf("of %d pairs of copies %d are missed; %d pairs are none", pairs, missed, mixed)
	}
}

func asIs(_ *rand.Rand, body []corpus.Block) []corpus.Block { return body }

func withNote(_ *rand.Rand, body []corpus.Block) []corpus.Block {
	note := corpus.Block{Kind: corpus.Paragraph, Text: "Editor's note: this column first appeared elsewhere and is reprinted by permission."}
	return append([]corpus.Block{note}, body...)
}

// withoutParagraph leaves out one paragraph, unless there are few.
func withoutParagraph(r *rand.Rand, body []corpus.Block) []corpus.Block {
	if len(body) < 5 {
		return body
	}
	i := r.IntN(len(body))
	return slices.Delete(body, i, i+1)
}

// withOtherWords changes one word in twenty.
func withOtherWords(r *rand.Rand, body []corpus.Block) []corpus.Block {
	for i := range body {
		words := strings.Fields(body[i].Text)
		for j := range words {
			if r.IntN(20) == 0 {
				words[j] = "otherwise"
			}
		}
		body[i].Text = strings.Join(words, " ")
	}
	return body
}
