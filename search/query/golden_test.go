package query

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the goldens anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i, line := range gotLines {
		if i >= len(wantLines) || line != wantLines[i] {
			t.Fatalf("%s:%d: got %q, want %q; -update writes it anew", path, i+1, line, strings.Join(wantLines[i:min(i+1, len(wantLines))], ""))
		}
	}
	if len(gotLines) != len(wantLines) {
		t.Fatalf("%s has %d lines, want %d", path, len(wantLines), len(gotLines))
	}
}

// TestReadings fixes how queries are told back to a reader: in canonical form, in words, and with what to beware of.
func TestReadings(t *testing.T) {
	var b strings.Builder
	for _, in := range []string{
		"", "carbon tax date:2018-03", "carbon OR coal tax", "a AND NOT b OR c", "mental health AND california w/5 care",
		"bankrupt! w/25 discharg! and student or college or education! w/5 loan",
		`author:"Jane Doe" (iraq /s invasion)`, "carbon tax type:op-ed -type:letter after:2019", `"rules-based order"`, `"to * or not to be"`,
		"kuril! w/10 (japan or tokyo)", "a PRE/3 b", "a NOT W/5 b", "a NOT PRE/5 b", "a NOT /p b", "a /seg b", "(a w/5 b) w/20 (c /s d)",
		"HLEAD(kuril) and LENGTH>800 and BYLINE(smith)", "zelensky~1", "wom?n col*r immigra*", "ALLCAPS(aids) CAPS(us) NOCAPS(china)",
		"ATLEAST3(kuril or kurile)", "-has:date", "NOT (a b)", "-author:smith", "putin last 30 days", "date aft 1/1/2018", "date:..2018", "date:2018-05-01",
		"site:example.com lang:fr access:partial type:(op-ed OR column)", "publication:gazette section:opinion tag:tax", "inurl:opinion id:abcdefgh234567ab",
		"a OR date:2018", "(a date:2018) OR has:tag", "-(a OR date:2018)", "-date:2018 LENGTH<=1 LENGTH>=2 LENGTH=3 LENGTH<4",
		"war and peace", "this or that", "do not go", "what is putin?", `"is it done?"`, "https://example.com/a?b=c", "2018..2020", "hd=putin and ukrain! w/5 war",
		"rst=tnwp and putin w/5 war", "a same b /s c", "a NEAR b", "a +5 b", "allintitle:carbon tax now", "author: smith", "a AND NOT b AND c", "x -b OR c",
		"'carbon tax' now", "price in € and 😀", `"* a"`, "carbon^2 tax", "2018 40",
		"carbon tax! now", "(carbon tax!) w/5 x", "tax! and carbon", "carbon w/sent tax", "carbon w/para tax", "carbon adj5 tax", "carbon ADJ tax",
		"carbon w/-1 tax", "carbon PRE/1.5 tax", "carbon w/ tax", "carbon within 5 tax", "au=smith", "au=", "--carbon tax", "tax - carbon", "tax – carbon",
		"access:full putin", "-access:full", "date is 2016-12-20", "2016-12-20 date is 2016-12-21", "until:2014", "date(geq(1/31/2014) and leq(1/31/2015))", `"w/sent" \adj5`,
		"hd=(islands or port) and wc>300", "hd=peace treaty and by=quill", "carbon same tax and rst=tnwp", "rst=tnwp and putin", "by=quill and same", "hd=same and japan same russia w/5 tokyo",
		"carbon adj tax adj3 rise", "date from 20180101 to 20191231", "port date from 1/31/2018 and wc>300", "date from 1 May 2018 to 3 June 2018 port",
	} {
		q := mustParse(t, in)
		fmt.Fprintf(&b, "> %s\n= %s\n  %s\n", in, q, q.Words())
		for _, w := range q.Warnings {
			fmt.Fprintf(&b, "! %s\n", w.Text)
			if w.Alternative != "" {
				fmt.Fprintf(&b, "  -> %s\n", w.Alternative)
			}
		}
		b.WriteString("\n")
	}
	golden(t, "readings.golden", b.String())
}

// TestErrors fixes what is said of queries that cannot be read: where, why, what to do, and the nearest that can.
func TestErrors(t *testing.T) {
	var b strings.Builder
	for _, in := range []string{
		"headline(putin or) w/5 (poutine “peace treaty”", `carbon "tax`, "(a b", "a b)", "()", "kuril (", "((", `""`, `"*"`, "!!!", "... — ...",
		"AND a", "a AND", "a OR", "a AND OR b", "a OR NOT b", "a AND AND b", "OR", "a NOT", "-", "- a -", "a w/5", "w/5 a", "a w/5 w/6 b", "a w/5 not b", "(a or) b",
		"Portland OR", "a w/0 b", "a w/300 b", "ATLEAST0(a)", "ATLEAST(a)", "ATLEAST5", "ATLEAST3(a AND b)", "ALLCAPS(a AND NOT b)", "CAPS(CAPS(a))",
		"(a AND b) W/5 c", "(carbon tax) AROUND(5) price", "(a OR date:2018) W/5 c", `(a "b c") w/5 d`, "a W/5 -b", "a w/5 publication:b", "headline(a) w/5 bio(b)",
		"feild:x", "feld:x y", "titel:putin", "auhtor:doe", "trump:putin", "trump:(a OR b)", "headlne(putin)", "CITE(x)", "SUBJECT(tax) and putin",
		"title:", "title: AND x", "author:-doe", "type:oped2", "type:letterz", "type:opinion", "access:some", "has:", "has:dat", "has:headline", "lang:elvish", "lang:frensh",
		"site:nytimes.com/opinion", "site:a_b", "id:x-y", "headline:author:x", "HEADLINE(BODY(x))", "headline:(date:2018)", "headline:*", "tag:(ATLEAST2(x))",
		"a*", "ab!", "*", "*kuril", "?kuril", "kuril!s", "!kuril", "carbon * tax", "e-*", "at~1", "kuril~2", "kuril~3", "kuril~0.8", "zelensky~9", "e-mail~1", "kuri*~1",
		`"peace treaty"~5`, "LENGTH>", "LENGTH>many", "length:", "wc>0", "date:3/4/2018", "date:foo", "date:2018-02-30", "date:(2018 OR)", "date:(2018 OR 2019 AND 2020)",
		"after:", "\xff\xfe", "carbon \xff tax\xfe", "a\tAND\n", "on:2014-05-01", "in:2014", "to:2014", "from:2014", "au:smith", "sp:x",
		"/kuril(e)?s?/", "(/colou?r/ OR tax)", "kuril(e)?s?", "c!", "日本 AND", "é OR (",
	} {
		q, err := Parse(in, Options{Now: now})
		if err == nil {
			fmt.Fprintf(&b, "%q is read as %s\n\n", in, q)
			continue
		}
		e := err.(*SyntaxError)
		fmt.Fprintf(&b, "%s\n%s\n%s\n", e.Caret(), e.Problem, e.Expected)
		for i, other := range append([]string{e.Nearest}, e.Others...) {
			fmt.Fprintf(&b, "%s %s\n", []string{"->", "or"}[min(i, 1)], other)
			checkReadable(t, in, other)
		}
		b.WriteString("\n")
	}
	golden(t, "errors.golden", b.String())
}
