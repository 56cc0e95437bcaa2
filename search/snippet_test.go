package search

import (
	"strings"
	"testing"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/query"
)

func kurils() *corpus.Article {
	long := strings.Repeat("Nothing of note was said about anything in the long afternoon. ", 12)
	return &corpus.Article{ID: "abcdefghijklmnop", Language: "en", Headline: "A peace <mark>treaty</mark>", Standfirst: "Why it waits",
		Authors: []corpus.Author{{Name: "Jane Doe"}}, AuthorNote: "Jane Doe is a fellow at the Kuril Institute.",
		Body: []corpus.Block{
			{Kind: corpus.Paragraph, Text: "“Japan waits.” It has waited for a peace treaty since 1945. " + long},
			{Kind: corpus.Paragraph, Text: "The Kuril islands are cold. " + long + "Nobody signs a treaty there. Peace comes late."},
			{Kind: corpus.Heading, Text: "E-mail from Moscow"},
			{Kind: corpus.Paragraph, Text: "Russia said no. Peace. And a treaty."},
		}}
}

// show writes spans with the marked ones in brackets.
func show(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Match {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func markerOf(t *testing.T, tree query.Node, a *corpus.Article) (*marker, []match.Occurrence) {
	t.Helper()
	d := schema.Analyze(a)
	p, err := match.Compile(tree, []string{d.Language})
	if err != nil {
		t.Fatalf("compile: %v", err)
	}
	occurrences := match.New(p, d).Occurrences()
	return newMarker(d.Outline(), occurrences), occurrences
}

func exact(s string) query.Node { return query.Word{Text: s, Exact: true} }

func TestSnippets(t *testing.T) {
	treaty := query.Phrase{Parts: []query.Node{exact("peace"), exact("treaty")}}
	for _, tt := range []struct {
		name string
		tree query.Node
		want []string
	}{
		{"a phrase is one mark and loose words are none", treaty,
			[]string{"body: It has waited for a [peace treaty] since 1945."}},
		{"most parts first", query.And{Parts: []query.Node{word("treaty"), word("kuril"), word("russia")}}, []string{
			"body: [Russia] said no. Peace. And a [treaty].",
			"body: The [Kuril] islands are cold.",
			"body: It has waited for a peace [treaty] since 1945.",
		}},
		{"both ends of a proximity in one snippet", query.Near{Left: word("signs"), Right: word("late"), Distance: 10},
			[]string{"body: Nothing of note was said about anything in the long afternoon. Nobody [signs] a treaty there. Peace comes [late]."}},
		{"far ends, over paragraphs", query.Near{Left: word("late"), Right: word("russia"), Distance: 10},
			[]string{"body: was said about anything in the long afternoon. Nobody signs a treaty there. Peace comes [late]. … [Russia] said no. Peace. And a treaty."}},
		{"other segments", query.In{Field: query.FieldBio, X: word("fellow")},
			[]string{"bio: Jane Doe is a [fellow] at the Kuril Institute."}},
		{"nothing to mark: the beginning", query.All{},
			[]string{"body: “Japan waits.” It has waited for a peace treaty since 1945."}},
		{"a compound found joined is marked whole", word("email"), []string{"body: [E-mail] from Moscow"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, occurrences := markerOf(t, tt.tree, kurils())
			var got []string
			for _, s := range m.snippets(occurrences) {
				text := strings.ReplaceAll(show(s.Spans), " Nothing of note was said about anything in the long afternoon.", "")
				got = append(got, s.Segment+": "+strings.TrimSpace(text))
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("snippets:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestSnippetOfVeryLongSentence(t *testing.T) {
	text := strings.Repeat("and so on ", 500) + "to peace " + strings.Repeat("and so on ", 20) + "with a treaty " + strings.Repeat("and so on ", 500)
	a := &corpus.Article{Language: "en", Body: []corpus.Block{{Kind: corpus.Paragraph, Text: text}}}
	m, occurrences := markerOf(t, query.Near{Left: word("peace"), Right: word("treaty"), Distance: 255}, a)
	snippets := m.snippets(occurrences)
	if len(snippets) != 1 {
		t.Fatalf("%d snippets, want 1", len(snippets))
	}
	got := show(snippets[0].Spans)
	if len(got) > longestBytes || !strings.Contains(got, "[peace]") || !strings.Contains(got, "[treaty]") {
		t.Errorf("snippet of %d bytes: %s", len(got), got)
	}
	if !snippets[0].MoreBefore || !snippets[0].MoreAfter {
		t.Errorf("more before and after = %v, %v, want true", snippets[0].MoreBefore, snippets[0].MoreAfter)
	}
}

func TestMarkedJoinsToTheText(t *testing.T) {
	a := kurils()
	m, _ := markerOf(t, query.Or{Parts: []query.Node{word("treaty"), word("kuril"), word("doe"), word("email")}}, a)
	got := m.marked()
	if show(got.Headline) != "A peace <mark>[treaty]</mark>" {
		t.Errorf("headline = %s", show(got.Headline))
	}
	plain := func(spans []Span) (s string) {
		for _, span := range spans {
			s += span.Text
		}
		return s
	}
	for i, block := range got.Blocks {
		if plain(block) != a.Body[i].Text {
			t.Errorf("block %d joins to %q", i, plain(block))
		}
	}
	if plain(got.AuthorNote) != a.AuthorNote || show(got.Bylines[0]) != "Jane [Doe]" {
		t.Errorf("note %q, byline %s", plain(got.AuthorNote), show(got.Bylines[0]))
	}
	if got.Count != 9 {
		t.Errorf("Count = %d, want 9", got.Count)
	}
}

// FuzzMarked checks that marking never changes a text and never fails, whatever the text.
func FuzzMarked(f *testing.F) {
	f.Add("Peace. Treaty “of” x.", "peace", "treaty", 3)
	f.Add("a\xff b é 漢字 U.S. e-mail", "é", "a", 1)
	f.Fuzz(func(t *testing.T, text, left, right string, distance int) {
		a := &corpus.Article{Headline: text, Body: []corpus.Block{{Kind: corpus.Paragraph, Text: text}, {Kind: corpus.Paragraph, Text: text}}}
		tree := query.Or{Parts: []query.Node{word(left), query.Near{Left: word(left), Right: word(right), Distance: distance}}}
		d := schema.Analyze(a)
		p, err := match.Compile(tree, []string{d.Language})
		if err != nil {
			t.Skip()
		}
		occurrences := match.New(p, d).Occurrences()
		m := newMarker(d.Outline(), occurrences)
		for _, spans := range m.marked().Blocks {
			joined := ""
			for _, s := range spans {
				joined += s.Text
			}
			if joined != text {
				t.Errorf("spans join to %q, want %q", joined, text)
			}
		}
		m.snippets(occurrences)
	})
}
