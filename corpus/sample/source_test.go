package sample

import (
	"strings"
	"testing"
	"time"

	"oped/corpus"
)

func TestParsePiece(t *testing.T) {
	const text = `headline: Who counts: the seats?
date: 2019-05-14 06:05
author: Moira Tressell
author: Idris Calloway
section: Columnists
type: column
tags: stadium, port
comment: Halyard: Well: said.

One *emphasised*
paragraph.

## A heading

> A quotation.

- An entry
`
	p, err := parsePiece(harbourGazette, "who-counts", text)
	if err != nil {
		t.Fatalf("parsePiece: %v", err)
	}
	if got, want := p.headline, "Who counts: the seats?"; got != want {
		t.Errorf("headline = %q, want %q", got, want)
	}
	if got, want := strings.Join(p.authors, ";"), "Moira Tressell;Idris Calloway"; got != want {
		t.Errorf("authors = %q, want %q", got, want)
	}
	if got, want := strings.Join(p.tags, ";"), "stadium;port"; got != want {
		t.Errorf("tags = %q, want %q", got, want)
	}
	if got, want := p.comments[0], (comment{"Halyard", "Well: said."}); got != want {
		t.Errorf("comment = %v, want %v", got, want)
	}
	if got, want := p.published.Format(time.RFC3339), "2019-05-14T06:05:00+01:00"; got != want {
		t.Errorf("published = %s, want %s", got, want)
	}
	want := []corpus.Block{
		{Kind: corpus.Paragraph, Text: "One emphasised paragraph."},
		{Kind: corpus.Heading, Level: 2, Text: "A heading"},
		{Kind: corpus.Quote, Text: "A quotation."},
		{Kind: corpus.ListItem, Text: "An entry"},
	}
	for i, b := range p.article().Body {
		if b != want[i] {
			t.Errorf("block %d = %+v, want %+v", i, b, want[i])
		}
	}
}

func TestParsePieceRefuses(t *testing.T) {
	const good = "headline: H\ndate: 2019-05-14\nauthor: A\nsection: Opinion\ntype: op-ed\n\nText.\n"
	for _, tt := range []struct{ name, slug, old, new, want string }{
		{"bad slug", "Not A Slug", "", "", "slug"},
		{"line without key", "s", "headline: H", "headline", `want "key: value"`},
		{"unknown key", "s", "date:", "dated:", `unknown key "dated"`},
		{"empty value", "s", "headline: H", "headline:", "no value"},
		{"key twice", "s", "date:", "headline: I\ndate:", "twice"},
		{"bad date", "s", "2019-05-14", "14 May", "cannot parse"},
		{"unknown section", "s", "section: Opinion", "section: Sport", `no section "Sport"`},
		{"unknown type", "s", "type: op-ed", "type: essay", `unknown type "essay"`},
		{"editorial with author", "s", "type: op-ed", "type: editorial", "editorial"},
		{"no author", "s", "author: A\n", "", "editorial"},
		{"no body", "s", "Text.", "", "body"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parsePiece(harbourGazette, tt.slug, strings.Replace(good, tt.old, tt.new, 1))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("parsePiece: error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestInline(t *testing.T) {
	b := block{source: `He said <no> to [the *tax*](old-post/tax) & to *them*.`}
	if got, want := b.plain(), "He said <no> to the *tax* & to them."; got != want {
		t.Errorf("plain() = %q, want %q", got, want)
	}
	got := string(b.html(func(target string) string { return "/" + target }))
	if want := `He said &lt;no&gt; to <a href="/old-post/tax">the *tax*</a> &amp; to <em>them</em>.`; got != want {
		t.Errorf("html() = %s, want %s", got, want)
	}
	if got := b.targets(); len(got) != 1 || got[0] != "old-post/tax" {
		t.Errorf("targets() = %q, want old-post/tax", got)
	}
}

func TestSlugify(t *testing.T) {
	for in, want := range map[string]string{
		"Maëlle Kervadec": "maelle-kervadec", "  carbon  tax ": "carbon-tax", "Étienne O’Neill": "etienne-o-neill", "Вера Йод": "вера-иод", "": "",
	} {
		if got := slugify(in); got != want {
			t.Errorf("slugify(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParsePiece(f *testing.F) {
	f.Add("slug", "headline: H\ndate: 2019-05-14\nauthor: A\nsection: Opinion\ntype: op-ed\n\nText [a](b/c) *d*.\n\n%%%\n\n> Q")
	f.Add("s", ":\n\n\n\n## \n\n> \n\n- ")
	f.Fuzz(func(t *testing.T, slug, text string) {
		p, err := parsePiece(capitalStandard, slug, text)
		if err != nil {
			return
		}
		for _, b := range p.article().Body {
			if b.Kind == corpus.Heading != (b.Level > 0) {
				t.Errorf("block %+v: level does not fit its kind", b)
			}
		}
	})
}
