package sample

import (
	"strings"
	"testing"
	"time"
)

// minPieces is how many pieces the archive promises.
const minPieces = 115

func TestPieces(t *testing.T) {
	lib, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if got := len(lib.pieces); got < minPieces {
		t.Errorf("%d pieces, want at least %d", got, minPieces)
	}
	minutes := map[time.Time]string{}
	from := time.Date(2005, time.January, 1, 0, 0, 0, 0, time.UTC)
	until := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	for key, p := range lib.pieces {
		if p.published.Before(from) || p.published.After(until) {
			t.Errorf("%s: published %v, want a day of the years 2005 to 2026", key, p.published)
		}
		if !p.modified.IsZero() && p.modified.Before(p.published.Time) {
			t.Errorf("%s: modified %v, before it was published", key, p.modified)
		}
		if other, taken := minutes[p.published.Time]; p.published.clock && taken {
			t.Errorf("%s: published in the same minute as %s", key, other)
		}
		minutes[p.published.Time] = key
		if n := words(p); p.cut == 0 && (n < 300 || n > 900) {
			t.Errorf("%s: %d words, want 300 to 900", key, n)
		}
	}
}

func words(p *piece) int {
	n := 0
	for _, b := range p.blocks {
		n += len(strings.Fields(b.plain()))
	}
	return n
}

// TestEveryKeyIsUsed keeps the archive a test of every feature that the source format has.
func TestEveryKeyIsUsed(t *testing.T) {
	used := map[string]int{}
	for _, p := range loaded().pieces {
		for key, has := range map[string]bool{
			"note": p.note != "", "correction": len(p.corrections) > 0, "pull": p.pull != "", "photo": p.photo != "", "comment": len(p.comments) > 0,
			"kicker": p.kicker != "", "modified": !p.modified.IsZero(), "copy": p.copyOf != "", "wall": p.walled(), "free": p.free,
		} {
			if has {
				used[key]++
			}
		}
		for _, b := range p.blocks {
			used[string(b.kind)]++
			used["link"] += len(b.targets())
		}
	}
	for _, key := range []string{"note", "correction", "pull", "photo", "comment", "kicker", "modified", "copy", "wall", "free", "p", "h", "quote", "li", "link"} {
		if used[key] == 0 {
			t.Errorf("no piece uses %q", key)
		}
	}
}

// TestThemesRunThroughPapers is what makes searches over the archive rich: a theme is written of in many papers.
func TestThemesRunThroughPapers(t *testing.T) {
	for _, tt := range []struct {
		words  []string
		papers int
	}{
		{[]string{"kuril", "kouriles", "кунашир", "курил"}, 7},
		{[]string{"carbon tax", "taxe carbone"}, 5},
		{[]string{"peace treaty", "traité de paix", "мирный договор"}, 6},
		{[]string{"rent", "loyer", "жильё"}, 6},
		{[]string{"nuclear", "nucléaire", "reactor"}, 4},
		{[]string{"measles", "rougeole", "vaccin"}, 4},
	} {
		found := map[string]bool{}
		for _, p := range loaded().pieces {
			text := strings.ToLower(p.article().Headline)
			for _, b := range p.blocks {
				text += " " + strings.ToLower(b.plain())
			}
			for _, w := range tt.words {
				if strings.Contains(text, w) {
					found[p.paper.Slug] = true
				}
			}
		}
		if len(found) < tt.papers {
			t.Errorf("%q stands in %d papers, want %d", tt.words, len(found), tt.papers)
		}
	}
}
