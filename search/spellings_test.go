package search

import (
	"fmt"
	"strings"
	"testing"

	"oped/corpus"
)

// letter is an article of few words.
func letter(n int, text string) *corpus.Article {
	return &corpus.Article{ID: corpus.IDFromURL(fmt.Sprint("https://example.org/letter/", n)), Version: 1, Language: "en",
		Headline: "A letter", Body: []corpus.Block{{Kind: corpus.Paragraph, Text: text}}}
}

// letters puts one article into the archive for each text, in segments of three.
func (a *archive) letters(texts ...string) {
	var batch []*corpus.Article
	for i, text := range texts {
		if batch = append(batch, letter(i, text)); len(batch) == 3 || i == len(texts)-1 {
			a.put(batch...)
			batch = nil
		}
	}
}

func TestSpellings(t *testing.T) {
	a := newArchive(t)
	a.letters("The mediation failed.", "Mediation works; medication does not.", "On mediation and meditation.", "The médiation of Putin.",
		"A tax on snow.", "Договор.", "The Kuril islands, the kuril.")
	s := a.searcher(Config{})
	for _, tt := range []struct{ word, want string }{
		{"mediction", "mediation 4 1, medication 1 1, meditation 1 2"},
		{"Mediation", "mediation 4 0, medication 1 1, meditation 1 1"},
		{"putni", "putin 1 1"},
		{"kurli", "kuril 1 1"},
		{"taxs", "tax 1 1"},
		{"tax", ""}, // three letters are too few to be told apart by
		{"договро", "договор 1 1"},
		{"mediation-talks", ""},
		{"medi4tion", ""},
		{"", ""},
		{strings.Repeat("mediation", 1000), ""},
		{"\xff\xfe\x01", ""},
	} {
		found, err := s.Spellings(t.Context(), tt.word)
		if err != nil {
			t.Fatalf("Spellings(%q): %v", tt.word, err)
		}
		var got []string
		for _, f := range found {
			got = append(got, fmt.Sprint(f.Word, " ", f.Articles, " ", f.Edits))
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("Spellings(%q) = %s, want %s", tt.word, strings.Join(got, ", "), tt.want)
		}
	}
}
