package corpus_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

// essay makes a text of so many words in paragraphs of about fifty.
func essay(r *rand.Rand, words int) []string {
	var paragraphs []string
	for len(paragraphs) == 0 || words > 0 {
		var b strings.Builder
		for range min(words, 50) {
			fmt.Fprintf(&b, "word%d ", r.IntN(5000))
		}
		words -= 50
		paragraphs = append(paragraphs, b.String())
	}
	return paragraphs
}

// printed is a text as one paper prints it, on a day of 2020.
func printed(paper, slug string, day int, paragraphs ...string) *corpus.Article {
	a := &corpus.Article{
		URL: fmt.Sprintf("https://%s.example/opinion/%s", paper, slug), Publication: paper,
		Headline: fmt.Sprintf("%s says %s", paper, slug), Language: "en",
	}
	if day > 0 {
		a.Published = corpus.Date{Time: time.Date(2020, 1, day, 0, 0, 0, 0, time.UTC), Source: "meta"}
	}
	for _, p := range paragraphs {
		a.Body = append(a.Body, corpus.Block{Kind: corpus.Paragraph, Text: p})
	}
	return a
}

// syndicate prints one text in five papers, each in its own way, the third one first.
func syndicate(r *rand.Rand, slug string) []*corpus.Article {
	text := essay(r, 600)
	swapped := slices.Clone(text)
	for i := range swapped {
		swapped[i] = strings.Replace(swapped[i], "word1", "other", 2)
	}
	return []*corpus.Article{
		printed("gazette", slug, 7, text...),
		printed("herald", slug, 9, append([]string{"Editor's note: the views of the writer are not those of this newspaper."}, text...)...),
		printed("ledger", slug, 3, append(slices.Clone(text[:4]), text[6:]...)...),
		printed("mercury", slug, 8, swapped...),
		printed("star", slug, 0, text[:9]...),
	}
}

// partition names each group by the addresses of its members, the lead first; articles alone are left out.
func partition(t *testing.T, s *corpus.Store) []string {
	t.Helper()
	groups := map[int64]string{}
	list, err := s.List(t.Context(), corpus.ListFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		copies, total, err := s.Copies(t.Context(), a.ID, 100)
		if err != nil || total != len(copies) || (total == 0) != (a.Group == 0) || total == 1 {
			t.Fatalf("Copies(%s) = %d of %d, %v; its group is %d", a.URL, len(copies), total, err, a.Group)
		}
		var names []string
		for _, c := range copies {
			names = append(names, strings.TrimPrefix(c.URL, "https://"))
			if c.Group != a.Group {
				t.Errorf("%s is of group %d, its copy of %d", a.URL, a.Group, c.Group)
			}
		}
		if a.Group != 0 {
			groups[a.Group] = strings.Join(names, " ")
		}
	}
	var out []string
	for _, g := range groups {
		out = append(out, g)
	}
	slices.Sort(out)
	return out
}

func TestSyndicatedColumnIsOneGroup(t *testing.T) {
	s := open(t)
	for _, a := range syndicate(rand.New(rand.NewPCG(1, 1)), "levy") {
		put(t, s, nil, a)
	}
	const want = "ledger.example/opinion/levy gazette.example/opinion/levy mercury.example/opinion/levy " +
		"herald.example/opinion/levy star.example/opinion/levy"
	if got := partition(t, s); len(got) != 1 || got[0] != want {
		t.Errorf("groups = %q, want one: %q", got, want)
	}
}

// TestGroupsDoNotDependOnOrder keeps the same articles in many orders, some of them first with another text or in another
// version, and some that are removed in the end.
func TestGroupsDoNotDependOnOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	var all []*corpus.Article
	for i := range 4 {
		all = append(all, syndicate(r, fmt.Sprint("topic", i))...)
		all = append(all, printed("gazette", fmt.Sprint("alone", i), 5, essay(r, 300)...))
	}
	short := "To the editor: the harbour levy is a tax on everybody who has ever eaten a fish."
	all = append(all, printed("gazette", "letter", 3, short), printed("herald", "letter", 4, strings.ToUpper(short)),
		printed("star", "letter", 5, short+" It is."))
	chain := essay(r, 900)
	all = append(all, printed("gazette", "chain", 1, chain[:12]...), printed("herald", "chain", 2, chain[3:15]...),
		printed("star", "chain", 3, chain[6:]...))
	spoiled := printed("mercury", "topic0-again", 2, essay(r, 300)...)
	var want []string
	for round := range 12 {
		s := open(t)
		order := r.Perm(len(all))
		for _, i := range order {
			if round > 0 && r.IntN(3) == 0 { // first seen with another text
				first := *all[i]
				first.Body = all[r.IntN(len(all))].Body
				put(t, s, nil, &first)
			}
			a := *all[i]
			put(t, s, nil, &a)
		}
		if round > 0 { // an article that joins a group for a while
			extra := *spoiled
			extra.Body = all[r.IntN(5)].Body
			put(t, s, nil, &extra)
			if err := s.Update(t.Context(), func(tx *corpus.Tx) error { return tx.Remove(extra.ID) }); err != nil {
				t.Fatal(err)
			}
		}
		got := partition(t, s)
		if round == 0 {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("round %d, another order (-first +this):\n%s", round, diff)
		}
	}
	if len(want) != 6 {
		t.Errorf("there are %d groups, want 4 columns, a letter and a chain: %q", len(want), want)
	}
}

func TestGroupWithoutItsLead(t *testing.T) {
	s := open(t)
	papers := syndicate(rand.New(rand.NewPCG(4, 4)), "levy")[:3]
	for _, a := range papers {
		put(t, s, nil, a)
	}
	if err := s.Update(t.Context(), func(tx *corpus.Tx) error { return tx.Remove(papers[2].ID) }); err != nil {
		t.Fatal(err)
	}
	if got := partition(t, s); len(got) != 1 || !strings.HasPrefix(got[0], "gazette") {
		t.Errorf("without the ledger's: groups = %q, want one that the gazette leads", got)
	}
	rewritten := *papers[0]
	rewritten.Body = []corpus.Block{{Kind: corpus.Paragraph, Text: "The text was withdrawn by the publication and stands here no more."}}
	put(t, s, nil, &rewritten)
	if got := partition(t, s); len(got) != 0 {
		t.Errorf("with one member left: groups = %q, want none", got)
	}
	if a, err := s.Version(t.Context(), papers[0].ID, 1); err != nil || a.Group != 0 {
		t.Errorf("an old version is of group %d, %v; want that of today, 0", a.Group, err)
	}
}

// TestChangesTellOfGroups holds that the index hears of every article whose group changes, and of no others.
func TestChangesTellOfGroups(t *testing.T) {
	s := open(t)
	r := rand.New(rand.NewPCG(5, 5))
	papers := syndicate(r, "levy")
	put(t, s, nil, papers[0])
	put(t, s, nil, printed("gazette", "other", 1, essay(r, 200)...))
	for i, want := range []int{2, 1} { // the second paper's article and the first's, then the third's alone
		before, err := s.Sequence(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		put(t, s, nil, papers[i+1])
		changes, err := s.Changes(t.Context(), before, 10)
		if err != nil || len(changes) != want {
			t.Errorf("paper %d: changes = %v, %v, want %d", i+2, changes, err, want)
		}
		for _, c := range changes {
			if a, err := s.Version(t.Context(), c.ID, c.Version); err != nil || a.Group == 0 {
				t.Errorf("paper %d: change of an article of group %d, %v", i+2, a.Group, err)
			}
		}
	}
}

func TestSameTextAtAnotherAddress(t *testing.T) {
	s := open(t)
	text := essay(rand.New(rand.NewPCG(6, 6)), 300)
	one, two := printed("gazette", "levy", 3, text...), printed("gazette", "levy-2", 3, text...)
	if got := put(t, s, nil, one); got != corpus.New {
		t.Errorf("first: %v", got)
	}
	if got := put(t, s, nil, two); got != corpus.New || two.Group == 0 {
		t.Errorf("at another address: %v in group %d, want new in the group of the first", got, two.Group)
	}
	for _, a := range []*corpus.Article{one, two} {
		if got := put(t, s, nil, a); got != corpus.Unchanged {
			t.Errorf("again: %v, want unchanged", got)
		}
	}
	reject := *two
	reject.Quality = corpus.Quality{Rejected: true, Flags: []string{"login"}, Reason: "The page asks to log in."}
	reject.URL = "https://gazette.example/login"
	if put(t, s, nil, &reject); reject.Group != 0 {
		t.Errorf("what is no article is in group %d", reject.Group)
	}
}

// TestManyCopies holds that a text which hundreds of pages share stays one group, and costs each of them a few comparisons.
func TestManyCopies(t *testing.T) {
	s := open(t)
	r := rand.New(rand.NewPCG(7, 7))
	text := essay(r, 200)
	const n = 400
	var last *corpus.Article
	err := s.Update(t.Context(), func(tx *corpus.Tx) error {
		for i := range n {
			last = printed(fmt.Sprint("paper", i), "notice", 1+i%28, append([]string{fmt.Sprint("Notice number ", i)}, text...)...)
			if _, err := tx.Put(nil, last); err != nil {
				return err
			}
		}
		return tx.Remove(last.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	copies, total, err := s.Copies(t.Context(), corpus.IDFromURL("https://paper0.example/opinion/notice"), 10)
	if err != nil || total != n-1 || len(copies) != 10 {
		t.Errorf("Copies = %d of %d, %v, want 10 of %d", len(copies), total, err, n-1)
	}
}

// TestCompareOlder makes an archive of the first format, and opens it.
func TestCompareOlder(t *testing.T) {
	dir := t.TempDir()
	s, err := corpus.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(8, 8))
	for i := range 30 {
		for _, a := range syndicate(r, fmt.Sprint("topic", i)) {
			put(t, s, nil, a)
		}
	}
	want := partition(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	asFirstFormat(t, filepath.Join(dir, corpus.FileName))

	s = openIn(t, dir)
	if got := partition(t, s); len(got) != 0 {
		t.Fatalf("before: groups = %q", got)
	}
	var left []int
	if err := s.CompareOlder(t.Context(), func(n int) { left = append(left, n) }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, partition(t, s)); diff != "" || !slices.Equal(left, []int{50, 0}) {
		t.Errorf("left %v, groups (-put +compared later):\n%s", left, diff)
	}
	before, _ := s.Sequence(t.Context())
	if err := s.CompareOlder(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if after, _ := s.Sequence(t.Context()); after != before {
		t.Error("comparing again changed something")
	}
}

// asFirstFormat takes out of an archive what the second format added.
func asFirstFormat(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec(`DROP INDEX articles_copies; ALTER TABLE articles DROP COLUMN copies; DROP TABLE sketches;
		DROP TABLE sketch_keys; DROP TABLE uncompared; PRAGMA user_version = 1`)
	if err != nil {
		t.Fatal(err)
	}
}

func TestCheckFindsGroupsOfOne(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	for _, a := range syndicate(rand.New(rand.NewPCG(9, 9)), "levy")[:2] {
		put(t, s, nil, a)
	}
	faults := func() (all []string) {
		if err := s.Check(t.Context(), func(f corpus.Fault) { all = append(all, f.Problem) }); err != nil {
			t.Fatal(err)
		}
		return all
	}
	if got := faults(); len(got) != 0 {
		t.Fatalf("a good archive has faults: %q", got)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, corpus.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE articles SET copies = 0 WHERE key = 1`); err != nil {
		t.Fatal(err)
	}
	if got := faults(); len(got) != 1 || !strings.Contains(got[0], "group of copies") {
		t.Errorf("faults are %q, want one", got)
	}
}
