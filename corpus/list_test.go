package corpus_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

// fill keeps columns 0 to n-1; every seventh is rejected.
func fill(t testing.TB, s *corpus.Store, n int) {
	t.Helper()
	err := s.Update(t.Context(), func(tx *corpus.Tx) error {
		for i := range n {
			p, a := column(i)
			a.Quality.Rejected = i%7 == 0
			if i%2 == 0 {
				a.Publication = "The Other"
			}
			if _, err := tx.Put(p, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestChanges(t *testing.T) {
	s := open(t)
	fill(t, s, 5)
	p, a := column(2)
	a.Headline = "Changed"
	put(t, s, p, a)
	var seqs []uint64
	after := uint64(0)
	for {
		list, err := s.Changes(t.Context(), after, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			seqs = append(seqs, c.Seq)
			after = c.Seq
		}
		if len(list) < 2 {
			break
		}
	}
	if diff := cmp.Diff([]uint64{1, 2, 4, 5, 6}, seqs); diff != "" {
		t.Errorf("numbers of changes (-want +got):\n%s", diff)
	}
	if last, err := s.Sequence(t.Context()); err != nil || last != 6 {
		t.Errorf("Sequence = %d, %v, want 6", last, err)
	}
}

func TestList(t *testing.T) {
	s := open(t)
	fill(t, s, 150)
	for _, tt := range []struct {
		name   string
		filter corpus.ListFilter
		want   int
	}{
		{"all", corpus.ListFilter{}, 150},
		{"accepted", corpus.ListFilter{Selection: corpus.AcceptedArticles}, 128},
		{"rejected", corpus.ListFilter{Selection: corpus.RejectedArticles}, 22},
		{"one publication", corpus.ListFilter{Publication: "The Other"}, 75},
		{"no publication of that name", corpus.ListFilter{Publication: "Nobody"}, 0},
	} {
		list, err := s.List(t.Context(), tt.filter)
		if err != nil {
			t.Fatal(err)
		}
		got, last := 0, uint64(0)
		for a, err := range list {
			if err != nil {
				t.Fatal(err)
			}
			if a.Seq <= last || len(a.Body) != 1 {
				t.Errorf("%s: article %d after %d, with %d blocks", tt.name, a.Seq, last, len(a.Body))
			}
			got, last = got+1, a.Seq
		}
		if got != tt.want {
			t.Errorf("%s: %d articles, want %d", tt.name, got, tt.want)
		}
	}
	if _, err := s.List(t.Context(), corpus.ListFilter{Selection: 9}); err == nil {
		t.Error("List of an unknown selection: no error")
	}
}

// TestListMayWrite shows that a reader holds no lock between articles.
func TestListMayWrite(t *testing.T) {
	s := open(t)
	fill(t, s, 3)
	list, err := s.List(t.Context(), corpus.ListFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		a.Headline += " again"
		put(t, s, nil, a)
	}
}

func TestPagesRemakeEveryArticle(t *testing.T) {
	s := open(t)
	fill(t, s, 70)
	p, a := column(3)
	p.Body, p.Fetched, a.Headline = []byte("newer"), captured.Add(time.Hour), "Newer"
	put(t, s, p, a)
	empty := &corpus.Page{URL: "https://www.example.com/empty", Body: []byte("nothing here"), Fetched: captured}
	if err := s.Update(t.Context(), func(tx *corpus.Tx) error { return errors.Join(tx.Keep(empty), tx.Keep(empty)) }); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]string)
	for p, err := range s.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		seen[p.URL] = string(p.Body)
	}
	if len(seen) != 71 || seen[empty.URL] != "nothing here" || seen["https://www.example.com/opinion/3"] != "newer" {
		t.Errorf("Pages gives %d pages, column 3 as %q", len(seen), seen["https://www.example.com/opinion/3"])
	}
	_, a = column(71)
	a.URL = empty.URL
	if got := put(t, s, empty, a); got != corpus.New {
		t.Errorf("Put of what a better rule found = %v, want new", got)
	}
}

func TestRejections(t *testing.T) {
	s := open(t)
	err := s.Update(t.Context(), func(tx *corpus.Tx) (err error) {
		for i := range 3 {
			for range 2 {
				err = errors.Join(err, tx.Reject(corpus.Rejection{
					Origin: fmt.Sprintf("list.jsonl:%d", i), Stage: "import", Reason: "no text", At: captured.Add(time.Duration(i)),
				}))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Rejections(t.Context(), 2)
	if err != nil || len(list) != 2 || list[0].Origin != "list.jsonl:2" || !list[0].At.Equal(captured) || list[0].Reason != "no text" {
		t.Errorf("Rejections = %+v, %v", list, err)
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Rejections != 3 {
		t.Errorf("Stats = %+v, %v, want 3 rejections", st, err)
	}
}

func TestPutSurvivesHostileValues(t *testing.T) {
	s := open(t)
	p, a := column(1)
	a.Published = corpus.Date{Time: time.Date(123456, 1, 1, 0, 0, 0, 0, time.UTC)}
	a.Modified = corpus.Date{Time: time.Date(2020, 1, 1, 0, 0, 0, 0, time.FixedZone("", 99*3600))}
	a.Headline, a.Body[0].Text = "a\xffb\x00", "<script>\u2028"
	a.Aliases = []string{"", "::", "javascript:x", "https://\x00/"}
	if got := put(t, s, p, a); got != corpus.New {
		t.Errorf("Put = %v, want new", got)
	}
	got, err := s.Article(t.Context(), a.ID)
	if err != nil || !got.Published.IsZero() || !got.Modified.IsZero() || got.Text() != "<script>\u2028" {
		t.Errorf("Article = %+v, %v", got, err)
	}
	_, a = column(2)
	err = s.Update(t.Context(), func(tx *corpus.Tx) error {
		_, err := tx.Put(&corpus.Page{Body: bytes.Repeat([]byte("x"), 65<<20)}, a)
		return err
	})
	if err == nil {
		t.Error("Put of a page of 65 MB: no error")
	}
}

// TestRejectedAgainWithoutOrigin reads a kept page again: it must not be told twice.
func TestRejectedAgainWithoutOrigin(t *testing.T) {
	s := open(t)
	first := corpus.Rejection{Origin: "https://paper.example/", URL: "https://paper.example/login", Stage: "quality", Reason: "asks to log in", At: captured}
	again := first
	again.Origin, again.Reason, again.At = "", "still asks to log in", captured.Add(time.Hour)
	for _, r := range []corpus.Rejection{first, again} {
		if err := s.Update(t.Context(), func(tx *corpus.Tx) error { return tx.Reject(r) }); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Rejections(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	want := again
	want.Origin = first.Origin
	if diff := cmp.Diff([]corpus.Rejection{want}, got); diff != "" {
		t.Errorf("rejections (-want +got):\n%s", diff)
	}
}
