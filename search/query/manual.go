package query

// Section is a part of the manual.
type Section struct {
	Title, Text string
	Examples    []Example
}

// Example is a query with what it finds, in words.
type Example struct{ Query, Finds string }

// Manual is the manual of the language, by examples. The tests parse each of them, and pages show them as links.
func Manual() []Section {
	return []Section{
		{"Words", "All words have to be in an article, in any form and order. Case and accents do not matter.", []Example{
			{"carbon tax", "articles with both words; those with the words close together come first"},
			{`"carbon tax"`, "the phrase, in exactly this form"},
			{"carbon -tax", "articles with carbon that do not have tax"},
		}},
	}
}
