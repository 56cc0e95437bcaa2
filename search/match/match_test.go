package match

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"oped/corpus"
	"oped/indexer/schema"
	"oped/search/query"
)

// w, x, ph and the like write trees as short as queries.
func w(s string) query.Node { return query.Word{Text: s} }

func x(s string) query.Node { return query.Word{Text: s, Exact: true} }

func pat(s string) query.Node { return query.Pattern{Text: s} }

func ph(parts ...query.Node) query.Node { return query.Phrase{Parts: parts} }

func near(n int, l, r query.Node) query.Near { return query.Near{Left: l, Right: r, Distance: n} }

func same(u query.Unit, l, r query.Node) query.Within {
	return query.Within{Left: l, Right: r, Unit: u}
}

func and(parts ...query.Node) query.Node { return query.And{Parts: parts} }

func or(parts ...query.Node) query.Node { return query.Or{Parts: parts} }

func not(n query.Node) query.Node { return query.Not{X: n} }

func in(f query.Field, n query.Node) query.Node { return query.In{Field: f, X: n} }

func atLeast(n int, of query.Node) query.Node { return query.AtLeast{N: n, X: of} }

func article() *schema.Document {
	day, _ := time.Parse(time.DateOnly, "2018-05-01")
	return schema.Analyze(&corpus.Article{
		ID: "abcdefghijklmnop", URL: "https://www.gazette.example/opinion/kuril-islands", Publication: "Harbour Gazette",
		Headline: "The Kuril question", Standfirst: "Why a peace treaty waits",
		Authors: []corpus.Author{{Name: "Jane Doe"}, {Name: "John Waters"}}, AuthorNote: "Jane Doe is a fellow at the Institute.",
		Published: corpus.Date{Time: day}, Section: "Foreign Affairs", Tags: []string{"Japan", "far east"}, Type: corpus.TypeOpEd,
		Language: "en", Corrections: []string{"An earlier version misstated the year."},
		Body: []corpus.Block{
			{Kind: corpus.Paragraph, Text: "Japan and Russia never signed a peace treaty. The U.S. Senate aids nobody with AIDS."},
			{Kind: corpus.Paragraph, Text: "Four Kurile islands lie between them. Amendments were sent by e-mail to us."},
			{Kind: corpus.Heading, Text: "None of Bob"},
			{Kind: corpus.Paragraph, Text: "To be or not to be, said Putin. Lavrov spoke of nuclear weapons, and of peace and a treaty."},
		},
	})
}

// meanings are trees and whether the article above matches them.
var meanings = []struct {
	name string
	tree query.Node
	want bool
}{
	{"everything", query.All{}, true},
	{"a word", w("japan"), true},
	{"a word in the headline", w("question"), true},
	{"a word that is not there", w("korea"), false},
	{"a stem", w("amend"), true},
	{"an exact word has no stem", x("amend"), false},
	{"an exact word", x("amendments"), true},
	{"a name", w("doe"), true},
	{"a name has no stem", in(query.FieldByline, w("water")), false},
	{"the author's note", w("fellow"), true},
	{"the author's note is not body", in(query.FieldBody, w("fellow")), false},
	{"a correction", w("misstated"), true},
	{"an address is asked for", w("gazette"), false},
	{"an address asked for", in(query.FieldURL, w("gazette")), true},
	{"the lead", in(query.FieldLead, w("amendments")), true},
	{"beyond the lead", in(query.FieldLead, w("putin")), false},
	{"headline or lead", in(query.FieldHlead, and(w("kuril"), w("treaty"))), true},
	{"compound written apart", w("e-mail"), true},
	{"compound written together", w("email"), true},
	{"initials are not the pronoun", in(query.FieldLead, w("U.S.")), true},
	{"signs alone ask for nothing", and(w("--"), w("japan")), true},
	{"signs alone are not all", or(w("--"), w("korea")), false},
	{"phrase", ph(x("peace"), x("treaty")), true},
	{"phrase the other way round", ph(x("treaty"), x("peace")), false},
	{"phrase of stop words", ph(x("to"), x("be"), x("or"), x("not"), x("to"), x("be")), true},
	{"phrase with a wrong word", ph(x("none"), x("the"), x("bob")), false},
	{"phrase over segments", ph(x("question"), x("why")), false},
	{"phrase with a gap", ph(x("russia"), query.Gap{}, x("peace")), true},
	{"gap needs a word", ph(x("peace"), query.Gap{}, x("treaty")), true},
	{"gap too small", ph(x("never"), query.Gap{}, x("signed")), false},
	{"phrase with a pattern", ph(x("nuclear"), pat("weapon*")), true},
	{"phrase with alternatives", ph(or(w("nuclear"), w("solar")), x("weapons")), true},
	{"phrase over authors", ph(x("doe"), x("john")), false},
	{"pattern", pat("kuril*"), true},
	{"pattern of one letter", pat("kuril?"), true},
	{"pattern of one letter more", pat("kurile?"), false},
	{"pattern within", pat("wea*ons"), true},
	{"pattern meets no stem", pat("amendm?nt"), false},
	{"pattern in a compound", pat("e-ma*"), true},
	{"fuzzy", query.Fuzzy{Text: "lavrow", Edits: 1}, true},
	{"fuzzy two", query.Fuzzy{Text: "laffrov", Edits: 1}, false},
	{"fuzzy two allowed", query.Fuzzy{Text: "laffrov", Edits: 2}, true},
	{"near", near(5, w("japan"), w("signed")), true},
	{"near, other order", near(5, w("signed"), w("japan")), true},
	{"too far", near(3, w("japan"), w("signed")), false},
	{"ordered", query.Near{Left: w("japan"), Right: w("signed"), Distance: 5, Ordered: true}, true},
	{"ordered, other order", query.Near{Left: w("signed"), Right: w("japan"), Distance: 5, Ordered: true}, false},
	{"near of groups and phrases", near(12, or(w("lavrov"), w("putin")), ph(x("nuclear"), x("weapons"))), true},
	{"near itself", near(50, w("putin"), w("putin")), false},
	{"near itself twice", near(5, w("to"), w("to")), true},
	{"near of near", near(5, near(2, w("japan"), w("russia")), w("signed")), true},
	{"not near", query.Near{Left: w("treaty"), Right: w("peace"), Distance: 2, Negated: true}, true},
	{"not near anywhere", query.Near{Left: w("weapons"), Right: w("nuclear"), Distance: 1, Negated: true}, false},
	{"same sentence", same(query.Sentence, w("japan"), w("treaty")), true},
	{"other sentence", same(query.Sentence, w("japan"), w("senate")), false},
	{"initials end no sentence", same(query.Sentence, x("U.S."), w("senate")), true},
	{"same paragraph", same(query.Paragr, w("japan"), w("senate")), true},
	{"other paragraph", same(query.Paragr, w("japan"), w("kurile")), false},
	{"same segment", same(query.SegmentOf, w("japan"), w("lavrov")), true},
	{"other segment", same(query.SegmentOf, w("question"), w("lavrov")), false},
	{"all capitals", query.Case{Letters: query.AllCaps, X: w("aids")}, true},
	{"no capitals", query.Case{Letters: query.NoCaps, X: w("putin")}, false},
	{"capitals", query.Case{Letters: query.Caps, X: ph(x("peace"), x("treaty"))}, false},
	{"at least", atLeast(3, w("treaty")), true},
	{"at least more", atLeast(4, w("treaty")), false},
	{"at least of a group", atLeast(5, or(w("treaty"), w("kuril"), w("kurile"))), true},
	{"at least of two", atLeast(2, and(w("peace"), w("treaty"))), true},
	{"and not", and(w("japan"), not(w("russia"))), false},
	{"publication", in(query.FieldPublication, w("gazette")), true},
	{"publication phrase", in(query.FieldPublication, ph(x("harbour"), x("gazette"))), true},
	{"one value has both words", in(query.FieldTag, and(w("far"), w("east"))), true},
	{"two values have a word each", in(query.FieldTag, and(w("far"), w("japan"))), false},
	{"site", in(query.FieldSite, w("gazette.example")), true},
	{"site is no substring", in(query.FieldSite, w("azette.example")), false},
	{"id", in(query.FieldID, w("abcdefghijklmnop")), true},
	{"type with a hyphen", in(query.FieldType, w("op-ed")), true},
	{"has", query.Has{What: "bio"}, true},
	{"day", query.Dates{From: "2018-05-01", To: "2018-05-01"}, true},
	{"day before", query.Dates{To: "2018-04-30"}, false},
	{"length", query.Compare{Op: "<", Value: 100}, true},
	{"length equal", query.Compare{Op: "=", Value: 7}, false},
}

func TestMatches(t *testing.T) {
	d := article()
	for _, tt := range meanings {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Matches(tt.tree, d)
			if err != nil {
				t.Fatalf("Matches: %v", err)
			}
			if got != tt.want {
				t.Errorf("Matches(%+v) = %v, want %v", tt.tree, got, tt.want)
			}
		})
	}
}

func TestCompileRefusesWhatHasNoMeaning(t *testing.T) {
	deep := w("a")
	for range 200 {
		deep = not(deep)
	}
	for _, tt := range []struct {
		name string
		tree query.Node
	}{
		{"nearness of a date", near(3, query.Dates{}, w("a"))},
		{"nearness of a negation", near(3, not(w("b")), w("a"))},
		{"count of a negation", atLeast(3, not(w("b")))},
		{"nearness of signs", near(3, w("--"), w("a"))},
		{"too deep", deep},
		{"too many words", or(slices.Repeat([]query.Node{w("a")}, 3000)...)},
		{"a wildcard alone in a site", in(query.FieldSite, near(2, w("a"), w("b")))},
		{"a long pattern", pat(strings.Repeat("a", 80) + "*")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Compile(tt.tree, []string{"en"})
			var bad *Error
			if !errors.As(err, &bad) {
				t.Errorf("Compile = %v, want an *Error", err)
			}
		})
	}
}

// marked writes the words of a segment with the marked ones in brackets.
func marked(t *testing.T, tree query.Node, d *schema.Document) string {
	t.Helper()
	p, err := Compile(tree, []string{d.Language})
	if err != nil {
		t.Fatalf("Compile: %v", err)
	}
	var out []string
	for _, o := range New(p, d).Occurrences() {
		var words []string
		for _, m := range o.Marks {
			var stretch []string
			for _, token := range d.Tokens[o.Segment] {
				if m.From <= token.Position && token.Position <= m.To {
					stretch = append(stretch, token.Exact)
				}
			}
			words = append(words, strings.Join(stretch, " "))
		}
		out = append(out, fmt.Sprintf("%v[%s]", o.Segment, strings.Join(words, "|")))
	}
	return strings.Join(out, " ")
}

func TestOccurrencesAreWhatMatched(t *testing.T) {
	d := article()
	for _, tt := range []struct {
		name string
		tree query.Node
		want string
	}{
		{"phrase only", ph(x("peace"), x("treaty")), "standfirst[peace treaty] body[peace treaty]"},
		{"both ends of near", near(3, w("putin"), w("nuclear")), ""},
		{"both ends of nearer", near(4, w("putin"), w("nuclear")), "body[putin|nuclear]"},
		{"nothing of a negation", and(w("putin"), not(w("korea"))), "body[putin]"},
		{"nothing of a part that does not hold", or(and(w("putin"), w("korea")), w("lavrov")), "body[lavrov]"},
		{"the lead is marked in the body", in(query.FieldHlead, w("treaty")), "standfirst[treaty] body[treaty]"},
		{"stems", w("amending"), "body[amendments]"},
		{"sentence", same(query.Sentence, w("four"), w("kurile")), "body[four|kurile]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := marked(t, tt.tree, d); got != tt.want {
				t.Errorf("marked = %s, want %s", got, tt.want)
			}
		})
	}
}
