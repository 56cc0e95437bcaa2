package schema

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"oped/indexer/segment"
)

// Fields are the fields of an index of this schema, as its segments have them.
func Fields() []segment.FieldInfo {
	fields := []segment.FieldInfo{{Name: fieldCounts, Options: index.StoreField}}
	for _, s := range Segments() {
		fields = append(fields, segment.FieldInfo{Name: s.String(), Options: positionalOptions})
	}
	for _, name := range KeywordFields() {
		fields = append(fields, segment.FieldInfo{Name: name, Options: keywordOptions(name)})
	}
	return fields
}

// Options of the fields.
const (
	positionalOptions = index.IndexField | index.IncludeTermVectors
	plainOptions      = index.IndexField | index.SkipFreqNorm
)

func keywordOptions(name string) index.FieldIndexingOptions {
	if name == FieldVersion {
		return plainOptions | index.StoreField
	}
	return plainOptions
}

// Mapping is the mapping of an index of this schema. It is static: bleve itself analyses nothing and indexes nothing that
// Bleve did not put there. What it says is that a term in a query is to be taken as it is.
func Mapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	static := bleve.NewDocumentStaticMapping()
	m.DefaultMapping = static
	m.DefaultAnalyzer = keyword.Name
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	for _, s := range Segments() {
		static.AddFieldMappingsAt(s.String(), asIs(s.String()))
	}
	for _, name := range KeywordFields() {
		static.AddFieldMappingsAt(name, asIs(name))
	}
	return m
}

func asIs(name string) *mapping.FieldMapping {
	f := bleve.NewKeywordFieldMapping()
	f.Name = name
	f.Store, f.DocValues, f.IncludeInAll, f.IncludeTermVectors = false, false, false, false
	return f
}
