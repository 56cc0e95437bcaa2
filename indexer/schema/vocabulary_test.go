package schema

import (
	"fmt"
	"strings"
	"testing"
)

func TestVocabularyFindsWhatWasAdded(t *testing.T) {
	v := newVocabulary()
	forms := map[string]*form{}
	add := func(s string) {
		if v.find(s) != forms[s] {
			t.Fatalf("%q is another before it was added", s)
		}
		if forms[s] == nil {
			forms[s] = &form{exact: s}
			v.add(s, forms[s])
		}
	}
	for n := 1; n <= 2*maxPacked; n++ {
		add(strings.Repeat("a", n))
		add(strings.Repeat("a", n-1) + "b")
		add(strings.Repeat("é", n))
	}
	for i := range 20_000 {
		add(fmt.Sprint(i * 37))
		add(fmt.Sprint("word", i))
		add(fmt.Sprint("a word of a length of", i))
	}
	for s, f := range forms {
		if v.find(s) != f {
			t.Fatalf("%q has become another", s)
		}
	}
}

func TestPackKeepsEveryByte(t *testing.T) {
	const bytes = "abcdefghijklmnop"
	for n := 1; n <= maxPacked; n++ {
		p := pack(bytes[:n])
		for i := range maxPacked {
			got := byte(p.head >> (8 * i))
			if i >= 8 {
				got = byte(p.tail >> (8 * (i - 8)))
			}
			want := byte(0)
			if i < n {
				want = bytes[i]
			}
			if got != want {
				t.Errorf("byte %d of %q is %q, want %q", i, bytes[:n], got, want)
			}
		}
	}
}
