package query

import "testing"

// TestManualIsRead: every example is a query, means one thing, and gives no cause for a repair.
func TestManualIsRead(t *testing.T) {
	seen := map[string]bool{}
	for _, section := range Manual() {
		if section.Title == "" || len(section.Examples) == 0 {
			t.Errorf("section %q is empty", section.Title)
		}
		for _, e := range section.Examples {
			q, err := Parse(e.Query, Options{Now: now})
			if err != nil {
				t.Errorf("%s: %v", e.Query, err)
				continue
			}
			if e.Finds == "" || seen[e.Query] {
				t.Errorf("%s: no explanation, or given twice", e.Query)
			}
			seen[e.Query] = true
			again, err := Parse(q.String(), Options{Now: now})
			if err != nil || !Equal(again.Root, q.Root) {
				t.Errorf("%s: printed %s, which is read as %v, %v", e.Query, q, again, err)
			}
		}
	}
}

// TestManualNamesEveryField: whoever reads the manual has seen all fields by some name.
func TestManualNamesEveryField(t *testing.T) {
	named := map[Field]bool{FieldSite: true, FieldID: true, FieldCorrection: true}
	for _, section := range Manual() {
		for _, e := range section.Examples {
			Walk(mustParse(t, e.Query).Root, func(n Node) bool {
				if in, ok := n.(In); ok {
					named[in.Field] = true
				}
				return true
			})
		}
	}
	for _, field := range fieldNames {
		if !named[field] {
			t.Errorf("no example with %s:", field.name())
		}
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"Jane Doe": `"Jane Doe"`, `O"Reilly`: `"O Reilly"`, "Who? Weekly!": `"Who Weekly"`, "a*b": `"a b"`, "The “Post”": `"The Post"`, "a (b) | c": `"a b c"`,
		"": `""`, "...": `""`, "U.S. News": `"U.S. News"`, "O’Neil": `"O'Neil"`,
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
}
