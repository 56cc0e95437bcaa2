package schema

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"

	"oped/corpus"
	"oped/corpus/synth"
)

// oddArticle has a text in every segment.
func oddArticle(text, lang string) *corpus.Article {
	return &corpus.Article{
		URL: "https://www.a.example/" + text, Aliases: []string{text}, Language: lang, Headline: text, Standfirst: text + ". " + text,
		Authors: []corpus.Author{{Name: text}, {Name: "Jane O'Reilly"}, {}}, AuthorNote: text, Corrections: []string{"", text, "US aid"},
		Body: []corpus.Block{{Text: "--"}, {Kind: corpus.Heading, Text: text}, {Kind: corpus.Paragraph, Text: text}, {Kind: corpus.Paragraph, Text: "US AID TO THE U.S."}},
	}
}

// checkOutline compares what an outline says of an article with what its whole analysis says.
func checkOutline(t *testing.T, o *Outline, a *corpus.Article, w *Wanted) {
	t.Helper()
	want := Analyze(a).Outline()
	o.Read(a, w)
	for s := range numSegments {
		sentences := want.Sentences[s]
		if !w.segments[s] && s == Body {
			sentences = opening(sentences)
		} else if !w.segments[s] {
			sentences = nil
		}
		if !slices.Equal(o.Sentences[s], sentences) {
			t.Errorf("sentences of %v: %v, want %v", s, o.Sentences[s], sentences)
		}
		if w.segments[s] {
			checkWanted(t, o.Tokens[s], want.Tokens[s], w)
		}
	}
	if w.segments[Body] && !slices.Equal(o.Keywords(), want.Keywords()) {
		t.Errorf("keywords %v, want %v", o.Keywords(), want.Keywords())
	}
}

// opening are the sentences of the first text that has any.
func opening(sentences []Sentence) []Sentence {
	for i := range sentences {
		if sentences[i].Block != sentences[0].Block {
			return sentences[:i]
		}
	}
	return sentences
}

// checkWanted checks that got are some of all tokens, none missing that has a wanted term.
func checkWanted(t *testing.T, got, all []Token, w *Wanted) {
	t.Helper()
	joined := false
	for _, token := range all {
		if joined && (len(got) == 0 || got[0].Position != token.Position) {
			t.Errorf("token %+v, the other half of one that was wanted, was passed over", token)
		}
		if joined = false; len(got) > 0 && got[0].Position == token.Position {
			if !sameToken(got[0], token) {
				t.Errorf("token %+v, want %+v", got[0], token)
			}
			joined, got = got[0].Joined, got[1:]
			continue
		}
		for _, form := range append([]string{token.Exact, token.Stem}, token.Also...) {
			least := int(w.shortest[form[0]])
			if form[0] >= utf8.RuneSelf || least > 0 && utf8.RuneCountInString(form) >= least {
				t.Errorf("token %+v was passed over: %q was wanted", token, form)
			}
		}
	}
	if len(got) > 0 {
		t.Errorf("tokens that are not in the article: %+v", got)
	}
}

func sameToken(a, b Token) bool {
	also := slices.Equal(a.Also, b.Also)
	a.Also, b.Also = nil, nil
	return also && a.Exact == b.Exact && a.Stem == b.Stem && a.Block == b.Block && a.Start == b.Start && a.End == b.End &&
		a.Position == b.Position && a.Sentence == b.Sentence && a.Paragraph == b.Paragraph && a.Capital == b.Capital &&
		a.AllCaps == b.AllCaps && a.Joined == b.Joined
}

// wantedOf asks for the segments whose bit is set and for words that begin with a byte of begins, "*" for any, and have at least
// so many characters.
func wantedOf(segments uint8, begins string, least int) *Wanted {
	w := &Wanted{}
	for s := range numSegments {
		if segments&(1<<s) != 0 {
			w.Segment(s)
		}
	}
	for _, r := range begins {
		if r == '*' {
			w.All(least)
		}
		w.Begin(r, least)
	}
	return w
}

func TestOutlineSaysWhatTheAnalysisSays(t *testing.T) {
	g, r := synth.New(3), rand.New(rand.NewPCG(1, 2))
	var o Outline
	for n := range 300 {
		a := g.Article(n)
		if n%7 == 0 {
			a.Language = Languages()[n/7%len(Languages())]
		}
		checkOutline(t, &o, a, wantedOf(0xff, "*", 0))
		checkOutline(t, &o, a, wantedOf(uint8(r.Uint32()), string(rune('a'+r.IntN(26)))+string(rune('0'+r.IntN(75))), r.IntN(9)))
	}
}

func FuzzOutline(f *testing.F) {
	for i, s := range oddTexts {
		f.Add(s, Languages()[i%len(Languages())], uint8(0xff), "eau1", i%7)
		f.Add(s, "fr", uint8(1<<Body), "*", 1)
	}
	f.Add("US-LED AID FOR US", "en", uint8(1<<Lead), "u", 3)
	f.Fuzz(func(t *testing.T, text, lang string, segments uint8, begins string, least int) {
		checkOutline(t, &Outline{}, oddArticle(text, lang), wantedOf(segments, begins, least))
	})
}

// FuzzFormsBeginAsTheWord checks what Wanted rests on.
func FuzzFormsBeginAsTheWord(f *testing.F) {
	for _, s := range []string{"dying", "skies", "US", "yes", "Zaak", "ueber", "knights", "ss", "ing", "a1b", "ees", "generally"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i := range len(s) {
			if asciiClass[s[i]] != classWord {
				return
			}
		}
		for _, lang := range append(Languages(), "") {
			for _, token := range AnalyzeText(s, lang) {
				for _, form := range append([]string{token.Exact, token.Stem}, token.Also...) {
					if form[0] != Fold(s)[0] || form != dottedUS && utf8.RuneCountInString(form) > len(s) {
						t.Errorf("%q in %q has the form %q", s, lang, form)
					}
				}
			}
		}
	})
}

// BenchmarkOutline reads what the marks of an article take: all of it for a word that begins with a letter, for any word, and
// for none.
func BenchmarkOutline(b *testing.B) {
	g := synth.New(1)
	var articles []*corpus.Article
	for n := range 100 {
		articles = append(articles, g.Article(n))
	}
	for name, w := range map[string]*Wanted{"letter": wantedOf(0x7b, "c", 6), "any": wantedOf(0x7b, "*", 0), "none": {}} {
		b.Run(name, func(b *testing.B) {
			var o Outline
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				o.Read(articles[i%len(articles)], w)
			}
		})
	}
	b.Run("analysis", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			Analyze(articles[i%len(articles)])
		}
	})
}
