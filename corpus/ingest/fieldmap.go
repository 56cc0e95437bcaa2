package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Field is a part of an article that data can give.
type Field string

// The fields.
const (
	FieldURL         Field = "url"
	FieldPublication Field = "publication"
	FieldHeadline    Field = "headline"
	FieldKicker      Field = "kicker"
	FieldStandfirst  Field = "standfirst"
	FieldAuthors     Field = "authors"
	FieldAuthorNote  Field = "author_note"
	FieldPublished   Field = "published"
	FieldModified    Field = "modified"
	FieldSection     Field = "section"
	FieldTags        Field = "tags"
	FieldType        Field = "type"
	FieldLanguage    Field = "language"
	FieldBody        Field = "body"
)

// commonNames are the names that data uses for each field, the surest first. They are compared without case, spaces,
// hyphens, underscores and dots.
var commonNames = map[Field][]string{
	FieldURL:         {"url", "link", "canonicalurl", "canonical", "permalink", "weburl", "articleurl", "href"},
	FieldPublication: {"publication", "source", "publisher", "newspaper", "outlet", "sitename", "site", "journal", "sourcename", "medium"},
	FieldHeadline:    {"headline", "title", "titel", "titre", "titulo", "titolo"},
	FieldKicker:      {"kicker", "overline"},
	FieldStandfirst:  {"standfirst", "subtitle", "subheadline", "subhead", "dek", "deck"},
	FieldAuthors:     {"authors", "author", "byline", "writer", "writers", "creator", "autor", "auteur"},
	FieldAuthorNote:  {"authornote", "authorbio", "bio"},
	FieldPublished: {"published", "date", "datepublished", "publishedat", "publicationdate", "publisheddate", "publishdate",
		"pubdate", "datum", "fecha"},
	FieldModified: {"modified", "updated", "datemodified", "modifiedat", "updatedat", "lastmodified"},
	FieldSection:  {"section", "category", "rubric", "desk", "rubrik", "rubrique"},
	FieldTags:     {"tags", "keywords", "subjects", "tag"},
	FieldType:     {"type", "articletype", "genre", "kind"},
	FieldLanguage: {"language", "lang", "locale", "sprache", "langue"},
	FieldBody:     {"body", "text", "content", "articlebody", "fulltext", "bodytext", "maintext", "article", "contenthtml", "bodyhtml"},
}

// FieldMap says under which name data has a field, where the common names do not fit. A name with dots leads into
// nested objects: "title.rendered". The nil map relies on the common names alone.
type FieldMap map[Field]string

// ParseFieldMap reads a map as a user writes it: "headline=title,published=date,body=text".
func ParseFieldMap(s string) (FieldMap, error) {
	m := make(FieldMap)
	for pair := range strings.SplitSeq(s, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		field, name, ok := strings.Cut(pair, "=")
		field, name = strings.ToLower(strings.TrimSpace(field)), strings.TrimSpace(name)
		if !ok || name == "" {
			return nil, fmt.Errorf("ingest: field map: %q must be FIELD=NAME, as in headline=title", pair)
		}
		if earlier, twice := m[Field(field)]; twice {
			return nil, fmt.Errorf("ingest: field map: %s is given twice, as %q and %q", field, earlier, name)
		}
		m[Field(field)] = name
	}
	if err := m.validate(); err != nil {
		return nil, err
	}
	return m, nil
}

// String writes the map as ParseFieldMap reads it, in the order of the fields' names.
func (m FieldMap) String() string {
	var pairs []string
	for _, field := range slices.Sorted(maps.Keys(m)) {
		pairs = append(pairs, string(field)+"="+m[field])
	}
	return strings.Join(pairs, ",")
}

func (m FieldMap) validate() error {
	for field := range m {
		if _, ok := commonNames[field]; !ok {
			return fmt.Errorf("ingest: field map: there is no field %q; the fields are %s", field, join(slices.Sorted(maps.Keys(commonNames))))
		}
	}
	return nil
}

// columns finds the field that each name stands for: the map's word goes before common names, and of those the surest.
func (m FieldMap) columns(names []string) map[Field]string {
	found := make(map[Field]string)
	taken := make(map[string]bool)
	for field, name := range m {
		found[field] = name
		taken[plainName(name)] = true
	}
	byPlain := make(map[string]string, len(names))
	for _, name := range slices.Backward(names) {
		byPlain[plainName(name)] = name
	}
	for field, common := range commonNames {
		if _, mapped := found[field]; mapped {
			continue
		}
		for _, plain := range common {
			if name, ok := byPlain[plain]; ok && !taken[plain] {
				found[field] = name
				break
			}
		}
	}
	return found
}

// plainName is a name as it is compared.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

func join[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = string(v)
	}
	return strings.Join(texts, ", ")
}
