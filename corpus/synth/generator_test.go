package synth

import (
	"math"
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

// TestArticleIsAFunctionOfItsNumber makes articles in another order, by another Generator.
func TestArticleIsAFunctionOfItsNumber(t *testing.T) {
	in := slices.Collect(New(7).Articles(0, 50))
	other := New(7)
	for n := len(in) - 1; n >= 0; n-- {
		if d := cmp.Diff(other.Article(n), in[n]); d != "" {
			t.Fatalf("article %d made alone (-) and in a row (+):\n%s", n, d)
		}
	}
	if cmp.Equal(New(8).Article(3), in[3]) {
		t.Error("two seeds give the same article")
	}
}

func TestArticlesStopsWhereAsked(t *testing.T) {
	got := 0
	for range New(1).Articles(5, 1000) {
		if got++; got == 3 {
			break
		}
	}
	if got != 3 {
		t.Errorf("%d articles after a break at 3", got)
	}
}

// statistics are what the tests look at, of many articles.
type statistics struct {
	articles                      []*corpus.Article
	words                         []int
	documents                     map[string]int // articles with a word
	undated, unsigned, notEnglish int
	late                          int // words first seen in the last hundred articles
	bytes                         int
}

const measuredArticles = 1500

func measured(t *testing.T) statistics {
	t.Helper()
	s := statistics{documents: map[string]int{}}
	for a := range New(1).Articles(0, measuredArticles) {
		s.bytes += len(a.Text())
		s.articles = append(s.articles, a)
		words := strings.Fields(strings.ToLower(a.Text()))
		s.words = append(s.words, len(words))
		seen := map[string]bool{}
		for _, word := range words {
			if word = strings.Trim(word, ".,;?!“”"); !seen[word] {
				seen[word] = true
				s.late += count(s.documents[word] == 0 && len(s.articles) > measuredArticles-100)
				s.documents[word]++
			}
		}
		s.undated += count(a.Published.IsZero())
		s.unsigned += count(len(a.Authors) == 0)
		s.notEnglish += count(a.Language != "en")
	}
	return s
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestArticlesAreLikeOpinionJournalism(t *testing.T) {
	s := measured(t)
	n := float64(len(s.articles))
	total := 0
	for _, words := range s.words {
		total += words
	}
	rank := func(k int) float64 { // share of articles with the word of rank k
		counts := slices.Sorted(func(yield func(int) bool) {
			for _, c := range s.documents {
				if !yield(-c) {
					return
				}
			}
		})
		return float64(-counts[k]) / n
	}
	for _, tt := range []struct {
		what           string
		got, low, high float64
	}{
		{"mean words", float64(total) / n, 840, 892},
		{"shortest", float64(slices.Min(s.words)), 60, 400},
		{"longest", float64(slices.Max(s.words)), 1800, 5200},
		{"undated", float64(s.undated) / n, 0.01, 0.03},
		{"unsigned", float64(s.unsigned) / n, 0.12, 0.24},
		{"not English", float64(s.notEnglish) / n, 0.02, 0.15},
		{"articles with the commonest word", rank(0), 0.85, 1},
		{"with the 250th", rank(249), 0.08, 0.6},
		{"with the 2,500th", rank(2499), 0.01, 0.08},
		{"new words in each of the last articles", float64(s.late) / 100, 5, 30},
		{"bytes a word", float64(s.bytes) / float64(total), 5.8, 6.8},
	} {
		if tt.got < tt.low || tt.got > tt.high {
			t.Errorf("%s = %.3f, want %.3f to %.3f", tt.what, tt.got, tt.low, tt.high)
		}
	}
}

// TestWordsAreBursty compares how often a word of the middle comes back in an article with how often it would by chance.
func TestWordsAreBursty(t *testing.T) {
	var once, again float64
	for a := range New(1).Articles(0, 300) {
		counts := map[string]int{}
		for _, word := range strings.Fields(a.Text()) {
			counts[word]++
		}
		for word, c := range counts {
			if len(word) > 6 {
				once++
				again += float64(count(c > 1))
			}
		}
	}
	if share := again / once; share < 0.08 || share > 0.5 {
		t.Errorf("of the longer words %.3f come again in their article, want 0.08 to 0.5", share)
	}
}

func TestDatesAndValues(t *testing.T) {
	publications, authors, urls := map[string]int{}, map[string]int{}, map[string]bool{}
	sectionsSeen, years := map[string]int{}, map[int]int{}
	for a := range New(3).Articles(0, 4000) {
		publications[a.Publication]++
		sectionsSeen[a.Section]++
		for _, author := range a.Authors {
			authors[author.Name]++
		}
		if urls[a.URL] {
			t.Errorf("address %s twice", a.URL)
		}
		urls[a.URL] = true
		if canonical, err := corpus.CanonicalURL(a.URL); err != nil || canonical != a.URL {
			t.Errorf("CanonicalURL(%q) = %q, %v", a.URL, canonical, err)
		}
		if !a.Published.IsZero() {
			years[a.Published.Time.Year()]++
		}
	}
	for year := range years {
		if year < 2005 || year > 2026 {
			t.Errorf("an article of %d", year)
		}
	}
	if len(publications) != numPublications || len(sectionsSeen) != len(sections)+1 || len(years) != 22 {
		t.Errorf("%d publications, %d sections with none, %d years, want %d, %d, 22",
			len(publications), len(sectionsSeen), len(years), numPublications, len(sections)+1)
	}
	most := 0
	for _, c := range authors {
		most = max(most, c)
	}
	if len(authors) < 800 || most < 20 || most > 400 {
		t.Errorf("%d authors, the busiest with %d articles, want many, and unequal", len(authors), most)
	}
}

// TestZipf holds the shape that everything rests on: the frequency of a rank falls as 1/(rank+flat).
func TestZipf(t *testing.T) {
	const n, draws, flat = 1000, 400_000, 5.0
	r := stream(1, 1)
	counts := make([]float64, n)
	for range draws {
		counts[r.zipf(n, flat)]++
	}
	for _, k := range []int{0, 5, 50, 400} {
		want := draws * (math.Log((float64(k)+1+flat)/(float64(k)+flat)) / math.Log((n+flat)/flat))
		if math.Abs(counts[k]-want) > 5*math.Sqrt(want) {
			t.Errorf("rank %d came %.0f times, want about %.0f", k, counts[k], want)
		}
	}
	within := func(n uint16, flat uint8) bool {
		k := r.zipf(int(n)+1, float64(flat)+0.5)
		return k >= 0 && k <= int(n)
	}
	if err := quick.Check(within, nil); err != nil {
		t.Error(err)
	}
}

func BenchmarkArticle(b *testing.B) {
	g := New(1)
	b.ReportAllocs()
	for n := range b.N {
		g.Article(n)
	}
}
