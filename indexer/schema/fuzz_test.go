package schema

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"oped/corpus"
)

// oddTexts are seeds that touch every rule.
var oddTexts = []string{
	"O’Reilly's e-mail to the U.S. Senate: 1,000 or 3.5? C++ & C#...", "L’économie d’aujourd’hui qu’il faut", "İstanbul ı ŁÓDŹ straße",
	"日本語のテキスト。サッカー ｶﾞｷﾞ ﾊﾝｶｸ", "한국은 좋다", "والكتابُ المدرسة ٣٫٥", "Ёлка и йод, ї ґ", "э\u0301то и\u0306", "soft\u00adhyphen zero\u200bwidth joiner\u200d",
	"U.S.-led a.k.a. Ph.D.'s EE.UU. J.K.Rowling", "state-of-the-art -- --a- a--b", "x\xffy\xc3 \xe2\x80", "@a_b __init__ #tag_", "E.E. ''' '' ’s", "ไทย हिन्दी में", "²³ ½ Ⅻ ㋿ ﬁne ﬃ", "\u0301\u0301", "A.b.C.d", "US IS US'S OK", "1,2,3,4 1.000.000,5 ,5 .5 5.", strings.Repeat("long", 40),
}

// slowWords cuts a text by the rules alone, without the short cut for ASCII.
func slowWords(s string) []word {
	var words []word
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isWordRune(r) {
			i += size
			continue
		}
		w := slowWord(s, i)
		words = append(words, w)
		i = w.end
	}
	return words
}

func fastWords(s string) []word {
	var words []word
	for i := 0; i < len(s); {
		w := nextWord(s, i)
		if w.end == 0 {
			break
		}
		words = append(words, w)
		i = w.end
	}
	return words
}

func FuzzShortCutGivesTheSameWords(f *testing.F) {
	for _, s := range oddTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if fast, slow := fastWords(s), slowWords(s); !slices.Equal(fast, slow) {
			t.Errorf("words of %q: %v, by the rules %v", s, fast, slow)
		}
	})
}

func FuzzFoldIsStable(f *testing.F) {
	for _, s := range oddTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
		if strings.ContainsAny(once, "\x00\x01\x02\x03") && !strings.ContainsAny(s, "\x00\x01\x02\x03") {
			t.Errorf("Fold(%q) = %q makes control characters", s, once)
		}
	})
}

func FuzzTokensAreSound(f *testing.F) {
	for i, s := range oddTexts {
		f.Add(s, []string{"en", "fr", "ru", "xx", "", "ar", "uk", "de", "es", "it", "pt"}[i%11])
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		a := &corpus.Article{ID: "x", Version: 1, Headline: s, Language: lang, Authors: []corpus.Author{{Name: s}, {Name: "Jane Doe"}},
			Body: []corpus.Block{{Kind: corpus.Paragraph, Text: s}, {Kind: corpus.Heading, Level: 2, Text: s}, {Kind: corpus.Quote, Text: s}}}
		d := Analyze(a)
		for seg, tokens := range d.Tokens {
			checkTokens(t, Texts(a, Segment(seg)), tokens)
		}
		for _, token := range AnalyzeText(s, lang) {
			if again := stem(token.Stem, PrimaryLanguage(lang)); again != token.Stem {
				t.Errorf("the stem %q of %q has the stem %q", token.Stem, token.Exact, again)
			}
		}
		QueryTerms(s, lang)
		checkPrepared(t, a)
	})
}

// checkTokens checks what every list of tokens promises.
func checkTokens(t *testing.T, texts []string, tokens []Token) {
	for i, token := range tokens {
		text := texts[token.Block]
		if token.Start < 0 || token.Start >= token.End || token.End > len(text) {
			t.Fatalf("token %q at [%d, %d) of %d bytes", token.Exact, token.Start, token.End, len(text))
		}
		if token.Exact == "" || token.Exact < MarkPrefixEnd || token.Stem == "" || utf8.RuneCountInString(token.Exact) > maxWordRunes {
			t.Errorf("token %+v of %q", token, text)
		}
		if token.AllCaps && !token.Capital {
			t.Errorf("token %+v is all capitals without one", token)
		}
		for _, also := range token.Also {
			if also == "" || also == token.Exact {
				t.Errorf("token %+v of %q", token, text)
			}
		}
		if i == 0 {
			if token.Position != 1 || token.Sentence != 0 || token.Paragraph != 0 {
				t.Errorf("first token %+v", token)
			}
			continue
		}
		before := tokens[i-1]
		if token.Position <= before.Position || token.Sentence-before.Sentence > 1 || token.Sentence < before.Sentence ||
			token.Paragraph-before.Paragraph > 1 || token.Paragraph < before.Paragraph {
			t.Errorf("token %+v after %+v", token, before)
		}
		if token.Block == before.Block && token.Start < before.End {
			t.Errorf("token %+v overlaps %+v", token, before)
		}
	}
}
