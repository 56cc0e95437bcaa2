package search

import (
	"slices"

	"oped/indexer/schema"
	"oped/search/match"
	"oped/search/postings"
)

// openFields opens the dictionaries of a segment, by name.
func (v *segmentView) openFields() error {
	v.fields = map[string]*postings.Field{}
	names := append(schema.KeywordFields(), idField)
	for _, s := range schema.Segments() {
		names = append(names, s.String())
	}
	for _, name := range names {
		var err error
		if v.fields[name], err = postings.Open(v.Segment, name); err != nil {
			return err
		}
	}
	return nil
}

// idField is the field that the engine keeps identifiers in.
const idField = "_id"

// segmentsOf lists the segments of a scope.
func segmentsOf(scope match.Scope) []schema.Segment {
	return slices.DeleteFunc(schema.Segments(), func(s schema.Segment) bool { return !scope.Has(s) })
}
