package diff

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"oped/corpus"
)

// show writes pieces as [-taken out-] and {+put in+}.
func show(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Op {
		case Delete:
			fmt.Fprintf(&b, "[-%s-]", p.Text)
		case Insert:
			fmt.Fprintf(&b, "{+%s+}", p.Text)
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestTexts(t *testing.T) {
	for _, tt := range []struct{ name, older, newer, want string }{
		{"the same", "The harbour levy", "The harbour levy", "The harbour levy"},
		{"white space", "The  harbour\n levy ", "The harbour levy", "The harbour levy"},
		{"quotation marks", `It's the "town's" - not theirs...`, "It’s the “town’s” – not theirs…", "It’s the “town’s” – not theirs…"},
		{"soft hyphens", "the har\u00adbour levy", "the harbour levy", "the harbour levy"},
		{"a word", "The harbour levy is a tax", "The harbour toll is a tax", "The harbour [-levy -]{+toll +}is a tax"},
		{"a mark", "A tax, not a toll", "A tax; not a toll", "A tax[-, -]{+; +}not a toll"},
		{"case", "the Council", "the council", "the [-Council-]{+council+}"},
		{"put in", "A tax", "A new tax", "A {+new +}tax"},
		{"taken out", "A new tax", "A tax", "A [-new -]tax"},
		{"all of it", "", "A tax", "{+A tax+}"},
		{"nothing left", "A tax", "", "[-A tax-]"},
		{"an island", "one two three and four five six", "ein zwei drei and vier fünf sechs", "[-one two three and four five six-]{+ein zwei drei and vier fünf sechs+}"},
		{"no island", "one of them and two", "none of them and both", "[-one -]{+none +}of them and [-two-]{+both+}"},
		{"Chinese", "港口税是一种税", "港口费是一种税", "港口[-税-]{+费+}是一种税"},
		{"a number", "rose by 41 per cent", "rose by 31 per cent", "rose by [-41 -]{+31 +}per cent"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(Texts(tt.older, tt.newer)); got != tt.want {
				t.Errorf("Texts(%q, %q) = %q, want %q", tt.older, tt.newer, got, tt.want)
			}
		})
	}
}

// body reads blocks, one a line, headings after "## ".
func body(text string) []corpus.Block {
	var out []corpus.Block
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		b := corpus.Block{Kind: corpus.Paragraph, Text: strings.TrimSpace(line)}
		if rest, ok := strings.CutPrefix(b.Text, "## "); ok {
			b = corpus.Block{Kind: corpus.Heading, Level: 2, Text: rest}
		}
		if b.Text != "" {
			out = append(out, b)
		}
	}
	return out
}

func TestBodies(t *testing.T) {
	for _, tt := range []struct{ name, older, newer, want string }{
		{"the same", "One.\nTwo.", "One.\nTwo.", "p One.\np Two."},
		{"a paragraph put in", "One here.\nThree here.", "One here.\nTwo is new.\nThree here.", "p One here.\np {+Two is new.+}\np Three here."},
		{"a paragraph taken out", "One here.\nTwo is old.\nThree here.", "One here.\nThree here.", "p One here.\np [-Two is old.-]\np Three here."},
		{"a paragraph in place of another", "One.\nTwo was quite different then.\nThree.", "One.\nNow something else is said.\nThree.",
			"p One.\np [-Two was quite different then.-]\np {+Now something else is said.+}\np Three."},
		{"a word in a paragraph", "One.\nTwo was red and round.\nThree.", "One.\nTwo was blue and round.\nThree.",
			"p One.\np Two was [-red -]{+blue +}and round.\np Three."},
		{"two paragraphs joined", "One ends here.\nTwo begins here.", "One ends here. Two begins here.", "p One ends here. [-¶ -]Two begins here."},
		{"a paragraph divided", "One ends here. Two begins here.", "One ends here.\nTwo begins here.", "p One ends here.\np Two begins here."},
		{"a heading put in", "One.\nTwo.", "One.\n## Who pays\nTwo.", "p One.\nh {+Who pays+}\np Two."},
		{"a paragraph made a heading", "One.\nWho pays\nTwo.", "One.\n## Who pays\nTwo.", "p One.\nh Who pays\np Two."},
		{"all new", "One.", "Alpha beta.\nGamma.", "p [-One-]\np {+Alpha beta.+}\np {+Gamma+}."},
		{"from nothing", "", "Alpha.\nBeta.", "p {+Alpha.+}\np {+Beta.+}"},
		{"to nothing", "Alpha.\nBeta.", "", "p [-Alpha.-]\np [-Beta.-]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, b := range bodies(body(tt.older), body(tt.newer)) {
				got = append(got, string(b.Kind)+" "+show(b.Pieces))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestArticles(t *testing.T) {
	older := &corpus.Article{Headline: "The levy", Authors: []corpus.Author{{Name: "Jane Doe"}}, Tags: []string{"tax", "harbour"},
		Body: body("One levy for all.\nTwo.")}
	newer := &corpus.Article{Headline: "The toll", Authors: []corpus.Author{{Name: "Jane Doe"}}, Tags: []string{"harbour", "tax"},
		Corrections: []string{"It is a toll."}, Body: body("One toll for all of us.\nTwo.")}
	c := Articles(older, newer)
	var names []string
	for _, f := range c.Fields {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"headline", "correction"}) || c.Inserted != 3 || c.Deleted != 1 || c.None() {
		t.Errorf("changed %v, %d words put in and %d taken out", names, c.Inserted, c.Deleted)
	}
	if same := Articles(older, older); !same.None() {
		t.Errorf("an article differs from itself: %+v", same)
	}
}

// TestEditsAreRight holds that edits lead from one list to the other, in as few steps as the longest common part allows.
func TestEditsAreRight(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	list := func() []int {
		out := make([]int, r.IntN(30))
		for i := range out {
			out[i] = r.IntN(6)
		}
		return out
	}
	for range 3000 {
		older, newer := list(), list()
		var made []int
		at, changes := 0, 0
		for _, e := range edits(older, newer, func(a, b int) bool { return a == b }) {
			switch e.op {
			case Equal:
				if !slices.Equal(older[e.old:e.old+e.n], newer[e.new:e.new+e.n]) {
					t.Fatalf("%v and %v: not equal: %+v", older, newer, e)
				}
				made = append(made, newer[e.new:e.new+e.n]...)
				at += e.n
			case Delete:
				at += e.n
				changes += e.n
			case Insert:
				made = append(made, newer[e.new:e.new+e.n]...)
				changes += e.n
			}
		}
		if at != len(older) || !slices.Equal(made, newer) {
			t.Fatalf("edits of %v make %v, want %v", older, made, newer)
		}
		if want := len(older) + len(newer) - 2*common(older, newer); changes != want {
			t.Fatalf("%v to %v takes %d edits, want %d", older, newer, changes, want)
		}
	}
}

// common is the length of the longest common subsequence, by the book.
func common(a, b []int) int {
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	for i := range a {
		for j := range b {
			best[i+1][j+1] = max(best[i][j+1], best[i+1][j])
			if a[i] == b[j] {
				best[i+1][j+1] = best[i][j] + 1
			}
		}
	}
	return best[len(a)][len(b)]
}

// TestHugeTextsAreBounded holds that texts without anything in common, or with everything, are compared all the same.
func TestHugeTextsAreBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	text := func(n, vocabulary int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "w%d ", r.IntN(vocabulary))
		}
		return b.String()
	}
	for _, vocabulary := range []int{1, 2, 100, 1_000_000} {
		a, b := text(50_000, vocabulary), text(40_000, vocabulary)
		if got := join(Texts(a, b), Delete); got != b {
			t.Errorf("vocabulary %d: the newer text does not come back", vocabulary)
		}
	}
}

// join is the text without the pieces of an operation.
func join(pieces []Piece, without Op) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Op != without {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// FuzzTexts holds that the newer text comes back whole, and the older one up to what only looks different.
func FuzzTexts(f *testing.F) {
	f.Add("It's the town's", "It’s the “town’s” levy")
	f.Add("港口税\u200b是", "...… --—\xff")
	f.Fuzz(func(t *testing.T, older, newer string) {
		pieces := Texts(older, newer)
		if got, want := join(pieces, Delete), textOf(words(newer)); got != want {
			t.Errorf("newer text comes back as %q, want %q", got, want)
		}
		if got, want := looks(join(pieces, Insert)), looks(older); got != want {
			t.Errorf("older text comes back as %q, want %q", got, want)
		}
		if changed(Texts(older, older)) {
			t.Errorf("%q differs from itself", older)
		}
	})
}

// looks is a text without what only looks different.
func looks(text string) string {
	var b strings.Builder
	for _, w := range words(text) {
		b.WriteString(w.key)
	}
	return b.String()
}

func BenchmarkArticles(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	older := &corpus.Article{}
	for range 14 {
		var p strings.Builder
		for range 60 {
			fmt.Fprintf(&p, "w%d ", r.IntN(3000))
		}
		older.Body = append(older.Body, corpus.Block{Kind: corpus.Paragraph, Text: p.String()})
	}
	newer := *older
	newer.Body = slices.Clone(older.Body)
	for i := range newer.Body {
		newer.Body[i].Text = strings.ReplaceAll(newer.Body[i].Text, "w1", "x1")
	}
	b.ReportAllocs()
	for b.Loop() {
		Articles(older, &newer)
	}
}
