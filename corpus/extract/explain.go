package extract

import (
	"cmp"
	"fmt"
	"strings"

	"oped/corpus"
)

// Finding tells what was read for one field of an article, and by what.
type Finding struct {
	// Field is named as in a Recipe: "headline", "standfirst", "author", "date", "section", "note" or "body".
	Field string `json:"field"`
	// Value is what was found, as one line; empty if nothing was. Of a body it is the size and the beginning.
	Value string `json:"value"`
	// Rule is what found it: the recipe's selector, or the rule that reads any site. It is empty if nothing was found.
	Rule string `json:"rule"`
	// Missed is the recipe's selector for the field where that found nothing.
	Missed string `json:"missed,omitempty"`
}

// Removal tells how many elements one selector of a recipe took out of a page.
type Removal struct {
	Selector string `json:"selector"`
	Elements int    `json:"elements"`
}

// Explanation tells how a page was read.
type Explanation struct {
	// Article is what Extract gives for the page.
	Article *corpus.Article `json:"-"`
	// Recipe is the place of the recipe that holds for the page ("file:line"), empty if none does.
	Recipe string `json:"recipe"`
	// Findings has every field once, in the order of a Recipe.
	Findings []Finding `json:"findings"`
	// Removed has the recipe's selectors for what is no text, in its order.
	Removed []Removal `json:"removed,omitempty"`
}

// Explain extracts the article of an HTML page as Extract does, and tells what each field was read by. Its errors are
// those of Extract; a page of another kind has no recipe, so it is a *MediaTypeError too.
func (e *Extractor) Explain(p *corpus.Page) (*Explanation, error) {
	if mediaKind(p) != "text/html" {
		return nil, &MediaTypeError{MediaType: p.MediaType}
	}
	r, err := e.read(p)
	if err != nil {
		return nil, err
	}
	out := &Explanation{Article: r.article}
	if r.recipe != nil {
		out.Recipe = r.recipe.origin
		for i, s := range r.recipe.Remove {
			out.Removed = append(out.Removed, Removal{Selector: s, Elements: r.removed[i]})
		}
	}
	for _, f := range r.values() {
		if f.Value != "" {
			f.Rule = cmp.Or(r.rules[f.Field], "general rules")
		}
		if r.recipe != nil && r.recipe.compiled[f.Field] != nil && f.Rule != r.recipe.rule(f.Field) {
			f.Missed = r.recipe.selectors()[f.Field]
		}
		out.Findings = append(out.Findings, f)
	}
	return out, nil
}

// values are the fields as single lines, without what they were read by.
func (r *reader) values() []Finding {
	a := r.article
	var names []string
	for _, author := range a.Authors {
		names = append(names, author.Name)
	}
	body := ""
	if len(a.Body) > 0 {
		body = fmt.Sprintf("%d blocks, %d words: %s", len(a.Body), countBody(a.Body), cutRunes(squeeze(a.Body[0].Text), 60))
	}
	return []Finding{
		{Field: "headline", Value: a.Headline}, {Field: "standfirst", Value: a.Standfirst},
		{Field: "author", Value: strings.Join(names, "; ")}, {Field: "date", Value: a.Published.Day()},
		{Field: "section", Value: a.Section}, {Field: "note", Value: a.AuthorNote}, {Field: "body", Value: body},
	}
}

// won keeps by what a field was read; a later rule takes the place of an earlier one.
func (r *reader) won(field, rule string) {
	if r.rules == nil {
		r.rules = map[string]string{}
	}
	r.rules[field] = rule
}

// rule is how a Finding names the recipe's selector for a field.
func (r *Recipe) rule(field string) string {
	return fmt.Sprintf("selector %q", r.selectors()[field])
}

// namedSources are the sources of a date in words.
var namedSources = map[string]string{
	"jsonld": "JSON-LD", "meta": "meta element", "microdata": "microdata", "time": "time element", "url": "address", "text": "printed line",
}

// headlineRule names where the page has the headline that was chosen.
func (r *reader) headlineRule(headline string) string {
	for _, n := range r.doc.h1 {
		if s, _ := h1Text(n, r.cues); s != "" && strings.Contains(key(s), key(headline)) {
			return "h1"
		}
	}
	switch k := key(headline); {
	case strings.Contains(key(plain(text(r.doc.article["headline"]))), k):
		return "JSON-LD"
	case strings.Contains(key(r.doc.first("og:title")), k):
		return "meta element"
	case strings.Contains(key(r.doc.title), k):
		return "title element"
	}
	return "marked element"
}
