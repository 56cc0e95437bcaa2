package query

import (
	"strings"
	"testing"
)

func TestRewriteReplacesEveryWord(t *testing.T) {
	for _, text := range []string{
		`carbon tax`, `"carbon tax" OR (rain AND -snow)`, `headline:(a OR b) c`, `ATLEAST3(carbon) AND CAPS(tax) /p rain`, `carbon NOT W/3 tax`, ``,
	} {
		q, err := Parse(text, Options{})
		if err != nil {
			t.Fatalf("Parse(%q): %v", text, err)
		}
		same := Rewrite(q.Root, func(n Node) (Node, bool) { return n, true })
		if !Equal(same, q.Root) {
			t.Errorf("%q rewritten without a change is %s", text, Print(same))
		}
		upper := Rewrite(q.Root, func(n Node) (Node, bool) {
			if w, ok := n.(Word); ok {
				w.Text = strings.ToUpper(w.Text)
				return w, false
			}
			return n, true
		})
		Walk(upper, func(n Node) bool {
			if w, ok := n.(Word); ok && w.Text != strings.ToUpper(w.Text) {
				t.Errorf("%q: %q was not rewritten", text, w.Text)
			}
			return true
		})
		if Print(q.Root) != q.String() {
			t.Errorf("%q: the tree itself was changed to %s", text, Print(q.Root))
		}
	}
}
