package search

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"oped/corpus"
	"oped/search/query"
	"oped/search/spelling"
)

// islands is an archive in which names are spelt in several ways.
func islands(t testing.TB) *archive {
	a := newArchive(t)
	a.letters(
		"The Kuril Islands are cold.", "On the Kuril Islands it snows; Kuril Islands again.", "The Kurile Islands are far away.",
		"A treaty on the Kurile Islands with Volodymyr Zelensky.", "Volodymyr Zelensky spoke.", "Volodymyr Zelenskyy wrote.",
		"Volodymyr Zelenskyy spoke of the weather.", "A steel mill.", "Steele wrote of steel.", "Steele again.",
	)
	return a
}

func variantsOf(t testing.TB, file string) *spelling.Variants {
	v, bad, err := spelling.Read(strings.NewReader(file))
	if err != nil || len(bad) > 0 {
		t.Fatalf("read variants: %v %v", bad, err)
	}
	return v
}

func TestNamesAreFoundInOtherSpellings(t *testing.T) {
	s := islands(t).searcher(Config{Variants: variantsOf(t, "Snow Weather")})
	for _, tt := range []struct {
		query string
		off   bool
		want  string
	}{
		{"zelensky", false, "4: zelensky also Zelenskyy 2"},
		{"Zelenskyy", false, "4: Zelenskyy also Zelensky 2"},
		{"zelensky", true, "2:"},
		{`"zelensky"`, false, "2:"},
		{`"volodymyr zelensky"`, false, "2:"},
		{"zelensk*", false, "4:"},
		{"zelensky~1", false, "4:"},
		{"volodymyr W/1 zelensky", false, "4: zelensky also Zelenskyy 2"},
		{"CAPS(zelensky) AND treaty", false, "1: zelensky also Zelenskyy 2"},
		{"-zelensky", false, "6: zelensky also Zelenskyy 2"},
		{"headline:zelensky", false, "0: zelensky also Zelenskyy 2"},
		{"author:zelensky", false, "0: zelensky also Zelenskyy 2"},
		{"tag:zelensky", false, "0:"},
		{"kuril", false, "4: kuril also Kurile 2"},
		{"kurile", false, "4: kurile also Kuril 2"},
		{"kuril", true, "2:"},
		{"snow", false, "2: snow also Weather 1"},
		{"steel", false, "3:"},
		{"kuril zelensky", false, "1: kuril also Kurile 2, zelensky also Zelenskyy 2"},
		{"kuril OR kuril", false, "4: kuril also Kurile 2"},
	} {
		r := Request{Query: tt.query, NoVariants: tt.off}
		res, err := s.Search(t.Context(), r)
		if err != nil {
			t.Errorf("Search(%q): %v", tt.query, err)
			continue
		}
		if got := strings.TrimSpace(fmt.Sprint(res.Total, ": ", also(res.Reading))); got != tt.want {
			t.Errorf("Search(%q), off %t = %q, want %q", tt.query, tt.off, got, tt.want)
		}
		if n, err := s.Count(t.Context(), r); err != nil || n != res.Total {
			t.Errorf("Count(%q) = %d, %v, want %d", tt.query, n, err, res.Total)
		}
	}
}

func also(r Reading) string {
	var out []string
	for _, v := range r.AlsoSearched {
		var others []string
		for _, c := range v.Also {
			others = append(others, fmt.Sprint(c.Word, " ", c.Articles))
		}
		out = append(out, v.Word+" also "+strings.Join(others, " "))
	}
	return strings.Join(out, ", ")
}

func TestOtherSpellingsAreMarked(t *testing.T) {
	a := islands(t)
	s := a.searcher(Config{})
	res, err := s.Search(t.Context(), Request{Query: "zelensky"})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range res.Hits {
		if len(h.Snippets) == 0 {
			t.Errorf("hit %q has no snippet", h.Article.Text())
		}
		m, err := s.Mark(t.Context(), h.Article, Request{Query: "zelensky"})
		if err != nil || m.Count != 1 {
			t.Errorf("%q has %d marks, %v", h.Article.Text(), m.Count, err)
		}
		if m, err = s.Mark(t.Context(), h.Article, Request{Query: "zelensky", NoVariants: true}); err != nil ||
			(m.Count == 1) != !strings.Contains(h.Article.Text(), "Zelenskyy") {
			t.Errorf("%q without variants has %d marks, %v", h.Article.Text(), m.Count, err)
		}
	}
}

// TestSpellingsRankAsOneWord wants no spelling to count for more because it is rare.
func TestSpellingsRankAsOneWord(t *testing.T) {
	a := newArchive(t)
	a.letters("Volodymyr Zelensky came.", "Volodymyr Zelensky went.", "Volodymyr Zelensky ate.", "Volodymyr Zelenskyy slept.", "Nobody came here.")
	s := a.searcher(Config{Variants: variantsOf(t, "Zelensky Zelenskyy")})
	res, err := s.Search(t.Context(), Request{Query: "zelensky"})
	if err != nil || res.Total != 4 {
		t.Fatalf("Search = %v, %v", res, err)
	}
	const rounding = 1e-6 // weights are added up in single precision, in the order of their terms
	for _, h := range res.Hits {
		if math.Abs(h.Score-res.Hits[0].Score) > rounding {
			t.Errorf("%q scores %v, another spelling %v", h.Article.Text(), h.Score, res.Hits[0].Score)
		}
	}
}

// TestSearchFindsWhatAScanFindsInEverySpelling compares searches with scans of the same expanded tree.
func TestSearchFindsWhatAScanFindsInEverySpelling(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	a := newArchive(t)
	a.fill(maker{r}, 120)
	v := variantsOf(t, "tax taxing carbon\nPutin Poutine Путин\nKuril Kurile email\nO’Reilly Senate\ncafé weapon US\n")
	s := a.searcher(Config{Variants: v})
	m := treeMaker{maker{r}}
	expanded := 0
	for range 300 {
		text := query.Print(m.tree(3))
		request := Request{Query: text, Limit: MaxLimit, NoSnippets: true, NoVariants: r.IntN(5) == 0}
		p, err := newPlan(request, s.config.Now())
		if err != nil {
			continue
		}
		p.expand(s.currentVariants())
		expanded += len(p.names)
		var got []corpus.ID
		for {
			res, err := s.Search(t.Context(), request)
			if err != nil {
				t.Fatalf("Search(%q): %v", text, err)
			}
			for _, h := range res.Hits {
				got = append(got, h.ID)
			}
			if request.Cursor = res.NextCursor; request.Cursor == "" {
				break
			}
		}
		slices.Sort(got)
		if want := a.scan(t, p.tree); !slices.Equal(got, want) {
			t.Fatalf("Search(%q) finds %d articles, a scan %d", text, len(got), len(want))
		}
	}
	if expanded < 50 {
		t.Errorf("%d words had other spellings: too few to test anything", expanded)
	}
}

func TestLearningFollowsTheArchive(t *testing.T) {
	a := newArchive(t)
	a.put(letter(0, "Nothing yet."))
	s := a.searcher(Config{})
	if n, err := s.Count(t.Context(), Request{Query: "kuril"}); err != nil || n != 0 {
		t.Fatalf("Count = %d, %v", n, err)
	}
	var more []*corpus.Article
	for i := range 20 {
		more = append(more, letter(i+1, "The "+[]string{"Kuril", "Kurile"}[i%2]+" Islands."))
	}
	a.put(more...)
	res, err := s.Search(t.Context(), Request{Query: "kuril"})
	if err != nil || also(res.Reading) != "kuril also Kurile 10" {
		t.Errorf("after the archive has grown: %q, %v", also(res.Reading), err)
	}
}

// TestLearningGoesOnBesideSearches has an archive that is too large to be learnt from before it answers.
func TestLearningGoesOnBesideSearches(t *testing.T) {
	a := newArchive(t)
	var all []*corpus.Article
	for i := range promptDocs + 2 {
		all = append(all, letter(i, "The "+[]string{"Kuril", "Kurile"}[i%2]+" Islands."))
	}
	a.put(all...)
	s := a.searcher(Config{})
	if n, err := s.Count(t.Context(), Request{Query: `"kuril"`}); err != nil || n != promptDocs/2+1 {
		t.Errorf("Count = %d, %v", n, err)
	}
	g, _, release, err := s.view()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	g.names.ended.Wait()
	if n, err := s.Count(t.Context(), Request{Query: "kuril"}); err != nil || n != promptDocs+2 {
		t.Errorf("once it has been learnt: Count = %d, %v", n, err)
	}
}

func TestLearningEndsWithItsGeneration(t *testing.T) {
	var l learning
	if !l.due(100) || l.due(200) {
		t.Error("learning is due twice at a time")
	}
	l.done(nil)
	if l.due(110) || !l.due(200) {
		t.Error("learning is due when little has changed, or not when much has")
	}
	l.done(nil)
	if l.end(); l.due(1000) {
		t.Error("learning is due after the end")
	}
}
