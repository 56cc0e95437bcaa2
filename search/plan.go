package search

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"oped/search/match"
	"oped/search/query"
	"oped/search/spelling"
)

// plan is a request made ready: checked, and with one tree for the query, what it was narrowed to and the dates.
type plan struct {
	Request
	tree    query.Node
	reading Reading
	cursor  *cursor
	// onlyTotal says that nothing but the total is asked for.
	onlyTotal bool
	// variants are the spellings that the tree was expanded by, nil if by none; names are the words that have some.
	variants *spelling.Variants
	names    []name
}

// newPlan checks and parses a request.
func newPlan(r Request, now time.Time) (*plan, error) {
	r, err := normalize(r)
	if err != nil {
		return nil, err
	}
	p := &plan{Request: r}
	if err := p.parse(now); err != nil {
		return nil, err
	}
	if p.Sort == "" {
		p.Sort = SortNewest
		if query.Free(p.tree) {
			p.Sort = SortRelevance
		}
	}
	p.cursor, err = readCursor(&p.Request)
	return p, err
}

// parse reads the query and those it is narrowed by; the reading tells of all of them.
func (p *plan) parse(now time.Time) error {
	var parts []query.Node
	var parsed, words []string
	for i, text := range append([]string{p.Query}, p.Within...) {
		q, err := query.Parse(text, query.Options{Now: now})
		if err != nil {
			return err
		}
		for _, w := range q.Warnings {
			p.reading.Warnings = append(p.reading.Warnings, w.Text)
			p.reading.Alternatives = append(p.reading.Alternatives, w.Alternative)
		}
		if i > 0 && strings.TrimSpace(text) == "" {
			continue
		}
		parts = append(parts, q.Root)
		parsed, words = append(parsed, q.String()), append(words, q.Words())
	}
	p.reading.Input, p.reading.Parsed, p.reading.Words = p.Query, join(parsed), strings.Join(words, "; within these: ")
	if p.From != "" || p.To != "" {
		parts = append(parts, query.Dates{From: p.From, To: p.To})
	}
	p.tree = parts[0]
	if len(parts) > 1 {
		p.tree = query.And{Parts: parts}
	}
	return nil
}

// join writes several queries as one.
func join(parsed []string) string {
	if len(parsed) == 1 {
		return parsed[0]
	}
	for i := range parsed {
		parsed[i] = "(" + parsed[i] + ")"
	}
	return strings.Join(parsed, " AND ")
}

// compile gives the plan's tree its meaning in documents of some languages.
func (p *plan) compile(langs []string) (*match.Program, error) {
	program, err := match.Compile(p.tree, langs)
	var bad *match.Error
	if errors.As(err, &bad) {
		return nil, refuse("Query", p.Query, "%s", bad.Problem)
	}
	if err != nil {
		return nil, fmt.Errorf("search: compile query: %w", err)
	}
	return program, nil
}
