package schema

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"oped/indexer/segment"
)

// The engine knows those who make segments for the whole program: from here on package segment does. What Prepare makes, no
// other can write in full.
func init() { scorch.RegisterSegmentPlugin(segment.NewPlugin(Fields()), true) }

// Fields are the fields of an index of this schema, as its segments have them.
func Fields() []segment.FieldInfo {
	fields := []segment.FieldInfo{{Name: fieldCounts, Options: index.StoreField}}
	for _, name := range positionalFields() {
		fields = append(fields, segment.FieldInfo{Name: name, Options: positionalOptions})
	}
	for _, name := range KeywordFields() {
		fields = append(fields, segment.FieldInfo{Name: name, Options: keywordOptions(name)})
	}
	return fields
}

// positionalFields are the fields of the segments.
func positionalFields() []string {
	var names []string
	for s := range numSegments {
		if s != Lead {
			names = append(names, s.String())
		}
	}
	return names
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
	for _, name := range append(positionalFields(), KeywordFields()...) {
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
