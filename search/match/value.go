package match

import (
	"fmt"
	"strings"

	"oped/indexer/schema"
	"oped/search/query"
)

// valueFields are the keyword fields that hold the values of the language's fields.
var valueFields = map[query.Field]string{
	query.FieldPublication: schema.FieldPublication,
	query.FieldSection:     schema.FieldSection,
	query.FieldTag:         schema.FieldTag,
	query.FieldType:        schema.FieldType,
	query.FieldLanguage:    schema.FieldLang,
	query.FieldAccess:      schema.FieldAccess,
}

// valueTest decides on one value of a keyword field: by equality, or by the tree that the value has to match as a text.
type valueTest struct {
	key     string // names the test: equal keys accept the same values
	equal   string
	host    *Leaf // a wildcard over host names
	program *Program
}

func equalTo(value string) *valueTest { return &valueTest{key: "is " + value, equal: value} }

// Key names what an OpValue node asks for: nodes of the same key accept the same values of the same field.
func (n *Node) Key() string { return n.Field + " " + n.value.key }

// Accepts reports whether a value of the keyword field Field meets an OpValue node. It is safe for concurrent use.
func (n *Node) Accepts(value string) bool {
	switch t := n.value; {
	case t.host != nil:
		return t.host.Automaton().Matches(value)
	case t.program == nil:
		return t.equal == value
	default:
		d := &schema.Document{}
		d.Tokens[schema.Body] = schema.AnalyzeText(value, "")
		return New(t.program, d).Matches()
	}
}

// value compiles a field that holds values.
func (c *compiler) value(n query.In, in context) (*Node, error) {
	switch n.Field {
	case query.FieldID, query.FieldSite:
		return c.name(n, n.X, in)
	}
	field, ok := valueFields[n.Field]
	if !ok {
		return nil, fault(n, "there is no field %q", n.Field)
	}
	sub := compiler{langs: []string{""}, program: &Program{}, depth: c.depth}
	root, err := sub.node(n.X, context{scope: 1 << schema.Body})
	if err != nil {
		return nil, err
	}
	sub.program.Root = root
	return &Node{Op: OpValue, Field: field, value: &valueTest{key: fmt.Sprintf("%#v", n.X), program: sub.program}}, nil
}

// name compiles what is asked of an identifier or host: names that are equal as a whole, joined by AND, OR and NOT.
func (c *compiler) name(field query.In, n query.Node, in context) (*Node, error) {
	c.depth++
	defer func() { c.depth-- }()
	if c.depth > maxDepth {
		return nil, fault(n, "brackets nest deeper than %d", maxDepth)
	}
	switch n := n.(type) {
	case query.Word:
		return nameNode(field.Field, n.Text), nil
	case query.Pattern:
		if field.Field == query.FieldSite && len([]rune(n.Text)) <= maxPatternRunes {
			leaf := &Leaf{Word: n.Text, rules: wildcard([]rune(strings.ToLower(n.Text)))}
			return &Node{Op: OpValue, Field: schema.FieldHost, value: &valueTest{key: "like " + leaf.Key(), host: leaf}}, nil
		}
	case query.Phrase:
		if len(n.Parts) == 1 {
			return c.name(field, n.Parts[0], in)
		}
	case query.And:
		return c.names(OpAnd, field, n.Parts, in)
	case query.Or:
		return c.names(OpOr, field, n.Parts, in)
	case query.Not:
		return c.names(OpNot, field, []query.Node{n.X}, in)
	}
	return nil, fault(n, "%s: takes one name, such as %s", field.Field, map[query.Field]string{
		query.FieldSite: "site:example.com", query.FieldID: "id:abcdefghijklmnop"}[field.Field])
}

func (c *compiler) names(op Op, field query.In, parts []query.Node, in context) (*Node, error) {
	out := &Node{Op: op}
	for _, part := range parts {
		kid, err := c.name(field, part, in)
		if err != nil {
			return nil, err
		}
		out.Kids = append(out.Kids, kid)
	}
	return out, nil
}

func nameNode(field query.Field, text string) *Node {
	if field == query.FieldID {
		return &Node{Op: OpID, ID: strings.ToLower(text)}
	}
	host := strings.ToLower(text)
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	host, _, _ = strings.Cut(host, "/")
	return &Node{Op: OpValue, Field: schema.FieldHost, value: equalTo(strings.Trim(host, "."))}
}
