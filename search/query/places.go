package query

import (
	"fmt"
	"strings"
	"time"
)

// place names the part of an article that a field is.
func place(f Field) string {
	switch f {
	case FieldLead:
		return "first paragraphs"
	case FieldHlead:
		return "headline, standfirst or first paragraphs"
	case FieldBio:
		return "author's note"
	case FieldCorrection:
		return "corrections"
	case FieldURL:
		return "address"
	}
	return string(f)
}

// inValue says a demand on a value.
func inValue(n In) string {
	if parts, joint := alternatives(n.X); len(parts) > 0 {
		out := make([]string, len(parts))
		for i, part := range parts {
			out[i] = inValue(In{Field: n.Field, X: part})
		}
		return "(" + list(out, joint) + ")"
	}
	if not, ok := n.X.(Not); ok {
		return "not " + inValue(In{Field: n.Field, X: not.X})
	}
	if word, ok := n.X.(Word); ok {
		switch n.Field {
		case FieldLanguage:
			return "in " + languageName(word.Text)
		case FieldType:
			return "of type " + word.Text
		case FieldAccess:
			return "with " + word.Text + " text"
		case FieldSite:
			return "from " + word.Text + " or a host under it"
		case FieldID:
			return "with the id " + word.Text
		}
	}
	switch n.Field {
	case FieldPublication:
		return "in a publication whose name has " + said(n.X)
	case FieldSection:
		return "in a section whose name has " + said(n.X)
	case FieldTag:
		return "with a tag that has " + said(n.X)
	}
	return fmt.Sprintf("with %s in the %s", said(n.X), place(n.Field))
}

// alternatives takes an AND or OR of single values apart.
func alternatives(n Node) ([]Node, string) {
	switch n := n.(type) {
	case Or:
		return n.Parts, "or"
	case And:
		return n.Parts, "and"
	}
	return nil, ""
}

func hasInWords(n Has) string {
	switch n.What {
	case "author", "url":
		return "an " + strings.Replace(n.What, "url", "address", 1)
	case "bio":
		return "a note on the author"
	}
	return "a " + n.What
}

func compared(n Compare) string {
	words := plural(n.Value, "word")
	switch n.Op {
	case ">":
		return "more than " + words
	case ">=":
		return "at least " + words
	case "<":
		return "fewer than " + words
	case "<=":
		return "at most " + words
	}
	return words
}

// daysInWords says a range of days as it follows "published".
func daysInWords(n Dates) string {
	from, to := spellDay(n.From), spellDay(n.To)
	switch {
	case n.From == "":
		return "up to " + to
	case n.To == "":
		return "from " + from + " on"
	case n.From == n.To:
		return "on " + from
	}
	a, errA := time.Parse(time.DateOnly, string(n.From))
	b, errB := time.Parse(time.DateOnly, string(n.To))
	if errA == nil && errB == nil && a.Year() == b.Year() {
		from = a.Format("2 January")
		if a.Month() == b.Month() {
			from = a.Format("2")
		}
	}
	return "from " + from + " to " + to
}
