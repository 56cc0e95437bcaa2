package similar

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// words makes a text of so many made-up words.
func words(r *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprint("w", r.IntN(20_000))
	}
	return out
}

func read(words []string) *Text { return Read(strings.Join(words, " ")) }

func TestCopyOf(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text, other := words(r, 600), words(r, 600)
	sparse := slices.Clone(text)
	for i := 0; i < len(sparse); i += 20 { // one word in twenty
		sparse[i] = "changed"
	}
	dense := slices.Clone(text)
	for i := 0; i < len(dense); i += 6 {
		dense[i] = "changed"
	}
	chinese := ""
	for range 120 {
		chinese += string(rune(0x4e00 + r.IntN(3000)))
	}
	for _, tt := range []struct {
		name string
		a, b string
		want bool
	}{
		{"equal", join(text), join(text), true},
		{"case, quotes and spaces", "It’s the town’s HARBOUR — and “ours”, not theirs, says she.", "It's the town's harbour - and \"ours\" , not theirs says she", true},
		{"a note before and one after", join(text), "Editor's note: this is a guest column. " + join(text) + " The writer lives in the town.", true},
		{"a paragraph in eight left out", join(text), join(append(slices.Clone(text[:200]), text[275:]...)), true},
		{"cut to two thirds", join(text), join(text[:400]), true},
		{"cut to a third", join(text), join(text[:200]), false},
		{"one word in twenty changed", join(text), join(sparse), true},
		{"one word in six changed", join(text), join(dense), false},
		{"another text", join(text), join(other), false},
		{"the same opening", join(text), join(append(slices.Clone(text[:250]), other[:350]...)), false},
		{"one of three letters on a page", join(text[:200]), join(append(slices.Clone(text[:200]), other[:400]...)), false},
		{"Chinese, one character in twenty left out", chinese, strings.Map(func(c rune) rune {
			if c%20 == 0 {
				return -1
			}
			return c
		}, chinese), true},
		{"short and equal", join(text[:20]), strings.ToUpper(join(text[:20])), true},
		{"short and nearly equal", join(text[:30]), join(text[:29]), false},
		{"too short", join(text[:9]), join(text[:9]), false},
		{"short beside long", join(text[:49]), join(text[:52]), false},
		{"nothing", "", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := Read(tt.a), Read(tt.b)
			if got := a.CopyOf(b); got != tt.want {
				resemblance, containment := a.Compare(b)
				t.Errorf("CopyOf = %v, want %v; resemblance %.2f, containment %.2f", got, tt.want, resemblance, containment)
			}
			if a.CopyOf(b) != b.CopyOf(a) {
				t.Error("CopyOf is not symmetric")
			}
			sa, sb := a.Sketch(), b.Sketch()
			if _, enough := sa.Shared(&sb); tt.want && !enough {
				t.Error("the sketches do not share enough to be found")
			}
		})
	}
}

func join(words []string) string { return strings.Join(words, " ") }

func TestPartsAreOneText(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	text := words(r, 100)
	one, parts := read(text), Read(join(text[:30]), join(text[30:31]), "", join(text[31:]))
	if one.Sketch() != parts.Sketch() || one.Words() != parts.Words() || !one.CopyOf(parts) {
		t.Error("a text in parts is not the same text")
	}
}

func TestSketchIsKept(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{12, 49, 50, 700} {
		s := read(words(r, n)).Sketch()
		if got := ReadSketch(s.Bytes()); got != s {
			t.Errorf("%d words: sketch reads back as %v, want %v", n, got, s)
		}
		if len(s.Keys()) > MaxKeys || len(s.Keys()) == 0 {
			t.Errorf("%d words: %d keys", n, len(s.Keys()))
		}
	}
	if s := ReadSketch([]byte("damaged")); s != (Sketch{}) {
		t.Errorf("a damaged sketch reads as %v", s)
	}
}

// TestCopiesShareKeys holds what the package comment promises of edited texts, and that others share nothing.
func TestCopiesShareKeys(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	const pairs = 1000
	copies, found, strangers := 0, 0, 0
	for range pairs {
		text := words(r, 300+r.IntN(900))
		edited := slices.Clone(text)
		for i := range edited {
			if r.IntN(25) == 0 {
				edited[i] = "changed"
			}
		}
		at, paragraph := r.IntN(len(edited)*7/8), len(edited)/8
		edited = slices.Concat(words(r, 25), edited[:at], edited[at+paragraph:])
		a, b := read(text), read(edited)
		sa, sb, other := a.Sketch(), b.Sketch(), read(words(r, 600)).Sketch()
		if a.CopyOf(b) {
			copies++
			if _, enough := sa.Shared(&sb); enough {
				found++
			}
		}
		if _, enough := sa.Shared(&other); enough {
			strangers++
		}
	}
	t.Logf("%d of %d edited texts are copies, %d of them are found; %d strangers", copies, pairs, found, strangers)
	if copies < pairs*98/100 || found < copies*98/100 || strangers > 0 {
		t.Errorf("%d of %d edited texts are copies, %d of them are found; %d strangers", copies, pairs, found, strangers)
	}
}

// FuzzRead holds that no text makes trouble, and that every text is a copy of itself.
func FuzzRead(f *testing.F) {
	f.Add("The harbour levy is a tax on everybody who has ever eaten a fish.")
	f.Add("港口税是对每一个吃过鱼的人的税\u0301\xff\u200b'")
	f.Fuzz(func(t *testing.T, s string) {
		a, b := Read(s), Read(s)
		if a.Comparable() && !a.CopyOf(b) {
			t.Errorf("%q is no copy of itself", s)
		}
		sa, sb := a.Sketch(), b.Sketch()
		if _, enough := sa.Shared(&sb); a.Comparable() && !enough {
			t.Errorf("%q does not find itself", s)
		}
	})
}

func BenchmarkSketch(b *testing.B) {
	text := join(words(rand.New(rand.NewPCG(9, 9)), 866))
	b.ReportAllocs()
	for b.Loop() {
		s := Read(text).Sketch()
		_ = s.Keys()
	}
}

func BenchmarkCopyOf(b *testing.B) {
	text := words(rand.New(rand.NewPCG(9, 9)), 866)
	one := read(text)
	b.ReportAllocs()
	for b.Loop() {
		if !one.CopyOf(read(text[50:])) {
			b.Fatal("no copy")
		}
	}
}
