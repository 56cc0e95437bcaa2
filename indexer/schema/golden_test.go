package schema

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTokensGolden fixes every token of a collection of texts: whatever makes tokens for an index of this schema, here or in
// another engine, has to make these.
func TestTokensGolden(t *testing.T) {
	const golden = "testdata/tokens.golden"
	in, err := os.ReadFile("testdata/texts.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for l := range strings.Lines(string(in)) {
		lang, text, _ := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
		fmt.Fprintf(&b, "%s\t%s\n", lang, text)
		for _, token := range AnalyzeText(text, lang) {
			b.WriteString(goldenLine(token))
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i, got := range gotLines {
		if i >= len(wantLines) || got != wantLines[i] {
			t.Fatalf("line %d\n got %s\nwant %s", i+1, got, wantLines[min(i, len(wantLines)-1)])
		}
	}
	if len(gotLines) != len(wantLines) {
		t.Errorf("%d lines, want %d", len(gotLines), len(wantLines))
	}
}

// goldenLine is: position, sentence, bytes, exact form, stem where it differs, further forms, capitals.
func goldenLine(t Token) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\t%d\ts%d\t%d-%d\t%s", t.Position, t.Sentence, t.Start, t.End, t.Exact)
	if t.Stem != t.Exact {
		b.WriteString("\tstem " + t.Stem)
	}
	for _, also := range t.Also {
		b.WriteString("\talso " + also)
	}
	switch {
	case t.AllCaps:
		b.WriteString("\tALL")
	case t.Capital:
		b.WriteString("\tCap")
	}
	return b.String() + "\n"
}
