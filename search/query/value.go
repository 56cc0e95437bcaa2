package query

import (
	"fmt"
	"slices"
	"strings"
)

// field reads what stands behind a field's colon: one item, however simple.
func (p *parser) field() (Node, *fault) {
	start := p.pos
	t := p.next()
	switch {
	case slices.Contains(dateNames, t.name):
		return p.dateField(t)
	case slices.Contains(lengthNames, t.name):
		return p.length(t)
	}
	if f := p.enter(t); f != nil {
		return nil, f
	}
	defer p.leave()
	x, f := p.value(t)
	if f != nil {
		return nil, f
	}
	if slices.Contains(hasNames, t.name) {
		return p.has(p.since(start), x)
	}
	return p.in(p.since(start), fieldNames[t.name], x)
}

// value reads one word, phrase or bracket as the value of a field.
func (p *parser) value(name token) (Node, *fault) {
	t := p.peek()
	if t.kind == tWord && t.glued {
		if f := p.minusInside(name, t); f != nil {
			return nil, f
		}
		if f := p.fieldInside(name, t); f != nil {
			return nil, f
		}
	}
	switch t.kind {
	case tOpen:
		p.next()
		return p.bracketed(t, p.query)
	case tQuote:
		p.next()
		return p.quoted(t)
	case tWord:
		p.next()
		if starsOnly(t.chars) {
			return All{t.Span}, p.clause(t.Span)
		}
		if f := fieldNames[name.name]; f == FieldSite || f == FieldID {
			return Word{Span: t.Span, Text: t.text()}, p.clause(t.Span)
		}
		return p.word(t)
	case tCall:
		return p.call()
	case tAtLeast:
		return p.atLeast()
	}
	return nil, p.noValue(name)
}

// noValue is the fault of a field without a value.
func (p *parser) noValue(name token) *fault {
	return faultAt(name.Span, fmt.Sprintf("nothing stands after %s", p.text[name.Start:name.End]), "give a value, as in "+exampleOf(name.name),
		fix{remove(name.Span)})
}

// exampleOf is a field with a value.
func exampleOf(name string) string {
	switch {
	case slices.Contains(dateNames, name):
		return name + ":2018"
	case slices.Contains(hasNames, name):
		return name + ":date"
	}
	return name + ":" + fieldNames[name].exampleValue()
}

// fieldInside is the fault of headline:author:x.
func (p *parser) fieldInside(name, t token) *fault {
	inner, _, ok := strings.Cut(t.text(), ":")
	if !ok || !knownName(strings.ToLower(inner)) || t.address || t.keyword() == "" {
		return nil
	}
	return faultAt(t.Span, "a field cannot stand within another", "keep one of them", fix{remove(name.Span)}, fix{insert(t.Start, `"`), insert(t.End, `"`)})
}

// minusInside is the fault of field:-x, which is -field:x.
func (p *parser) minusInside(name, t token) *fault {
	if !t.chars[0].is('-') || !hasWord(t.text()) {
		return nil
	}
	return faultAt(name.Span.to(t.Span), "the minus stands before the field's name", "as in -type:letter",
		fix{edit{name.Span, "-" + p.text[name.Start:name.End]}, edit{Span{t.Start, t.Start + t.chars[0].size}, ""}},
		fix{edit{Span{t.Start, t.Start + t.chars[0].size}, ""}})
}

// in makes the node of a field, its values in the form that articles have them.
func (p *parser) in(at Span, field Field, x Node) (Node, *fault) {
	if _, any := x.(All); any {
		return p.anyValue(at, field)
	}
	settle, ok := map[Field]func(string) (string, string){
		FieldType: typeValue, FieldLanguage: languageValue, FieldAccess: accessValue, FieldSite: hostValue, FieldID: idValue,
	}[field]
	if !ok {
		return In{at, field, x}, nil
	}
	x, f := settleValues(x, field, settle)
	if f != nil {
		return nil, f
	}
	if word, ok := x.(Word); ok && field == FieldAccess && word.Text == "full" && !strings.HasSuffix(p.text[:at.Start], "-") {
		p.note("access:full finds articles whose page says that it is free; -access:partial finds those that say nothing of it too.",
			p.text[:at.Start]+"-access:partial"+p.text[at.End:])
	}
	return In{at, field, x}, nil
}

// anyValue reads author:* and the like.
func (p *parser) anyValue(at Span, field Field) (Node, *fault) {
	what := hasValue(string(field))
	if what == "" {
		return nil, faultAt(at, fmt.Sprintf("%s:* cannot be asked for", field.name()), "has: takes "+oneOf(hasValues), fix{remove(at)})
	}
	return Has{at, what}, nil
}

// settleValues gives every value of a field the form that articles have it in. The function settle returns the value in
// that form or, failing that, the nearest value there is.
func settleValues(n Node, field Field, settle func(string) (value, nearest string)) (Node, *fault) {
	var text string
	switch n := n.(type) {
	case Word:
		text = n.Text
	case Pattern:
		text = n.Text
	case Phrase:
		text = phraseText(n)
	case Or:
		parts, f := settleParts(n.Parts, field, settle)
		return Or{n.Span, parts}, f
	case And:
		parts, f := settleParts(n.Parts, field, settle)
		return And{n.Span, parts, n.Implied}, f
	case Not:
		x, f := settleValues(n.X, field, settle)
		return Not{n.Span, x}, f
	default:
		return nil, faultAt(n.Where(), fmt.Sprintf("%s: takes plain values", field.name()), "as in "+field.example(), fix{edit{n.Where(), field.exampleValue()}})
	}
	value, nearest := settle(text)
	if value != "" {
		return Word{Span: n.Where(), Text: value}, nil
	}
	return nil, unknownValue(n.Where(), field, text, nearest)
}

func settleParts(parts []Node, field Field, settle func(string) (string, string)) ([]Node, *fault) {
	out := make([]Node, len(parts))
	for i, part := range parts {
		var f *fault
		if out[i], f = settleValues(part, field, settle); f != nil {
			return nil, f
		}
	}
	return out, nil
}

// phraseText is a phrase as one value.
func phraseText(n Phrase) string {
	var words []string
	for _, part := range n.Parts {
		switch part := part.(type) {
		case Word:
			words = append(words, part.Text)
		case Pattern:
			words = append(words, part.Text)
		}
	}
	return strings.Join(words, " ")
}

func unknownValue(at Span, field Field, text, nearest string) *fault {
	f := faultAt(at, fmt.Sprintf("%q is no value of %s:", text, field.name()), field.known())
	if nearest != "" {
		f.fixes = append(f.fixes, fix{edit{at, " " + nearest}})
	}
	return f
}

// has makes the node of has:x.
func (p *parser) has(at Span, x Node) (Node, *fault) {
	switch x := x.(type) {
	case Or:
		var parts []Node
		for _, part := range x.Parts {
			n, f := p.has(part.Where(), part)
			if f != nil {
				return nil, f
			}
			parts = append(parts, n)
		}
		return Or{at, parts}, nil
	case Word:
		if what := hasValue(strings.ToLower(x.Text)); what != "" {
			return Has{at, what}, nil
		}
		f := faultAt(x.Span, fmt.Sprintf("has: does not know %q", x.Text), "it takes "+oneOf(hasValues))
		if near := nearestName(x.Text, hasValues); near != "" {
			f.fixes = append(f.fixes, fix{edit{x.Span, " " + near}})
		}
		f.fixes = append(f.fixes, fix{remove(at)})
		return nil, f
	}
	return nil, faultAt(at, "has: takes one word", "it takes "+oneOf(hasValues), fix{remove(at)})
}
