package query

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// now is when the tests take place: a Monday.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func mustParse(t *testing.T, text string) *Query {
	t.Helper()
	q, err := Parse(text, Options{Now: now})
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return q
}

// reads checks that texts are read as the same tree as their canonical form, and printed as it.
func reads(t *testing.T, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		q, err := Parse(c[0], Options{Now: now})
		if err != nil {
			t.Errorf("Parse(%q): %v", c[0], err)
			continue
		}
		if got := q.String(); got != c[1] {
			t.Errorf("Parse(%q) = %s, want %s", c[0], got, c[1])
		}
		again, err := Parse(q.String(), Options{Now: now})
		if err != nil || !Equal(again.Root, q.Root) {
			t.Errorf("Parse(%q) prints %q, which is read as %v, %v", c[0], q, again, err)
		}
	}
}

func TestOperatorsBindInTheOrderOfNexis(t *testing.T) {
	reads(t, [][2]string{
		{"bankrupt! w/25 discharg! and student or college or education! w/5 loan", "(bankrupt! W/25 discharg!) AND ((student OR college OR education!) W/5 loan)"},
		{"a AND NOT b OR c", "a AND NOT (b OR c)"},
		{"a AND NOT b AND c", "a AND NOT (b AND c)"},
		{"a NOT b", "a AND NOT b"},
		{"a AND b NOT c AND d", "a AND b AND NOT (c AND d)"},
		{"a AND NOT b AND NOT c", "a AND NOT b AND NOT c"},
		{"a OR b AND c", "(a OR b) AND c"},
		{"a OR (b AND c)", "a OR (b AND c)"},
		{"a w/10 b w/5 c", "a W/10 (b W/5 c)"},
		{"a w/5 b w/10 c", "(a W/5 b) W/10 c"},
		{"a w/5 b w/5 c", "(a W/5 b) W/5 c"},
		{"a pre/5 b w/3 c pre/2 d", "a PRE/5 (b W/3 (c PRE/2 d))"},
		{"a /p b /s c w/200 d", "a /p (b /s (c W/200 d))"},
		{"a /seg b /p c", "a /seg (b /p c)"},
		{"a w/5 b or c", "a W/5 (b OR c)"},
		{"a or b w/5 c or d", "(a OR b) W/5 (c OR d)"},
		{"a not w/5 b and c", "(a NOT W/5 b) AND c"},
		{"a not /s b", "a NOT /s b"},
		{"a NOT PRE/2 b", "a NOT PRE/2 b"},
		{"((a))", "a"},
		{"(a AND b) AND c", "a AND b AND c"},
		{"(a OR b) OR c", "a OR b OR c"},
		{"NOT a", "NOT a"},
		{"-a", "NOT a"},
		{"NOT a AND b", "NOT (a AND b)"},
		{"NOT a NOT b", "NOT a AND NOT b"},
		{"not a and b w/5 c", "NOT (a AND (b W/5 c))"},
	})
}

func TestOperatorsHaveManySpellings(t *testing.T) {
	reads(t, [][2]string{
		{"a W/5 b", "a W/5 b"}, {"a /5 b", "a W/5 b"}, {"a near/5 b", "a W/5 b"}, {"a NEAR5 b", "a W/5 b"}, {"a AROUND(5) b", "a W/5 b"},
		{"a around(5) b", "a W/5 b"}, {"a w/ 5 b", "a W/5 b"}, {"a pre/5 b", "a PRE/5 b"}, {"a onear/5 b", "a PRE/5 b"}, {"a +5 b", "a PRE/5 b"},
		{"a w/s b", "a /s b"}, {"a W/P b", "a /p b"}, {"a w/seg b", "a /seg b"},
		{"a|b", "a OR b"}, {"a || b", "a OR b"}, {"a && b", "a AND b"},
		{"atleast5 x", "ATLEAST5(x)"}, {"ATLEAST5(x OR y)", "ATLEAST5(x OR y)"}, {"atleast 5 (x)", "ATLEAST5(x)"},
	})
}

func TestLowerCaseOperatorsNeedTheMannerOfNexis(t *testing.T) {
	reads(t, [][2]string{
		{"war and peace", "war and peace"},
		{"this or that", "this or that"},
		{"war and peace w/5 x", "war AND (peace W/5 x)"},
		{"war and peac!", "war AND peac*"},
		{"headline(war and peace)", "headline:(war AND peace)"},
		{"war and caps(peace)", "war AND CAPS(peace)"},
		{"war and peace /s x", "war AND (peace /s x)"},
		{"atleast2(war) and peace", "ATLEAST2(war) AND peace"},
		{"war and peace AROUND(5) x", "war and (peace AROUND(5) x)"},
		{`war "or" peac!`, `war "or" peac*`},
		{`war \or peace w/5 x`, `(war \or peace) W/5 x`},
		{"War And Peace", "War And Peace"},
		{"title:or", "headline:or"},
	})
}

func TestWordsSideBySide(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Node
	}{
		{"mental health", And{Parts: []Node{Word{Text: "mental"}, Word{Text: "health"}}, Implied: true}},
		{"mental health AND x w/5 y", And{Parts: []Node{
			Phrase{Parts: []Node{Word{Text: "mental"}, Word{Text: "health"}}}, Near{Left: Word{Text: "x"}, Right: Word{Text: "y"}, Distance: 5}}}},
		{"HEADLINE(mental health)", In{Field: FieldHeadline, X: Phrase{Parts: []Node{Word{Text: "mental"}, Word{Text: "health"}}}}},
		{`"mental health"`, Phrase{Parts: []Node{Word{Text: "mental", Exact: true}, Word{Text: "health", Exact: true}}}},
		{`"amend"`, Word{Text: "amend", Exact: true}},
		{`"a * b"`, Phrase{Parts: []Node{Word{Text: "a", Exact: true}, Gap{}, Word{Text: "b", Exact: true}}}},
		{`"nuclear weapon*"`, Phrase{Parts: []Node{Word{Text: "nuclear", Exact: true}, Pattern{Text: "weapon*"}}}},
		{"a b AND c", And{Parts: []Node{Word{Text: "a"}, Word{Text: "b"}, Word{Text: "c"}}}},
		{"a b -c", And{Parts: []Node{Word{Text: "a"}, Word{Text: "b"}, Not{X: Word{Text: "c"}}}, Implied: true}},
		{"a -b c", And{Parts: []Node{Word{Text: "a"}, Not{X: Word{Text: "b"}}, Word{Text: "c"}}, Implied: true}},
		{"-a OR b", Or{Parts: []Node{Not{X: Word{Text: "a"}}, Word{Text: "b"}}}},
		{"author:jane doe", And{Parts: []Node{In{Field: FieldByline, X: Word{Text: "jane"}}, Word{Text: "doe"}}, Implied: true}},
		{"kuril! author:doe japan", And{Parts: []Node{Pattern{Text: "kuril*"}, In{Field: FieldByline, X: Word{Text: "doe"}}, Word{Text: "japan"}}, Implied: true}},
	} {
		if got := mustParse(t, tt.in).Root; !Equal(got, tt.want) {
			t.Errorf("Parse(%q) = %#v, want %#v", tt.in, got, tt.want)
		}
	}
}

func TestSignsAreMadePlain(t *testing.T) {
	reads(t, [][2]string{
		{"“peace treaty”", `"peace treaty"`},
		{"«peace treaty»", `"peace treaty"`},
		{"„peace treaty“", `"peace treaty"`},
		{"carbon\u00a0tax\u2003now", "carbon tax now"},
		{"carbon –tax", "carbon -tax"},
		{"carbon −tax", "carbon -tax"},
		{"carbon — tax", "carbon tax"},
		{"O’Reilly", "O'Reilly"},
		{"(peace，treaty)", "peace，treaty"},
		{"（peace OR treaty）", "peace OR treaty"},
		{"Japan, Russia; and (maybe) China!!", "Japan Russia and maybe China"},
		{"carbon\x00tax", "carbon tax"},
		{"'tis", "tis"},
		{"U.S. policy", "U.S. policy"},
		{"C++ and C#", "C++ and C#"},
		{"AT&T e-mail 10:30 2:1", "AT&T e-mail 10:30 2:1"},
		{"https://example.com/a?b=c&d=*#e.", "https://example.com/a?b=c&d=*#e"},
		{"see (www.example.com/x?y)", "see www.example.com/x?y"},
		{"#metoo @handle $5 50%", "metoo handle 5 50"},
		{"foo^2 bar", "foo bar"},
		{"a -- b", "a b"},
		{"Putin: a life", "Putin a life"},
	})
}

func TestFields(t *testing.T) {
	reads(t, [][2]string{
		{"title:x", "headline:x"}, {"intitle:x", "headline:x"}, {"hd=x", "headline:x"}, {"allintitle:x", "headline:x"}, {"Headline:x", "headline:x"},
		{`author:"Jane Doe"`, `author:"Jane Doe"`}, {"byline:doe", "author:doe"}, {"by=doe", "author:doe"},
		{"pub:gazette", "publication:gazette"}, {"source:(a OR b)", "publication:(a OR b)"}, {"publication:x", "publication:x"},
		{"hlead:x", "hlead:x"}, {"hlp=x", "hlead:x"}, {"standfirst:x lead:x body:x bio:x correction:x section:x tag:x", "standfirst:x lead:x body:x bio:x correction:x section:x tag:x"},
		{"HLEAD(kuril) and LENGTH>800 and BYLINE(smith)", "hlead:kuril AND LENGTH>800 AND author:smith"},
		{"HEADLINE (a) AND SECTION(x y)", "HEADLINE(a) AND SECTION(x y)"},
		{"headline:(a b)", "headline:(a b)"}, {"headline:(a -b)", "headline:(a -b)"},
		{"headline:kuril! w/5 japan", "HEADLINE(kuril!) W/5 japan"},
		{"-site:x.com", "NOT site:x.com"}, {"site:https://www.X.com:8080/", "site:www.x.com"}, {"site:*.x.com", "site:x.com"}, {"site:(a.com OR b.org)", "site:(a.com OR b.org)"},
		{"inurl:opinion", "inurl:opinion"}, {"inurl:https://x.com/a?b", "inurl:https://x.com/a?b"}, {"url:x", "inurl:x"},
		{"type:op-ed", "type:op-ed"}, {`type:"op ed"`, "type:op-ed"}, {"type:(letters OR Column)", "type:(letter OR column)"}, {"-type:letter", "NOT type:letter"},
		{"lang:french", "lang:fr"}, {"lang:en-GB", "lang:en"}, {"access:paywalled", "access:partial"},
		{"has:date", "has:date"}, {"-has:author", "NOT has:author"}, {"has:(date OR byline)", "has:date OR has:author"}, {"author:*", "has:author"}, {"date:*", "has:date"},
		{"author: smith", "author:smith"},
		{"wc>800", "LENGTH>800"}, {"LENGTH >= 800", "LENGTH>=800"}, {"length<800 x", "LENGTH<800 x"}, {"LENGTH(>800)", "LENGTH>800"}, {"length:800", "LENGTH=800"},
		{"wc:1..5", "LENGTH>=1 AND LENGTH<=5"}, {"length ≥ 5", "LENGTH>=5"},
		{"id:ABCDEFGH234567ab", "id:abcdefgh234567ab"},
		{"title:caps(us)", "HEADLINE(CAPS(us))"},
		{"length of time", "length of time"}, {"body language", "body language"}, {"body (a OR b)", "body (a OR b)"},
	})
}

func TestPatternsAndFuzzyWords(t *testing.T) {
	reads(t, [][2]string{
		{"recycl!", "recycl*"}, {"recycl!,", "recycl*"}, {"wom?n", "wom?n"}, {"kuril**", "kuril*"}, {"col*r", "col*r"}, {`"nuclear weapon!"`, `"nuclear weapon*"`},
		{"e-mail*", "e-mail*"}, {"recycl! /s plastic", "recycl! /s plastic"}, {"zelensky~1", "zelensky~1"}, {"zelensky~", "zelensky~1"}, {"zelensky~2", "zelensky~2"},
		{`"zelensky~1 speech"`, `"zelensky~1 speech"`}, {`kuril\*`, "kuril"}, {`a\*b`, `a\*b`}, {`"what a day! said he"`, `"what a day* said he"`}, {`"oh! no"`, `"oh no"`},
		{"Yahoo! stock", "Yahoo! stock"}, {"state-of-the-artis!", "state-of-the-artis*"},
	})
}

func TestEmptyQueriesMeanEverything(t *testing.T) {
	reads(t, [][2]string{{"", "*"}, {"  \t\u00a0", "*"}, {"*", "*"}, {"*:*", "*"}})
}

func TestLeadingWildcardsNeedToBeAllowed(t *testing.T) {
	if _, err := Parse("*kuril", Options{Now: now}); err == nil {
		t.Error("a leading wildcard is read without leave")
	}
	q, err := Parse("*kuril", Options{Now: now, LeadingWildcards: true})
	if err != nil || q.String() != "*kuril" {
		t.Errorf("Parse = %v, %v", q, err)
	}
}

func TestBoundsHaveErrorsOfTheirOwn(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("(a OR (b AND ", n) + "c" + strings.Repeat("))", n) }
	for _, tt := range []struct{ name, in, want string }{
		{"length", strings.Repeat("word ", MaxBytes/4), "too long"},
		{"brackets", strings.Repeat("(", 5000) + "a", "nested"},
		{"depth", deep(30), "nested"},
		{"chain", strings.Repeat("a w/5 ", 60) + "b", "nested"},
		{"minus", strings.Repeat("-(", 200) + "a" + strings.Repeat(")", 200), "nested"},
		{"clauses", strings.Repeat("a ", MaxClauses+1), "more than 256 words"},
		{"quoted clauses", `"` + strings.Repeat("a ", MaxClauses+1) + `"`, "more than 256 words"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.in, Options{Now: now})
			var e *SyntaxError
			if !errors.As(err, &e) || !strings.Contains(e.Problem, tt.want) {
				t.Fatalf("error = %v, want %q", err, tt.want)
			}
			if e.Nearest == "" {
				t.Error("nothing nearest")
			}
		})
	}
	mustParse(t, strings.Repeat("a ", MaxClauses))
	mustParse(t, deep(20))
	mustParse(t, strings.Repeat("(", MaxDepth)+"a"+strings.Repeat(")", MaxDepth))
}

func TestFreeQueriesHaveWordsToRankBy(t *testing.T) {
	for in, want := range map[string]bool{
		"kuril": true, `"a b"`: true, "headline:x": true, "x author:y": true, "a w/5 b": true, "ATLEAST2(x)": true, "(x OR date:2018)": true,
		"": false, "author:x": false, "-x": false, "date:2018": false, "type:letter": false, "inurl:x": false, "publication:x lang:fr": false,
	} {
		if got := mustParse(t, in).Free(); got != want {
			t.Errorf("Free(%q) = %v, want %v", in, got, want)
		}
	}
}
