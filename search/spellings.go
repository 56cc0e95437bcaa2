package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/query"
	"oped/search/spelling"
)

// Spelling is a word of the archive that is spelt like, or nearly like, another.
type Spelling struct {
	// Word is folded, as the index has it.
	Word string
	// Articles is about how many articles have it; versions that have been replaced may count.
	Articles int
	// Edits is how many slips of the hand lie between the two; two letters the wrong way round are one slip.
	Edits int
}

// Bounds of Spellings.
const (
	maxSpellings     = 20 // nobody is offered more
	minSpellingRunes = 4  // nearly every word of three letters is one slip away from another
	longSpelling     = 6  // letters from which on two slips are likely
	// maxNearby bounds the words whose articles are counted: a word with more neighbours than that tells nothing by them.
	maxNearby = 4096
)

// Spellings lists words of the archive that a word may have been meant for, the word itself among them if the archive has
// it: fewest edits first, among those the commonest first. Words of fewer than four letters, words with digits and what
// is more than one word have none. The error is ErrNoIndex, that of ctx, or one that tells of a fault of the index.
func (s *Searcher) Spellings(ctx context.Context, word string) (found []Spelling, err error) {
	defer recovered(&err)
	folded := spellable(word)
	if folded == "" {
		return nil, nil
	}
	g, snap, release, err := s.view()
	if err != nil {
		return nil, err
	}
	defer release()
	edits := 1
	if utf8.RuneCountInString(folded) >= longSpelling {
		edits = 2
	}
	articles := map[string]int{}
	for _, v := range snap.segments {
		if err := nearby(ctx, reader{segmentView: v, lists: g.lists, stats: snap.stats}, folded, edits, articles); err != nil {
			return nil, err
		}
	}
	for near, n := range articles {
		found = append(found, Spelling{Word: near, Articles: n, Edits: spelling.Distance(folded, near)})
	}
	slices.SortFunc(found, func(a, b Spelling) int {
		return cmp.Or(cmp.Compare(a.Edits, b.Edits), cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Word, b.Word))
	})
	return found[:min(len(found), maxSpellings)], nil
}

// spellable is a word as the index has it; empty where it is none that can be spelt wrongly.
func spellable(word string) string {
	if len(word) > 4*maxSpelledRunes {
		return ""
	}
	tokens := schema.AnalyzeText(word, "")
	if len(tokens) != 1 {
		return ""
	}
	folded := tokens[0].Exact
	if n := utf8.RuneCountInString(folded); n < minSpellingRunes || n > maxSpelledRunes || !isSpelt(folded) {
		return ""
	}
	return folded
}

// maxSpelledRunes is the longest word whose spelling is looked at; in longer ones two slips are none.
const maxSpelledRunes = 40

// isSpelt reports whether a word is made of letters.
func isSpelt(word string) bool {
	for _, r := range word {
		if !unicode.IsLetter(r) && r != '\'' {
			return false
		}
	}
	return true
}

// nearby adds the words of a segment that lie within some edits of a word, with how many documents have each.
func nearby(ctx context.Context, r reader, word string, edits int, articles map[string]int) error {
	// A swap is two edits to the automaton, which knows no swaps.
	program, err := match.Compile(query.Fuzzy{Text: word, Edits: 2}, nil)
	if err != nil {
		return fmt.Errorf("search: compile %q: %w", word, err)
	}
	here := map[string]int{}
	for _, field := range []schema.Segment{schema.Headline, schema.Body, schema.Byline} {
		forms, err := r.expand(ctx, &program.Leaves[0], field)
		if err != nil {
			return err
		}
		near := slices.DeleteFunc(slices.Clone(forms), func(form string) bool {
			return !isSpelt(form) || spelling.Distance(word, form) > edits
		})
		for _, form := range near[:min(len(near), maxNearby)] {
			list, err := r.fields[field.String()].List(form)
			if err != nil {
				return fmt.Errorf("search: read %q in %v: %w", form, field, err)
			}
			here[form] = max(here[form], list.Count())
		}
	}
	for form, n := range here {
		articles[form] += n
	}
	return nil
}
