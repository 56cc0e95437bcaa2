package segment

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestLexiconNumbersTermsOnce learns terms, short and very long, from several goroutines at a time.
func TestLexiconNumbersTermsOnce(t *testing.T) {
	const terms = 20_000
	term := func(i int) string {
		if i%1000 == 0 {
			return strings.Repeat("x", i*10)
		}
		return fmt.Sprint("term", i)
	}
	l := NewLexicon()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range terms {
				want := term((i*7 + g) % terms)
				n := l.Number(want)
				if got := l.Text(n); got != want || l.known()[n] != want {
					t.Errorf("number %d is %.20q, want %.20q", n, got, want)
					return
				}
			}
		})
	}
	wg.Wait()
	if l.Len() != terms {
		t.Errorf("%d terms are known, want %d", l.Len(), terms)
	}
	for i := range terms {
		if n := l.Number(term(i)); int(n) >= terms {
			t.Errorf("term %d is learnt again", i)
		}
	}
}
